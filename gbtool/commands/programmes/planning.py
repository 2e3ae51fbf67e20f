"""`gbtool programme plan`: from the deadline of a programme back to the latest day of each step."""

from collections.abc import Mapping
from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.programmes.checking import asked, chosen
from gbtool.commands.programmes.listing import Catalogue, catalogue
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.programme import Due, Programme, Step, Steps
from gbtool.rules.gates import planning
from gbtool.rules.gates.found import profile
from gbtool.rules.gates.planning import Plan, Planner
from gbtool.shelf.mappings import guess
from gbtool.structs import Frozen


class Planned(Frozen):
    """The plan of a way of a programme, and the deadline on which it ends; None where the day was given."""

    programme: Programme
    route: str
    due: Due | None
    plan: Plan


class Wish(Frozen):
    """Which way, by which day, and how many working days lie after the steps that nobody knows, as the user says."""

    route: str = ""
    by: date | None = None
    leads: Mapping[str, int] | None = None


def plan(work: Workspace, name: str, wish: Wish, today: date) -> Planned:
    """The steps of a programme laid out backwards from its deadline.

    Raises:
        UsageError: there is no such programme, way or step; several ways and none is named; no deadline is known.
    """
    known_ = catalogue(work.shelves)
    programme = known_.named(name)
    route = _route(programme, wish.route)
    steps = _steps(programme, route, known_)
    facts = gather(work, today)
    known = asked(programme, facts, known_)
    given = dict(wish.leads or {})
    _refuse_strangers(given, steps)
    body = profile(facts)
    leads = {**(body.leads if body else {}), **given}
    due = None if wish.by else _due(programme, steps, today)
    end = wish.by or (due.day if due else None)
    if end is None:
        raise UsageError(f"{programme.id} 没有写截止日", "用 --by 日期 给出要赶的那一天")
    mine = planning.wanted(_until(steps, due), known)
    rules = (*programme.rules_of(route), *known_.book.rules.values())
    planner = Planner(mine, planning.gaps(mine, rules, leads), known, programme.windows)
    return Planned(programme, route, due, planner.plan(end))


def _route(programme: Programme, route: str) -> str:
    if route:
        return chosen(programme, route)
    if len(programme.plans) > 1:
        raise UsageError(f"{programme.id} 有几条路", f"用 --route 指明：{'、'.join(programme.plans)}")
    return next(iter(programme.plans), "")


def _steps(programme: Programme, route: str, known_: Catalogue) -> Steps:
    found = known_.steps.get(programme.plans.get(route, ""))
    if found is None:
        raise UsageError(f"{programme.id} 的{route or '规则'}没有可倒排的步骤", "看 gbtool programme show")
    return found


def _refuse_strangers(leads: Mapping[str, int], steps: Steps) -> None:
    known = [name for step in steps.steps for name in (step.title, step.id)]
    for name in leads:
        if name not in known:
            raise UsageError(f"--lead 没有步骤“{name}”{guess(name, [step.title for step in steps.steps])}")


def _until(steps: Steps, due: Due | None) -> tuple[Step, ...]:
    """The steps up to the one that has the deadline; all of them where the day was given."""
    ids = [step.id for step in steps.steps]
    return steps.steps[: ids.index(due.step) + 1] if due else steps.steps


def _due(programme: Programme, steps: Steps, today: date) -> Due | None:
    """The next deadline of the last step that has any, else the last one that has passed."""
    dated = {due.step for due in programme.dues if due.day}
    last = next((step.id for step in reversed(steps.steps) if step.id in dated), "")
    found = sorted((d for d in programme.dues if d.step == last and d.day), key=lambda each: each.due)
    return next((due for due in found if due.day and due.day >= today), found[-1] if found else None)
