"""Lists that an application asks for, printed from the ledger: documents in force, records, rights."""

from collections.abc import Callable, Iterable, Mapping

from gbtool.documents.context import number_of
from gbtool.documents.papers import Paper, Table
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.registry import APPLICATION, COPYRIGHT, OTHER, PATENT, SECRET, TRADEMARK, rights
from gbtool.structs import Frozen

_KINDS = {
    PATENT: "专利",
    APPLICATION: "专利申请",
    TRADEMARK: "商标",
    COPYRIGHT: "著作权",
    SECRET: "商业秘密",
    OTHER: "其他",
}
_DAYS = ("申请日", "申请日期", "注册日期", "登记日期", "登记日", "完成日期")
_STATES = ("法律状态", "状态")


class Printed(Frozen):
    """A list as a Word paper, and how many lines it has."""

    paper: Paper
    lines: int


def printed(name: str, facts: Facts) -> Printed:
    """A list by its name: `documents`, `records` or `rights`."""
    title, heads, shares, rows = _LISTS[name]
    found = tuple(rows(facts))
    numbered = tuple((str(number), *row) for number, row in enumerate(found, 1))
    table = Table(("序号", *heads), numbered, shares)
    return Printed(Paper(f"list-{name}", title, "", (table,), date=str(facts.today), wide=True), len(found))


Rows = Iterable[tuple[str, ...]]


def _documents(facts: Facts) -> Rows:
    known = (document for document in facts.documents if document.in_force)
    return ((d.number, d.title, d.version, d.issued, d.effective) for d in known)


def _records(facts: Facts) -> Rows:
    for each in facts.applicable:
        count = len(facts.records(each.id))
        if count and each.audience == "client":
            last = facts.records(each.id)[-1].date
            yield number_of(each, facts.client.code), each.title_in(facts.client.edition), str(count), last


def _rights(facts: Facts) -> Rows:
    for right in rights(facts):
        if right.alive and right.kind != SECRET:
            what = right.text("类型") or right.text("类别")
            day, state = (next(filter(None, map(right.text, names)), "") for names in (_DAYS, _STATES))
            yield _KINDS.get(right.kind, right.kind), right.number, right.name, what, day, state


_LISTS: Mapping[str, tuple[str, tuple[str, ...], tuple[float, ...], Callable[[Facts], Rows]]] = {
    "documents": (
        "受控文件清单",
        ("编号", "名称", "版本", "发布日期", "实施日期"),
        (0.06, 0.24, 0.4, 0.08, 0.11, 0.11),
        _documents,
    ),
    "records": ("记录清单", ("编号", "名称", "条数", "最后一条"), (0.06, 0.26, 0.46, 0.1, 0.12), _records),
    "rights": (
        "知识产权清单",
        ("种类", "号", "名称", "类型", "申请或登记日", "状态"),
        (0.06, 0.1, 0.2, 0.34, 0.1, 0.1, 0.1),
        _rights,
    ),
}
NAMES = tuple(_LISTS)
