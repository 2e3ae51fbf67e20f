"""A table of people, rights or contracts as somebody keeps it: columns to ours, lines to entries, faults by cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gbtool.commands.ledger.import_tables import entry_of, number_of, wrong
from gbtool.commands.ledger.sheets import NUMBER
from gbtool.commands.registers.names import Register
from gbtool.errors import Complaint
from gbtool.exchange.books import Sheet
from gbtool.exchange.matching import SKIP, How, Match, matched
from gbtool.exchange.tables import Row, Table
from gbtool.model.document import Field
from gbtool.model.entry import Entry
from gbtool.model.forms.written import value
from gbtool.model.place import Place
from gbtool.structs import Frozen, field, replace

_DAY = Field("", "date")
_UNSURE = (How.NEAR, How.OPEN)
# A spreadsheet keeps 85% as 0.85.
REDUCED = "费减"
_SHARES = {"0.85": "85%", "0.7": "70%", "0": "无"}


class Listed(Frozen):
    """Lines of a table in one file or sheet: entries, `carried` the columns of which the file says something."""

    file: str
    sheet: str
    register: Register
    sha256: str
    drafts: tuple[Entry, ...] = ()
    carried: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    faults: tuple[Complaint, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: int = 0
    head: int = 0

    @property
    def form(self) -> str:
        """The name of the table."""
        return self.register.key

    @property
    def title(self) -> str:
        """The title of the table."""
        return self.register.title

    @property
    def titles(self) -> tuple[str, ...]:
        """What a column may be."""
        return self.register.sheet.known

    @property
    def undated(self) -> bool:
        """Lines of tables have no day of their own."""
        return False

    @property
    def open(self) -> tuple[Match, ...]:
        """The columns of which nobody knows yet what they are."""
        return tuple(match for match in self.matches if match.how is How.OPEN)


class Reading(Frozen):
    """A sheet whose table is read as a table of the ledger.

    `told` are the fields of columns as somebody gave them now, `kept` as they were matched before.
    """

    sheet: Sheet
    table: Table
    register: Register
    told: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)

    def listed(self, sha256: str) -> Listed:
        """The lines, and all that is wrong with them at once."""
        matches = self._matched()
        columns = {match.column: match.field for match in matches if match.field}
        rows = [(row, self._values(row, columns)) for row in self.table.rows]
        faults = list(self._heads(matches))
        if not faults:
            faults = [fault for row, values in rows for fault in self._faults(row, values, columns)]
        drafts = () if faults else tuple(self._entries(rows))
        return Listed(
            self.sheet.file,
            self.sheet.name,
            self.register,
            sha256,
            drafts,
            tuple(columns.values()),
            matches,
            (*faults, *self._twice(drafts)),
            lines=len(self.table.rows),
            head=self.table.head,
        )

    # Columns

    def _matched(self) -> tuple[Match, ...]:
        found = matched(self.table.columns, self.register.names, self.told, self.kept)
        filled = [each for each in found if each.how not in _UNSURE or self._filled(each.column)]
        lacking = any(self._missing({match.field for match in filled}))
        return tuple(each if lacking else self._own(each) for each in filled)

    def _own(self, match: Match) -> Match:
        """A column that the table does not usually have is kept under its own name, where nothing says otherwise."""
        if match.how is not How.OPEN or match.taken or self.register.sheet.only:
            return match
        return replace(match, field=match.column, how=How.OWN)

    def _filled(self, column: str) -> bool:
        return any(row.values[column] for row in self.table.rows)

    def _missing(self, fields: set[str]) -> Iterator[str]:
        """The columns without which nobody knows which line is which."""
        sheet = self.register.sheet
        yield from (column for column in sheet.needed if column not in fields)
        naming = sheet.names or sheet.joined
        if not fields & set(naming):
            yield "或".join(name for name in naming if name != NUMBER)

    def _heads(self, matches: Sequence[Match]) -> Iterator[Complaint]:
        where = self.sheet.place(self.table.head)
        for column, given in self.told.items():
            if column not in self.table.columns:
                yield Complaint(where, f"没有 --map 说的“{column}”这一列", f"表头是：{'、'.join(self.table.columns)}")
            elif given != SKIP and given not in self.register.sheet.known:
                yield Complaint("--map", f"没有列“{given}”", f"可用的：{'、'.join(self.register.sheet.known)}")
        for missing in dict.fromkeys(self._missing({match.field for match in matches})):
            fix = f"有这一列而名字不同的，用 --map “列={missing.split('或')[0]}”说明"
            yield Complaint(where, f"缺列“{missing}”", fix)
        for match in matches:
            only = self.register.sheet.only
            if match.how is How.OPEN and (match.taken or only):
                fix = f"{only}；" if only else ""
                fix += f"用 --map “{match.column}=列”说明，不导入就写 --map “{match.column}=”"
                yield Complaint(self._cell(self.table.head, match.column), _unknown(match), fix)

    def _cell(self, line: int, column: str) -> str:
        return self.sheet.place(line, self.table.columns.index(column) + 1)

    # Lines

    def _values(self, row: Row, columns: Mapping[str, str]) -> dict[str, str]:
        found = {name: row.values[column] for column, name in columns.items()}
        days = {name: str(value(_DAY, found[name])) for name in self.register.sheet.days if found.get(name)}
        share = {REDUCED: _SHARES.get(found[REDUCED], found[REDUCED])} if REDUCED in found else {}
        return {**found, **days, **share}

    def _faults(self, row: Row, values: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[Complaint]:
        cells = {name: column for column, name in columns.items()}
        for name, message, fix in wrong(values, self.register.sheet):
            where = self._cell(row.line, cells[name]) if name in cells else self.sheet.place(row.line)
            yield Complaint(where, message, fix)
        if _is_share(values.get(REDUCED, "")):
            message = f"“{REDUCED}”{values[REDUCED]} 分不清是减几成还是缴几成，写成 85%、70% 或无"
            yield Complaint(self._cell(row.line, cells[REDUCED]), message)

    def _entries(self, rows: Sequence[tuple[Row, dict[str, str]]]) -> Iterator[Entry]:
        sheet = self.register.sheet
        numbers = [number_of(values, sheet) for _, values in rows]
        counts, seen = Counter(numbers), Counter[str]()
        for (row, values), number in zip(rows, numbers, strict=True):
            twice = seen[number] > 0 if sheet.again else counts[number] > 1
            seen[number] += 1
            item = f"{NUMBER}{values[NUMBER]}" if values.get(NUMBER) else number
            yield entry_of(values, sheet, Place(self._file, row.line, item), twice=twice)

    @property
    def _file(self) -> str:
        return f"{self.sheet.file} 工作表“{self.sheet.name}”" if self.sheet.name else self.sheet.file

    def _twice(self, drafts: Sequence[Entry]) -> Iterator[Complaint]:
        first: dict[str, Entry] = {}
        for entry in drafts:
            other = first.setdefault(entry.id, entry)
            if other is not entry:
                message = f"{entry.place.item} 与第{other.place.line}行是同一条"
                yield Complaint(self.sheet.place(entry.place.line or 0), message, "留一行，或改编号")


def _is_share(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and float(text) <= 1


def _unknown(match: Match) -> str:
    if match.taken:
        return f"“{match.column}”像是“{match.candidates[0]}”，但“{match.taken}”列已经是它"
    near = f"，相近的有：{'、'.join(match.candidates)}" if match.candidates else ""
    return f"不收列“{match.column}”{near}"
