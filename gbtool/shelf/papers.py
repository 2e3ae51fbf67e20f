"""Dates and signers of documents, vouchers, declarations, audit and review from YAML."""

from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.shelf.mappings import day, guess, items, nodes, real_days, text
from gbtool.shelf.reader import Reading, did_you_mean, line_of
from gbtool.shelf.records import Specifications
from gbtool.structs import replace

ALL_LOWER = "procedures"  # stands for 制度、程序、流程、表单 all of them
SIGNERS = ("compiled", "reviewed", "approved")
STEPS = ("issued", "effective", "distributed", "withdrawn")
ABOUT = ("number", "title", "version", *SIGNERS, *STEPS, "note")
PAPER = (
    "id",
    *ABOUT,
    "date",
    "signed_by",
    "person",
    "people",
    "lead",
    "liaisons",
    "facts",
    "months",
    "period",
    "except",
)
DAYS = (
    *("date", "issued", "effective", "distributed", "withdrawn", "confirmed_on", "submitted", "credits_done"),
    *("start", "end", "from", "to", "due", "trained", "appointed", "as_of", "search", "review"),
    *("audit_start", "audit_end", "review_date", "correction_due"),
    *("stage1", "stage1_closed", "stage2", "decision", "cert_issued", "cert_start", "cert_end", "recert_end"),
    *("suspended", "resumed"),
)
PENALTIES = ("statement", "from", "to", "declared_by", "date", "basis")
LISTS = {
    "before_system": (EntryKind.BEFORE, ("what", "date", "audience", "evidence", "search", "review", "start", "note")),
    "learning_platform": (EntryKind.CREDIT, ("name", "credits_done", "credits", "note")),
}
APPLICATION = (
    *("submitted", "edition", "body", "signed_by", "number", "note", "stage1", "stage1_closed", "stage2", "decision"),
    *("cert_number", "cert_issued", "cert_start", "cert_end", "surveillance", "recert_end"),
    *("suspended", "resumed", "withdrawn"),
)
TOP = ("standard_edition", "documents", "policy", "penalties", "application", *LISTS)

REPORTS: Mapping[str, tuple[EntryKind, tuple[str, ...]]] = {
    "plan-audit-program": (
        EntryKind.PROGRAMME,
        ("purpose", "criteria", "scope", "frequency", "audits", "previous", "resources"),
    ),
    "plan-audit": (
        EntryKind.AUDIT_PLAN,
        (
            *("audit", "purpose", "criteria", "scope", "method", "start", "end"),
            *("lead", "team", "opening", "closing", "slots", "independence", "away"),
        ),
    ),
    "report-audit": (
        EntryKind.AUDIT_REPORT,
        (
            *("audit", "purpose", "criteria", "scope", "audit_start", "audit_end", "distributed_to", "counts"),
            *("nonconformities", "limits", "effectiveness", "conclusion", "correction_due"),
        ),
    ),
    "plan-review": (EntryKind.REVIEW_PLAN, ("review_date", "chair", "place", "participants", "inputs", "purpose")),
    "report-review": (
        EntryKind.REVIEW_REPORT,
        (
            *("review_date", "chair", "suitability", "adequacy", "effectiveness"),
            *("nonconformities_closed", "counts", "decisions", "conclusion"),
        ),
    ),
    "report-effectiveness": (EntryKind.EFFECTIVENESS, ("data", "baseline", "compared", "method", "conclusion")),
}


def papers(reading: Reading, root: yaml.Node, known: Specifications, today: date) -> list[Entry]:
    """Everything that documents.yaml says."""
    found = nodes(reading, root, TOP)
    real_days(reading, root, DAYS)
    entries = [
        _paper(reading, node, number, known) for number, node in enumerate(items(reading, found.get("documents")), 1)
    ]
    for name, (kind, keys) in LISTS.items():
        entries += [
            _listed(reading, node, (kind, keys), number)
            for number, node in enumerate(items(reading, found.get(name)), 1)
        ]
    entries += _declarations(reading, found)
    if "application" in found:
        values = nodes(reading, found["application"], APPLICATION, ("submitted",))
        submitted = day(reading, values.get("submitted"), today)
        entries.append(_entry(reading, found["application"], EntryKind.APPLICATION, "application", submitted))
    return entries


def _entry(reading: Reading, node: yaml.Node, kind: EntryKind, id_: str, happened: str) -> Entry:
    plain = reading.plain(node)
    data = plain if isinstance(plain, Mapping) else {"statement": plain}
    return Entry(kind, id_, happened, data=data, place=Place(reading.name, line_of(node), id_))


def _paper(reading: Reading, node: yaml.Node, number: int, known: Specifications) -> Entry:
    found = nodes(reading, node, PAPER, ("id",))
    id_ = text(reading, found.get("id"))
    if id_ and id_ not in known and id_ != ALL_LOWER:
        reading.complain(found["id"], f"没有文件“{id_}”{did_you_mean(id_, (*known, ALL_LOWER))}")
    happened = next((value for key in ("date", "issued") if (value := text(reading, found.get(key)))), "")
    entry = _entry(reading, node, EntryKind.PAPER, f"paper-{number}-{id_}", happened)
    return replace(entry, form=id_, place=replace(entry.place, item=id_))


def _listed(reading: Reading, node: yaml.Node, shape: tuple[EntryKind, tuple[str, ...]], number: int) -> Entry:
    kind, keys = shape
    found = nodes(reading, node, keys, keys[:1])
    name = text(reading, found.get("name")) or str(number)
    happened = next((v for key in ("date", "credits_done", "start") if (v := text(reading, found.get(key)))), "")
    return _entry(reading, node, kind, f"{kind.value}-{name}", happened)


def _declarations(reading: Reading, found: Mapping[str, yaml.Node]) -> Iterator[Entry]:
    if "policy" in found:
        yield _entry(reading, found["policy"], EntryKind.DECLARATION, "policy", "")
    if "penalties" in found:
        node = found["penalties"]
        happened = ""
        if isinstance(node, yaml.MappingNode):
            values = nodes(reading, node, PENALTIES, ("declared_by", "date"))
            happened = text(reading, values.get("date"))
        yield _entry(reading, node, EntryKind.DECLARATION, "penalties", happened)


def report(reading: Reading, root: yaml.Node) -> list[Entry]:
    """A programme, plan or report of audit or review, known by its `document`."""
    name = text(reading, dict(_top(reading, root)).get("document"))
    if name not in REPORTS:
        reading.complain(root, f"不认识 document“{name}”{guess(name, REPORTS)}")
        return []
    kind, keys = REPORTS[name]
    found = nodes(reading, root, ("document", *ABOUT, *keys), ("number",))
    real_days(reading, root, DAYS)
    number = text(reading, found.get("number"))
    entry = _entry(reading, root, kind, number, _happened(reading, found))
    return [replace(entry, form=name)]


def _top(reading: Reading, root: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    for key, _, value in reading.pairs(root):
        yield key, value


def _happened(reading: Reading, found: Mapping[str, yaml.Node]) -> str:
    approved = found.get("approved")
    if isinstance(approved, yaml.MappingNode):
        found = {**found, "approved": dict(_top(reading, approved)).get("date", approved)}
    days = (found.get(key) for key in ("issued", "approved", "distributed"))
    return next((node.value for node in days if isinstance(node, yaml.ScalarNode) and node.value), "")
