"""When something applies: every term holds, and a term `a|b` holds when either does."""

from collections.abc import Iterable, Mapping


def names(terms: Iterable[str]) -> tuple[str, ...]:
    """The names of the facts that these terms ask for."""
    return tuple(name for term in terms for name in term.split("|"))


def holds(terms: Iterable[str], facts: Mapping[str, object]) -> bool:
    """Whether all terms hold; an unanswered fact does not."""
    return all(any(facts.get(name) for name in term.split("|")) for term in terms)


def unanswered(terms: Iterable[str], facts: Mapping[str, object]) -> tuple[str, ...]:
    """The facts that must be answered before these terms can be decided."""
    return tuple(
        name
        for term in terms
        if not any(facts.get(name) for name in term.split("|"))
        for name in term.split("|")
        if facts.get(name) is None
    )
