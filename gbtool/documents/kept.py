"""What the ledger holds up to the day of the facts, as templates may read it: plain rows, nothing added."""

from collections.abc import Iterable, Mapping
from typing import cast

from gbtool.documents.context import SERVICE
from gbtool.documents.forms import text_of
from gbtool.model.document import Field, OpenValue, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.place import Place
from gbtool.model.template import Template
from gbtool.structs import Frozen

Row = Mapping[str, object]
# Entries that are no forms: what they are, and the command that puts them into the ledger.
_ENTRIES = {
    "effectiveness": ("{有效性检验}的基准期、对比期和结论", "gbtool ledger import …（review/effectiveness.yaml）"),
    "audit-report": ("{内部审核}报告", "gbtool audit report"),
    "review-report": ("{管理评审}报告", "gbtool review report"),
}


class Kept(Frozen):
    """The ledger for templates: `records` of forms, `rights` of a kind, `all` and `last` of other kinds of entry.

    A record is `id`, `date`, `entered`, `form`, `head`, `rows`, `foot`, `sign`; every field of its form is there,
    empty where nobody filled it; every value is text as the form prints it.
    """

    facts: Facts

    @property
    def until(self) -> str:
        """The day of the latest record of the client's own forms, as far as the ledger reaches; empty without one."""
        days = (e.date for e in self.facts.of(EntryKind.RECORD) if not e.form.startswith(SERVICE))
        return max(days, default="")

    def records(self, *forms: str) -> list[Row]:
        """The filled forms of these ids in order of date."""
        known = {specification.id: specification for specification in self.facts.specifications}
        return [_record(entry, known.get(entry.form)) for entry in self.facts.records(*forms)]

    def rows(self, form: str) -> list[Row]:
        """The rows of all records of a form, each with the number and day of its record as `id` and `date`."""
        return [
            {**row, "id": record["id"], "date": record["date"]}
            for record in self.records(form)
            for row in cast("list[Row]", record["rows"])
        ]

    def rights(self, kind: str) -> list[Row]:
        """The rights of a kind: patent, application, trademark, copyright, trade-secret, other."""
        return [entry.data for entry in self.facts.of(EntryKind.RIGHT) if entry.get("kind") == kind]

    def all(self, kind: str) -> list[Row]:
        """The entries of a kind."""
        return [_plain(entry) for entry in self.facts.of(EntryKind(kind))]

    def last(self, kind: str) -> Row | None:
        """The last entry of a kind."""
        found = self.facts.one(EntryKind(kind))
        return _plain(found) if found else None

    def absent(self, form: str) -> Row | None:
        """Who confirmed how that there was nothing for a form."""
        found = [entry for entry in self.facts.of(EntryKind.ABSENT) if entry.form == form]
        return _plain(found[-1]) if found else None

    def paper(self, document: str) -> Row | None:
        """The dates and signers of a document."""
        found = self.facts.paper(document)
        return _plain(found) if found else None

    def document(self, id_: str) -> Row | None:
        """Number, title, version and days of a document that was generated."""
        found = self.facts.document(id_)
        names = ("id", "number", "title", "version", "path", "approved", "issued", "effective", "sha256")
        return {name: getattr(found, name) for name in names} if found else None

    def documents(self) -> list[Row]:
        """The documents that were generated."""
        return [row for document in self.facts.documents if (row := self.document(document.id))]


def missing(templates: Iterable[Template], facts: Facts) -> tuple[OpenValue, ...]:
    """What texts report on and the ledger does not hold yet, with the command that puts it there."""
    asking = [template for template in templates if template.needs]
    if not asking:
        return ()
    titles = {each.id: each.title_in(facts.client.edition) for each in facts.specifications}
    absent = titles.keys() - {each.id for each in facts.applicable}
    kinds = {kind.value: kind for kind in EntryKind}
    found = []
    for template in asking:
        for needed in (each.split("|") for each in template.needs):
            if absent.issuperset(needed):
                continue  # a client without this business has no such records
            if any(facts.of(kinds[each]) if each in kinds else facts.records(each) for each in needed):
                continue
            name = next((each for each in needed if each in titles), needed[0])
            form = (f"台账里的《{titles.get(name, name)}》", f"gbtool ledger add {name}")
            what, command = _ENTRIES.get(name, form)
            found.append(OpenValue(name, facts.words.said(what), Place(f"templates/{template.path}", 1), command))
    return tuple(found)


def _plain(entry: Entry) -> Row:
    return {"id": entry.id, "date": entry.date, **entry.data}


def _record(entry: Entry, form: Specification | None) -> Row:
    fields = form.fields if form else None
    return {
        **entry.data,
        "id": entry.id,
        "date": entry.date,
        "entered": entry.entered,
        "form": entry.form,
        "head": _filled(fields.head if fields else (), entry.mapping("head")),
        "rows": [_filled(fields.columns if fields else (), row) for row in entry.rows()],
        "foot": _filled(fields.foot if fields else (), entry.mapping("foot")),
        "sign": list(entry.rows("sign")),
    }


def _filled(fields: Iterable[Field], given: Row) -> dict[str, object]:
    kinds = {each.name: each.type for each in fields}
    return {**dict.fromkeys(kinds, ""), **{name: text_of(value, kinds.get(name, "")) for name, value in given.items()}}
