"""Forms and registers from their fields: to be filled by hand, or filled from an entry of the ledger."""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from gbtool.documents.columns import Column, Deck, column_of, decks, ticks
from gbtool.model.document import DocumentKind, Field, Fields
from gbtool.structs import Frozen, field
from gbtool.word import measure, wordml
from gbtool.word.look import NOTES, Layout, layout_of
from gbtool.word.package import HELD, Held
from gbtool.word.together import may_be_signed, together
from gbtool.word.wordml import HEI, Page, cm

_TRUTH = {"true": "是", "false": "否"}
_LONG = frozenset({"long", "multi"})
_TALL = {"long": 2.4, "sign": 1.2}
_ROW, _SIGN = cm(0.9), cm(1.7)
_MANY = 24.0  # full-width characters of choices that fit into half a row
_DAY = "　　年　　月　　日"
_PERIOD = "　　年　月　日至　　年　月　日"
_WIDE_COLUMNS = 7
_FEWEST, _MOST_ROWS = 3, 18
_HERE = "\ue001"  # where the number of an empty row comes; nobody's text has it
_SPARE = cm(0.7)  # what the estimate of a page may miss


class Filled(Frozen):
    """What stands in a filled form: head, rows and foot by field, signatures as (role, name, day), notes below."""

    head: Mapping[str, object] = field(default_factory=dict)
    rows: Sequence[Mapping[str, object]] = ()
    foot: Mapping[str, object] = field(default_factory=dict)
    sign: Sequence[tuple[str, str, str]] = ()
    notes: Sequence[str] = ()


class Form(Frozen, dict=True):
    """A form ready to be printed."""

    title: str
    fields: Fields
    kind: DocumentKind = DocumentKind.RECORD
    departments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    filled: Filled | None = None
    line: str = ""  # what stands under the title

    @cached_property
    def layout(self) -> Layout:
        """Upright, or on its side for registers and for more columns than fit."""
        return _layout(wide=self.kind is DocumentKind.REGISTER or len(self.fields.columns) > _WIDE_COLUMNS)


@cache
def _layout(*, wide: bool) -> Layout:
    upright = layout_of("record")
    page = Page(2.1, 1.7, 2.0, 2.0, landscape=True) if wide else upright.page
    return Layout("form", page, upright.title, upright.headings, cell="FormCell", cell_head="FormLabel")


def content(form: Form) -> str:
    """The form inside another Word file, where nobody else keeps its signatures with what they sign."""
    return together(body(form))


def body(form: Form, *, new_page: bool = False) -> str:
    """The form without the properties of its section."""
    return held(form, new_page=new_page).whole


def held(form: Form, *, new_page: bool = False) -> Held:
    """The same with its empty rows held out, all but the last."""
    width = form.layout.page.width
    filled = form.filled
    title = wordml.paragraph("FormTitle", wordml.escape(form.title), "<w:pageBreakBefore/>" if new_page else "")
    head = _pairs(form.fields.head, filled.head if filled else None, form, width)
    foot = _pairs(form.fields.foot, filled.foot if filled else None, form, width)
    signed, notes = _signatures(form, width), _notes(_all_notes(form))
    around = "".join((title, *(rows for _, rows in filter(None, (head, foot, signed))), notes))
    columns, rows = _columns(form, width, around)
    tables = [*filter(None, (head, columns, foot, signed))]
    drawn = [wordml.table(w, r, borders=_edges(at, len(tables))) for at, (w, r) in enumerate(tables)]
    line = wordml.paragraph("FormNote", wordml.inside(form.line), extra='<w:jc w:val="right"/>') if form.line else ""
    return Held(title + line + wordml.empty("Tiny").join(drawn) + notes, rows)


@cache
def _edges(place: int, count: int) -> str:
    """Tables that stand under each other share one thin line; the whole has a thick frame."""
    top = wordml.edge("top", 12 if place == 0 else 4)
    bottom = wordml.edge("bottom", 12 if place == count - 1 else 0)
    left, right = wordml.edge("left", 12), wordml.edge("right", 12)
    return f"{top}{left}{bottom}{right}{wordml.edge('insideH', 4)}{wordml.edge('insideV', 4)}"


def _all_notes(form: Form) -> tuple[str, ...]:
    """The form's notes and, where its cells have no room for them, what may be written into a column."""
    choices = [
        f"“{form.fields.label(each.name)}”填：{'、'.join(each.choices)}"
        for each in form.fields.columns
        if each.choices and (form.layout.page.landscape or not ticks(each))
    ]
    return (*form.notes, *(choices if not form.filled else ()), *(form.filled.notes if form.filled else ()))


def _notes(notes: Sequence[str]) -> str:
    head = wordml.paragraph("FormNote", "填写说明", '<w:spacing w:before="80"/>', face=HEI) if notes else ""
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{NOTES}"/></w:numPr>'
    return head + "".join(wordml.paragraph("FormNote", wordml.inside(note), extra=number) for note in notes)


Table = tuple[tuple[int, ...], str]


def _pairs(fields: Sequence[Field], values: Mapping[str, object] | None, form: Form, width: int) -> Table | None:
    """A grid of label, cell, label, cell; a long field has its row for itself."""
    if not fields:
        return None
    label, half = round(width * 0.18), round(width * 0.32)
    widths = (label, half, label, width - 2 * label - half)
    rows = "".join(_pair_row(pair, values, form, widths) for pair in _paired(fields, form.departments))
    return widths, rows


Blank = tuple[Field, str]  # a field with what stands in its empty cell


def _paired(fields: Sequence[Field], departments: Sequence[str]) -> list[list[Blank]]:
    """The fields with room for another one beside them two by two."""
    pairs: list[list[Blank]] = []
    room = False
    for each in fields:
        empty = blank(each, departments)
        short = each.type not in _LONG and wordml.width_of(empty) <= _MANY * 0.55
        if room and short:
            pairs[-1].append((each, empty))
        else:
            pairs.append([(each, empty)])
        room = short and len(pairs[-1]) == 1
    return pairs


def _pair_row(pair: Sequence[Blank], values: Mapping[str, object] | None, form: Form, widths: tuple[int, ...]) -> str:
    height = max(cm(_TALL.get(each.type, 0.9)) for each, _ in pair)
    span = 3 if len(pair) == 1 else 1
    cells = ""
    for place, (each, empty) in enumerate(pair):
        room = sum(widths[1:]) if span > 1 else widths[place * 2 + 1]
        held = empty.replace("□ ", "□\u00a0")  # a box keeps with its choice at a line's end
        shown = held if values is None else value(each, values.get(each.name))
        label = wordml.paragraph("FormLabel", wordml.inside(form.fields.label(each.name)))
        cells += wordml.cell(widths[place * 2], label)
        cells += wordml.cell(room, wordml.paragraph("FormCell", wordml.inside(shown)), span=span)
    return wordml.row(cells, height=height)


def blank(each: Field, departments: Sequence[str] = ()) -> str:
    """What stands in an empty cell: boxes to tick, the places of a date, or nothing."""
    if each.type in ("choice", "multi") and each.choices:
        return "　".join(f"□ {choice}" for choice in each.choices)
    if each.type == "bool":
        return "□ 是　□ 否"
    if each.type == "percent":
        return "　　　　%"
    if each.type == "dept" and departments and sum(len(name) + 2 for name in departments) <= _MANY:
        return "　".join(f"□ {name}" for name in departments)
    return {"date": _DAY, "period": _PERIOD}.get(each.type, "")


def value(each: Field, given: object) -> str:
    """A value as a filled cell shows it: the choice ticked among the others, lists joined."""
    texts = [str(item) for item in given] if isinstance(given, (list, tuple)) else _single(given, each.type)
    if each.type in ("choice", "multi") and each.choices:
        rest = [text for text in texts if text not in each.choices]
        ticked = "　".join(f"{'☑' if choice in texts else '□'} {choice}" for choice in each.choices)
        return "　".join((ticked, *rest))
    if each.type == "bool" and texts and texts[0] in ("是", "否"):
        return "☑ 是　□ 否" if texts[0] == "是" else "□ 是　☑ 否"
    return "、".join(texts)


def text_of(given: object, kind: str = "") -> str:
    """A value as text: lists joined, truth as 是 or 否; in a text, the word true is a word like others."""
    return "、".join(str(item) for item in given) if isinstance(given, (list, tuple)) else "".join(_single(given, kind))


def _single(given: object, kind: str) -> list[str]:
    if given is None or given == "":
        return []
    if isinstance(given, bool):
        return ["是" if given else "否"]
    return [_TRUTH.get(str(given), str(given)) if kind == "bool" else str(given)]


def _columns(form: Form, width: int, around: str) -> tuple[Table | None, str]:
    """The rows to fill in, below a head, and those that are held out.

    Empty ones are as many as the page has room for beside what stands `around`.
    """
    if not form.fields.columns:
        return None, ""
    plan = decks([_column(each, form) for each in form.fields.columns], width)
    head = "".join(_head_row(deck, place, form) for place, deck in enumerate(plan))
    if form.filled:
        rows = [_decks(plan, _numbered(entry, str(at), form), form) for at, entry in enumerate(form.filled.rows, 1)]
        return (plan[0].widths, head + "".join(rows)), ""
    empty = _decks(plan, _numbered(None, _HERE, form), form)  # all are alike but for their numbers
    *rows, last = [empty.replace(_HERE, str(at)) for at in range(1, _rows_that_fit(form, plan, around) + 1)]
    if may_be_signed(empty):
        return (plan[0].widths, "".join((head, *rows, last))), ""
    return (plan[0].widths, f"{head}{HELD}{last}"), "".join(rows)


def _decks(plan: Sequence[Deck], values: Mapping[str, object], form: Form) -> str:
    return "".join(_deck_row(deck, place, values, form) for place, deck in enumerate(plan))


def _rows_that_fit(form: Form, plan: Sequence[Deck], around: str) -> int:
    """As many empty rows as the first page has room for."""
    page = form.layout.page
    others = measure.height(around, page) * page.height
    room = page.height - round(others) - sum(_head_height(deck, form) for deck in plan) - _SPARE
    return max(_FEWEST, min(room // (_row_height(form, plan) * len(plan)), _MOST_ROWS))


def _head_height(deck: Deck, form: Form) -> int:
    """The height of a row of heads, by the lines of the longest."""
    size = 180 if form.layout.page.landscape else 210
    names = ((form.fields.label(column.field.name), width) for column, width, _ in deck.cells)
    lines = max((-(-round(wordml.width_of(name) * size) // max(width - 190, 1)) for name, width in names), default=1)
    return max(_ROW, round(lines * size * 1.35) + 100)


def _row_height(form: Form, plan: Sequence[Deck]) -> int:
    """The height of an empty row, more where choices stand under each other."""
    if form.layout.page.landscape:
        return _ROW
    cells = ((column, width) for deck in plan for column, width, _ in deck.cells)
    lines = max((_choices(column, width).count("\n") + 1 for column, width in cells), default=1)
    return max(_ROW, lines * 320 + 80)


def _numbered(entry: Mapping[str, object] | None, number: str, form: Form) -> Mapping[str, object]:
    values = dict(entry or {})
    if any(each.name == "序号" for each in form.fields.columns) and not values.get("序号"):
        values["序号"] = number
    return values


def _column(each: Field, form: Form) -> Column:
    values = [value(each, row.get(each.name)) for row in form.filled.rows] if form.filled else []
    return column_of(each, max((wordml.width_of(text) for text in values), default=0.0))


def _merged(column: Column, place: int) -> str:
    return ("continue" if place else "restart") if column.grows else ""


def _head_row(deck: Deck, place: int, form: Form) -> str:
    cells = ""
    style = "SmallHead" if form.layout.page.landscape else "FormLabel"
    for column, width, span in deck.cells:
        merge = _merged(column, place)
        text = "" if place and merge else wordml.inside(form.fields.label(column.field.name))
        cells += wordml.cell(width, wordml.paragraph(style, text), span=span, merge=merge)
    return wordml.row(cells, height=_ROW, head=True)


def _deck_row(deck: Deck, place: int, values: Mapping[str, object], form: Form) -> str:
    cells = ""
    style = "SmallCell" if form.layout.page.landscape else "FormCell"
    nothing = wordml.paragraph(style, "")
    for column, width, span in deck.cells:
        merge = _merged(column, place)
        text = "" if place and merge else _cell_text(column, width, values, form)
        centred = '<w:jc w:val="center"/>' if merge else ""
        content = wordml.paragraph(style, wordml.inside(text), extra=centred) if text or merge else nothing
        cells += wordml.cell(width, content, span=span, merge=merge)
    return wordml.row(cells, height=_ROW)


def _cell_text(column: Column, width: int, values: Mapping[str, object], form: Form) -> str:
    given = values.get(column.field.name)
    if given is not None and given != "":
        return text_of(given, column.field.type)
    return "" if form.filled or form.layout.page.landscape else _choices(column, width)


def _choices(column: Column, width: int) -> str:
    """The choices to tick on one line where they fit on it, else under each other."""
    choices = ("是", "否") if column.field.type == "bool" else column.field.choices
    line = " ".join(f"□{choice}" for choice in choices) if choices and ticks(column.field) else ""
    fits = not line or wordml.width_of(line) * 210 <= width - 190
    return line if fits else line.replace(" ", "\n")


def _across(signatures: int) -> int:
    """How many signatures stand beside each other."""
    return 4 if signatures == 4 else max(min(signatures, 3), 1)  # noqa: PLR2004 # four stand in one row


def _signatures(form: Form, width: int) -> Table | None:
    roles = [(role, "", "") for role in form.fields.sign]
    if form.filled:
        roles = [*form.filled.sign]
    named = [(form.fields.label(role), name, day) for role, name, day in roles]
    return signatures(named, width) if named else None


def signatures(roles: Sequence[tuple[str, str, str]], width: int) -> Table:
    """Cells to sign in, for (role, name, day): widths and rows of their table."""
    across = _across(len(roles))
    each = width // across
    widths = (*([each] * (across - 1)), width - each * (across - 1))
    rows = ""
    for at in range(0, len(roles), across):
        part = [*roles[at : at + across], *([("", "", "")] * (across - len(roles[at : at + across])))]
        rows += wordml.row(
            "".join(_signature(*who, room) for who, room in zip(part, widths, strict=True)), height=_SIGN
        )
    return widths, rows


def _signature(role: str, name: str, day: str, width: int) -> str:
    top = wordml.paragraph("FormCell", wordml.inside(f"{role}：{name}" if role else ""), face="" if name else HEI)
    bottom = wordml.paragraph("FormCell", wordml.inside(day or (_DAY if role else "")), extra='<w:jc w:val="right"/>')
    return wordml.cell(width, top + wordml.empty("FormCell") + bottom, align="top")
