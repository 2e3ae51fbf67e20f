"""What becomes of one document's file: which files are written and taken away, and what the ledger keeps of it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.edits.places import copy_of, draft_beside
from gbtool.commands.edits.said import hash_of
from gbtool.documents import guard
from gbtool.documents.guard import Known, Verdict
from gbtool.model.difference import Dispute, Side, Take
from gbtool.model.document import Document, Outcome
from gbtool.store.pristine import Pristine
from gbtool.structs import Frozen, field, replace
from gbtool.word import reading

OCCUPIED = "新名称的位置上已有别的文件"


class Fresh(Frozen):
    """A document as gbtool has just made it: what the ledger would keep of it, and its bytes."""

    document: Document
    data: bytes


class Before(Frozen):
    """What the ledger knows of a document, and how to get the bytes that gbtool made last."""

    document: Document | None = None
    pristine: Pristine | None = None
    base: Callable[[], bytes | None] = lambda: None


class Fate(Frozen):
    """What becomes of a document: files to write and take away, rows to keep, and what to tell of it."""

    verdict: Verdict
    path: str
    files: Mapping[Path, bytes] = field(default_factory=dict)
    removed: tuple[Path, ...] = ()
    document: Document | None = None
    pristine: Pristine | None = None
    copy: str = ""
    beside: str = ""


class Decider(Frozen):
    """Decides in a client's folder on a day; `take` says whose text stands in conflicts."""

    folder: Path
    today: date
    take: Take | None = None

    def decide(self, fresh: Fresh, before: Before) -> Fate:
        """What becomes of the file of a document."""
        old = before.document
        path = old.path if old else fresh.document.path
        lying = _lying(self.folder / path)
        if old and lying is None and path != fresh.document.path:
            old, path = None, fresh.document.path
            lying = _lying(self.folder / path)
        return self._fate(fresh, replace(before, document=old), path, lying)

    def _fate(self, fresh: Fresh, before: Before, path: str, lying: "bytes | _Unreadable | None") -> Fate:
        if isinstance(lying, _Unreadable):
            return Fate(Verdict(Outcome.KEPT, note=guard.UNREADABLE), path)
        document, pristine = before.document, before.pristine
        made = (pristine.sha256 if pristine else "") or (document.sha256 if document else "")
        known = Known(document, made, before.base, frozenset(pristine.disputes if pristine else ()))
        verdict = guard.verdict(lying, fresh.data, known, self.take)
        moves = path != fresh.document.path
        if moves and verdict.outcome is Outcome.SAME:
            verdict = replace(verdict, outcome=Outcome.CHANGED, data=fresh.data, copy=lying != fresh.data)
        if moves and verdict.data is not None and self._occupied(fresh.document.path, verdict.data):
            return Fate(Verdict(Outcome.KEPT, note=OCCUPIED), fresh.document.path)
        return self._carried_out(fresh, before, verdict, (path, lying))

    def _occupied(self, path: str, data: bytes) -> bool:
        target = self.folder / path
        return target.exists() and _lying(target) != data

    def _carried_out(self, fresh: Fresh, before: Before, verdict: Verdict, lies: tuple[str, bytes | None]) -> Fate:
        path, lying = lies
        files: dict[Path, bytes] = {}
        removed: list[Path] = []
        copy = None
        lay = self.folder / path
        if verdict.data is not None:
            files[lay if path == fresh.document.path else self.folder / fresh.document.path] = verdict.data
            if path != fresh.document.path:
                removed.append(lay)
            if verdict.copy and lying is not None:
                copy = copy_of(self.folder, path, lying, self.today)
                files[copy] = lying
            path = fresh.document.path
        disputes = tuple(Dispute(d.base, d.theirs, d.ours) for d in verdict.differences if d.side is Side.CONFLICT)
        beside = draft_beside(self.folder, fresh.document.path) if disputes else None
        if beside:
            files[beside] = fresh.data
        removed += _obsolete(self.folder, before.pristine, beside)
        told = "" if beside is None else self._relative(beside)
        sha256 = guard.sha256(fresh.data) if beside else ""
        pristine = Pristine(fresh.document.id, fresh.document.sha256, disputes, told, sha256)
        return Fate(
            verdict,
            path,
            {place: data for place, data in files.items() if (lying if place == lay else _lying(place)) != data},
            tuple(removed),
            _row(fresh, before, verdict, path),
            pristine if verdict.settled else None,
            "" if copy is None else self._relative(copy),
            told,
        )

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


class _Unreadable:
    """Something that cannot be read lies there."""


def _lying(path: Path) -> bytes | _Unreadable | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return _Unreadable()


def _row(fresh: Fresh, before: Before, verdict: Verdict, path: str) -> Document | None:
    """What the ledger keeps of a document: the file that lies there after this."""
    if verdict.data is None and verdict.outcome is not Outcome.SAME:
        old = before.document
        if old is None:
            return replace(fresh.document, path=path) if verdict.settled else None
        replaced = verdict.settled and old.sha256 != fresh.document.sha256  # the ledger's copy of it
        return replace(old, content=hash_of(old, before.base)) if replaced else old
    if verdict.data is None or verdict.data == fresh.data:
        return fresh.document
    content = reading.content(verdict.data).digest
    return replace(fresh.document, sha256=guard.sha256(verdict.data), content=content)


def _obsolete(folder: Path, pristine: Pristine | None, beside: Path | None) -> list[Path]:
    """The draft that was laid beside for a conflict that is over, unless somebody works on it."""
    if pristine is None or not pristine.beside or folder / pristine.beside == beside:
        return []
    place = folder / pristine.beside
    data = _lying(place)
    return [place] if isinstance(data, bytes) and guard.sha256(data) == pristine.beside_sha256 else []
