"""Tables of the ledger out: their lines for spreadsheets, and as a list on paper; evidence and deeds among them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from gbtool.commands.ledger.sheets import NUMBER
from gbtool.commands.registers.names import REGISTERS, named
from gbtool.documents import papers
from gbtool.documents.desk import Desk
from gbtool.exchange.writing import Value
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.structs import Frozen

_ISO = len("2026-05-18")
_NARROW, _WIDEST, _LATIN = 7, 24, 0x2E80


class Table(Frozen):
    """A table that goes out: its name and title, whose entries stand in it, and what each column says of one.

    `columns` is empty for a table that has the columns of its entries.
    """

    key: str
    title: str
    kind: EntryKind
    right: str = ""
    columns: Mapping[str, Callable[[Entry], object]] | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether an entry stands in it."""
        return entry.kind is self.kind and (not self.right or entry.text("kind") == self.right)

    def heads(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Its columns: the usual ones of which anybody says something, then those that only some entries have."""
        if self.columns is not None:
            return tuple(self.columns)
        said = dict.fromkeys(name for entry in entries for name in entry.data if entry.text(name) and name != "kind")
        usual = [name for name in REGISTERS[self.key].sheet.known if name in said]
        return (*usual, *(name for name in said if name not in usual))

    def lines(self, entries: Iterable[Entry], heads: Sequence[str]) -> list[list[Value]]:
        """A line for each entry; days as days, all else as text."""
        return [[_cell(self._said(entry, name)) for name in heads] for entry in entries]

    def _said(self, entry: Entry, name: str) -> object:
        return self.columns[name](entry) if self.columns is not None else entry.get(name)


def _datum(name: str) -> Callable[[Entry], object]:
    return lambda entry: entry.get(name)


def _of(part: str, name: str) -> Callable[[Entry], object]:
    def found(entry: Entry) -> object:
        value = entry.get(part)
        return value.get(name) if isinstance(value, Mapping) else value if name == "date" else ""

    return found


def _data(**columns: str) -> Mapping[str, Callable[[Entry], object]]:
    return {title: _datum(name) for title, name in columns.items()}


_EVIDENCE = {
    **_data(文件名="name", 存放="file", 字节="size", SHA256="sha256"),
    "收入日期": lambda entry: entry.date,
    **_data(证明的记录="records", 证明的条款="clauses", 说明="note"),
}
_ACTIONS = {
    **_data(权利="right", 名称="name", 办理事项="title", 截止日="due"),
    "办理日期": lambda entry: entry.date,
    **_data(金额="amount", 凭证="voucher", 经办="by"),
}
_PAPERS: Mapping[str, Callable[[Entry], object]] = {
    "文件": lambda entry: entry.form,
    "编制": _of("compiled", "name"),
    "编制日期": _of("compiled", "date"),
    "审核": _of("reviewed", "name"),
    "审核日期": _of("reviewed", "date"),
    "批准": _of("approved", "name"),
    "批准日期": _of("approved", "date"),
    **_data(签发="signed_by", 落款日期="date", 发布="issued", 实施="effective"),
}
_DECLARATIONS: Mapping[str, Callable[[Entry], object]] = {
    "声明": lambda entry: entry.id,
    **_data(内容="statement", 声明人="declared_by"),
    "日期": lambda entry: entry.date or entry.text("date"),
    **_data(起="from", 止="to", 依据="basis"),
}
TABLES: Mapping[str, Table] = {
    **{key: Table(key, each.title, each.sheet.kind, each.sheet.right) for key, each in REGISTERS.items()},
    "evidence": Table("evidence", "证据清单", EntryKind.EVIDENCE, columns=_EVIDENCE),
    "actions": Table("actions", "期限办理清单", EntryKind.ACTION, columns=_ACTIONS),
    "papers": Table("papers", "文件签署清单", EntryKind.PAPER, columns=_PAPERS),
    "declarations": Table("declarations", "声明清单", EntryKind.DECLARATION, columns=_DECLARATIONS),
}
KINDS = frozenset(table.kind for table in TABLES.values())


def key_of(name: str) -> str:
    """The name of the table that is meant by a name or title, empty where none is."""
    found = named(name) or next((each for each in TABLES.values() if name in (each.key, each.title)), None)
    return found.key if found else ""


def standing(kept: Sequence[Entry], wanted: Iterable[str]) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of each of the tables that are wanted, in the order in which they came in; empty ones left out."""
    found = {key: tuple(entry for entry in kept if TABLES[key].holds(entry)) for key in wanted}
    return {key: entries for key, entries in found.items() if entries}


def word(table: Table, entries: Sequence[Entry], desk: Desk) -> bytes:
    """A table as a list on paper that lies on its side; what all lines say alike is said once above it."""
    heads = table.heads(entries)
    lines = [["" if cell is None else str(cell) for cell in line] for line in table.lines(entries, heads)]
    columns = dict(zip(heads, zip(*lines, strict=True), strict=True))
    columns.pop(NUMBER, None)
    alike = {name: texts[0] for name, texts in columns.items() if len(texts) > 1 and len(set(texts)) == 1}
    own = {
        name: texts for name, texts in columns.items() if name not in alike and not _within(name, columns)
    } or columns
    count = f"{desk.facts.client.name}　{desk.facts.today}　{len(lines)} 条"
    same = "；".join(
        f"{name}：{text}" for name, text in alike.items() if text and name in columns and own is not columns
    )
    rows = tuple((str(number), *texts) for number, texts in enumerate(zip(*own.values(), strict=True), 1))
    blocks = (
        papers.Text(f"{count}{f'　各条相同的：{same}' if same else ''}"),
        papers.Table((NUMBER, *own), rows, _shares(rows)),
    )
    return papers.paper(papers.Paper(table.key, table.title, "", blocks, date=str(desk.facts.today), wide=True), desk)


def _within(name: str, columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether another column says all that a column says, as the number of a patent says that of its application."""
    others = (texts for other, texts in columns.items() if other != name)
    pairs = (zip(columns[name], texts, strict=True) for texts in others)
    return any(all(text and text in other and text != other for text, other in each) for each in pairs)


def _shares(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The shares of the columns by their longest texts: short ones and days keep on one line, long ones break."""
    longest = [max(map(_width, texts)) for texts in zip(*rows, strict=True)]
    widths = [min(max(each, _NARROW), _WIDEST) + 1 for each in longest]
    return tuple(width / sum(widths) for width in widths)


def _width(text: str) -> int:
    """How wide a text is; a Chinese sign counts twice."""
    return sum(2 if ord(sign) > _LATIN else 1 for sign in text)


def _cell(value: object) -> Value:
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    text = "" if value is None else str(value)
    return (as_date(text) or text) if len(text) == _ISO else text
