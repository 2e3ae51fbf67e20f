"""Answers to the terms by which a client is recognised."""

from collections.abc import Iterable, Iterator, Mapping

from gbtool.model.identity import Identity, Source, Term, TermKind

_PARTS = ("、", "；", ";")
_JOINED = frozenset({TermKind.FULL, TermKind.USCC})


def identity(name: str, answers: Mapping[str, object], sources: Iterable[Source], unread: str = "") -> Identity:
    """A client by its answers; its folder's name is a short name too."""
    terms = list(terms_of(answers, sources))
    if name:
        terms.append(Term(name, TermKind.SHORT))
    return Identity(name, tuple(dict.fromkeys(terms)), unread)


def terms_of(answers: Mapping[str, object], sources: Iterable[Source]) -> Iterator[Term]:
    """The terms that answers give, of the kinds that the sources say."""
    for source in sources:
        for text in _values(answers.get(source.key), source.column):
            if text.strip():
                yield Term(text.strip(), source.kind)


def _values(value: object, column: str) -> Iterator[str]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _values(item, column)
    elif isinstance(value, Mapping):
        if column and value.get(column) not in (None, ""):
            yield str(value[column])
    elif value is not None and not column:
        yield str(value)
