"""What a deed would contradict: the faults that rules find with it and not without it."""

from collections.abc import Iterable, Sequence

from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import report as _all_rules  # noqa: F401 - registers every rule
from gbtool.rules.engine import Fault, ask
from gbtool.structs import Frozen, replace


class Objection(Frozen):
    """A fault with its rule."""

    rule: str
    fault: Fault

    def __str__(self) -> str:
        """The rule and the sentence."""
        return f"{self.fault.message}（{self.rule}）"


class Objections(Frozen):
    """What forbids a deed, and what is only said."""

    hard: tuple[Objection, ...]
    soft: tuple[Objection, ...]


def after(facts: Facts, entries: Iterable[Entry]) -> Facts:
    """The facts once these entries are kept: they replace those of their kind and id."""
    fresh = {(entry.kind, entry.id): entry for entry in entries}
    kept = tuple(fresh.pop((entry.kind, entry.id), entry) for entry in facts.entries)
    return replace(facts, entries=(*kept, *fresh.values()))


def objections(facts: Facts, entries: Sequence[Entry], rules: Iterable[str]) -> Objections:
    """What these rules say against keeping entries, beyond what they say already."""
    later = after(facts, entries)
    found: list[Objection] = []
    for name in rules:
        known = {fault.message for fault in ask(name, facts).faults}
        found += [Objection(name, fault) for fault in ask(name, later).faults if fault.message not in known]
    return Objections(tuple(o for o in found if not _soft(o, facts)), tuple(o for o in found if _soft(o, facts)))


def _soft(objection: Objection, facts: Facts) -> bool:
    text = facts.rule_texts.get(objection.rule)
    return objection.fault.soft or bool(text and text.severity != "error")
