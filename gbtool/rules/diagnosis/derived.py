"""What the ledger itself says of some indicators in a period, to set beside the figures that somebody took."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import corrections
from gbtool.rules.correcting import recurrence
from gbtool.rules.diagnosis.comparing import Span
from gbtool.rules.diagnosis.figures import Figure, plain
from gbtool.structs import Frozen

Row = Mapping[str, object]


class Derived(Frozen):
    """A count, or parts of a share, and where the ledger holds them."""

    value: int | None
    numerator: int | None
    denominator: int | None
    source: str

    def __str__(self) -> str:
        """As a hint reads it: `18/18（合同台账）`."""
        number = str(self.value) if self.value is not None else f"{self.numerator}/{self.denominator}"
        return f"{number}（{self.source}）"

    def differs(self, figure: Figure) -> bool:
        """Whether a figure that was taken says something else."""
        own = [None if n is None else Decimal(n) for n in (self.value, self.numerator, self.denominator)]
        if self.value is not None:
            return figure.value != own[0]
        return [figure.numerator, figure.denominator] != own[1:]

    def told(self, figure: Figure) -> str:
        """How a figure and the ledger differ."""
        taken = (
            plain(figure.value) if self.value is not None else f"{plain(figure.numerator)}/{plain(figure.denominator)}"
        )
        return f"{figure.indicator.id} {figure.indicator.name}登记{taken}，台账算出{self}"


def derived(id_: str, span: Span, facts: Facts) -> Derived | None:
    """What the ledger says of an indicator in a period; None where it holds nothing of the kind."""
    way = _WAYS.get(id_)
    return way(span, facts) if way else None


def _within(row: Row, name: str, span: Span) -> bool:
    day = as_date(row.get(name))
    return day is not None and span[0] <= day <= span[1]


def _in_time(row: Row, first: str, last: str) -> bool:
    """Whether something was done by a day."""
    done, due = as_date(row.get(first)), as_date(row.get(last))
    return done is not None and due is not None and done <= due


def _share(rows: Iterable[Row], day: str, done: tuple[str, str], span: Span, source: str) -> Derived | None:
    """Of the rows of a period, those that were done in time."""
    found = [row for row in rows if _within(row, day, span)]
    return Derived(None, sum(_in_time(row, *done) for row in found), len(found), source) if found else None


def _filed(span: Span, facts: Facts) -> list[Row]:
    kinds = ("patent", "application")
    rights = (right.data for right in facts.of(EntryKind.RIGHT) if right.get("kind") in kinds)
    return [right for right in rights if _within(right, "申请日", span)]


def _inventions(span: Span, facts: Facts) -> Derived | None:
    found = _filed(span, facts)
    inventions = sum(str(right.get("类型")).startswith("发明") for right in found)
    return Derived(None, inventions, len(found), "专利和申请清单") if found else None


def _applications(span: Span, facts: Facts) -> Derived | None:
    any_ = any(right.get("kind") in ("patent", "application") for right in facts.of(EntryKind.RIGHT))
    return Derived(len(_filed(span, facts)), None, None, "专利和申请清单，按申请日") if any_ else None


def _deadlines(span: Span, facts: Facts) -> Derived | None:
    rows = (row for record in facts.records("rec-deadline-monitor") for row in record.rows())
    return _share(rows, "法定截止日", ("办理日期", "法定截止日"), span, "期限监控记录")


def _projects(span: Span, facts: Facts) -> Derived | None:
    return _share(facts.client.rows("rd_projects"), "启动", ("检索日", "评审日"), span, "项目清单")


def _contracts(span: Span, facts: Facts) -> Derived | None:
    rows = (contract.data for contract in facts.of(EntryKind.CONTRACT))
    return _share(rows, "签订日期", ("审查日期", "签订日期"), span, "合同台账")


def _launches(span: Span, facts: Facts) -> Derived | None:
    return _share(facts.client.rows("products_launched"), "上市日", ("审查日", "上市日"), span, "产品清单")


def _hired(span: Span, facts: Facts) -> Derived | None:
    return _share(facts.client.rows("new_hires"), "入职日", ("背景调查日", "入职日"), span, "入职清单")


def _left(span: Span, facts: Facts) -> Derived | None:
    return _share(facts.client.rows("leavers"), "最后工作日", ("面谈日", "最后工作日"), span, "离职清单")


def _closed(span: Span, facts: Facts) -> Derived | None:
    return _share(_corrected(facts), "due", ("done", "due"), span, "不符合报告、纠正措施记录")


def _corrected(facts: Facts) -> Iterator[Row]:
    for record in corrections.every(facts):
        yield {"due": corrections.value(record, corrections.DUE), "done": corrections.value(record, corrections.DONE)}


def _repeated(span: Span, facts: Facts) -> Derived | None:
    """How many of what was found in a period had been found in the same place before."""
    found = [case for case in recurrence.cases(facts) if _within({"day": case.day}, "day", span)]
    known = recurrence.again(facts)
    same = (any(each.why == recurrence.PLACE for each in known.get(case.record.id, ())) for case in found)
    return Derived(sum(same), None, None, "不符合报告、纠正措施记录") if found else None


_WAYS: Mapping[str, Callable[[Span, Facts], Derived | None]] = {
    "EI-01": _inventions,
    "EI-02": _applications,
    "EI-07": _deadlines,
    "EI-14": _projects,
    "EI-16": _contracts,
    "EI-19": _launches,
    "EI-27": _hired,
    "EI-28": _left,
    "EI-33": _closed,
    "EI-34": _repeated,
}
