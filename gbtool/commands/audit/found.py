"""What an audit found, as its report prints it: nonconformities, their distribution, what comes again, what is left."""

from gbtool.documents.papers import Block, Table, Text
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits, corrections, tallies
from gbtool.rules.correcting import recurrence, rounds


def nonconformities(found: tallies.Tally, facts: Facts) -> tuple[Block, ...]:
    """Each nonconformity with its clause and whether it comes again, and the table of clauses by departments."""
    if not found.nonconformities:
        return (Text(facts.words.label("本次审核没有开出不符合报告。")),)
    total, serious = len(found.nonconformities), found.serious
    named, repeated = tallies.clauses_of(facts), recurrence.again(facts)
    rows = tuple(
        (n.number, n.department, named.get(n.number, ""), n.statement, n.grade, "是" if n.record in repeated else "")
        for n in found.nonconformities
    )
    heads, cells = tallies.cross(facts)
    return (
        Text(f"共{total}项，其中严重{serious}项、一般{total - serious}项，逐项见不符合项报告。"),
        Table(
            ("编号", "部门", "条款", "事实", "性质", recurrence.COLUMN),
            rows,
            (0.16, 0.12, 0.18, 0.37, 0.08, 0.09),
        ),
        *_again(found, facts),
        Text("按条款和部门的分布："),
        Table(heads, cells),
    )


def _again(found: tallies.Tally, facts: Facts) -> tuple[Block, ...]:
    """What comes again, and that the earlier action is to be judged anew."""
    repeated = recurrence.again(facts)
    rows = tuple(
        (n.number, str(each), corrections.value(each.earlier.record, corrections.ACTION) or "没有写")
        for n in found.nonconformities
        for each in repeated.get(n.record, ())
    )
    if not rows:
        return (
            Text(f"和以前的{facts.say('内审')}、外审、检查比，没有再次发生的。")
            if _before(facts)
            else Text(facts.words.label("以前没有可比的审核。")),
        )
    said = "下列各项以前开过同样的，上一次的纠正措施没有防止再发生，由责任部门重新判断它的有效性："
    return (Text(said), Table(("编号", "上一次", "上一次的纠正措施"), rows, (0.18, 0.42, 0.4)))


def _before(facts: Facts) -> bool:
    present = {record.id for record in audits.reports(facts)}
    return any(record.id not in present for record in corrections.every(facts))


def follow_up(entry: Entry, found: tallies.Tally, facts: Facts) -> tuple[Block, ...]:
    """Until when what was found is to be put right, and what earlier rounds left open."""
    due = entry.text("correction_due")
    when = f"在{due}前" if due else "按各报告写明的期限"
    asked = f"责任部门{when}查明原因、纠正并采取纠正措施，由责任人以外的人换样本验证，验证有效后关闭。"
    own = Text(asked if found.nonconformities else "没有不符合项，不需要整改。")
    present = {record.id for record in audits.reports(facts)}
    left = [
        record
        for record in corrections.every(facts)
        if record.id not in present
        and corrections.found_on(record) <= entry.text("issued")
        and corrections.state(record) is not corrections.State.CLOSED
    ]
    if not left:
        return (own,)
    rows = tuple(_left(record, facts) for record in left)
    heads = ("编号", "来源", "部门", "走到哪一步", "期限")
    return (own, Text("以前开出、还没有关闭的："), Table(heads, rows, (0.2, 0.34, 0.16, 0.16, 0.14)))


def _left(record: Entry, facts: Facts) -> tuple[str, ...]:
    shown = corrections.shown(record, facts.today)
    return shown.number, str(rounds.round_of(record, facts)), shown.department, shown.state.value, shown.due or "没有定"
