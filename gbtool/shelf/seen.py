"""The catalogue as one client sees it, by the standards that it follows."""

from collections.abc import Mapping, Sequence

from gbtool.model.document import Specification
from gbtool.model.standards.words import AS_USUAL, Words
from gbtool.shelf import sharing
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import heads
from gbtool.structs import replace


def seen_by(keys: Sequence[str], shelves: Shelves) -> tuple[Specification, ...]:
    """The catalogue as a client of these standards sees it: each id once, that of the first standard that has it.

    Documents that only other families of standards have are not seen. Fields are labelled in the words of the standard;
    a document that another standard shares has its clauses too, and one that it serves wholly says so.

    Raises:
        FileFaults: a file does not fit, or a standard shares what is not there.
    """
    families = {head.family for head in heads(shelves) if head.key in keys}
    near = {head.key for head in heads(shelves) if head.family in families or not families}
    found: dict[str, Specification] = {}
    listed = catalogue(shelves)
    for each in (one for one in listed if near & set(one.editions)):
        known = found.get(each.id)
        if known is None or _rank(each, keys) < _rank(known, keys):
            found[each.id] = each
    words = {head.key: head.words for head in heads(shelves) if head.key in keys}
    serves = sharing.served(keys, listed, shelves) if len(keys) > 1 else {}
    stand_ins = sharing.stand_ins(keys, listed, shelves) if len(keys) > 1 else {}
    mine = (_seen(each, words.get(_first(each, keys), AS_USUAL), serves.get(each.id, {})) for each in found.values())
    return tuple(replace(each, served_by=stand_ins[each.id]) if each.id in stand_ins else each for each in mine)


def _rank(specification: Specification, keys: Sequence[str]) -> int:
    return next((place for place, key in enumerate(keys) if key in specification.editions), len(keys))


def _first(specification: Specification, keys: Sequence[str]) -> str:
    return next((key for key in keys if key in specification.editions), "")


def _seen(specification: Specification, words: Words, serves: Mapping[str, tuple[str, ...]]) -> Specification:
    fields = specification.fields
    labels = {name: label for name in (*fields.names, *fields.sign) if (label := words.label(name)) != name}
    if labels:
        specification = replace(specification, fields=replace(fields, labels={**labels, **fields.labels}))
    return replace(specification, clauses={**serves, **specification.clauses}) if serves else specification
