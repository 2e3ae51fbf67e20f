"""`gbtool audit effectiveness`: indicators before and after the system; table and test kept, the report generated."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, numbering
from gbtool.commands.generate import Request, generate
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import filled_form
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.diagnosis import Direction, Measure
from gbtool.model.document import Made
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences
from gbtool.rules.diagnosis.comparing import Comparison, Pair, Span, comparison, unexplained
from gbtool.rules.diagnosis.derived import derived
from gbtool.rules.diagnosis.figures import plain, rounded
from gbtool.shelf import diagnosis
from gbtool.store.database import Action
from gbtool.structs import Frozen

PAPER, TABLE = "report-effectiveness", "rec-performance"
RULES = ("DT-54", "CN-05", "CN-03")
SOURCES = "；"


class Signed(Frozen):
    """Who counted, checked and approved on which days, and what they conclude; days as ISO text."""

    compiled_by: str
    reviewed_by: str
    approved_by: str
    issued: str
    conclusion: str
    compiled: str = ""


class Tested(Frozen):
    """The test as the ledger keeps it, its table, what was compared, both papers, what is to be said."""

    test: Entry
    table: Entry
    comparison: Comparison
    papers: tuple[keeping.Written, ...]
    made: tuple[Made, ...]
    remarks: tuple[str, ...]


def compared(
    work: Workspace, today: date, before: Span | None = None, after: Span | None = None
) -> tuple[Comparison, tuple[str, ...]]:
    """Both periods side by side, nothing kept; and what is to be said of them.

    Raises:
        Refused: there are no figures from before the system, or none from after it.
    """
    facts = gather.gather(work, today)
    found = _comparison(facts, work, before, after)
    return found, tuple(remarks(found, facts))


def _comparison(facts: Facts, work: Workspace, before: Span | None, after: Span | None) -> Comparison:
    found = comparison(diagnosis.indicators(work.shelves), facts, before, after)
    if found is None or not found.known:
        spans = "" if found is None else f"（{written(found.before)}和{written(found.after)}）"
        message = f"没有一个指标有前后两个数{spans}，比不了"
        raise Refused(message, "登记两期的数：gbtool diagnose figure，或 gbtool diagnose export --period 起至止")
    return found


def report(
    work: Workspace, signed: Signed, spans: tuple[Span | None, Span | None], today: date, cache: Path | None = None
) -> Tested:
    """Keep table and test in the ledger, print the table, then generate the report from both.

    Raises:
        Refused: there is nothing to compare, or a rule forbids it.
        WrongValues: a name, a day or the conclusion is missing.
    """
    facts = gather.gather(work, today)
    faults = list(_faults(signed, today))
    if faults:
        raise WrongValues(faults)
    found = _comparison(facts, work, *spans)
    table = _table(found, signed, facts)
    test = _test(found, signed, table.id, facts)
    said = keeping.refuse(consequences.objections(facts, (table, test), RULES), "有效性检验不能这样登记")
    papers = keeping.Papers(work, again=True, words=facts.words)
    form = numbering.specification(TABLE, facts)
    filled = filled_form(form, table, drafts.desk(work, facts, cache))
    papers.word(keeping.AUDIT, f"{table.id} {form.title_in(facts.client.edition)}", filled)
    keeping.keep(work, Action(today, signed.approved_by, f"有效性检验 {test.id}"), (table, test), papers)
    made = _generated(work, facts, today, cache)
    return Tested(test, table, found, tuple(papers.written), made, (*said, *remarks(found, facts)))


def _generated(work: Workspace, facts: Facts, today: date, cache: Path | None) -> tuple[Made, ...]:
    specification = numbering.specification(PAPER, facts)
    if not drafts.parts_for(work, facts)(specification):
        return ()
    return generate(work, today, Request(ids=(PAPER,), cache=cache)).made


def _faults(signed: Signed, today: date) -> Iterator[Complaint]:
    wanted = {
        "--compiled-by": signed.compiled_by,
        "--reviewed-by": signed.reviewed_by,
        "--approved-by": signed.approved_by,
        "--conclusion": signed.conclusion,
    }
    yield from (Complaint(option, "不能空着") for option, value in wanted.items() if not value.strip())
    for option, day in {"--date": signed.issued, "--compiled": signed.compiled}.items():
        if day or option == "--date":
            yield from filling.day_faults(option, day, today)


def remarks(found: Comparison, facts: Facts) -> Iterator[str]:
    """What is to be said: unequal periods, what is missing, what nobody explained, where the ledger says otherwise."""
    if not found.equal:
        yield f"{found.method}；有同样长的一段数时，用 --baseline、--compared 比同样长的"
    if found.missing:
        yield f"{len(found.missing)} 项缺数，报告里逐项列出：{_named(found.missing)}"
    silent = list(unexplained(found))
    if silent:
        yield f"{len(silent)} 项变了没有写原因：{_named(silent)}；写在数的说明里：gbtool diagnose figure … --note"
    for pair in found.known:
        own = derived(pair.indicator.id, found.after, facts)
        if own and pair.after and own.differs(pair.after):
            yield own.told(pair.after)


def _named(pairs: "tuple[Pair, ...] | list[Pair]", most: int = 5) -> str:
    names = [f"{pair.indicator.id} {pair.indicator.name}" for pair in pairs]
    return "、".join(names[:most]) + ("……" if len(names) > most else "")


def written(span: Span) -> str:
    """A period as it is written."""
    return f"{span[0]}至{span[1]}"


def _table(found: Comparison, signed: Signed, facts: Facts) -> Entry:
    """The form with the figures of both periods: a new one, or that of the same period again."""
    about = numbering.about(TABLE, facts)
    records = facts.records(TABLE)
    period = written(found.after)
    mine = [record for record in records if record.mapping("head").get("统计期") == period]
    id_ = mine[-1].id if mine else numbering.running(str(about["number"]), (record.id for record in records), 3)
    day = signed.compiled or signed.issued
    known = (pair for pair in found.pairs if any(f is not None and f.known for f in (pair.before, pair.after)))
    data = {
        **about,
        "head": {"统计期": period, "基准期": written(found.before), "统计日期": day},
        "rows": [_row(number, pair) for number, pair in enumerate(known, 1)],
        "sign": [
            {"role": "编制", "name": signed.compiled_by, "date": day},
            {"role": "审核", "name": signed.reviewed_by, "date": signed.issued},
            {"role": "批准", "name": signed.approved_by, "date": signed.issued},
        ],
    }
    return Entry(EntryKind.RECORD, id_, day, facts.today.isoformat(), TABLE, data)


def _row(number: int, pair: Pair) -> dict[str, object]:
    indicator = pair.indicator
    sources = dict.fromkeys(f.source for f in (pair.before, pair.after) if f and f.known and f.source)
    return {
        "序号": str(number),
        "指标名称": indicator.name,
        "指标编号": indicator.id,
        "单位": indicator.unit,
        "基准期数值": _value(pair, before=True),
        "本期数值": _value(pair, before=False),
        "变化率": _rate(pair),
        "数据来源": SOURCES.join(sources),
        "说明": SOURCES.join(_notes(pair)),
    }


def _value(pair: Pair, *, before: bool) -> str:
    figure = pair.before if before else pair.after
    amount = pair.amount(figure)
    if figure is not None and amount is None and figure.denominator is not None:
        return f"{plain(figure.numerator)}/{plain(figure.denominator)}"
    return plain(amount)


def _rate(pair: Pair) -> str:
    """The change of a count in hundredths of what it was."""
    before, difference = pair.amount(pair.before), pair.difference
    if pair.indicator.kind is not Measure.COUNT or not before or difference is None:
        return ""
    return f"{plain(rounded(difference * 100 / before))}%"


def _notes(pair: Pair) -> Iterator[str]:
    for name, figure in (("基准期", pair.before), ("本期", pair.after)):
        if figure is None or not figure.known:
            reason = figure.note if figure else ""
            yield f"{name}没有数据{f'：{reason}' if reason else ''}"
            continue
        if "折年" in pair.shown(figure):
            yield f"{name}{figure.days}天{figure.shown(pair.small)}，按年折算"
        elif figure.denominator is not None and not figure.small(pair.small):
            yield f"{name}{plain(figure.numerator)}/{plain(figure.denominator)}"
        if figure.note:
            yield f"{name}：{figure.note}"
    if pair.few:
        yield f"分母小于{pair.small}，只写分子分母"
    if pair.indicator.direction is Direction.CONTEXT:
        yield "背景指标，只陈述"


def _test(found: Comparison, signed: Signed, table: str, facts: Facts) -> Entry:
    day = signed.compiled or signed.issued
    number = _number(found, facts)
    data = {
        "document": PAPER,
        "number": number,
        "data": table,
        "baseline": _period(found.before),
        "compared": _period(found.after),
        "method": found.method,
        "issued": signed.issued,
        "compiled": {"name": signed.compiled_by, "date": day},
        "reviewed": {"name": signed.reviewed_by, "date": signed.issued},
        "approved": {"name": signed.approved_by, "date": signed.issued},
        "conclusion": signed.conclusion,
        "missing": [_missing(pair) for pair in found.missing],
    }
    return Entry(EntryKind.EFFECTIVENESS, number, signed.issued, facts.today.isoformat(), PAPER, data)


def _number(found: Comparison, facts: Facts) -> str:
    """The report's number; that of another period's report gets its last day behind it."""
    number, period = numbering.number_of(PAPER, facts), _period(found.after)
    taken = (entry for entry in facts.of(EntryKind.EFFECTIVENESS) if entry.id == number)
    other = any(dict(entry.mapping("compared")) != period for entry in taken)
    return f"{number}-{found.after[1]:%Y%m%d}" if other else number


def _period(span: Span) -> dict[str, object]:
    return {"from": span[0].isoformat(), "to": span[1].isoformat()}


def _missing(pair: Pair) -> dict[str, object]:
    lacking = [
        f"{name}没有数{f'：{figure.note}' if figure and figure.note else ''}"
        for name, figure in (("基准期", pair.before), ("对比期", pair.after))
        if figure is None or not figure.known
    ]
    indicator = pair.indicator
    return {
        "id": indicator.id,
        "name": indicator.name,
        "definition": indicator.definition,
        "lacking": "；".join(lacking),
    }
