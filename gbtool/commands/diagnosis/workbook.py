"""`gbtool diagnose export` and `import`: the questions and indicators as a workbook to fill, and what was filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.placing import placed
from gbtool.errors import Complaint, FileFaults, Refused, UsageError
from gbtool.exchange import books, tables
from gbtool.exchange.writing import Cell, Page, Pick, Value, book
from gbtool.model.answers import iso_day
from gbtool.model.diagnosis import SCORES, Indicator, Measure, Probe
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.rules.diagnosis import rounds
from gbtool.rules.diagnosis.comparing import Span
from gbtool.rules.diagnosis.derived import derived
from gbtool.rules.reading import span
from gbtool.shelf import surveys
from gbtool.structs import Frozen

SUFFIX = ".xlsx"
NOTES, SCORING, FIGURES = "说明", "打分", "基准数据"
ID = "编号"
# The cells to fill: column, name of the datum, look, width in signs.
Filled = tuple[tuple[str, str, str, float], ...]
ANSWERS: Filled = (
    ("得分", "score", "input", 6),
    ("看到的证据", "evidence", "input", 40),
    ("抽样份数", "sampled", "input", 9),
    ("不合格份数", "failed", "input", 11),
    ("打分人", "by", "input", 10),
    ("打分日期", "date", "input-date", 12),
    ("说明", "note", "input", 24),
)
NUMBERS: Filled = (
    ("统计期起", "from", "input-date", 12),
    ("统计期止", "to", "input-date", 12),
    ("分子", "numerator", "input", 10),
    ("分母", "denominator", "input", 10),
    ("数值", "value", "input", 10),
    ("取自哪份台账或凭证", "source", "input", 28),
    ("取数人", "by", "input", 10),
    ("取数日期", "date", "input-date", 12),
    ("说明（取不到的写原因）", "note", "input", 28),
)
_QUESTIONS = (ID, "方面", "问哪些部门", "问题", "应看的证据", "0 分", "2 分", "4 分", "权重", "红线")
_INDICATORS = (ID, "指标", "怎么算", "单位", "分子是", "分母是", "取自", "注意", "台账算出")
_WIDTHS = {
    SCORING: (8, 12, 18, 40, 20, 20, 20, 20, 6, 6),
    FIGURES: (8, 22, 36, 6, 20, 20, 24, 24, 20),
}
_BASELINE = "“基准数据”一页是贯标前的数字，体系实施以后就补不出来了；取不到的在说明里写原因，不估算。"
_BEFORE = "上次得分"
_TIME = re.compile(rf"{SCORING}（第(\d+)次）")
_WHOLE = re.compile(r"([0-9]+)\.0")


class Exported(Frozen):
    """How many questions and indicators the workbook holds."""

    questions: int
    indicators: int


class Defaults(Frozen):
    """Who scored on which day, and of which period figures are, where a row does not say it; empty: not given."""

    by: str = ""
    day: str = ""
    period: str = ""


def export(given: Diagnosis, target: Path, departments: Sequence[str] = (), period: str = "") -> Exported:
    """Write the workbook, with what is answered already filled in.

    Args:
        given: the diagnosis as it stands.
        target: where it goes; a file that is there is never written over.
        departments: only the questions to these.
        period: only the indicators, in this period (`first至last`), such as one after the system.

    Raises:
        UsageError: the name does not end in .xlsx, there is no such department, or the period is none.
        Refused: a file stands there already.
        FolderNotWritable: the folder or disk refuses.
    """
    if target.suffix.lower() != SUFFIX:
        raise UsageError(f"工作簿的名字应以 {SUFFIX} 结尾，写的是 {target.name}")
    if target.exists():
        raise Refused(f"{target} 已经有了，没有覆盖", "换一个名字，或先移开它")
    over = span(period)
    if period and over is None:
        raise UsageError(f"统计期“{period}”应当写成 2026-05-18至2026-08-31")
    probes = () if period else given.asked(departments)
    measured = () if departments else given.measured
    pages = [_notes(given), *([_questions(probes, given)] if probes else [])]
    pages += [_figures(measured, given, over)] if measured else []
    with placed({target: book(pages, given.facts.today, given.scheme.title)}):
        return Exported(len(probes), len(measured))


def _notes(given: Diagnosis) -> Page:
    client = given.facts.client.name
    lines: list[Value | Cell] = [
        Cell(f"{client} {given.scheme.title}{given.time}".strip(), "title"),
        "只填浅黄色的格子，填完：gbtool diagnose import 本文件。空着的题不登记，也不算 0 分。",
        *given.scheme.rules,
        *(f"{points} 分：{words}" for points, words in given.scheme.scale.items()),
        *([given.scheme.note] if given.scheme.note else []),
    ]
    if given.measured:
        lines += [_BASELINE, *given.indicators.rules]
    return Page(NOTES, [[line] for line in lines], (110,))


def _questions(probes: Sequence[Probe], given: Diagnosis) -> Page:
    known = rounds.answers(given.facts, given.round)
    rows = [_question(probe, given, known.get(probe.id)) for probe in probes]
    own = (*_QUESTIONS, _BEFORE) if given.before else _QUESTIONS
    heads = (*own, *(name for name, *_ in ANSWERS))
    picks = [Pick(1, len(rows), len(own), tuple(map(str, SCORES)))]
    widths = (*_WIDTHS[SCORING], *((9,) if given.before else ()))
    return _page(f"{SCORING}{given.time}", heads, rows, (ANSWERS, widths), picks)


def _page(
    name: str,
    heads: Sequence[str],
    rows: list[list[Cell]],
    look: tuple[Filled, tuple[float, ...]],
    picks: Sequence[Pick],
) -> Page:
    filled, labels = look
    widths = (*labels, *(width for *_, width in filled))
    return Page(name, [[Cell(head, "head") for head in heads], *rows], widths, (1, 2), filtered=True, picks=picks)


def _question(probe: Probe, given: Diagnosis, entry: Entry | None) -> list[Cell]:
    said = (
        probe.id,
        probe.dimension,
        given.carriers(probe),
        f"{probe.question}（抽{probe.sample}份，不足的全看）" if probe.sample else probe.question,
        "、".join(probe.evidence),
        *(probe.anchors[points] for points in ("0", "2", "4")),
        str(probe.weight),
        "红线" if probe.red_flag else "",
        *_before(probe, given),
    )
    values = {**entry.data, "date": entry.date} if entry else {}
    return [*(Cell(text, "label" if n == 0 else "text") for n, text in enumerate(said)), *_inputs(ANSWERS, values)]


def _before(probe: Probe, given: Diagnosis) -> Iterator[str]:
    if given.before:
        answer = given.before.by_id.get(probe.id)
        yield str(answer.counted) if answer else ""


def _inputs(filled: Filled, values: Mapping[str, object]) -> Iterator[Cell]:
    for _, key, look, _ in filled:
        text = str(values.get(key) or "")
        yield Cell(date.fromisoformat(text) if look == "input-date" and text else text, look)


def _figures(measured: Sequence[Indicator], given: Diagnosis, over: Span | None) -> Page:
    """The indicators in a period, else their baseline."""
    entries = {entry.id: entry for entry in given.facts.of(EntryKind.FIGURE)}
    titles = {each.id: each.title_in(given.facts.client.edition) for each in given.facts.specifications}
    rows = []
    for each in measured:
        figure = given.baseline.get(each.id)
        own = over or ((figure.first, figure.last) if figure else None)
        entry = entries.get(f"{each.id} {own[0]}至{own[1]}") if own else None
        beside = {"from": over[0].isoformat(), "to": over[1].isoformat()} if over else {}
        values = {**beside, **entry.data, "date": entry.date} if entry else beside
        said = (
            each.id,
            each.name,
            f"{each.definition}：{each.formula}",
            each.unit,
            each.numerator,
            each.denominator,
            "、".join(titles.get(source, source) for source in each.sources),
            "；".join(filter(None, (given.indicators.directions[each.direction], each.note, _hint(each)))),
            str(derived(each.id, own, given.facts) or "") if own else "",
        )
        labels = [Cell(text, "label" if n == 0 else "text") for n, text in enumerate(said)]
        rows.append([*labels, *_inputs(NUMBERS, values)])
    heads = (*_INDICATORS, *(name for name, *_ in NUMBERS))
    return _page(FIGURES, heads, rows, (NUMBERS, _WIDTHS[FIGURES]), ())


def _hint(indicator: Indicator) -> str:
    return "填数值" if indicator.kind is Measure.COUNT else "填分子和分母，不填数值"


# Reading back


def filled_in(source: Path, defaults: Defaults) -> tuple[list[Entry], tuple[str, ...]]:
    """The rows of a workbook that say something, as entries; and what is to be said of those that do not count.

    Raises:
        FileFaults: it is no workbook of the diagnosis, or a row cannot be read; every fault with its cell.
    """
    pages = {sheet.name: sheet for sheet in books.sheets(source, source.name)}
    scored = {name: _time(name) for name in pages if _time(name)}
    if not scored and FIGURES not in pages:
        fix = "先导出：gbtool diagnose export 诊断.xlsx"
        raise FileFaults([Complaint(source.name, f"没有“{SCORING}”或“{FIGURES}”工作表", fix)])
    found: list[Entry] = []
    remarks: list[str] = []
    for name, time in scored.items():
        for where, values in _rows(pages[name], ANSWERS, defaults):
            if values["score"]:
                found.append(surveys.answer(values[ID], values["date"], {**values, "round": time}, Place(where)))
            else:
                remarks.append(f"{where} {values[ID]} 写了别的，没有得分，没有登记")
    if FIGURES in pages:
        for where, values in _rows(pages[FIGURES], NUMBERS, defaults):
            values["period"] = f"{values['from']}至{values['to']}" if values["from"] else defaults.period
            found.append(surveys.figure(values[ID], values["date"], values, Place(where)))
    return found, tuple(remarks)


def _time(sheet: str) -> str:
    """The first, second … time whose points a sheet holds, empty where it holds none."""
    found = _TIME.fullmatch(sheet)
    return found[1] if found else "1" if sheet == SCORING else ""


def _rows(sheet: books.Sheet, filled: Filled, defaults: Defaults) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows into which something was filled, with the cell of their number."""
    table = tables.table_of(sheet, sheet.file)
    wanted = {ID: ID, **{name: key for name, key, *_ in filled}}
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        where = f"{sheet.file} 工作表“{sheet.name}”"
        raise FileFaults([Complaint(where, f"缺列“{'”“'.join(missing)}”", "不要改表头；或重新导出一份")])
    column = table.columns.index(ID) + 1
    for row in table.rows:
        values = {key: _read(row.values[name], key) for name, key in wanted.items()}
        if any(value for key, value in values.items() if key not in (ID, "by", "date", "from", "to")):
            values["by"] = values["by"] or defaults.by
            values["date"] = values["date"] or defaults.day
            yield sheet.cell(row.line, column), values


def _read(text: str, key: str) -> str:
    if key in ("date", "from", "to"):
        return iso_day(text) or text
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text
