"""Records in a spreadsheet or CSV: columns to fields, lines to records, everything wrong named by its cell."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gbtool.commands.filling import day_source, happened, no_day
from gbtool.commands.records.found import Found, Request, draft, late_faults
from gbtool.commands.records.slots import DAY, ID, NOTE, Key, Part, Slot, names_of, slots
from gbtool.errors import Complaint
from gbtool.exchange.books import Sheet
from gbtool.exchange.matching import SKIP, How, Match, matched
from gbtool.exchange.tables import Row, Table
from gbtool.model.document import Specification
from gbtool.model.entry import Entry
from gbtool.model.forms.form import complaint
from gbtool.model.forms.written import value
from gbtool.model.place import Place
from gbtool.structs import Frozen

Values = dict[str, object]
Outside = dict[Key, object]
Fault = tuple[int, Complaint]
_UNSURE = (How.NEAR, How.OPEN)


class Line(Frozen):
    """A line of the table: what it says of the record by part and name, and of its row by field."""

    number: int
    outside: Outside
    row: Values

    @property
    def id(self) -> str:
        """The number of the record, empty where none is given."""
        return str(self.outside.get((Part.ID, ID)) or "")


class Reading(Frozen):
    """A sheet whose table is read as records of a form."""

    sheet: Sheet
    table: Table
    specification: Specification
    request: Request
    kept: Mapping[str, str]

    def found(self, today: date, sha256: str) -> Found:
        """The records, and all that is wrong with them at once."""
        matches = self._matched()
        known = {slot.title: slot for slot in slots(self.specification.fields)}
        columns = {match.column: known[match.field] for match in matches if match.field}
        lines = [self._line(row, columns) for row in self.table.rows]
        faults = [(row.line, fault) for row in self.table.rows for fault in self._misfits(row, columns)]
        groups = list(_grouped(lines, rows=bool(self.specification.fields.columns)))
        drafts = [self._draft(group) for group in groups]
        for entry, group in zip(drafts, groups, strict=True):
            faults += self._judged(entry, group, today)
        faults += self._twins(lines)
        dated = bool(self.request.date) or any(slot.part is Part.DAY for slot in columns.values())
        return Found(
            self.sheet.file,
            self.sheet.name,
            self.specification,
            sha256,
            tuple(drafts),
            frozenset((slot.part, slot.name) for slot in columns.values()),
            matches,
            (*self._open(matches), *(fault for _, fault in sorted(faults, key=lambda each: each[0]))),
            () if dated else (day_source(self.specification),),
            lines=len(self.table.rows),
            head=self.table.head,
            dated=dated,
        )

    # Columns

    def _matched(self) -> tuple[Match, ...]:
        known = slots(self.specification.fields)
        told = {column: _title(known, given) for column, given in self.request.columns.items()}
        entered = next(slot.title for slot in known if slot.part is Part.ENTERED)
        kept = {entered: SKIP, **self.kept}  # the day of entry is the day of the import
        found = matched(self.table.columns, names_of(known), told, kept)
        return tuple(each for each in found if each.how not in _UNSURE or self._filled(each.column))

    def _filled(self, column: str) -> bool:
        return any(row.values[column] for row in self.table.rows)

    def _open(self, matches: Iterable[Match]) -> Iterator[Complaint]:
        where = self.sheet.place(self.table.head)
        known = names_of(slots(self.specification.fields))
        for column, given in self.request.columns.items():
            if column not in self.table.columns:
                yield Complaint(where, f"没有 --map 说的“{column}”这一列", f"表头是：{'、'.join(self.table.columns)}")
            elif given != SKIP and _title(slots(self.specification.fields), given) not in known:
                yield Complaint("--map", f"表单没有字段“{given}”", f"可用的：{'、'.join(known)}")
        for match in matches:
            if match.how is How.OPEN:
                fix = f"用 --map “{match.column}=字段”说明，不导入就写 --map “{match.column}=”"
                yield Complaint(self._cell(self.table.head, match.column), _unknown(match), fix)

    def _cell(self, line: int, column: str) -> str:
        return self.sheet.place(line, self.table.columns.index(column) + 1)

    # Lines

    def _line(self, row: Row, columns: Mapping[str, Slot]) -> Line:
        values = [(slot, value(slot.field, row.values[column])) for column, slot in columns.items()]
        outside = {slot.key: found for slot, found in values if slot.part is not Part.ROW}
        return Line(row.line, outside, {slot.name: found for slot, found in values if slot.part is Part.ROW})

    def _misfits(self, row: Row, columns: Mapping[str, Slot]) -> Iterator[Complaint]:
        for column, slot in columns.items():
            found = value(slot.field, row.values[column])
            wrong = complaint(slot.field, found) or _unclear(slot, str(found))
            if wrong:
                yield Complaint(self._cell(row.line, column), f"“{slot.title}”{wrong}")

    def _twins(self, lines: Iterable[Line]) -> Iterator[Fault]:
        """Lines that say the same twice: one thing written twice, or two things that nobody can tell apart."""
        seen: dict[str, int] = {}
        for line in lines:
            key = repr((sorted(line.outside.items()), sorted(line.row.items())))
            if key in seen:
                fix = f"留一行；确是两件事的，写上“{ID}”，或写出区别"
                yield line.number, Complaint(self.sheet.place(line.number), f"与第{seen[key]}行完全相同", fix)
            seen.setdefault(key, line.number)

    # Records

    def _draft(self, group: list[Line]) -> Entry:
        said = {key: _first(group, key) for key in group[0].outside}
        data: dict[str, object] = {
            "head": _of(said, Part.HEAD),
            "rows": [row for line in group if (row := _filled(line.row))],
            "foot": _of(said, Part.FOOT),
            "sign": list(_signed(said)),
            "note": said.get((Part.NOTE, NOTE), ""),
        }
        day = happened(self.specification, data, str(said.get((Part.DAY, DAY)) or self.request.date))
        number = group[0].number
        file = f"{self.sheet.file} 工作表“{self.sheet.name}”" if self.sheet.name else self.sheet.file
        return draft(self.specification, group[0].id, day, data, Place(file, number))

    def _judged(self, entry: Entry, group: list[Line], today: date) -> Iterator[Fault]:
        line = group[0].number
        where = self.sheet.place(line)
        if not entry.date and not entry.id:
            yield line, Complaint(where, *no_day(self.specification, f"加一列“{DAY}”"))
        for fault in late_faults(entry, where, today):
            yield line, fault
        if not any(entry.data.get(name) for name in ("head", "rows", "foot")):
            yield line, Complaint(where, "没有内容")
        for other in group[1:]:
            for _, name in _differing(group, other):
                message = f"“{name}”与编号相同的第{line}行不同"
                yield other.number, Complaint(self.sheet.place(other.number), message)


def _title(known: Iterable[Slot], given: str) -> str:
    """The title of the slot that somebody named; what names none stays as it is."""
    return next((slot.title for slot in known if given in (slot.title, *slot.names)), given)


def _unknown(match: Match) -> str:
    if match.taken:
        return f"“{match.column}”像是“{match.candidates[0]}”，但“{match.taken}”列已经是它"
    near = f"，相近的有：{'、'.join(match.candidates)}" if match.candidates else ""
    return f"“{match.column}”认不出是哪个字段{near}"


def _unclear(slot: Slot, text: str) -> str | None:
    """A share that a spreadsheet keeps as 0.95: nobody can say whether 95 % or 0.95 % is meant."""
    if slot.field.type == "percent" and text.replace(".", "", 1).isdigit() and 0 < float(text) <= 1:
        return f"“{text}”分不清是百分之几，写成 95% 这样的文字"
    return None


def _grouped(lines: Iterable[Line], *, rows: bool) -> Iterator[list[Line]]:
    """The lines of each record: those with one number, else those that are equal outside the table of the form.

    A form without such a table has one line for each record.
    """
    groups: dict[object, list[Line]] = {}
    for line in lines:
        equal = repr(sorted(line.outside.items())) if rows else line.number
        groups.setdefault(("id", line.id) if line.id else ("", equal), []).append(line)
    yield from groups.values()


def _first(group: Iterable[Line], key: Key) -> object:
    """What the first line that says anything says; a record with a number may say it once."""
    return next((found for line in group if (found := line.outside[key]) not in ("", [])), "")


def _differing(group: Iterable[Line], line: Line) -> Iterator[Key]:
    for key, found in line.outside.items():
        if found not in ("", [], _first(group, key)):
            yield key


def _filled(values: Values) -> Values:
    return {name: found for name, found in values.items() if found not in ("", [])}


def _of(said: Outside, part: Part) -> Values:
    return _filled({name: found for (kind, name), found in said.items() if kind is part})


def _signed(said: Outside) -> Iterator[dict[str, object]]:
    days = _of(said, Part.SIGNED)
    for role, name in _of(said, Part.NAME).items():
        yield {"role": role, "name": name, "date": days.get(role, "")}
