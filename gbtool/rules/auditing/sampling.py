"""Samples drawn at random from what the ledger holds: the same ledger and the same seed give the same sample."""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence

from gbtool.model.checklist import AuditQuestion
from gbtool.model.client import Department
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.population import Population, Sample, Source
from gbtool.rules.audits import plan_of
from gbtool.structs import Frozen

ALL = "all"
MOST = 3  # where a question does not say how many
_FORM = re.compile(r"doc\['(re[cg]-[a-z0-9-]+)'\]")
_FIELD = re.compile(r"\{([^{}]+)\}")
LONGEST = 30  # signs of a name that is found by itself
_DIGITS = 1_000_000
Row = Mapping[str, object]


def seed_of(facts: Facts) -> int:
    """The seed where nobody gives one: that of the audit under way, always the same for one plan."""
    plan = plan_of(facts)
    about = (plan.text("audit"), plan.text("start")) if plan else (str(facts.today.year), "")
    words = " ".join((facts.client.code, *about))
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % _DIGITS


class Drawer(Frozen):
    """Draws the samples of a checklist."""

    facts: Facts
    populations: Mapping[str, Population]
    seed: int

    def draw(self, department: Department, question: AuditQuestion) -> Sample | None:
        """The sample of a question: of the population that it names, else of the first form in its texts."""
        population = self.populations.get(question.population)
        found = self._members(population, department, question) if population else self._records(question)
        if found is None:
            return None
        names, sample = sorted(found[0]), found[1]
        count = len(names) if question.take == ALL else min(int(question.take or MOST), len(names))
        chance = random.Random(f"{self.seed} {department.name} {question.id}")  # noqa: S311 - it has to be repeatable
        drawn = tuple(sorted(chance.sample(names, count)))
        return Sample(sample.population, sample.unit, len(names), sample.whose, drawn, sample.where)

    def _records(self, question: AuditQuestion) -> tuple[list[str], Sample] | None:
        """The records of the first form that the question names and the ledger holds."""
        forms = dict.fromkeys(_FORM.findall(question.evidence) + _FORM.findall(question.sample))
        titles = {s.id: s.title_in(self.facts.client.edition) for s in self.facts.applicable}
        known = [form for form in forms if form in titles]
        if not known:
            return None
        form = next((form for form in known if self._since(form)), known[0])
        records = self._since(form)
        names = [f"{record.id}（{record.date}）" for record in records]
        if form.startswith("reg-") and records:
            return [*dict.fromkeys(_rows_of(records))], Sample(titles[form], "行", 0, "", ())
        return names, Sample(titles[form], "份", 0, "", ())

    def _since(self, form: str) -> tuple[Entry, ...]:
        start = self.facts.effective.isoformat() if self.facts.effective else ""
        return tuple(record for record in self.facts.records(form) if record.date >= start)

    def _members(
        self, population: Population, department: Department, question: AuditQuestion
    ) -> tuple[list[str], Sample]:
        source, rows = next(
            ((source, rows) for source in population.sources if (rows := self._rows(source, population))),
            (population.sources[0], []),
        )
        whose = ""
        if not self._main(department, question) and (population.person or population.department):
            rows = [row for row in rows if self._belongs(row, population, department)]
            whose = f"{department.name}的"
        names = dict.fromkeys(_named(row, source.shown) for row in rows)
        where = f"{self.facts.say('企业')}资料" if source.answer else "台账"
        return [name for name in names if name], Sample(population.name, population.unit, 0, whose, (), where)

    def _rows(self, source: Source, population: Population) -> list[Row]:
        """The members at a source that fit the population; a later row of the same name replaces the earlier."""
        if source.answer:
            given: Sequence[Row] = self.facts.client.rows(source.answer)
        elif source.form:
            given = [row for record in self.facts.records(source.form) for row in _told(record)]
        else:
            given = [{**entry.data, "id": entry.id} for entry in self.facts.of(EntryKind(source.kind))]
        last = {_named(row, source.shown): row for row in given}
        return [row for row in last.values() if self._fits(row, population)]

    def _fits(self, row: Row, population: Population) -> bool:
        if population.since:
            start = self.facts.effective.isoformat() if self.facts.effective else ""
            day = _text(row, population.since)
            if not day or not start <= day <= self.facts.today.isoformat():
                return False
        return all(_holds(row, each) for each in population.where)

    def _main(self, department: Department, question: AuditQuestion) -> bool:
        """Whether a department looks at all members: it is mainly responsible for the clause."""
        main = next((share.main for share in self.facts.shares if share.clause == question.clause), "")
        return main in department.functions

    def _belongs(self, row: Row, population: Population, department: Department) -> bool:
        if population.department:
            return _text(row, population.department) == department.name
        name = _text(row, population.person)
        return bool(name) and (name == department.head or department.name in self._homes(name))

    def _homes(self, name: str) -> frozenset[str]:
        return frozenset(person.text("部门") for person in self.facts.people.get(name, ()))


def _told(record: Entry) -> Iterator[Row]:
    """The rows of a record, each with what its head says; the head alone where it has none."""
    yield from ({**record.mapping("head"), **row} for row in record.rows() or ({},))


def _rows_of(records: Sequence[Entry]) -> Iterator[str]:
    """The rows of registers by the first two things that they say."""
    two = 2
    rows = [row for record in records for row in record.rows()]
    for row in rows:
        fields = [name for name, value in row.items() if name != "序号" and value][:two]
        name = _named(row, fields)
        yield name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def _named(row: Row, shown: Sequence[str]) -> str:
    parts = (text for part in shown if (text := _part(row, part)))
    return " ".join(parts).replace(" （", "（")


def _part(row: Row, part: str) -> str:
    fields = _FIELD.findall(part)
    if not fields:
        return _text(row, part)
    return _FIELD.sub(lambda m: _text(row, m[1]), part) if any(_text(row, field) for field in fields) else ""


def _holds(row: Row, term: str) -> bool:
    name, _, wanted = term.lstrip("-").partition("=")
    value = _text(row, name)
    if term.startswith("-"):
        return not value
    return value == wanted if wanted else bool(value)


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()
