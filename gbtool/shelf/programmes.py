"""Programmes from checklists/programmes/: a file for each region and year, the nearest shelf first."""

from collections.abc import Iterator, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.outside.published import Published
from gbtool.model.place import NOWHERE, Place
from gbtool.model.programme import Programme, Steps
from gbtool.shelf.certification import extended
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen, names_of, replace

FOLDER = "checklists/programmes"
COMMON, STEPS = f"{FOLDER}/common.yaml", f"{FOLDER}/steps.yaml"
_KEPT = ("id", "place", "extends", "rules", "without")  # a programme's own, whatever it extends


class _Common(Frozen):
    also: tuple[str, ...] = ()
    place: Place = NOWHERE


class _Plans(Frozen):
    plans: tuple[Steps, ...]
    place: Place = NOWHERE


def programmes(shelves: Shelves, known: Mapping[str, Published]) -> dict[str, Programme]:
    """Every programme by id; `known` are the rules of certification that theirs may extend.

    Raises:
        FileFaults: a file does not fit, two have one id, one extends what is not there.
    """
    paths = [path for path in shelves.list(FOLDER, ".yaml") if path not in (COMMON, STEPS)]
    raw: dict[str, Programme] = {}
    for path in paths:
        found = shelves.find(path)
        each = read(Programme, found[1], path) if found else None
        if each and each.id in raw:
            raise FileFaults(
                [Complaint(str(each.place), f"{each.id} 写了两次，另一处在 {raw[each.id].place}", "改编号")]
            )
        if each:
            raw[each.id] = each
    return {id_: _whole(each, raw, known) for id_, each in raw.items()}


def _whole(own: Programme, raw: Mapping[str, Programme], known: Mapping[str, Published]) -> Programme:
    """A programme with what it takes over from those that it extends; its rules under their whole names."""
    rules: dict[str, Published] = {}
    made = own
    for each in _lineage(own, raw):
        rules = {id_: rule for id_, rule in rules.items() if id_ not in each.without}
        rules |= extended(_named(each, rules), {**known, **rules})
    for each in reversed(_lineage(own, raw)[:-1]):
        made = _over(made, each)
    whole = tuple(_full(rule, own) for rule in rules.values())
    return replace(made, rules=whole)


def _over(own: Programme, base: Programme) -> Programme:
    """A programme over another: what it does not say is as there."""
    empty = Programme(own.id)
    names = [name for name in names_of(Programme) if name not in _KEPT]
    return replace(own, **{name: getattr(base, name) for name in names if getattr(own, name) == getattr(empty, name)})


def _full(rule: Published, own: Programme) -> Published:
    """A rule under its whole name, as the user names it when he enters what a person has judged."""
    id_ = own.full(rule.id)
    checks = tuple(replace(check, fact=id_) if check.fact == rule.id else check for check in rule.checks)
    sources = rule.sources or tuple(source.title for source in own.sources)
    confidence = rule.confidence if rule.sources else own.confidence
    return replace(rule, id=id_, checks=checks, sources=sources, confidence=confidence)


def _named(each: Programme, before: Mapping[str, Published]) -> Iterator[Published]:
    """The rules of one file; one whose short name stands in an older file goes over that one."""
    for rule in each.rules:
        yield replace(rule, extends=rule.extends or (rule.id if rule.id in before else ""))


def _lineage(own: Programme, raw: Mapping[str, Programme]) -> list[Programme]:
    """A programme and those that it extends, the oldest first.

    Raises:
        FileFaults: one is not there, or they go round in a circle.
    """
    line = [own]
    while line[0].extends:
        parent = raw.get(line[0].extends)
        if parent is None or parent in line:
            near = did_you_mean(line[0].extends, raw)
            raise FileFaults([Complaint(str(line[0].place), f"extends 的 {line[0].extends} 没有，或者绕了回来{near}")])
        line.insert(0, parent)
    return line


def steps(shelves: Shelves) -> dict[str, Steps]:
    """The steps of each plan by name."""
    found = shelves.find(STEPS)
    return {each.name: each for each in read(_Plans, found[1], STEPS).plans} if found else {}


def common(shelves: Shelves) -> tuple[str, ...]:
    """The rules of certification that are asked with every programme."""
    found = shelves.find(COMMON)
    return read(_Common, found[1], COMMON).also if found else ()
