"""`gbtool figures report`: the figures of a year as the form of the standard, kept in the ledger and printed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gbtool.commands import drafts, filling, keeping, numbering
from gbtool.commands.figures.standing import Yearly
from gbtool.documents.papers import filled_form
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.yearly import Line, Statistic
from gbtool.rules.diagnosis.figures import plain
from gbtool.rules.yearly import checking
from gbtool.store.database import Action
from gbtool.structs import Frozen

FOLDER = "年度数据"
AS_DEFINED = "按定义"


class Signed(Frozen):
    """Who filled the figures in, who of finance checked them, who approved them, on which day; ISO text."""

    compiled_by: str
    reviewed_by: str
    approved_by: str
    issued: str
    submitted: str = ""
    receipt: str = ""


class Reported(Frozen):
    """The form as the ledger keeps it, its paper, what is to be said about it."""

    record: Entry
    papers: tuple[keeping.Written, ...]
    remarks: tuple[str, ...]


def report(given: Yearly, year: int, signed: Signed, cache: Path | None = None, *, again: bool = False) -> Reported:
    """The form of a year.

    Raises:
        Refused: nothing of that year is known.
        WrongValues: a name is missing, a day is not real, not yet come, or the year is not over on it.
    """
    facts = given.facts
    faults = list(_faults(given, year, signed))
    if faults:
        raise WrongValues(faults)
    if not any(of == year for _, of in given.entries):
        raise Refused(f"{year}年还没有登记一个数", f"gbtool figures sheet {year} 年度数据.xlsx，填好以后 take")
    form = numbering.specification(given.book.record, facts)
    record = _record(given, year, signed)
    files = keeping.Papers(given.work, again)
    title = f"{record.id} {form.title_in(facts.client.edition)} {year}"
    files.word(FOLDER, title, filled_form(form, record, drafts.desk(given.work, facts, cache)))
    keeping.keep(given.work, Action(facts.today, signed.approved_by, f"{given.book.title} {year}"), [record], files)
    notes = frozenset(id_ for (id_, of), entry in given.entries.items() if of == year and entry.text("note"))
    return Reported(record, tuple(files.written), tuple(checking.remarks(given.figures, facts, year, notes)))


def _faults(given: Yearly, year: int, signed: Signed) -> Iterator[Complaint]:
    names = {
        "--compiled-by": signed.compiled_by,
        "--reviewed-by": signed.reviewed_by,
        "--approved-by": signed.approved_by,
    }
    yield from (Complaint(option, "不能空着") for option, name in names.items() if not name.strip())
    wrong = checking.day_fault(year, signed.issued, given.facts.today)
    if wrong:
        yield Complaint("--date", wrong)
    if signed.submitted:
        yield from filling.day_faults("--submitted", signed.submitted, given.facts.today)


def _record(given: Yearly, year: int, signed: Signed) -> Entry:
    """A new form, or that of the same year again."""
    facts, form = given.facts, given.book.record
    records = facts.records(form)
    mine = [record for record in records if str(record.mapping("head").get("数据年度")) == str(year)]
    about = numbering.about(form, facts)
    id_ = mine[-1].id if mine else numbering.running(str(about["number"]), (record.id for record in records), 3)
    rows = [
        dict(_row(given, statistic, line, year)) for statistic, line in given.book.lines if _said(given, line, year)
    ]
    day, kept = signed.issued, mine[-1].mapping("foot") if mine else {}
    platform = {"平台提交日期": signed.submitted, "回执": signed.receipt}
    said = {name: text or str(kept.get(name) or "") for name, text in platform.items()}
    data = {
        **about,
        "head": {"数据年度": str(year), "填报日期": day, "填报人": signed.compiled_by},
        "rows": rows,
        "foot": {"与上年差异说明": _changes(given, year), **said},
        "sign": [
            {"role": "填报人", "name": signed.compiled_by, "date": day},
            {"role": "财务", "name": signed.reviewed_by, "date": day},
            {"role": "批准人", "name": signed.approved_by, "date": day},
        ],
    }
    return Entry(EntryKind.RECORD, id_, day, facts.today.isoformat(), form, data)


def _said(given: Yearly, line: Line, year: int) -> str:
    entry = given.entries.get((line.id, year))
    return given.figures.amount(line.id, year).shown or (entry.text("note") if entry else "")


def _row(given: Yearly, statistic: Statistic, line: Line, year: int) -> Mapping[str, str]:
    entry = given.entries.get((line.id, year))
    name = line.name if line.name == statistic.name else f"{statistic.name}：{line.name}"
    return {
        "指标编号": line.id,
        "指标": name,
        "数值": given.figures.amount(line.id, year).shown or "没有数",
        "单位": line.unit,
        "统计口径": (entry.text("basis") if entry else "") or AS_DEFINED,
        "来源文件": entry.text("source") if entry else "计算",
        "核对人": entry.text("by") if entry else "",
    }


def _changes(given: Yearly, year: int) -> str:
    """Every line about which somebody wrote why it is as it is, with its change since the year before."""
    said = []
    for _, line in given.book.lines:
        entry = given.entries.get((line.id, year))
        moved = given.figures.change(line.id, year)
        if entry and entry.text("note"):
            grown = f"（比上年{'增' if moved > 0 else '减'}{plain(abs(moved))}{line.unit}）" if moved else ""
            said.append(f"{line.id} {line.name}{grown}：{entry.text('note')}")
    return "；".join(said)
