"""`gbtool changeover`: where a client stands between the editions, the plan, old documents out of force."""

from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.issue import withdraw as take_out
from gbtool.commands.workspace import Workspace
from gbtool.errors import Refused, UsageError
from gbtool.model.facts import Facts
from gbtool.model.standard import Standard
from gbtool.rules.changeover import Changeover, changeover
from gbtool.rules.gates import planning
from gbtool.rules.gates.known import Known
from gbtool.rules.gates.planning import Plan, Planner
from gbtool.shelf import checklists, programmes, standards
from gbtool.shelf.certification import rulebook
from gbtool.structs import Frozen, replace

STEPS = "changeover"


class Standing(Frozen):
    """Where a client stands, under the new edition, with the plan to the day that was given or the earliest one."""

    facts: Facts
    old: Standard
    new: Standard
    found: Changeover
    plan: Plan
    given: bool


def standing(work: Workspace, today: date, by: date | None = None) -> Standing:
    """Where a client stands between the editions of its standard.

    Raises:
        UsageError: nobody compared two editions of this standard.
        FileFaults: a file is wrong.
    """
    facts = gather(work, today)
    family = standards.head(facts.standard.edition, work.shelves).family
    changes = standards.changes(work.shelves, family)
    if not changes:
        raise UsageError(f"{facts.standard.cite} 没有新旧两版的对照", "换版只用于有两个版本的标准")
    keys = standards.editions(work.shelves, family)
    old, new = (standards.standard(key, work.shelves) for key in (keys[0], keys[-1]))
    fresh = replace(facts, standard=new, matrix=checklists.matrix(keys[-1], work.shelves))
    return Standing(fresh, old, new, changeover(fresh, old, new, changes), _plan(work, fresh, by), by is not None)


def _plan(work: Workspace, facts: Facts, by: date | None) -> Plan:
    """The steps back from a day; without one, up to the earliest day that can be reached."""
    book = rulebook(work.shelves)
    known = Known(facts, book.terms)
    steps = planning.wanted(programmes.steps(work.shelves)[STEPS].steps, known)
    planner = Planner(steps, planning.gaps(steps, book.rules.values(), {}), known)
    return planner.plan(by or planner.plan(facts.today).earliest)


def withdraw(work: Workspace, today: date) -> tuple[str, ...]:
    """Take the documents of the old edition out of force on the day on which the new manual takes effect.

    Raises:
        Refused: the new manual is not in force yet, or nothing of the old edition is.
    """
    found = standing(work, today).found
    if found.effective is None or found.effective > today:
        raise Refused("新版手册还没有实施，旧版文件还要用", "先 gbtool issue 发布新版，到实施日再作废旧版")
    if not found.old:
        raise Refused("没有还在用的旧版文件")
    return take_out(work, [document.id for document in found.old], found.effective, today)
