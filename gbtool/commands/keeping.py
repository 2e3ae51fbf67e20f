"""What commands of audit and review keep: entries and files, all or nothing; a file that is there is never lost."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from gbtool.commands import following
from gbtool.commands.workspace import DOCUMENTS, OUTPUT, Workspace
from gbtool.commands.writing import allowed, writing
from gbtool.documents.placing import placed
from gbtool.documents.plan import file_name
from gbtool.errors import Refused
from gbtool.model.entry import Entry
from gbtool.model.standards.words import USUAL, Words
from gbtool.rules.consequences import Objection, Objections
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen, Mutable, field

DIAGNOSIS, AUDIT, REVIEW, OUTSIDE = "诊断", "内审", "管理评审", "外审"
OLD = "旧稿"


class Written(Frozen):
    """A file that a command made: new, same, kept (it is there and differs), or renewed (the old one put aside)."""

    path: str
    outcome: str


def folder_of(kind: str, words: Words) -> str:
    """The name of the folder of a kind of papers, in the words of the client's standard."""
    return file_name("", words[kind]).strip().removesuffix(".docx") if kind in USUAL else kind


class Papers(Mutable):
    """Files on their way to their places: what stands there already and differs is kept, or put aside on request."""

    work: Workspace
    again: bool = False
    words: Words = field(default_factory=Words)
    files: dict[Path, bytes] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def word(self, folder: str, name: str, data: bytes) -> None:
        """A Word file `文件/<folder>/<name>.docx`."""
        self._put(f"{DOCUMENTS}/{folder_of(folder, self.words)}/{file_name('', name).strip()}", data, again=self.again)

    def text(self, folder: str, name: str, text: str) -> None:
        """A YAML file to fill, `输出/<folder>/<name>.yaml`; one that is there is never touched."""
        safe = file_name("", name).strip().removesuffix(".docx")
        self._put(f"{OUTPUT}/{folder_of(folder, self.words)}/{safe}.yaml", text.encode(), again=False)

    def book(self, folder: str, name: str, data: bytes) -> None:
        """A workbook to fill, `输出/<folder>/<name>.xlsx`; one that is there is never touched."""
        safe = file_name("", name).strip().removesuffix(".docx")
        self._put(f"{OUTPUT}/{folder_of(folder, self.words)}/{safe}.xlsx", data, again=False)

    def copy(self, path: str, data: bytes) -> None:
        """A file at a path in the client's folder; one that is there and differs is put aside."""
        self._put(path, data, again=True)

    def _put(self, path: str, data: bytes, *, again: bool) -> None:
        target = self.work.folder / path
        if not target.exists():
            outcome = "new"
        elif target.is_file() and target.read_bytes() == data:
            outcome = "same"
        elif not (again and target.is_file()):
            outcome = "kept"
        else:
            self.files[_aside(target)] = target.read_bytes()
            outcome = "renewed"
        if outcome in ("new", "renewed"):
            self.files[target] = data
        self.written.append(Written(path, outcome))


def _aside(target: Path) -> Path:
    number = 1
    while (place := target.parent / OLD / f"{target.stem} {number}{target.suffix}").exists():
        number += 1
    return place


def keep(work: Workspace, action: Action | None, kept: Sequence[Entry], papers: Papers | None = None) -> None:
    """Entries into the ledger (none without an action) and files into their places: all or nothing.

    Raises:
        LedgerInUse: another command writes.
        FolderNotWritable: folder or disk refuses; nothing was changed.
        Refused: another one has the client; what lies in `输出/` alone anybody may make.
    """
    files: Mapping[Path, bytes] = papers.files if papers else {}
    kept = [*map(following.view(work).marked, kept)] if work.standard else kept
    if action is None or not kept:
        if not all(path.is_relative_to(work.folder / OUTPUT) for path in files):
            allowed(work)
        with placed(files):
            return
    with (
        writing(work) as ledger,
        ledger.transaction(action) as change,
        placed(files),
    ):
        entries.put(change, kept)
        change.finish()


def refuse(objections: Objections, what: str) -> tuple[str, ...]:
    """Refuse what rules forbid; what they only remark is given back.

    Raises:
        Refused: with every reason and both its places.
    """
    if objections.hard:
        raise Refused(f"{what}：\n" + "\n".join(map(_reason, objections.hard)), objections.hard[0].fault.fix)
    return tuple(map(str, objections.soft))


def _reason(objection: Objection) -> str:
    places = " ↔ ".join(objection.fault.places)
    return f"{objection}：{places}" if places else str(objection)
