"""What the commands of audit and review share: facts with a desk, numbers, keeping entries and papers together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.workspace import DOCUMENTS, OUTPUT, Workspace
from gbtool.documents.desk import Desk
from gbtool.documents.placing import placed
from gbtool.documents.plan import file_name
from gbtool.errors import Refused, UsageError
from gbtool.model.document import Specification
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules.consequences import Objection, Objections
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

AUDIT, REVIEW = "内审", "管理评审"
OLD = "旧稿"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a command made: new, same, kept (it is there and differs), or renewed (the old one put aside)."""

    path: str
    outcome: str


@dataclass(slots=True)
class Papers:
    """Files on their way to their places: what stands there already and differs is kept, or put aside on request."""

    work: Workspace
    again: bool = False
    files: dict[Path, bytes] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def word(self, folder: str, name: str, data: bytes) -> None:
        """A Word file `文件/<folder>/<name>.docx`."""
        self._put(f"{DOCUMENTS}/{folder}/{file_name('', name).strip()}", data)

    def text(self, name: str, text: str) -> None:
        """A text file `输出/<name>`; one that is there is never written over."""
        safe = file_name("", name).strip().removesuffix(".docx")
        self._put(f"{OUTPUT}/{safe}.yaml", text.encode())

    def _put(self, path: str, data: bytes) -> None:
        target = self.work.folder / path
        if not target.exists():
            outcome = "new"
        elif target.is_file() and target.read_bytes() == data:
            outcome = "same"
        elif not (self.again and target.is_file()):
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


def keep(work: Workspace, action: Action, kept: Sequence[Entry], papers: Papers | None = None) -> None:
    """Entries into the ledger and files into their places: all or nothing.

    Raises:
        LedgerInUse: another command writes.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    files: Mapping[Path, bytes] = papers.files if papers else {}
    if not kept:
        with placed(files):
            return
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(action) as change,
        placed(files),
    ):
        entries.put(change, kept)
        change.finish()


def desk_for(work: Workspace, facts: Facts) -> Desk:
    """The desk on which this client's papers are made."""
    return drafts.desk(work, facts)


def specification(id_: str, facts: Facts) -> Specification:
    """A form or paper of the catalogue.

    Raises:
        UsageError: this client has none of this id.
    """
    found = next((s for s in facts.applicable if s.id == id_), None)
    if found is None:
        raise UsageError(f"这家企业没有“{id_}”", "它的标准版本还没有回答：gbtool profile set standard_edition=2023")
    return found


def number_of(id_: str, facts: Facts) -> str:
    """The number of a form or paper of this client.

    Raises:
        UsageError: the client has no code yet.
    """
    if not facts.client.code:
        raise UsageError("company_code 还没有回答，编不出编号", "先回答：gbtool profile set company_code=…")
    return specification(id_, facts).number.replace("{company_code}", facts.client.code)


def about(id_: str, facts: Facts) -> dict[str, object]:
    """What a record keeps of its form: number, title, and version and effective day once it was issued."""
    document = facts.document(id_)
    issued = {"version": document.version, "effective": document.effective} if document and document.in_force else {}
    title = specification(id_, facts).title_in(facts.client.edition)
    return {"number": number_of(id_, facts), "title": title, **issued}


def running(prefix: str, taken: Iterable[str], digits: int = 2) -> str:
    """The prefix with the next running number: one more than the highest that is there."""
    found = [re.fullmatch(rf"{re.escape(prefix)}-(\d+)", each) for each in taken]
    highest = max((int(match[1]) for match in found if match), default=0)
    return f"{prefix}-{highest + 1:0{digits}}"


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


def late(day: date, today: date) -> str:
    """A remark on what is entered on another day than it happened."""
    return f"（{day} 发生，{today} 录入）" if day != today else ""
