"""Published rules of certification from checklists/certification/: by subject, the nearest shelf first."""

from collections.abc import Iterable, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.deadline import Source
from gbtool.model.outside.published import Check, FactTerm, Published, Rulebook
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.mappings import guess
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen, field, names_of, replace

FOLDER = "checklists/certification"
SOURCES, FACTS, BODIES = f"{FOLDER}/sources.yaml", f"{FOLDER}/facts.yaml", f"{FOLDER}/bodies/"
_OWN = ("id", "place", "extends")  # never taken from the rule that is extended
ASK = "ask"  # a check that a person answers under the name of its rule


class _Rules(Frozen):
    rules: tuple[Published, ...]
    title: str = ""
    place: Place = NOWHERE


class _Sources(Frozen):
    sources: Mapping[str, Source]
    as_of: str = ""
    reading_guide: Mapping[str, object] = field(default_factory=dict)
    place: Place = NOWHERE


class _Facts(Frozen):
    facts: tuple[FactTerm, ...]
    place: Place = NOWHERE


def rulebook(shelves: Shelves) -> Rulebook:
    """All published rules of certification with the facts that they ask for and their sources.

    Raises:
        FileFaults: a file does not fit, two rules have one id, a rule extends one that is not there.
    """
    paths = [p for p in shelves.list(FOLDER, ".yaml") if p not in (SOURCES, FACTS) and not p.startswith(BODIES)]
    files = {path.rsplit("/", 1)[1].removesuffix(".yaml"): _rules(path, shelves) for path in paths}
    whole = extended([rule for rules in files.values() for rule in rules], {})
    sources = shelves.find(SOURCES)
    return Rulebook(
        rules=whole,
        files={name: tuple(rule.id for rule in rules) for name, rules in files.items()},
        terms=terms(shelves),
        sources=read(_Sources, sources[1], SOURCES).sources if sources else {},
    )


def terms(shelves: Shelves) -> Mapping[str, FactTerm]:
    """The facts that rules ask for: those that are shipped, with those of the nearer shelves laid over them."""
    files = [read(_Facts, path, FACTS).facts for _, path in reversed(shelves.all(FACTS))]
    return {term.name: term for each in files for term in each}


def _rules(path: str, shelves: Shelves) -> tuple[Published, ...]:
    found = shelves.find(path)
    return read(_Rules, found[1], path).rules if found else ()


def extended(rules: Iterable[Published], known: Mapping[str, Published]) -> dict[str, Published]:
    """Rules by id, each with what it takes over from the one that it extends; checks by a person know their rule.

    Raises:
        FileFaults: two have one id, or one extends what is not there.
    """
    found: dict[str, Published] = {}
    faults = []
    for rule in rules:
        base = {**known, **found}.get(rule.extends)
        if rule.id in found and rule.extends != rule.id:
            faults.append(Complaint(str(rule.place), f"{rule.id} 写了两次，另一处在 {found[rule.id].place}", "留一处"))
        elif rule.extends and base is None:
            near = guess(rule.extends, [*known, *found])
            faults.append(Complaint(str(rule.place), f"{rule.id} 所 extends 的 {rule.extends} 没有{near}"))
        else:
            found[rule.id] = _asked(_over(rule, base) if base else rule)
    if faults:
        raise FileFaults(faults)
    return found


def _over(rule: Published, base: Published) -> Published:
    """A rule over another: what it does not say is as there."""
    empty = Published(rule.id)
    said = [name for name in names_of(Published) if getattr(rule, name) != getattr(empty, name)]
    taken = {name: getattr(base, name) for name in names_of(Published) if name not in (*said, *_OWN)}
    return replace(rule, **taken)


def _asked(rule: Published) -> Published:
    if all(check.fact or check.kind != ASK for check in rule.checks):
        return rule
    checks = tuple(_own(check, rule.id) for check in rule.checks)
    return replace(rule, checks=checks)


def _own(check: Check, id_: str) -> Check:
    return replace(check, fact=check.fact or id_) if check.kind == ASK else check
