"""What a rule of data speaks of: the rows of forms and answers, and the days that are there once."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.standards.own import LEDGER, STAGES, OwnRule, split
from gbtool.rules.reading import Dated, approved_day, at, milestone
from gbtool.structs import Frozen

RECORD = "记录编号"  # names a record by its own number
SIGNED = "批准"
_ISSUES = {"批准": "approved", "发布": "issued", "实施": "effective"}
_KINDS = {
    ("内审", "计划"): (EntryKind.AUDIT_PLAN, "approved"),
    ("内审", "首日"): (EntryKind.AUDIT_PLAN, "start"),
    ("内审", "末日"): (EntryKind.AUDIT_PLAN, "end"),
    ("内审", "报告"): (EntryKind.AUDIT_REPORT, "issued"),
    ("管理评审", "计划"): (EntryKind.REVIEW_PLAN, "approved"),
    ("管理评审", "评审日"): (EntryKind.REVIEW_REPORT, "review_date"),
    ("管理评审", "报告"): (EntryKind.REVIEW_REPORT, "issued"),
    ("申请", "递交"): (EntryKind.APPLICATION, "submitted"),
}


class Unit(Frozen):
    """One thing that a form or an answer speaks of: a row with what its head and foot say, or the whole record."""

    values: Mapping[str, object]
    place: str
    entry: Entry | None = None

    def text(self, name: str) -> str:
        """What it says under a name, yes and no as people write them."""
        if name == RECORD and self.entry:
            return self.entry.id
        return plain(self.values.get(name))

    def day(self, name: str) -> Dated | None:
        """A day that it says, or on which it was approved."""
        if name == SIGNED and self.entry:
            return approved_day(self.entry)
        found = as_date(self.values.get(name))
        label = f"{self.entry.id} {name}" if self.entry else name
        return Dated(found, label, f"{self.place} {name} {found}") if found else None


def plain(value: object) -> str:
    """A value as text: yes and no as people write them, nothing as empty."""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "" if value is None else str(value).strip()
    return {"true": "是", "True": "是", "false": "否", "False": "否"}.get(text, text)


def units(source: str, names: Iterable[str], rule: OwnRule, facts: Facts) -> Iterator[Unit]:
    """The things of a form or of a table of answers, of which one of these names is said, that the rule is about."""
    wanted = {name: value for term, value in rule.only.items() for of, name in [split(term)] if of == source}
    for each in _answers(source, facts) if source.startswith(LEDGER) else _filled(source, {*names, *wanted}, facts):
        if all(each.text(name) == value for name, value in wanted.items()):
            yield each


def _filled(form: str, names: Iterable[str], facts: Facts) -> Iterator[Unit]:
    for record in facts.records(form):
        whole = {**record.mapping("head"), **record.mapping("foot")}
        rows = record.rows()
        if any(name in row for row in rows for name in names):
            for number, row in enumerate(rows, 1):
                yield Unit({**whole, **row}, at(record, f"第{number}行"), record)
        else:
            yield Unit(whole, at(record), record)


def _answers(source: str, facts: Facts) -> Iterator[Unit]:
    key = source.removeprefix(f"{LEDGER}.")
    for row in facts.client.rows(key):
        yield Unit(row, f"{facts.client.place(key)} {key}")


def parts(term: str) -> tuple[str, str]:
    """A term in its source and its name: a table of answers is named by both words before the column."""
    source, name = split(term)
    if source == LEDGER and "." in name:
        table, _, column = name.partition(".")
        return f"{LEDGER}.{table}", column
    return source, name


def once(term: str, facts: Facts) -> Dated | None:
    """The day of what is there once: the system, the audit, the review, the application, a document, an answer."""
    source, name = split(term)
    if source == LEDGER:
        return _dated(as_date(facts.client.text(name)), f"{facts.client.place(name)} {name}")
    if source == "体系":
        return _dated(facts.effective, "体系实施日")
    if source in STAGES:
        kind, what = _KINDS[source, name]
        return milestone(facts.one(kind), what, facts)
    document = facts.document(source)
    return _dated(as_date(getattr(document, _ISSUES[name], "")), f"{source} {name}") if document else None


def is_once(term: str, facts: Facts) -> bool:
    """Whether a term is of something that is there once, not of the rows of a form or of a table of answers."""
    source, name = parts(term)
    if source == LEDGER or source in STAGES:
        return True
    return not source.startswith(LEDGER) and name in _ISSUES and not _form(source, facts)


def _form(source: str, facts: Facts) -> bool:
    return any(each.id == source and each.fields for each in facts.specifications)


def _dated(day: date | None, what: str) -> Dated | None:
    return Dated(day, what, f"{what} {day}") if day else None
