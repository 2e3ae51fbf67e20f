"""What of a file is new, the same, or has changed since it was imported: nothing doubled, nothing lost unseen."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from gbtool.commands.filling import no_day
from gbtool.commands.records.found import Found
from gbtool.commands.records.slots import DAY, NOTE, Part
from gbtool.errors import Complaint
from gbtool.model.document import Field
from gbtool.model.entry import Entry, Signature
from gbtool.model.forms.written import alike
from gbtool.structs import Frozen, Mutable, field, replace

NUMBER = "序号"
_HALF = 0.5
_SAID = 8  # differences that a complaint names
_NEAR = 100  # lines
_SHORT = 20  # signs of a value that a message repeats
_TEXT = Field("", "text")

Values = dict[str, str]


class Content(Frozen):
    """What a record says, as far as a file carries it, each value as one text."""

    day: str
    outside: Values
    rows: tuple[Values, ...]
    signatures: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> str:
        """A hash that the same content has, however it is written."""
        parts = [self.day, sorted(self.outside.items()), [sorted(row.items()) for row in self.rows], self.signatures]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def values(self) -> frozenset[tuple[str, ...]]:
        """Every value with its place, to say how much of two records is equal."""
        rows = {(name, text) for row in self.rows for name, text in row.items()}
        return frozenset({*self.outside.items(), *rows, *self.signatures})


class Change(Frozen):
    """A record of the ledger that a file now gives otherwise: the draft, the old entry, what differs in words."""

    draft: Entry
    old: Entry
    differences: tuple[str, ...]

    def complaint(self, where: str) -> Complaint:
        """The change as one complaint."""
        more = len(self.differences) - _SAID
        said = "；".join(self.differences[:_SAID]) + (f"；等 {len(self.differences)} 处" if more > 0 else "")
        return Complaint(where, f"与台账里的 {self.old.id} 不同：{said}")


class Settled(Mutable):
    """What becomes of the drafts of a file; `gone` are records that came from it before and stand there no more."""

    new: list[Entry] = field(default_factory=list)
    same: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    faults: list[Complaint] = field(default_factory=list)


def settle(found: Found, kept: Sequence[Entry]) -> Settled:
    """Compare the drafts of a file with the records of the ledger.

    Args:
        found: the file.
        kept: the records of the ledger, of all forms.
    """
    ours = [entry for entry in kept if entry.form == found.specification.id]
    settled = Settled()
    nameless = []
    by_id = {entry.id: entry for entry in kept}
    for each in found.drafts:
        if each.id:
            _by_number(each, by_id, found, settled)
        else:
            nameless.append(each)
    taken = {entry.id for entry in settled.same} | {change.old.id for change in settled.changed}
    _by_content(nameless, [entry for entry in ours if entry.id not in taken], found, settled)
    return settled


def merged(change: Change, found: Found) -> Entry:
    """The old entry with what the file says now; what the file does not carry stays."""
    old, new = change.old, change.draft
    data = dict(old.data)
    for part, name in ((Part.HEAD, "head"), (Part.FOOT, "foot")):
        own = {key for kind, key in found.carried if kind is part}
        rest = {key: value for key, value in old.mapping(name).items() if key not in own}
        data[name] = {**rest, **new.mapping(name)}
    own = {key for kind, key in found.carried if kind is Part.ROW}
    if own:
        data["rows"] = [_row(old, number, row, own) for number, row in enumerate(new.rows())]
    data["sign"] = _signatures(old, new, found)
    if (Part.NOTE, NOTE) in found.carried:
        data["note"] = new.text("note")
    filled = {key: value for key, value in data.items() if value not in ("", {}, [])}
    return replace(old, date=_day(found, new, old), data=filled, place=new.place)


def content(entry: Entry, found: Found, day: str = "") -> Content:
    """What an entry says, as far as a file carries it."""
    fields = found.specification.fields
    known = {each.name: each for each in (*fields.head, *fields.columns, *fields.foot)}
    carried = found.carried
    outside = {
        key: text
        for part, name in ((Part.HEAD, "head"), (Part.FOOT, "foot"))
        for key, value in entry.mapping(name).items()
        if (part, key) in carried and (text := alike(known.get(key, _TEXT), value))
    }
    if (Part.NOTE, NOTE) in carried and entry.text("note"):
        outside[NOTE] = entry.text("note")
    own = {name for part, name in carried if part is Part.ROW} - {NUMBER}
    rows = [{key: alike(known.get(key, _TEXT), row[key]) for key in row if key in own} for row in entry.rows()]
    filled = [{key: text for key, text in row.items() if text} for row in rows]
    return Content(day, outside, tuple(row for row in filled if row), _signed(entry, found))


def _signed(entry: Entry, found: Found) -> tuple[tuple[str, str, str], ...]:
    """Who signed in the roles that the file carries, and when if it says so."""
    roles = {name for part, name in found.carried if part is Part.NAME}
    days = {name for part, name in found.carried if part is Part.SIGNED}
    signed = (each for each in entry.signatures if each.role in roles and each.name)
    return tuple(sorted((each.role, each.name, each.date if each.role in days else "") for each in signed))


# With a number


def _by_number(draft: Entry, by_id: Mapping[str, Entry], found: Found, settled: Settled) -> None:
    old = by_id.get(draft.id)
    if old is None and not draft.date:
        settled.faults.append(Complaint(str(draft.place), *no_day(found.specification, f"加一列“{DAY}”")))
    elif old is None:
        settled.new.append(draft)
    elif old.form != found.specification.id:
        settled.faults.append(
            Complaint(str(draft.place), f"{draft.id} 是另一张表单（{old.form}）的记录", "核对记录编号")
        )
    else:
        _compare(draft, old, found, settled)


def _compare(draft: Entry, old: Entry, found: Found, settled: Settled) -> None:
    day = _day(found, draft, old)
    before, after = content(old, found, old.date), content(draft, found, day)
    if before.key == after.key:
        settled.same.append(old)
    else:
        settled.changed.append(Change(draft, old, tuple(_differences(before, after))))


def _day(found: Found, draft: Entry, old: Entry) -> str:
    """The day of a record that is there already: as given, else as it was unless the field that says it was changed."""
    field_ = found.specification.day
    if not found.dated and (not field_ or _said(draft, field_) == _said(old, field_)):
        return old.date
    return draft.date or old.date


def _said(entry: Entry, field_: str) -> str:
    return next((text for part, text in entry.values(field_) if part in ("head", "foot")), "")


# Without a number


def _by_content(drafts: Sequence[Entry], ours: Sequence[Entry], found: Found, settled: Settled) -> None:
    """The same content is the same record; what is left is compared with what came from this file before."""
    with_day = found.dated or not found.specification.day
    key = _keys(found, with_day=with_day)
    free: dict[str, list[Entry]] = defaultdict(list)
    for entry in ours:
        free[key(entry)].append(entry)
    keys = [key(draft) for draft in drafts]
    left = []
    for draft, own in zip(drafts, keys, strict=True):
        if free[own]:
            settled.same.append(free[own].pop(0))
        else:
            left.append(draft)
    same = {entry.id for entry in settled.same}
    before = [entry for entry in ours if entry.place.file == _origin(found) and entry.id not in same]
    pairs = dict(_pairs(left, before, found, overlap=len(left) < len(drafts)))
    for number, draft in enumerate(left):
        if number in pairs:
            old = before[pairs[number]]
            now, then = (content(each, found, each.date) for each in (draft, old))
            settled.changed.append(Change(draft, old, tuple(_differences(then, now))))
        else:
            settled.new.append(draft)
    settled.gone += [entry for number, entry in enumerate(before) if number not in pairs.values()]


def _keys(found: Found, *, with_day: bool) -> Callable[[Entry], str]:
    return lambda entry: content(entry, found, entry.date if with_day else "").key


def _origin(found: Found) -> str:
    return f"{found.file} 工作表“{found.sheet}”" if found.sheet else found.file


def _pairs(
    drafts: Sequence[Entry], before: Sequence[Entry], found: Found, *, overlap: bool
) -> Iterator[tuple[int, int]]:
    """Which draft is which earlier record, changed: near by, and the one that it resembles most by half at least.

    A file of the same name that has no line in common with the earlier one is another file (of another month), unless
    the day is the same.
    """
    old = [content(entry, found, entry.date) for entry in before]
    free = dict.fromkeys(range(len(before)))
    for number, draft in enumerate(drafts):
        now, line = content(draft, found, draft.date), draft.place.line or 0
        near = [at for at in free if abs((before[at].place.line or 0) - line) <= _NEAR]
        likely = [(_likeness(now, old[at]), -at) for at in near if overlap or old[at].day == now.day]
        best, at = max(likely, default=(0.0, 0))
        if best >= _HALF:
            del free[-at]
            yield number, -at


def _likeness(one: Content, other: Content) -> float:
    both = len(one.values & other.values)
    return 2 * both / max(len(one.values) + len(other.values), 1)


# Words


def _differences(before: Content, after: Content) -> Iterator[str]:
    if before.day != after.day:
        yield f"日期 {before.day} → {after.day}"
    yield from _changes(before.outside, after.outside)
    blocks = SequenceMatcher(
        None, [repr(row) for row in before.rows], [repr(row) for row in after.rows], autojunk=False
    )
    for what, i1, i2, j1, j2 in blocks.get_opcodes():
        if what == "replace" and i2 - i1 == j2 - j1:
            for number in range(i2 - i1):
                changes = _changes(before.rows[i1 + number], after.rows[j1 + number])
                yield from (f"第{i1 + number + 1}条{each}" for each in changes)
        elif what != "equal":
            yield f"表里第{i1 + 1}条起，{i2 - i1} 条变成 {j2 - j1} 条"
    for role, name, day in sorted(set(before.signatures) ^ set(after.signatures)):
        yield f"签名“{role}”{'原为' if (role, name, day) in before.signatures else '现为'}{name}{day}"


def _changes(before: Values, after: Values) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield f"“{name}”{_short(before, name)} → {_short(after, name)}"


def _short(values: Values, name: str) -> str:
    text = " ".join(values.get(name, "空").split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


# Merging


def _row(old: Entry, number: int, row: Mapping[str, object], own: Iterable[str]) -> dict[str, object]:
    rows = old.rows()
    before = rows[number] if number < len(rows) else {}
    return {**{key: value for key, value in before.items() if key not in own}, **row}


def _signatures(old: Entry, new: Entry, found: Found) -> list[dict[str, object]]:
    roles = {name for part, name in found.carried if part is Part.NAME}
    days = {name for part, name in found.carried if part is Part.SIGNED}
    before = {each.role: each for each in old.signatures}
    kept = [each for each in old.signatures if each.role not in roles]
    given = [each if each.role in days else _dated(each, before.get(each.role)) for each in new.signatures]
    order = found.specification.fields.sign
    signed = sorted((*given, *kept), key=lambda each: order.index(each.role) if each.role in order else len(order))
    return [{"role": each.role, "name": each.name, "date": each.date} for each in signed]


def _dated(new: Signature, old: Signature | None) -> Signature:
    return replace(new, date=old.date) if old and old.name == new.name else new
