"""Documents that need not be drafted again: nothing that they are made from has changed since gbtool wrote them.

The user's cache folder has a file for each client's folder with hashes only: of what each document was made from, and
of the file that was made. Where all of them are as they were and the file still lies there, or the ledger has its
bytes, these are what drafting would make.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from gbtool.documents import drafting, guard
from gbtool.documents.desk import Desk
from gbtool.documents.origins import Origins, digest
from gbtool.documents.plan import Planned
from gbtool.model.document import Document
from gbtool.remembering import Memory, memory_for
from gbtool.structs import Frozen

Base = Callable[[], bytes | None]


class Recall(Frozen):
    """Drafts the documents of a client's folder, those that would be the same without drafting them."""

    folder: Path
    desk: Desk
    known: Mapping[str, Document]
    memory: Memory | None
    origins: Origins

    def made(self, planned: Planned) -> str:
        """The hash of the file that drafting would make; empty where nobody knows without drafting."""
        fixed = self.origins.fixed(planned) if self.memory else ""
        kept = self.memory.get(planned.specification.id) if self.memory and fixed else None
        if not isinstance(kept, dict) or kept.get("fixed") != fixed:
            return ""
        names, asked = kept.get("names"), kept.get("asked")
        same = isinstance(names, list) and asked and self.origins.asked(map(str, names)) == asked
        return str(kept.get("sha256")) if same else ""

    def draft(self, planned: Planned, base: Base) -> bytes:
        """The Word file of a document; `base` gets the bytes that gbtool made last.

        Raises:
            StillOpen: its text prints an answer that is open, or reports on what the ledger does not hold.
            FileFaults: a template does not work; with file and line.
        """
        made = self.made(planned)
        data = self._lying(planned, made, base) if made else None
        if data is not None:
            return data
        self.desk.environment.asked.clear()
        data = drafting.draft(planned, self.desk)
        self._keep(planned, data)
        return data

    def left(self, planned: Planned, lying: str) -> bool:
        """Whether the file that lies there, by its hash, is one that a person left and that was only kept before."""
        kept = self.memory.get(planned.specification.id) if self.memory else None
        return isinstance(kept, dict) and kept.get("left") == self._lies(planned, lying)

    def leave(self, planned: Planned, lying: str) -> None:
        """Such a file was kept, with no conflict."""
        kept = self.memory.get(planned.specification.id) if self.memory else None
        if self.memory and isinstance(kept, dict):
            self.memory.put(planned.specification.id, {**kept, "left": self._lies(planned, lying)})

    def _lies(self, planned: Planned, lying: str) -> str:
        return digest((lying, self.made(planned), self.known.get(planned.specification.id)))

    def counted(self, planned: Planned, data: bytes) -> None:
        """What was drafted was kept as these bytes, in which pages were counted."""
        kept = self.memory.get(planned.specification.id) if self.memory else None
        if self.memory and isinstance(kept, dict):
            self.memory.put(planned.specification.id, {**kept, "sha256": guard.sha256(data)})

    def save(self) -> None:
        """Keep what was learnt for the next time."""
        if self.memory:
            self.memory.save()

    def _lying(self, planned: Planned, sha256: str, base: Base) -> bytes | None:
        """The bytes of this hash, from the file that lies there or from the ledger."""
        document = self.known.get(planned.specification.id)
        if document is None:
            return None
        try:
            data: bytes | None = (self.folder / document.path).read_bytes()
        except OSError:
            data = None
        if data is None or guard.sha256(data) != sha256:
            data = base()
        return data if data is not None and guard.sha256(data) == sha256 else None

    def _keep(self, planned: Planned, data: bytes) -> None:
        fixed = self.origins.fixed(planned) if self.memory else ""
        names = sorted(self.desk.environment.asked)
        asked = self.origins.asked(names) if fixed else ""
        if self.memory and asked:
            kept = {"fixed": fixed, "names": names, "asked": asked, "sha256": guard.sha256(data)}
            self.memory.put(planned.specification.id, kept)


def recall(folder: Path, desk: Desk, known: Mapping[str, Document], cache: Path | None) -> Recall:
    """What is remembered of a client's folder in a cache folder; nothing without one."""
    memory = memory_for(folder, cache, "drafted") if cache else None
    return Recall(folder, desk, known, memory, Origins(desk))
