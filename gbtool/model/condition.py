"""When something applies: all terms hold, `a|b` when either does, `a=x` or `a!=x` by the answer (是, 否, one text)."""

from collections.abc import Iterable, Mapping

_ANSWERS: Mapping[str, object] = {"是": True, "否": False}


def names(terms: Iterable[str]) -> tuple[str, ...]:
    """The names of the facts that these terms ask for."""
    return tuple(each.partition("=")[0].removesuffix("!") for term in terms for each in term.split("|"))


def holds(terms: Iterable[str], facts: Mapping[str, object]) -> bool:
    """Whether all terms hold; an unanswered fact does not."""
    return all(any(_true(each, facts) for each in term.split("|")) for term in terms)


def unanswered(terms: Iterable[str], facts: Mapping[str, object]) -> tuple[str, ...]:
    """The facts that must be answered before these terms can be decided."""
    return tuple(
        name
        for term in terms
        if not any(_true(each, facts) for each in term.split("|"))
        for name in names((term,))
        if facts.get(name) is None
    )


def _true(term: str, facts: Mapping[str, object]) -> bool:
    name, asked, wanted = term.partition("=")
    if not asked:
        return bool(facts.get(name))
    given = facts.get(name.removesuffix("!"))
    same = wanted in given if isinstance(given, (list, tuple)) else given == _ANSWERS.get(wanted, wanted)
    return given is not None and same != name.endswith("!")
