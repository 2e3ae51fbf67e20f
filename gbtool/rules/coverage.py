"""Which clauses an internal audit has covered: what was judged, not what a plan announces."""

from collections.abc import Mapping

from gbtool.model.checklist import Judgement
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.readiness import audited_clauses
from gbtool.structs import Frozen

# From bad to good: a cell shows the worst that was judged in it.
_WORST = (Judgement.MAJOR, Judgement.MINOR, Judgement.OBSERVATION, Judgement.CONFORMS, Judgement.NOT_APPLICABLE)


class Covered(Frozen):
    """A clause that applies: number and title, whether it was audited, the worst judgement in each department."""

    key: str
    cite: str
    title: str
    audited: bool
    judged: Mapping[str, Judgement]


def coverage(facts: Facts) -> tuple[Covered, ...]:
    """Every clause that applies, in the standard's order."""
    audited, judged = audited_clauses(facts), _judged(facts)
    found = []
    for clause in facts.clauses:
        cite, title = audits.label(clause.key, facts)
        done = audits.covered(clause.key, audited, facts)
        found.append(Covered(clause.key, cite, title, done, judged.get(clause.key, {})))
    return tuple(found)


def _judged(facts: Facts) -> Mapping[str, Mapping[str, Judgement]]:
    """The worst judgement of each clause in each department, by the key of the clause."""
    found: dict[str, dict[str, Judgement]] = {}
    for record in audits.checklists(facts):
        department = str(record.mapping("head").get("受审核部门") or "")
        for row in record.rows():
            judgement = Judgement.read(str(row.get(audits.JUDGED) or ""))
            if judgement:
                cells = found.setdefault(audits.key_of(row), {})
                cells[department] = min(judgement, cells.get(department, judgement), key=_WORST.index)
    return found
