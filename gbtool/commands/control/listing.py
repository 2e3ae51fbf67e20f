"""`gbtool control list`: the controlled list, compared with what lies on disk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands import gather
from gbtool.commands.control.distribution import copies
from gbtool.commands.edits.said import base_of, edited
from gbtool.commands.workspace import DOCUMENTS, Workspace
from gbtool.documents.plan import SERVICE
from gbtool.model.document import FOLDERS, Document
from gbtool.model.facts import Facts
from gbtool.store import documents
from gbtool.store.database import open_ledger
from gbtool.structs import Frozen


class Listed(Frozen):
    """A line of the controlled list: the document, its state, how many copies are out, what is wrong on disk."""

    document: Document
    state: str
    out: int
    fault: str


class Controlled(Frozen):
    """The controlled list, and the files of the folder that are in nobody's list."""

    listed: tuple[Listed, ...]
    strangers: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the list and the disk say the same."""
        return not self.strangers and not any(each.fault for each in self.listed)


def controlled(work: Workspace, today: date) -> Controlled:
    """Every document with version and state, and what does not agree with the disk."""
    facts = gather.gather(work, today)
    with open_ledger(work.ledger) as ledger:
        changed = frozenset(documents.changed_since_issue(ledger))
        issued = documents.issued_versions(ledger)
    listed = tuple(
        _listed(work, document, facts, issued.get(document.id, "") if document.id in changed else "")
        for document in facts.documents
    )
    known = {document.path for document in facts.documents}
    return Controlled(listed, tuple(path for path in _on_disk(work.folder) if path not in known))


def _listed(work: Workspace, document: Document, facts: Facts, before: str) -> Listed:
    """A line; `before` is the version that was issued where the text is another one now."""
    out = sum(not each.back for each in copies(facts, document))
    return Listed(document, state(document, before), out, _fault(work, document, before))


def state(document: Document, before: str = "") -> str:
    """In force, a new version waiting, withdrawn, or not yet issued."""
    if document.withdrawn:
        return "作废"
    if before not in ("", document.version):
        return f"{document.version} 待发布，{before} 现行"
    return "现行" if document.issued else "待发布"


def _fault(work: Workspace, document: Document, before: str) -> str:
    path = work.folder / document.path
    if not path.is_file():
        return "" if document.withdrawn else "文件不见了"
    if document.in_force and edited(path.read_bytes(), document, base_of(work, document.id)):
        return "发布以后被手改过"
    return "发布以后文字变过，版本没有变" if document.in_force and before == document.version else ""


def _on_disk(folder: Path) -> Iterator[str]:
    """The Word files in the folders of documents, by their path; Word's own lock files are none."""
    for place in (*FOLDERS.values(), SERVICE):
        for path in sorted((folder / DOCUMENTS / place).glob("*.docx")):
            if not path.name.startswith("~$"):
                yield path.relative_to(folder).as_posix()
