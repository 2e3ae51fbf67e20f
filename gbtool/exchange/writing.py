"""Sheets to xlsx and CSV: what a client wrote goes in as text; only what a command gives as a formula is one."""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.books import letter
from gbtool.model.piece import HIDDEN_SHEETS
from gbtool.structs import Frozen, Mutable, field

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_TEXT = 32_767  # signs that a cell holds
_TITLE = 31
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_NO_SIGN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?%?")
_NARROW, _WIDE = 8, 48
_A4 = 9
_LINE, _TALLEST = 15.0, 400.0  # points
_ROOM = 1.2  # a line breaks before it is full
_DAY, _ISO = "/day", {"num_format": "yyyy-mm-dd", "align": "left"}
_ONE_LINE = ("title", "note", "key")
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "top"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "": {"text_wrap": True},
    "head": {"bold": True, "text_wrap": True, "bg_color": "#DDE6EF", "border": 1, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 14},
    "label": {"bold": True, "text_wrap": True, "border": 1},
    "text": {"text_wrap": True, "border": 1},
    "input": {"text_wrap": True, "border": 1, "bg_color": "#FFFBE6", "num_format": "@", "locked": False},
    "input-date": {"border": 1, "bg_color": "#FFFBE6", "num_format": "yyyy-mm-dd", "locked": False},
    "input-number": {"border": 1, "bg_color": "#FFFBE6", "locked": False},
    "number": {"border": 1},
    "reckoned": {"border": 1, "bg_color": "#EDEDED"},
    "example": {"text_wrap": True, "border": 1, "italic": True, "font_color": "#808080"},
    "key": {"font_color": "#A6A6A6", "font_size": 9},
    "note": {"font_color": "#595959"},
}

LISTS = "选项"
Value = str | int | float | date | None


class Cell(Frozen):
    """A value with a look: head, title, note, label, text, input, input-date, input-number, number, reckoned, key …

    `formula` is reckoned by the spreadsheet, `value` is what it comes to now; it is ours, never what a client wrote.
    """

    value: Value
    look: str = ""
    formula: str = ""


class Pick(Frozen):
    """Cells of one column that offer a choice; `strict` refuses everything else. Rows and columns count from 0."""

    first: int
    last: int
    column: int
    choices: tuple[str, ...]
    strict: bool = True


class Page(Frozen):
    """A sheet to be written: its rows of values or cells, its widths in signs (found from the texts when empty)."""

    name: str
    rows: Sequence[Sequence[Value | Cell]]
    widths: Sequence[float] = ()
    frozen: tuple[int, int] = (0, 0)
    filtered: bool = False
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    picks: Sequence[Pick] = ()
    hidden: bool = False


def page_names(titles: Iterable[str]) -> list[str]:
    """Names of sheets: at most 31 signs, without those that spreadsheets forbid, each once whatever its case."""
    names: list[str] = []
    for title in titles:
        base = _NO_TITLE.sub("-", title).strip("' ")[:_TITLE] or "表"
        name, number = base, 1
        while name.lower() in map(str.lower, names):
            number += 1
            name = f"{base[: _TITLE - len(str(number)) - 1]}-{number}"
        names.append(name)
    return names


def book(pages: Sequence[Page], made: date, title: str = "") -> bytes:
    """The xlsx file of some pages; the same pages on the same day give the same bytes.

    Raises:
        FileFaults: a text is longer than a cell holds; nothing is cut off silently.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only a spreadsheet needs it

    _refuse_long(pages)
    file = io.BytesIO()
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    written = Workbook(file, {**options, "in_memory": True})
    written.set_properties({"title": title, "created": datetime.combine(made, time())})
    looks = {name: written.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}
    looks |= {f"{name}{_DAY}": written.add_format({**_FONT, **look, **_ISO}) for name, look in _LOOKS.items()}
    lists = _Lists()
    for page in pages:
        _write(written, page, looks, lists)
    lists.write(written)
    hidden = [page.name for page in pages if page.hidden] + ([LISTS] if lists.known else [])
    if hidden:
        written.set_custom_property(HIDDEN_SHEETS, "/".join(hidden), "text")  # no name of a sheet has a slash
    written.close()
    return file.getvalue()


class _Lists(Mutable):
    """The choices of all pages, each once, on a hidden sheet: in a formula they would be cut or misread."""

    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def source(self, choices: tuple[str, ...]) -> str:
        """The range in which these choices stand."""
        name = letter(len(self.known) + 1)
        return self.known.setdefault(choices, f"='{LISTS}'!${name}$1:${name}${len(choices)}")

    def write(self, written: "Workbook") -> None:
        """The hidden sheet."""
        if not self.known:
            return
        sheet = written.add_worksheet(LISTS)
        sheet.hide()
        for column, choices in enumerate(self.known):
            for row, choice in enumerate(choices):
                sheet.write_string(row, column, _clean(choice))


def _write(written: "Workbook", page: Page, looks: Mapping[str, "Format"], lists: _Lists) -> None:
    sheet = written.add_worksheet(page.name)
    widths = page.widths or _widths(page.rows)
    for number, row in enumerate(page.rows):
        for column, cell in enumerate(row):
            value, look = _value(cell), cell.look if isinstance(cell, Cell) else ""
            if isinstance(cell, Cell) and cell.formula:
                sheet.write_formula(number, column, f"={cell.formula}", looks[look], "" if value is None else value)
                continue
            _put(sheet, (number, column), value, looks[f"{look}{_DAY}" if isinstance(value, date) else look])
        height = _height(row, widths)
        if height > _LINE:
            sheet.set_row(number, height)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, None, {"hidden": column in page.hidden_columns})
    for pick in page.picks:
        options = {"validate": "list", "source": lists.source(pick.choices), "ignore_blank": True}
        refusal = {"error_type": "stop" if pick.strict else "information", "error_title": "不在可选之列"}
        more = {**refusal, "error_message": "请从下拉清单里选。"}
        sheet.data_validation(pick.first, pick.column, pick.last, pick.column, {**options, **more})
    _arrange(sheet, page)


def _arrange(sheet: "Worksheet", page: Page) -> None:
    """How a sheet is seen and printed: what stays in sight, the paper on its side, as wide as the page."""
    if any(page.frozen):
        sheet.freeze_panes(*page.frozen)
    if page.frozen[0]:
        sheet.repeat_rows(0, page.frozen[0] - 1)
    if page.filtered and page.rows:
        sheet.autofilter(0, 0, max(len(page.rows) - 1, 1), len(page.rows[0]) - 1)
    if page.hidden:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _put(sheet: "Worksheet", at: tuple[int, int], value: Value, look: "Format") -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        sheet.write_string(*at, _clean(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime.combine(value, time()), look)
    else:
        sheet.write_number(*at, value, look)


def _clean(text: str) -> str:
    return _NO_SIGN.sub("", text)


def _refuse_long(pages: Iterable[Page]) -> None:
    faults = [
        Complaint(where, f"有 {len(text)} 个字，一个单元格最多 {MAX_TEXT} 个", "导出成 JSON")
        for where, text in _texts(pages)
        if len(text.encode("utf-16-le", "replace")) // 2 > MAX_TEXT
    ]
    if faults:
        raise FileFaults(faults)


def _texts(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Every text with the cell in which it stands."""
    for page in pages:
        for line, row in enumerate(page.rows, 1):
            for column, cell in enumerate(row, 1):
                value = _value(cell)
                yield f"{page.name}!{letter(column)}{line}", value if isinstance(value, str) else ""


def _value(cell: Value | Cell) -> Value:
    return cell.value if isinstance(cell, Cell) else cell


def _widths(rows: Sequence[Sequence[Value | Cell]]) -> list[float]:
    """The width of each column: its longest line, within what is pleasant to read."""
    widths: list[float] = []
    for row in rows:
        for column, cell in enumerate(row):
            value = _value(cell)
            widest = max((_width(line) for line in str(value if value is not None else "").splitlines()), default=0)
            widths += [_NARROW] * (column + 1 - len(widths))
            widths[column] = min(max(widths[column], widest + 2), _WIDE)
    return widths


def _height(row: Sequence[Value | Cell], widths: Sequence[float]) -> float:
    """The height of a row whose texts are wrapped: not every program finds it by itself."""
    lines = 1.5 if any(isinstance(cell, Cell) and cell.look == "title" for cell in row) else 1
    for cell, width in zip(row, widths, strict=False):
        wraps = isinstance(value := _value(cell), str) and not (isinstance(cell, Cell) and cell.look in _ONE_LINE)
        if wraps:
            own = str(value).split("\n") if value else []
            lines = max(lines, sum(max(1, math.ceil(_width(line) * _ROOM / width)) for line in own))
    return min(lines * _LINE, _TALLEST)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)


def csv_text(rows: Iterable[Sequence[Value]]) -> str:
    """A table as CSV with the mark by which Excel knows UTF-8.

    A spreadsheet takes a cell that begins with = + - @ for a formula, quoted or not: such a text gets one apostrophe
    in front, which `books` takes off again, so that it comes back exactly; a plain negative number stays as it is.
    """
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_guarded(value) for value in row] for row in rows)
    return f"\ufeff{file.getvalue()}"


def _guarded(value: Value) -> str:
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
