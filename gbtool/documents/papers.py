"""Word papers that other commands make: checklists, reports, filled forms, from plain text and tables."""

from collections.abc import Sequence

from markupsafe import Markup

from gbtool.documents import drafting, forms, grids
from gbtool.documents.context import CONTENT, PARTS, number_of
from gbtool.documents.desk import Desk
from gbtool.documents.names import lines_of
from gbtool.model.document import Specification
from gbtool.model.entry import Entry
from gbtool.model.forms.fitting import admitting
from gbtool.model.template import Template
from gbtool.structs import Frozen, replace
from gbtool.word import control, wordml
from gbtool.word.drawing import Picture, draw
from gbtool.word.look import Layout, layout_of
from gbtool.word.numbering import Lists
from gbtool.word.package import FIELDS, LIST, RECORD, Identity, docx, references
from gbtool.word.wordml import Page, cm

_HEADINGS, _COUNTED = ("Plain1", "Plain2"), ("Section1", "Section2")


class Heading(Frozen):
    """A heading of level 1 or 2; an upright paper counts them, one on its side does not."""

    text: str
    level: int = 1


class Text(Frozen):
    """A paragraph; a newline in it ends the line."""

    text: str


class Items(Frozen):
    """A numbered list."""

    texts: tuple[str, ...]


class Table(Frozen):
    """A table: heads, rows of texts, and the shares of its columns where they are not found from the texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    height: float = 0.0


class Pairs(Frozen):
    """Labels, each with its value behind it, so many pairs in a row; what is left over has the rest of its row."""

    values: tuple[tuple[str, str], ...]
    across: int = 3


class Signatures(Frozen):
    """Cells to sign in, each with its role."""

    roles: tuple[str, ...]


class Figure(Frozen):
    """A native drawing over its title."""

    picture: Picture


Block = Heading | Text | Items | Table | Pairs | Signatures | Figure


class Paper(Frozen):
    """A paper: what it is called, its number and version, what it says, and whether it lies on its side."""

    id: str
    title: str
    number: str
    blocks: tuple[Block, ...]
    version: str = ""
    date: str = ""
    wide: bool = False
    released: tuple[str, str] | None = None  # a controlled paper: the days of approval and issue, ISO or empty

    @property
    def layout(self) -> Layout:
        """Like a report, or like a register where it lies on its side."""
        if not self.wide:
            return layout_of("report")
        form = layout_of("record")
        page = Page(2.1, 1.7, 2.0, 2.0, landscape=True)
        return Layout("wide", page, form.title, form.headings, cell="SmallCell", cell_head="SmallHead")


def paper(given: Paper, desk: Desk) -> bytes:
    """The Word file of a paper of this client."""
    layout, lists, client = given.layout, Lists(), desk.facts.client
    body = "".join(_block(block, layout, lists, number) for number, block in enumerate(given.blocks, 1))
    named = (given.id, given.title, given.number, given.version, client.name, client.edition, given.date)
    identity = Identity(*named, author=desk.author(given.id))
    body = body.replace(grids.WIDE, "")
    title = wordml.paragraph(layout.title, wordml.inside(given.title))
    own = _own(given.id, desk)
    if own:
        content = Markup(title + body)  # noqa: S704 # escaped
        return drafting.word_file(own, {"this": _this(identity), CONTENT: content}, identity, desk)
    last = wordml.section(layout.page, references(layout))
    whole = title + _control(given, identity, layout) + body + last
    return docx(whole, replace(identity, logo=desk.logo), layout, lists, desk.look)


def _control(given: Paper, identity: Identity, layout: Layout) -> str:
    """Number, version, state, days of approval and issue over a controlled paper; it is signed at its end."""
    if given.released is None:
        return ""
    approved, issued = map(wordml.escape, given.released)
    held = control.Control(control.Approval(), approved, issued, labels=("批准日期", "发布日期"))
    return control.head(identity, held, layout.page.width)


def _own(id_: str, desk: Desk) -> Template | None:
    """A firm's own Word file for what another command makes, where it has a place for it."""
    specification = next((each for each in desk.facts.specifications if each.id == id_), None)
    found = desk.shelf.word(specification) if specification else None
    return found if found and any(name in lines_of(found) for name in PARTS) else None


def _this(identity: Identity) -> dict[str, str]:
    names = ("id", "title", "number", "version", "date")
    return {name: getattr(identity, name) for name in names}


def filled_form(specification: Specification, entry: Entry, desk: Desk) -> bytes:
    """A form filled from an entry of the ledger; the entry's own number, title and version where it has them."""
    title = entry.text("title") or specification.title_in(desk.facts.client.edition)
    number = entry.id or entry.text("number") or number_of(specification, desk.facts.client.code)
    specification = admitting(specification, (entry,))
    form = forms.Form(title, specification.fields, specification.kind, filled=_filled(entry))
    client = desk.facts.client
    identity = Identity(specification.id, title, number, entry.text("version"), client.name, client.edition, entry.date)
    marks = ((RECORD, entry.id),) if entry.id else ()
    identity = replace(identity, marks=marks, author=desk.author(specification.id))
    own = _own(specification.id, desk)
    if own:
        named = replace(identity, marks=(*marks, (FIELDS, "|".join(specification.fields.names))))
        return drafting.word_file(own, {"this": _this(identity), **drafting.form_names(form)}, named, desk)
    return drafting.form_file(form, identity, desk)


def register(specification: Specification, entries: Sequence[Entry], desk: Desk) -> bytes:
    """The records of a form in one file: the rows of all in one table, or each on a page of its own.

    A form that is nothing but a table has one table, with places to sign; its rows are numbered anew.
    """
    client, fields = desk.facts.client, admitting(specification, entries).fields
    title = specification.title_in(client.edition)
    number = number_of(specification, client.code)
    identity = Identity(specification.id, title, number, "", client.name, client.edition, "", ((LIST, "records"),))
    identity = replace(identity, author=desk.author(specification.id))
    if fields.columns and not (fields.head or fields.foot):
        rows = [{name: value for name, value in row.items() if name != "序号"} for e in entries for row in e.rows()]
        blank = tuple((role, "", "") for role in fields.sign)
        whole = forms.Form(title, fields, specification.kind, filled=forms.Filled(rows=rows, sign=blank))
        return drafting.form_file(whole, identity, desk)
    first, *others = (
        forms.Form(title, fields, specification.kind, filled=_filled(each), line=f"记录编号：{each.id}")
        for each in entries
    )
    return drafting.form_file(first, identity, desk, *others)


def _filled(entry: Entry) -> forms.Filled:
    signed = tuple((each.role, each.name, each.date) for each in entry.signatures)
    notes = tuple(text for text in (entry.text("note"),) if text)
    return forms.Filled(entry.mapping("head"), entry.rows(), entry.mapping("foot"), signed, notes)


def _block(block: Block, layout: Layout, lists: Lists, number: int) -> str:
    match block:
        case Heading(text, level):
            styles = _COUNTED if layout.name == "report" else _HEADINGS
            return wordml.paragraph(styles[min(level, 2) - 1], wordml.inside(text))
        case Text(text):
            return wordml.paragraph(layout.body, wordml.inside(text))
        case Items(texts):
            return _items(texts, layout, lists)
        case Table() | Pairs():
            drawn = _table(block, layout) if isinstance(block, Table) else _pairs(block, layout)
            return drawn + wordml.empty("Cell")
        case Figure(picture):
            return draw(picture, number) + wordml.paragraph("Caption", wordml.inside(picture.title))
        case Signatures(roles):
            widths, rows = forms.signatures([(role, "", "") for role in roles], layout.page.width)
            return wordml.table(widths, rows)


def _items(texts: Sequence[str], layout: Layout, lists: Lists) -> str:
    lists.begin()
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{lists.number()}"/></w:numPr>'
    return "".join(wordml.paragraph(layout.item, wordml.inside(text), extra=number) for text in texts)


def _table(table: Table, layout: Layout) -> str:
    """A table on the page as it is; its widths follow its shares, or what its cells say."""
    head = wordml.row("".join(_cell(text) for text in table.heads), head=True)
    tall = cm(table.height)
    rows = "".join(wordml.row("".join(_cell(text) for text in row), height=tall) for row in table.rows)
    return grids.fitted(head + rows, (layout.cell, layout.cell_head), layout.page.width, table.shares)


def _pairs(pairs: Pairs, layout: Layout) -> str:
    each = layout.page.width // pairs.across
    label = round(each * 0.3)
    widths = (label, each - label) * pairs.across
    rows = ""
    for at in range(0, len(pairs.values), pairs.across):
        part = pairs.values[at : at + pairs.across]
        cells = [_sized(width, text, layout) for width, text in zip(widths, (t for p in part for t in p), strict=False)]
        rest = len(widths) - 2 * len(part)
        if rest:
            last = wordml.paragraph(layout.cell, wordml.inside(part[-1][1]))
            cells[-1] = wordml.cell(sum(widths[2 * len(part) - 1 :]), last, span=rest + 1)
        rows += wordml.row("".join(cells))
    return wordml.table(widths, rows)


def _sized(width: int, text: str, layout: Layout) -> str:
    return wordml.cell(width, wordml.paragraph(layout.cell, wordml.inside(text)))


def _cell(text: str) -> str:
    return f"<w:tc>{wordml.inside(text)}</w:tc>"
