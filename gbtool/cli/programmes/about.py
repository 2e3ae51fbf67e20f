"""How a programme is shown: what it is, its rules, days and subsidies, what nobody found, its source."""

from collections.abc import Sequence
from datetime import date

from gbtool.cli import show
from gbtool.model.programme import Due, Programme, Standing, Subsidy
from gbtool.structs import names_of


def years(programme: Programme) -> str:
    """The years of a programme as the user reads them."""
    found = programme.years
    return "没有写" if not found else str(found[0]) if len(found) == 1 else f"{min(found)}—{max(found)}"


def brief(each: Programme, standing: Standing) -> dict[str, object]:
    """A programme in a line of JSON."""
    names = ("id", "region", "level", "name", "title", "doc_no", "issued", "years", "routes", "missing", "note")
    return {
        **{name: getattr(each, name) for name in names},
        "standing": standing.value,
        "confidence": each.confidence.value,
    }


def shown(found: Programme, on: date, replaced: str = "") -> None:
    """All of a programme: what it is, its rules, days, subsidies, what else it says.

    `replaced` is the day on which the edition of its standard was superseded, empty while it is in force.
    """
    show.text(f"{found.id}　{found.title}　{found.region}　{on} {found.standing(on).value}")
    _about(found, replaced)
    rows = [(rule.id.partition("/")[2], rule.kind.word, "、".join(rule.for_), rule.statement) for rule in found.rules]
    show.text()
    show.table(("编号", "轻重", "只对", "内容"), rows, "规则")
    _dated(found.dues)
    _given(found.subsidies)
    for note in found.information:
        show.text(f"{note.title}：{'；'.join(note.items)}")


def _about(found: Programme, replaced: str) -> None:
    old = f"按 {found.edition} 版写，这一版 {replaced} 起被代替，新申请只能借鉴流程"
    batches = "、".join(f"{each.month}月" for each in found.windows)
    show.pairs(
        [
            ("文号", found.doc_no),
            ("发文", "、".join(found.issuer)),
            ("印发", found.issued),
            ("年度", years(found)),
            ("走法", "、".join(found.routes)),
            ("阶段", "；".join(f"{each.name} {each.from_}至{each.to}" for each in found.phases)),
            ("批次", f"{found.windows[0].action}：{batches}" if found.windows else ""),
            ("标准", old if replaced else ""),
            ("没有查到", "、".join(found.missing)),
            ("说明", found.note),
            ("提示", found.hint),
            ("出处", "；".join(f"{s.title} {s.doc_no}{s.address}".strip() for s in found.sources)),
            ("把握", found.confidence.word),
        ]
    )


def _dated(dues: Sequence[Due]) -> None:
    if dues:
        show.text()
        rows = [(each.id, each.due or each.recurrence, each.actor, each.action, each.note) for each in dues]
        show.table(("编号", "日期", "谁", "做什么", "说明"), rows, "期限")


def _given(subsidies: Sequence[Subsidy]) -> None:
    if subsidies:
        show.text()
        rows = [
            (s.id, s.title, "、".join(s.for_), s.amount and f"{s.amount}元", s.form or s.rule, "、".join(s.requires))
            for s in subsidies
        ]
        show.table(("编号", "补助", "只对", "金额", "方式", "要满足"), rows, "补助")


def whole(found: Programme, on: date) -> dict[str, object]:
    """All of a programme as scripts read it."""
    rules = [
        {
            "id": rule.id,
            "kind": rule.kind.value,
            "for": rule.for_,
            "statement": rule.statement,
            "checks": [check.kind for check in rule.checks],
            "find_out": rule.find_out,
            "conflicts": rule.conflicts,
            "note": rule.note,
        }
        for rule in found.rules
    ]
    dues = [{name: getattr(each, name) for name in names_of(Due)} for each in found.dues]
    money = [{name.rstrip("_"): getattr(each, name) for name in names_of(Subsidy)} for each in found.subsidies]
    notes = {note.title: note.items for note in found.information}
    sources = [{"title": s.title, "doc_no": s.doc_no, "address": s.address} for s in found.sources]
    more = {"rules": rules, "dues": dues, "subsidies": money, "information": notes, "sources": sources}
    return {**brief(found, found.standing(on)), **more}
