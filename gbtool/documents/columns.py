"""The columns of a form's table: how wide each must be, and in how many decks they stand when one row is not enough."""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from gbtool.model.document import Field
from gbtool.structs import Frozen
from gbtool.word import wordml

_SIZE = 180  # twips of a full-width character in 小五, with some air
_PADDING = 190
_BY_HAND = wordml.cm(2.0)
_TYPICAL = {
    "date": 5.5,
    "period": 9.0,
    "id": 7.0,
    "person": 3.5,
    "number": 3.0,
    "percent": 3.0,
    "money": 4.5,
    "bool": 3.0,
}
_LONGEST, _MOST_TICKS = 14.0, 3


class Column(Frozen):
    """A column: the width that it wants in twips, that below which nobody can write into it; whether it `grows`.

    One that grows stands beside all decks of a row: the number of the row.
    """

    field: Field
    wish: int
    least: int
    grows: bool = False


def column_of(field: Field, longest: float = 0.0) -> Column:
    """The column of a field; `longest` is its longest value in full-width characters, 0 while it is empty."""
    if field.name == "序号":
        return Column(field, 3 * _SIZE, 2 * _SIZE + _PADDING, grows=True)
    head = min(wordml.width_of(field.name), 6.0)
    choices = max((len(choice) + 1.5 for choice in field.choices), default=0.0)
    typical = _TYPICAL.get(field.type, 8.0 if field.type in ("text", "long") else 5.0)
    wish = round(max(head, choices, typical, min(longest, _LONGEST)) * _SIZE) + _PADDING
    return Column(field, wish, min(wish, _BY_HAND))


def ticks(field: Field) -> bool:
    """Whether the choices of a column are printed in every cell, to be ticked."""
    choices = 2 if field.type == "bool" else len(field.choices)
    return choices <= _MOST_TICKS and max((len(choice) for choice in field.choices), default=1) <= 6  # noqa: PLR2004


class Deck(Frozen, dict=True):
    """One of the rows in which an entry is written: its columns, on the grid of the whole table."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    spans: tuple[int, ...]

    @cached_property
    def cells(self) -> tuple[tuple[Column, int, int], ...]:
        """Each cell: its column, its width, how many columns of the grid it spans."""
        ends = [*accumulate(self.spans)]
        widths = (sum(self.widths[end - span : end]) for end, span in zip(ends, self.spans, strict=True))
        return tuple(zip(self.columns, widths, self.spans, strict=True))


def decks(columns: Sequence[Column], width: int) -> tuple[Deck, ...]:
    """The columns in as few decks as leave every cell wide enough to write in."""
    first = [column for column in columns if column.grows][:1]
    others = [column for column in columns if column not in first] if first else [*columns]
    room = width - sum(column.least for column in first)
    count = max(1, -(-sum(column.least for column in others) // room))
    size = -(-len(others) // count)
    parts = [others[at : at + size] for at in range(0, len(others), size)] or [[]]
    lead = sum(column.least for column in first)
    shares = [_shared(part, width - lead) for part in parts]
    if len(parts) == 1:
        widths = (*(column.least for column in first), *shares[0])
        return (Deck((*first, *parts[0]), widths, (1,) * len(widths)),)
    return tuple(_stacked(first, part, size, width) for part in parts)


def _stacked(first: Sequence[Column], part: Sequence[Column], size: int, width: int) -> Deck:
    """A deck on an even grid; the last cell of a shorter deck takes the rest."""
    lead = sum(column.least for column in first)
    each = (width - lead) // size
    grid = (*(column.least for column in first), *([each] * (size - 1)), width - lead - each * (size - 1))
    spans = [1] * (len(first) + len(part))
    spans[-1] += size - len(part)
    return Deck((*first, *part), grid, tuple(spans))


def _shared(part: Sequence[Column], room: int) -> list[int]:
    """The widths of columns that fill the room: what each wants, more or less of it, never below its least."""
    wishes = [column.wish for column in part]
    least = [column.least for column in part]
    if sum(wishes) <= room:
        widths = [wish * room // max(sum(wishes), 1) for wish in wishes]
    else:
        spare = room - sum(least)
        more = [wish - low for wish, low in zip(wishes, least, strict=True)]
        widths = [low + spare * extra // max(sum(more), 1) for low, extra in zip(least, more, strict=True)]
    if widths:
        widths[-1] += room - sum(widths)
    return widths
