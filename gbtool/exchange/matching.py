"""Which field each column of somebody's table is: as told, as before, by the same name, by nearly the same name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from gbtool.structs import Frozen, replace

NEAR = 0.85  # one sign more or less among three (申请日、申请日期) is near; another sign among five is not
_APART = 0.05  # the second best must be that much farther away
_OTHER = 0.99  # by another name of the field
_LIKELY = 0.4  # what is worth naming to somebody who has to choose
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_NOISE = re.compile(r"[\s\W_]+")
SKIP = ""


class How(StrEnum):
    """How a column was matched, the surest first."""

    TOLD = "told"
    KEPT = "kept"
    SAME = "same"
    ALIKE = "alike"
    NEAR = "near"
    OWN = "own"  # taken under its own name: the table may have columns that we do not know
    SKIPPED = "skipped"  # told, or kept, not to be taken
    OPEN = "open"  # nothing fits, or several fields do


_SURENESS = tuple(How)


class Match(Frozen):
    """A column and its field (its key; empty when skipped or open), how sure that is, and which fields come near."""

    column: str
    field: str
    how: How
    score: float = 1.0
    candidates: tuple[str, ...] = ()
    taken: str = ""  # the column that has the field already


def matched(
    columns: Sequence[str],
    names: Mapping[str, Sequence[str]],
    told: Mapping[str, str],
    kept: Mapping[str, str],
) -> tuple[Match, ...]:
    """The field of each column.

    Args:
        columns: the heads of a table.
        names: the fields by key, each with the names by which it goes.
        told: fields by column as somebody gave them now, `SKIP` for a column that is left out.
        kept: the same from an earlier table.
    """
    found = [_told(column, told, kept, names) or _by_name(column, names) for column in columns]
    return tuple(_distinct(found))


def plain(name: str) -> str:
    """A name without blanks, signs, widths and cases."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def _told(
    column: str, told: Mapping[str, str], kept: Mapping[str, str], names: Mapping[str, Sequence[str]]
) -> Match | None:
    for how, given in ((How.TOLD, told), (How.KEPT, kept)):
        field = given.get(column)
        if field == SKIP:
            return Match(column, SKIP, How.SKIPPED)
        if field is not None and field in names:
            return Match(column, field, how)
    return None


def _by_name(column: str, names: Mapping[str, Sequence[str]]) -> Match:
    for how, form in ((How.SAME, str.strip), (How.ALIKE, plain), (How.ALIKE, _bare)):
        fields = [key for key, own in names.items() if form(column) and form(column) in map(form, own)]
        if len(fields) == 1:
            first = form(column) == form(names[fields[0]][0])
            return Match(column, fields[0], how, 1.0 if first else _OTHER)
        if fields:
            return Match(column, SKIP, How.OPEN, 1.0, tuple(fields))
    return _near(column, names)


def _bare(name: str) -> str:
    """A name without what stands in brackets, such as units."""
    return plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", name)))


def _near(column: str, names: Mapping[str, Sequence[str]]) -> Match:
    scores = sorted(((_score(column, own), key) for key, own in names.items()), reverse=True)
    best = [key for score, key in scores[:4] if score >= _LIKELY]
    if not scores or scores[0][0] < NEAR or (len(scores) > 1 and scores[0][0] - scores[1][0] < _APART):
        return Match(column, SKIP, How.OPEN, scores[0][0] if scores else 0.0, tuple(best))
    return Match(column, scores[0][1], How.NEAR, scores[0][0], tuple(best))


def _score(column: str, own: Iterable[str]) -> float:
    return max(SequenceMatcher(None, _bare(column), _bare(name)).ratio() for name in own)


def _distinct(found: Sequence[Match]) -> Iterable[Match]:
    """Of several columns for one field, the surest keeps it where it is surer than all others."""
    for match in found:
        rivals = [other for other in found if other is not match and other.field == match.field and match.field]
        stronger = [other for other in rivals if _rank(other) <= _rank(match)]
        if stronger:
            yield replace(
                match, field=SKIP, how=How.OPEN, candidates=(match.field, *match.candidates), taken=stronger[0].column
            )
        else:
            yield match


def _rank(match: Match) -> tuple[int, float]:
    """How sure a match is: a field's own name goes before its other names."""
    return _SURENESS.index(match.how), -match.score if match.how in (How.SAME, How.ALIKE) else 0
