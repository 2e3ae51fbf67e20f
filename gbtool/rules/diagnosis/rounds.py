"""A diagnosis that is done again: which answer belongs to which time, and how the second compares with the first."""

from collections.abc import Iterable, Mapping

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts


def question(entry: Entry) -> str:
    """The question that an answer belongs to."""
    return entry.text("question") or entry.id


def number(entry: Entry) -> int:
    """The first, second … time that it was answered."""
    text = entry.text("round")
    return int(text) if text.isdecimal() else 1


def answers(facts: Facts, time: int) -> Mapping[str, Entry]:
    """What was answered one time, by question."""
    return {question(entry): entry for entry in facts.of(EntryKind.DIAGNOSIS) if number(entry) == time}


def latest(facts: Facts, questions: Iterable[str]) -> int:
    """The last time that any of these questions was answered; 1 before anybody did."""
    known = frozenset(questions)
    return max((number(entry) for entry in facts.of(EntryKind.DIAGNOSIS) if question(entry) in known), default=1)
