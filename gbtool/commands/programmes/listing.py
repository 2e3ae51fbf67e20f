"""`gbtool programme list` and `show`: the programmes on the shelves and where they stand on a day."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gbtool.errors import UsageError
from gbtool.model.outside.published import Published, Rulebook
from gbtool.model.programme import Programme, Standing, Steps
from gbtool.shelf import programmes, standards
from gbtool.shelf.certification import rulebook
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import Shelves, client_above, firm_above, shelves_of
from gbtool.structs import Frozen


class Catalogue(Frozen):
    """All programmes by id, the rules of certification, those that are asked with every programme, the plans."""

    programmes: Mapping[str, Programme]
    book: Rulebook
    common: tuple[str, ...]
    steps: Mapping[str, Steps]

    def named(self, word: str) -> Programme:
        """The programme that is meant: by its id, or by a word that only one has in its region, name, title or number.

        Raises:
            UsageError: none is meant, or several.
        """
        by_id = {id_.lower(): each for id_, each in self.programmes.items()}
        if word.lower() in by_id:
            return by_id[word.lower()]
        found = [each for each in self.programmes.values() if word in _text(each)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"“{word}”有 {len(found)} 个项目", f"写编号：{'、'.join(each.id for each in found)}")
        raise UsageError(f"没有项目“{word}”{did_you_mean(word, self.programmes)}", "看 gbtool programme list")

    def also(self) -> tuple[Published, ...]:
        """The rules of certification that are asked with every programme."""
        return tuple(self.book.rules[id_] for id_ in self.common if id_ in self.book.rules)


def catalogue(shelves: Shelves) -> Catalogue:
    """What the shelves hold.

    Raises:
        FileFaults: a file of rules or programmes is wrong.
    """
    book = rulebook(shelves)
    found = programmes.programmes(shelves, book.rules)
    return Catalogue(found, book, programmes.common(shelves), programmes.steps(shelves))


def around(where: Path) -> Catalogue:
    """What the shelves of the client and the firm around a folder hold; neither need be there."""
    folder = where.resolve()
    return catalogue(shelves_of(client_above(folder), firm_above(folder)))


def replaced(where: Path, programme: Programme) -> str:
    """The day on which the edition of the standard by which a programme goes was superseded; empty where none was."""
    folder = where.resolve()
    known = standards.heads(shelves_of(client_above(folder), firm_above(folder)))
    return next((each.superseded_on or "" for each in known if each.key == programme.edition), "")


def listed(where: Path, today: date, word: str = "") -> tuple[tuple[Programme, Standing], ...]:
    """The programmes whose region, name or title has a word, with where each stands on a day; current ones first."""
    order = list(Standing)
    found = [(each, each.standing(today)) for each in around(where).programmes.values() if word in _text(each)]
    return tuple(sorted(found, key=lambda pair: (order.index(pair[1]), pair[0].region, pair[0].id)))


def _text(programme: Programme) -> str:
    return f"{programme.id}{programme.region}{programme.name}{programme.title}{programme.doc_no}"
