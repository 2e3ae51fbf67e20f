"""Where one stands in a Word file, so that a person finds the place: heading, paragraph, table, row, column, page."""

from gbtool.model.piece import Grid, Spot
from gbtool.structs import Mutable, field

_HEADING = 20


class _Table(Mutable):
    where: str
    row: int = 0
    column: int = 0
    width: int = 1
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None


class _Frame(Mutable):
    """The body or a box: its own words for the place, its count of paragraphs, its heading, its open tables."""

    where: str
    spot: Spot | None = None
    paragraphs: int = 0
    tables: int = 0
    heading: str = ""
    open_: list[_Table] = field(default_factory=list)


class Places(Mutable):
    """The words for the place where the walk stands."""

    frames: list[_Frame] = field(default_factory=list)
    pages: int = 0
    notes: int = 0

    def start(self, where: str) -> None:
        """Begin a part."""
        self.frames = [_Frame(where)]

    def page(self) -> None:
        """Word once drew a new page here."""
        self.pages += 1

    def here(self) -> str:
        """The words for where we stand."""
        frame = self.frames[-1]
        page = f"第{self.pages + 1}页 " if self.pages and len(self.frames) == 1 and not frame.where else ""
        if frame.open_:
            table = frame.open_[-1]
            return f"{page}{table.where}第{table.row}行第{max(table.column, 1)}列"
        return f"{page}{frame.where}{self._under(frame)}第{max(frame.paragraphs, 1)}段"

    def paragraph(self) -> tuple[str, Spot | None]:
        """A paragraph begins: the words for it, and what kind of place it is unless it is the part's own."""
        frame = self.frames[-1]
        if frame.open_:
            return self.here(), frame.spot or (Spot.TABLE if not frame.where else None)
        frame.paragraphs += 1
        return self.here(), frame.spot

    def plain(self) -> bool:
        """Whether we stand on the page itself, in no table and no box."""
        return len(self.frames) == 1 and not self.frames[0].open_

    def heading(self, text: str) -> None:
        """What follows stands under this heading."""
        frame = self.frames[-1]
        if not frame.open_:
            flat = " ".join(text.split())
            frame.heading = flat if len(flat) <= _HEADING else f"{flat[:_HEADING]}…"
            frame.paragraphs = 0

    def note(self, author: str) -> None:
        """A footnote, an endnote or a comment begins."""
        self.notes += 1
        frame = self.frames[0]
        self.frames = [
            _Frame(f"{frame.where.split('第')[0]}第{self.notes}条{f'（{author}）' if author else ''}", frame.spot)
        ]

    def table(self) -> None:
        """A table begins, perhaps inside a cell."""
        frame = self.frames[-1]
        if frame.open_:
            frame.open_.append(_Table(f"{self.here()}里的小表"))
            return
        frame.tables += 1
        frame.open_.append(_Table(f"{frame.where}{self._under(frame)}表{frame.tables}"))

    def row(self) -> None:
        """A row begins."""
        tables = self.frames[-1].open_
        if tables:
            tables[-1].row += 1
            tables[-1].column, tables[-1].width = 0, 1
            tables[-1].rows.append([])

    def cell(self, span: str) -> None:
        """A cell begins, so many columns wide."""
        tables = self.frames[-1].open_
        if tables:
            table = tables[-1]
            table.column += table.width
            table.width = int(span) if span.isascii() and span.isdigit() and len(span) < len("1000") else 1
            table.cell = []

    def said(self, text: str) -> None:
        """A paragraph was said; in a cell it is part of the cell's text."""
        tables = self.frames[-1].open_
        if tables and tables[-1].cell is not None and text.strip():
            tables[-1].cell.append(text.strip())

    def cell_done(self) -> None:
        """A cell ends."""
        tables = self.frames[-1].open_
        if tables and tables[-1].cell is not None:
            if not tables[-1].rows:
                tables[-1].rows.append([])
            tables[-1].rows[-1].append("\n".join(tables[-1].cell))
            tables[-1].cell = None

    def table_done(self) -> Grid:
        """A table ends."""
        tables = self.frames[-1].open_
        if not tables:
            return Grid("", ())
        table = tables.pop()
        return Grid(table.where, tuple(tuple(row) for row in table.rows))

    def box(self, where: str) -> None:
        """A text box begins at a paragraph."""
        self.frames.append(_Frame(f"{where}的文本框", Spot.BOX))

    def box_done(self) -> None:
        """A text box ends."""
        if len(self.frames) > 1:
            self.frames.pop()

    def _under(self, frame: _Frame) -> str:
        return f"“{frame.heading}”下" if frame.heading else ""
