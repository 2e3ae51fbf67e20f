"""What the papers of an internal audit say: plan, checklists, report; filled forms for the nonconformities."""

from collections import Counter
from collections.abc import Mapping, Sequence

from gbtool.commands import numbering
from gbtool.commands.audit import found as found_papers
from gbtool.documents.desk import Desk
from gbtool.documents.papers import Block, Heading, Items, Pairs, Paper, Signatures, Table, Text
from gbtool.model.checklist import Checklist, Judgement
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits, corrections, tallies
from gbtool.rules.auditing import absence, coverage

LEGEND = "判定用：√ 符合；○ 一般不符合；× 严重不符合；△ 观察项（业务未发生或有待观察）；不适用。"
HOW = "事实写看到了什么：谁、哪份文件或记录（编号、版本）、什么日期、几份里几份；不写“已明确”“符合要求”这样的结论。"
DRAWN = "样本从{day}的台账中按种子{seed}随机抽取，台账、种子相同的抽到的也相同；现场加抽的写在审核记录里。"
PURPOSE = "查明体系是否按策划实施、是否有效，为{管理评审}提供依据"
DEMANDS = (
    "各部门当天备好本部门的文件、记录和在用表单，不在{审核}现场补写。",
    "{审核}中看到的技术和经营信息只用于{审核}，记录由{审核}组长收齐交{keeper}。",
    "日程有变的，由{审核}组长提前一个工作日通知受{审核}部门。",
)
_NO_FIGURES = "审核组没有对有效性检验的数据另作结论，数据见有效性检验报告"
FINDINGS = (Judgement.OBSERVATION, Judgement.NOT_APPLICABLE)
EVIDENCE, CRITERIA, SEED = "应看的证据", "审核准则", "抽样种子"
_SHEET = ("序号", audits.CLAUSE, audits.QUESTION, "审核方法", audits.SAMPLING, EVIDENCE)
_TO_FILL = (audits.FACT, audits.JUDGED, audits.NUMBER)
_TEAM = (0.11, 0.16, 0.1, 0.16, 0.16, 0.31)
_SLOTS = (0.14, 0.14, 0.12, 0.11, 0.1, 0.39)
_SHARES = (0.035, 0.085, 0.155, 0.06, 0.21, 0.14, 0.205, 0.045, 0.065)


def plan(entry: Entry, desk: Desk, names: Mapping[str, str]) -> Paper:
    """The audit plan, in the sections that the document set names; `names` are those of the functions."""
    facts = desk.facts
    label = facts.words.label
    criteria = _texts(entry.get("criteria")) or (facts.standard.cite,)
    method = entry.text("method") or "询问、查文件和记录、现场观察、系统查询、抽样比对"
    blocks = (
        Table(
            (label("审核编号"), label("审核日期")),
            ((entry.text("audit"), _days(entry.text("start"), entry.text("end"))),),
        ),
        Heading(label("审核目的")),
        Text(sentence(entry.text("purpose") or facts.words.said(PURPOSE))),
        Heading(label("审核范围")),
        Text(sentence(entry.text("scope") or f"全部{len(facts.client.departments)}个部门，全部适用条款")),
        Heading(label("审核准则")),
        Text(sentence("；".join(criteria))),
        Heading(label("审核组成员与分工")),
        Table(("姓名", "部门", "身份", "培训日期", "聘任日期", label("审核哪些部门")), _team(entry, facts), _TEAM),
        Text(sentence(entry.text("independence") or label("内审员不审本部门和本人的工作"))),
        Heading("日程表"),
        Text(f"{label('审核方法')}：{sentence(method)}"),
        Table(("日期", "时间", "部门", label("被审核人"), label("内审员"), "条款"), _schedule(entry, facts), _SLOTS),
        *_away(entry),
        Heading("条款和职能"),
        *_matrix(entry, facts, names),
        Heading("首末次会议"),
        *_meetings(entry, facts),
        Heading("保密与要求"),
        Items(_demands(facts)),
        Heading("审批与发放"),
        Text(_handed(entry, facts)),
        *signed(entry)[1:],
    )
    title = numbering.specification("plan-audit", facts).title_in(facts.client.edition)
    return controlled("plan-audit", title, entry, blocks)


def _demands(facts: Facts) -> tuple[str, ...]:
    """What is asked of everybody, in the words of the standard; the records go to the highest post that it knows."""
    keeper = facts.words.either("管理者代表", "最高管理者")
    return tuple(facts.words.said(each).replace("{keeper}", keeper) for each in DEMANDS)


def _away(entry: Entry) -> tuple[Block, ...]:
    """Who is away when, as the schedule took it into account."""
    found = absence.kept(entry)
    return (Text(f"排日程时已避开：{sentence('；'.join(map(str, found)))}"),) if found else ()


def _matrix(entry: Entry, facts: Facts, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Every applicable clause and every function that carries it, and what has no slot."""
    found = coverage.squares(entry, facts)
    columns, rows = coverage.table(found, facts)
    number, title = 0.075, 0.2
    shares = (number, title, *([(1 - number - title) / len(columns)] * len(columns)))
    holes = coverage.holes(found, facts, names)
    said = f"没有排到的：{sentence('；'.join(holes))}" if holes else "适用条款和承担它的职能全部排到。"
    return (
        Text(f"{coverage.MAIN} 主责，{coverage.WITH} 协同，{coverage.HOLE} 没有排到；按部门审，时段见日程表。{said}"),
        Table(("条款", "要求", *(names.get(each, each) for each in columns)), rows, shares),
    )


def _team(entry: Entry, facts: Facts) -> tuple[tuple[str, ...], ...]:
    """Each auditor with training, appointment and the departments that he audits."""
    label = facts.words.label
    lead = entry.text("lead")
    rows = []
    for member in entry.rows("team"):
        name = _text(member, "name")
        audited = dict.fromkeys(_text(s, "department") for s in entry.rows("slots") if s.get("auditor") == name)
        who = "组长" if name == lead else label("内审员")
        days = _both(member, "trained", "appointed")
        rows.append((name, _text(member, "department"), who, *days, "、".join(audited) or "—"))
    return tuple(rows)


def _meetings(entry: Entry, facts: Facts) -> tuple[Block, ...]:
    label = facts.words.label
    told = {
        "opening": ("首次会议", label("介绍审核组、范围、方法和抽样的局限，确认日程和陪同人")),
        "closing": ("末次会议", "通报好的做法和不符合项，确认事实，说明整改期限"),
    }
    rows = tuple(
        (name, *_when(entry.mapping(key)), entry.text("lead"), label("审核组、受审核部门负责人"), what)
        for key, (name, what) in told.items()
        if entry.mapping(key)
    )
    if not rows:
        return (Text(label("会议时间由审核组长在审核前一日通知受审核部门。")),)
    return (Table(("会议", "日期", "时间", "主持", "参加", "内容"), rows, (0.12, 0.14, 0.14, 0.1, 0.2, 0.3)),)


def _handed(entry: Entry, facts: Facts) -> str:
    day = entry.text("distributed")
    names = "、".join(department.name for department in facts.client.departments)
    return f"{f'本计划于{day}' if day else '本计划批准后'}发给{names}。"


def _schedule(entry: Entry, facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(
        sorted(
            (
                *_when(slot),
                _text(slot, "department"),
                "、".join(_texts(slot.get("auditees"))),
                _text(slot, "auditor"),
                clauses(_texts(slot.get("clauses")), facts),
            )
            for slot in entry.rows("slots")
        )
    )


def clauses(keys: Sequence[str], facts: Facts) -> str:
    """Clauses as a plan prints them: each number once, with the titles under it."""
    found: dict[str, list[str]] = {}
    for key in audits.in_order(keys, facts):
        number, title = audits.label(key, facts)
        found.setdefault(number, []).append(title)
    return "；".join(f"{number} {'、'.join(dict.fromkeys(titles))}".strip() for number, titles in found.items())


def sheet(checklist: Checklist, plan: Entry | None, facts: Facts) -> Paper:
    """A department's checklist to print and fill."""
    specification = numbering.specification(audits.CHECKLIST, facts)
    rows = tuple(
        (
            str(row.number),
            f"{row.cite} {row.title}",
            row.question,
            "、".join(row.method),
            row.plan,
            row.evidence,
            *("",) * len(_TO_FILL),
        )
        for row in checklist.rows
    )
    head, label = audits.head(checklist.department, facts), facts.words.label
    seed, cite = str(checklist.seed), facts.standard.cite
    blocks: tuple[Block, ...] = (
        Pairs(
            (*((label(name), str(text)) for name, text in head.items()), (label(SEED), seed), (label(CRITERIA), cite))
        ),
        Table(tuple(map(label, (*_SHEET, *_TO_FILL))), rows, _SHARES, 1.6),
        Text(f"{LEGEND}\n{HOW}\n{label(DRAWN).format(seed=seed, day=facts.today)}"),
        Signatures(tuple(map(label, specification.fields.sign))),
    )
    title = specification.title_in(facts.client.edition)
    number, version = numbering.number_of(audits.CHECKLIST, facts), facts.client.text("doc_version")
    return Paper(audits.CHECKLIST, title, number, blocks, version, plan.date if plan else "", wide=True)


def report(entry: Entry, facts: Facts) -> Paper:
    """The audit report, in the sections that the document set names: everything counted comes from one list."""
    label = facts.words.label
    plan_ = audits.plan_of(facts)
    found = tallies.tally(facts)
    blocks = (
        Heading(label("审核目的范围准则")),
        Table(("项目", "内容"), _about(entry, facts), (0.18, 0.82)),
        Heading(label("审核组与日期")),
        Table(("项目", "内容"), _who(entry, plan_, facts), (0.18, 0.82)),
        Heading(label("受审核部门")),
        *_audited(plan_, facts),
        Heading(label("审核过程概述")),
        Text(_course(found, entry, facts)),
        Heading("符合情况综述"),
        *_judged(found, facts),
        Heading("不符合项统计与分布"),
        *found_papers.nonconformities(found, facts),
        Heading("有效性检验结论"),
        Text(sentence(entry.text("effectiveness") or label(_NO_FIGURES))),
        Heading("改进建议"),
        *_remarked(facts),
        Heading(label("审核结论")),
        Text(sentence(entry.text("conclusion"))),
        Heading("整改要求与期限"),
        *found_papers.follow_up(entry, found, facts),
        Heading("报告分发"),
        Text(sentence("、".join(_texts(entry.get("distributed_to"))) or "各部门")),
        Heading("附件"),
        Items(_attached(plan_, facts)),
        *signed(entry),
    )
    title = numbering.specification("report-audit", facts).title_in(facts.client.edition)
    return controlled("report-audit", title, entry, blocks)


def _about(entry: Entry, facts: Facts) -> tuple[tuple[str, str], ...]:
    label = facts.words.label
    return (
        (label("审核编号"), entry.text("audit")),
        (label("审核目的"), entry.text("purpose") or facts.words.said(PURPOSE)),
        (label("审核范围"), entry.text("scope") or "、".join(d.name for d in facts.client.departments)),
        (label("审核准则"), "；".join(_texts(entry.get("criteria"))) or facts.standard.cite),
    )


def _who(entry: Entry, plan_: Entry | None, facts: Facts) -> tuple[tuple[str, str], ...]:
    label = facts.words.label
    lead = plan_.text("lead") if plan_ else ""
    team = [_text(row, "name") for row in plan_.rows("team")] if plan_ else []
    members = "、".join(name for name in team if name != lead) or "无"
    return (
        (label("审核日期"), _days(entry.text("audit_start"), entry.text("audit_end"))),
        (label("审核组"), f"组长 {lead}；成员 {members}"),
    )


def _audited(plan_: Entry | None, facts: Facts) -> tuple[Block, ...]:
    """Which departments were audited when by whom, as the plan has it."""
    label = facts.words.label
    if plan_ is None:
        return (Text("、".join(department.name for department in facts.client.departments) + "。"),)
    rows = tuple(
        sorted(
            (*_when(slot), _text(slot, "department"), "、".join(_texts(slot.get("auditees"))), _text(slot, "auditor"))
            for slot in plan_.rows("slots")
        )
    )
    return (Table(("日期", "时间", "部门", label("被审核人"), label("内审员")), rows, (0.18, 0.18, 0.24, 0.24, 0.16)),)


def _judged(found: tallies.Tally, facts: Facts) -> tuple[Block, ...]:
    """How the rows of each department's checklist were judged, and all of them."""
    marks = tuple(Judgement)
    rows = []
    for record in audits.checklists(facts):
        counted = Counter(Judgement.read(_text(row, audits.JUDGED)) for row in record.rows())
        counts = (str(counted.get(mark, 0)) for mark in marks)
        rows.append((_text(record.mapping("head"), "受审核部门"), str(len(record.rows())), *counts))
    if not rows:
        return (Text("没有登记检查表。"),)
    total = ("合计", str(found.rows), *(str(found.judged[mark]) for mark in marks))
    heads = ("部门", "检查行数", *(mark.value for mark in marks))
    return (Table(heads, (*rows, total)), Text("判“符合”的每一行都写出了看到的文件、编号、日期或人名，见检查表。"))


def _attached(plan_: Entry | None, facts: Facts) -> tuple[str, ...]:
    """The papers that the report stands on, by their numbers."""
    edition = facts.client.edition
    titles = {each.id: each.title_in(edition) for each in facts.specifications}
    papers = [f"{titles.get('plan-audit', '审核计划')} {plan_.id}"] if plan_ else []
    forms = (audits.CHECKLIST, "rec-audit-meeting", audits.NONCONFORMITY, "rec-nc-distribution")
    for form in forms:
        ids = [record.id for record in audits.of_this_audit(facts.records(form), facts)]
        papers += [f"{titles.get(form, form)} {'、'.join(ids)}"] if ids else []
    return tuple(papers) or ("没有附件",)


def _course(found: tallies.Tally, entry: Entry, facts: Facts) -> str:
    label = facts.words.label
    limits = entry.text("limits") or label("审核以抽样进行，没有抽到的不等于没有问题")
    text = f"按部门检查，填写检查表{found.checklists}份，共{found.rows}行，每行都有判定和看到的事实。"
    return f"{label('审核组')}{text}{limits.rstrip('。')}。"


def _remarked(facts: Facts) -> tuple[Block, ...]:
    rows = [
        (_text(record.mapping("head"), "受审核部门"), audits.without_key(_text(row, audits.CLAUSE)), fact, judged.value)
        for record in audits.checklists(facts)
        for row in record.rows()
        if (judged := Judgement.read(_text(row, audits.JUDGED))) in FINDINGS and judged
        for fact in [_text(row, audits.FACT)]
    ]
    if not rows:
        return (Text("没有观察项，也没有判不适用的行。"),)
    said = Text("下列各行不构成不符合，请责任部门核对；判不适用的写明了怎么确认。")
    return (said, Table(("部门", "条款", "事实", "判定"), tuple(rows), (0.14, 0.22, 0.52, 0.12)))


def signed(entry: Entry) -> tuple[Block, ...]:
    """Who compiled and approved on which day, with room to sign."""
    words = {"compiled": "编制", "approved": "批准"}
    found = {word: entry.mapping(name) for name, word in words.items()}
    rows = tuple((word, _text(who, "name"), "", _text(who, "date")) for word, who in found.items())
    return (Heading("审批"), Table(("", "姓名", "签名", "日期"), rows, (0.16, 0.26, 0.32, 0.26), 1.0))


def controlled(id_: str, title: str, entry: Entry, blocks: tuple[Block, ...]) -> Paper:
    """A plan or report with its number, version, days of approval and issue; a plan is issued when it is handed out."""
    approved, issued = _text(entry.mapping("approved"), "date"), entry.text("issued") or entry.text("distributed")
    released = (approved, issued)
    return Paper(id_, title, entry.text("number"), blocks, entry.text("version"), entry.date, released=released)


def sentence(text: str) -> str:
    """A text with its full stop."""
    return f"{text.rstrip('。')}。" if text else ""


def nonconformity(record: Entry) -> Entry:
    """A nonconformity report as it is printed: clauses without their keys."""
    rows = [
        {**row, corrections.BASIS: "；".join(map(audits.without_key, _text(row, corrections.BASIS).split("；")))}
        for row in record.rows()
    ]
    return Entry(record.kind, record.id, record.date, record.entered, record.form, {**record.data, "rows": rows})


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first}至{last}"


def _when(slot: Mapping[str, object]) -> tuple[str, str]:
    return _text(slot, "date"), f"{_text(slot, 'from')}-{_text(slot, 'to')}"


def _both(mapping: Mapping[str, object], first: str, second: str) -> tuple[str, str]:
    return _text(mapping, first), _text(mapping, second)


def _text(mapping: Mapping[str, object], name: str) -> str:
    value = mapping.get(name)
    return "" if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(each) for each in value)
    return (str(value),) if value else ()
