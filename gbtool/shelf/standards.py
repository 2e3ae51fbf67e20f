"""Standards: a folder checklists/<family>/<edition>/ each, its clauses with a firm's corrections laid over them."""

import re
from pathlib import Path

from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standard import Change, Clause, Source, Standard
from gbtool.model.standards.head import Head, Related
from gbtool.model.standards.words import USUAL
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves
from gbtool.structs import Frozen, names_of, replace

FOLDER = "checklists"
HEAD = "standard.yaml"
CLAUSES = "clauses.yaml"
RELATED = "checklists/standards.yaml"
_TWO = 2
_DEPTH = 4  # checklists/<family>/<edition>/standard.yaml


class _Source(Frozen):
    id: str
    what: str = ""
    url: str = ""
    note: str = ""


class _Clause(Frozen):
    key: str
    number: str
    title: str
    cite_as: str
    confidence: str
    number_status: str
    existence: str
    auditable: bool = False
    requirement: str = ""
    items: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    note: str = ""
    alternatives: tuple[str, ...] = ()
    content_basis: str = ""


class _File(Frozen):
    clauses: tuple[_Clause, ...]
    text_note: str = ""
    terms: tuple[object, ...] = ()
    annexes: tuple[object, ...] = ()
    unconfirmed_candidates: tuple[object, ...] = ()
    sources: tuple[_Source, ...] = ()
    place: Place = NOWHERE


class _Related(Frozen):
    related: tuple[Related, ...] = ()
    place: Place = NOWHERE


class Correction(Frozen):
    """What a firm that owns the standard corrects of one clause; cite_as follows the number where it is not given."""

    key: str
    number: str = ""
    title: str = ""
    cite_as: str = ""
    confidence: str = "high"
    number_status: str = "confirmed"
    existence: str = "confirmed"
    place: Place = NOWHERE


class _Corrections(Frozen):
    clauses: tuple[Correction, ...] = ()


class _Changes(Frozen):
    map: tuple["_Change", ...]


class _Change(Frozen):
    change: str
    confidence: str
    from_: str = ""
    to: tuple[str, ...] = ()


def heads(shelves: Shelves) -> tuple[Head, ...]:
    """What every standard on the shelves says of itself, family by family, the oldest edition first.

    Raises:
        FileFaults: a head does not fit, or two standards have one key.
    """
    found: dict[str, Head] = {}
    for path in shelves.list(FOLDER, HEAD):
        nearest = shelves.find(path)
        if nearest is None or path.count("/") != _DEPTH - 1:
            continue
        head = replace(read(Head, nearest[1], path), folder=path.rpartition("/")[0])
        if head.key in found:
            other = found[head.key].folder
            raise FileFaults([Complaint(str(head.place), f"标准的键“{head.key}”与 {other}/{HEAD} 重复")])
        _refuse_strange_words(head)
        found[head.key] = head
    return tuple(sorted(found.values(), key=lambda each: (each.family, each.in_force_from)))


def _refuse_strange_words(head: Head) -> None:
    """Raise where a standard says a word otherwise that no text asks for.

    Raises:
        FileFaults: with every such word.
    """
    wrong = [word for word in (*head.terms, *head.done_by) if word not in USUAL]
    if wrong:
        fix = f"可以换的词：{'、'.join(USUAL)}"
        raise FileFaults(
            Complaint(str(head.place), f"没有通用的词“{each}”{did_you_mean(each, USUAL)}", fix) for each in wrong
        )


def head(key: str, shelves: Shelves) -> Head:
    """What a standard says of itself.

    Raises:
        FileFaults: no shelf has it.
    """
    known = heads(shelves)
    found = next((each for each in known if each.key == key), None)
    if found is None:
        keys = "、".join(each.key for each in known)
        raise FileFaults([Complaint("", f"没有 {key} 版的条款数据", f"可用的版本：{keys}")])
    return found


def folder_of(key: str, shelves: Shelves) -> str:
    """The folder of a standard below the shelves; a place where nothing stands when no shelf has it."""
    return next((each.folder for each in heads(shelves) if each.key == key), f"{FOLDER}/{key}")


def named(word: str, shelves: Shelves) -> Head:
    """The standard that somebody means by a key, a code or a year that only one of them has.

    Raises:
        UsageError: none or several are meant.
    """
    known, flat = heads(shelves), _flat(word)
    found = (
        [each for each in known if flat in (_flat(each.key), _flat(each.code))]
        or [
            each
            for each in known
            if flat in (each.edition, _flat(each.family), _digits(each.family)) and not each.superseded_on
        ]
        or [each for each in known if flat == each.edition]
    )
    if len(found) != 1:
        listed = "、".join(f"{each.key}（{each.code}）" for each in found or known)
        raise UsageError(f"“{word}”指的标准有几个" if found else f"没有标准“{word}”", f"可用的：{listed}")
    return found[0]


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)


def _flat(word: str) -> str:
    return re.sub(r"[\s/:：—–-]+", "", word).upper()


def editions(shelves: Shelves, family: str = "") -> tuple[str, ...]:
    """The keys of the standards on the shelves, or of one family, oldest first."""
    return tuple(each.key for each in heads(shelves) if family in ("", each.family))


def usual(shelves: Shelves, entity: str = "") -> str:
    """The standard that an entity of this kind takes when nobody has said another: the newest that can be certified.

    Raises:
        FileFaults: no standard is on the shelves.
    """
    known = heads(shelves)
    fitting = [each for each in known if each.certifiable and not each.superseded_on]
    own = [each for each in fitting if entity in each.audience] or fitting or known
    if not own:
        raise FileFaults([Complaint(FOLDER, "书架上没有一个标准")])
    return max(own, key=lambda each: each.in_force_from).key


def related(shelves: Shelves) -> tuple[Related, ...]:
    """Standards that consultants are asked about and of which only name and status are known."""
    found = shelves.find(RELATED)
    return read(_Related, found[1], RELATED).related if found else ()


def standard(key: str, shelves: Shelves) -> Standard:
    """A standard with the corrections that nearer shelves lay over the farthest.

    Raises:
        FileFaults: the standard is unknown or a correction is wrong.
    """
    own = head(key, shelves)
    path = f"{own.folder}/{CLAUSES}"
    nearest_first = shelves.all(path)
    if not nearest_first:
        raise FileFaults([Complaint(path, "找不到文件", "每个标准的文件夹里都要有条款")])
    *nearer, farthest = nearest_first
    found = _whole(own, *farthest)
    for _, override in reversed(nearer):
        found = _corrected(found, read(_Corrections, override, override.as_posix()).clauses)
    return found


def _whole(own: Head, shelf: Shelf, file: Path) -> Standard:
    name = f"{own.folder}/{CLAUSES}" if shelf is SHIPPED else file.as_posix()
    return _joined(own, read(_File, file, name))


def _joined(own: Head, file: _File) -> Standard:
    names = names_of(Clause)
    clauses = tuple(Clause(**{name: getattr(clause, name) for name in names}) for clause in file.clauses)
    sources = tuple(Source(source.id, source.what, source.url) for source in file.sources)
    return Standard(own, _sorted(clauses), sources)


def _sorted(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(sorted(clauses, key=lambda clause: clause.id.parts))


def _corrected(standard_: Standard, corrections: tuple[Correction, ...]) -> Standard:
    wanted = {correction.key: correction for correction in corrections}
    known = [clause.key for clause in standard_]
    unknown = [correction for correction in corrections if correction.key not in known]
    if unknown:
        raise FileFaults(
            Complaint(
                str(each.place), f"没有条款键“{each.key}”{did_you_mean(each.key, known)}", "全部的键：gbtool clauses"
            )
            for each in unknown
        )
    return replace(
        standard_,
        clauses=_sorted(tuple(_correct(clause, wanted.get(clause.key)) for clause in standard_)),
    )


def _correct(clause: Clause, correction: Correction | None) -> Clause:
    if correction is None:
        return clause
    number = correction.number or clause.number
    return replace(
        clause,
        number=number,
        title=correction.title or clause.title,
        cite_as=correction.cite_as or number,
        confidence=correction.confidence,
        number_status=correction.number_status,
        existence=correction.existence,
    )


def changes(shelves: Shelves, family: str) -> tuple[Change, ...]:
    """What became of each clause from the oldest to the newest edition of a family; none where nobody compared them."""
    known = [each for each in heads(shelves) if each.family == family]
    if len(known) < _TWO:
        return ()
    first, last = (each.folder.rpartition("/")[2] for each in (known[0], known[-1]))
    path = f"{known[0].folder.rpartition('/')[0]}/{first}-{last}.yaml"
    found = shelves.find(path)
    file = read(_Changes, found[1], path) if found else _Changes(())
    return tuple(Change(change.from_, change.to, change.change, change.confidence) for change in file.map)
