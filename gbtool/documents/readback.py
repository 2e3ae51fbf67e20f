"""A filled form back from Word: which form it is, its head, rows, foot and signatures; what cannot be read is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gbtool.errors import Complaint
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.forms.fitting import whole_of
from gbtool.model.forms.form import by_name, complaint
from gbtool.model.forms.written import printed, value
from gbtool.structs import Mutable, field
from gbtool.word.cells import Cell, Filed, Row
from gbtool.word.package import FIELDS, FORM, RECORD

NUMBER = "序号"
_COLON = re.compile(r"[：:]")
_DAY = Field("日期", "date")
_DATED = re.compile(r"[0-9]*年[0-9]*月[0-9]*日")
_PICTURE = "只有图片，读不出内容", "写上文字；图片用 gbtool ledger evidence 收作证据"
_RUNNING = re.compile(r"(\S+?)(?:-([0-9]{3,}))?(?:\s|$)")


class Read(Mutable):
    """What a filled form says, by part; what is wrong with it; tables that are none of the form's."""

    head: dict[str, object] = field(default_factory=dict)
    rows: list[dict[str, object]] = field(default_factory=list)
    foot: dict[str, object] = field(default_factory=dict)
    sign: list[dict[str, object]] = field(default_factory=list)
    faults: list[Complaint] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)


def form_of(filed: Filed, forms: Mapping[str, Specification], code: str) -> str:
    """The id of the form that a file is, by its property, its number or its title; empty where nothing says it."""
    own = filed.properties.get(FORM, "")
    if own:
        return own
    numbers = {each.number.replace("{company_code}", code): each.id for each in forms.values()}
    for text in filed.header:
        for number, _ in _RUNNING.findall(text):
            if number in numbers:
                return numbers[number]
    titles = {title: each.id for each in forms.values() for title in (each.title, *(each.titles or {}).values())}
    return next((titles[text.strip()] for text in filed.paragraphs if text.strip() in titles), "")


def record_of(filed: Filed, form_number: str) -> str:
    """The number of the record that a file was printed from; empty for a form that was empty when it was printed."""
    own = filed.properties.get(RECORD, "")
    if own or not form_number:
        return own
    found = (each for text in filed.header for each in _RUNNING.findall(text))
    return next((f"{number}-{running}" for number, running in found if number == form_number and running), "")


def read_back(filed: Filed, fields: Fields, name: str) -> Read:
    """What a filled form says.

    Args:
        filed: the file.
        fields: what the form has.
        name: what complaints call the file.
    """
    walk = _Walk(fields, name)
    for number, table in enumerate(filed.tables, 1):
        if table:
            walk.table(number, table)
    walk.missing(_keys(filed) or [*walk.labels, *walk.columns])
    return walk.read


def _keys(filed: Filed) -> list[str]:
    """The names that the form had when it was printed."""
    parts = [filed.properties[key] for key in sorted(filed.properties) if key.startswith(FIELDS)]
    return [name for name in "|".join(parts).split("|") if name]


class _Walk:
    """Goes through the tables of a form."""

    def __init__(self, fields: Fields, name: str) -> None:
        self.fields, self.name = fields, name
        whole = whole_of(fields)  # an empty form that was printed earlier may have more than the client has now
        self.labels = by_name((*whole.head, *whole.foot)) | by_name((*fields.head, *fields.foot))
        self.columns = by_name(whole.columns) | by_name(fields.columns)
        self.feet = {each.name for each in whole.foot}
        self.roles, self.own = whole.sign, set(fields.names)
        self.seen: set[str] = set()
        self.read = Read()

    def table(self, number: int, table: Sequence[Row]) -> None:
        """One table, by what stands in its first row."""
        first = [self._named(cell) for cell in table[0]]
        if any(label in self.columns for label in first):
            self._list(table)
        elif any(self._role(cell.text) for row in table for cell in row):
            self._signatures(table)
        elif any(label in self.labels for label in first):
            for row in table:
                self._pairs(row)
        elif any(_label(cell) for row in table for cell in row):
            self.read.strange.append(number)

    def _named(self, cell: Cell) -> str:
        """The field that a label or the head of a column names."""
        return self.fields.name_of(_label(cell))

    def missing(self, names: Iterable[str]) -> None:
        """Complain about cells that somebody took away."""
        gone = [each for each in names if each in {*self.labels, *self.columns} and each not in self.seen]
        for each in gone:
            self._wrong(f"“{each}”", "这一栏不见了", "表单的栏目不要删改；没有内容就空着")

    def _wrong(self, where: str, message: str, fix: str = "") -> None:
        self.read.faults.append(Complaint(f"{self.name} {where}", message, fix))

    # Labels with their cells

    def _pairs(self, row: Row) -> None:
        for label, cell in zip(row[::2], row[1::2], strict=False):
            name = self._named(label)
            if name in self.seen:
                self._wrong(f"“{name}”", "这一栏有两处")
            elif name in self.labels:
                self.seen.add(name)
                found = self._value(f"“{name}”", self.labels[name], cell)
                part = self.read.foot if name in self.feet else self.read.head
                part.update({name: found} if found not in ("", []) else {})
            elif name or cell.text.strip():
                self._wrong(f"“{name}”", "表单没有这一栏", "表单的栏目不要改名；新的内容写进备注一类的栏")
        if len(row) % 2 and _label(row[-1]):
            self._wrong(f"“{_label(row[-1])}”", "后面没有可填的格")

    def _value(self, where: str, own: Field, cell: Cell) -> object:
        text = printed(cell.text).strip()
        if cell.picture and not text:
            self._wrong(where, *_PICTURE)
        found = value(own, text)
        wrong = complaint(own, found)
        if not wrong and own.name not in self.own and found not in ("", []):
            wrong = "是这家客户没有的业务填的"
        if wrong:
            self._wrong(where, wrong)
        return found

    # The table of rows, each of them in one deck or several

    def _list(self, table: Sequence[Row]) -> None:
        heads = list(self._heads(table))
        body = table[len(heads) :]
        if len(body) % len(heads):
            self._wrong("表格", f"有 {len(body)} 行，不是每条 {len(heads)} 行的倍数", "加行时把一条的几行一起复制")
            return
        for number, at in enumerate(range(0, len(body), len(heads)), 1):
            self._entry(f"表格第{number}条", heads, body[at : at + len(heads)])

    def _heads(self, table: Sequence[Row]) -> Iterator[list[str]]:
        """The names of the columns, deck by deck."""
        for row in table:
            names = [self._named(cell) for cell in row]
            known = [name for name in names if name in self.columns]
            if not known or self.seen & set(known):
                return
            for name in names:
                if name and name not in self.columns:
                    self._wrong(f"“{name}”", "表单没有这一列", "列名不要改；新的内容写进备注一类的列")
            self.seen |= set(known)
            yield names

    def _entry(self, where: str, heads: Sequence[Sequence[str]], rows: Sequence[Row]) -> None:
        found: dict[str, object] = {}
        for names, row in zip(heads, rows, strict=True):
            if len(names) != len(row):
                self._wrong(where, f"有 {len(row)} 格，表头有 {len(names)} 格", "不要合并或拆开单元格")
                return
            if rows[0] is row and row[0].merge == "continue":
                self._wrong(where, "几行没有对齐", "加行时把一条的几行一起复制")
                return
            cells = [(name, cell) for name, cell in zip(names, row, strict=True) if name in self.columns]
            found |= {name: self._value(f"{where}“{name}”", self.columns[name], cell) for name, cell in cells}
        kept = {name: each for name, each in found.items() if each not in ("", [])}
        if set(kept) - {NUMBER}:
            self.read.rows.append(kept)

    # Signatures

    def _role(self, text: str) -> str:
        start = self.fields.name_of(_COLON.split(text, maxsplit=1)[0].strip())
        return start if _COLON.search(text) and start in self.roles else ""

    def _signatures(self, table: Sequence[Row]) -> None:
        for cell in (cell for row in table for cell in row):
            role = self._role(cell.text)
            if role:
                self._signed(role, cell)
            elif cell.text.strip():
                self._wrong(
                    "签名栏",
                    f"认不出“{cell.text.strip()[:20]}”",
                    f"签名栏有：{'、'.join(map(self.fields.label, self.fields.sign))}",
                )

    def _signed(self, role: str, cell: Cell) -> None:
        first, *others = _COLON.split(cell.text, maxsplit=1)[1].split("\n")
        below = [line.strip() for line in others if line.strip()]
        day = str(value(_DAY, below.pop())) if below and _dated(below[-1]) else ""
        name = printed(" ".join((first.strip(), *below)).strip())
        where = f"签名“{role}”"
        if cell.picture and not name:
            self._wrong(where, "签名是图片，读不出姓名", f"在“{role}：”后面写上姓名")
        elif day and not name:
            self._wrong(where, "有日期，没有姓名", f"在“{role}：”后面写上姓名")
        wrong = complaint(_DAY, day)
        if wrong:
            self._wrong(where, wrong)
        if name:
            self.read.sign.append({"role": role, "name": name, "date": day})


def _dated(line: str) -> bool:
    """Whether a line is a day, or the places of one, half filled or empty."""
    return complaint(_DAY, value(_DAY, line)) is None or bool(_DATED.fullmatch("".join(line.split())))


def _label(cell: Cell) -> str:
    return "".join(cell.text.split())
