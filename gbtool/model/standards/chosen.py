"""Which standards a client's system follows: the main one and further ones beside it."""

from collections.abc import Iterable, Mapping

STANDARD = "standard_edition"  # the question whose answer is the key of the main standard
FURTHER = "further_standards"  # the question whose answer lists the keys of the others


def chosen(answers: Mapping[str, object]) -> tuple[str, ...]:
    """The keys of the standards that answers name, the main one first, each once."""
    more = answers.get(FURTHER)
    named = (answers.get(STANDARD), *(more if isinstance(more, (list, tuple)) else ()))
    return tuple(dict.fromkeys(str(each) for each in named if each))


def first_of(editions: Iterable[str], answers: Mapping[str, object]) -> str:
    """The first of the client's standards that is among these; the main one where none is."""
    known, among = chosen(answers), frozenset(editions)
    return next((key for key in known if key in among), known[0] if known else "")


def led_by(key: str, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers with one of the client's standards as the main one, the others behind it."""
    others = [each for each in chosen(answers) if each != key]
    return {**answers, STANDARD: key, FURTHER: others or None}
