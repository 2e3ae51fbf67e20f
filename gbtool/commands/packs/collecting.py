"""The files that answer a material: controlled documents, papers, records printed from the ledger, the client's own."""

import re
from collections.abc import Iterator
from pathlib import Path

from gbtool.commands.keeping import AUDIT, REVIEW, folder_of
from gbtool.commands.packs.lists import printed
from gbtool.commands.workspace import DOCUMENTS, Workspace
from gbtool.documents.desk import Desk
from gbtool.documents.papers import paper, register
from gbtool.model.document import Document, Specification
from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.outside.material import Material, Need, Problem, Wrong
from gbtool.rules.reading import milestone
from gbtool.structs import Frozen

OWN = "申请材料"
_ID = re.compile(r"[A-Za-z]+[0-9]+")
# What the papers of audit and review are told by in the ledger.
_ENTRIES = {
    "plan-audit": EntryKind.AUDIT_PLAN,
    "report-audit": EntryKind.AUDIT_REPORT,
    "plan-review": EntryKind.REVIEW_PLAN,
    "report-review": EntryKind.REVIEW_REPORT,
}


class Piece(Frozen):
    """A file of a material: its name, and where it lies or what it holds."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> bytes:
        """What it holds."""
        return self.path.read_bytes() if self.path else self.data


class Collector(Frozen):
    """Looks for what answers a material of a client."""

    work: Workspace
    facts: Facts
    desk: Desk

    def collect(self, material: Material) -> tuple[tuple[Piece, ...], tuple[Problem, ...]]:
        """The files, and what is missing or dated wrong; a file of the client's own stands for what is missing."""
        own = tuple(self._own(material))
        found: list[Piece] = []
        wrong: list[Problem] = []
        for each in self._parts(material):
            (found if isinstance(each, Piece) else wrong).append(each)  # type: ignore[arg-type] # one list for each
        if not found and not own and not wrong:
            wrong.append(self._nothing(material))
        if own:
            wrong = [each for each in wrong if each.wrong is not Wrong.MISSING]
        return (*own, *found), tuple(wrong)

    def _nothing(self, material: Material) -> Problem:
        return Problem(Wrong.MISSING, "没有文件", material.hint, blocks=material.required is Need.ALWAYS)

    def _own(self, material: Material) -> Iterator[Piece]:
        folder = self.work.folder / OWN
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            top = _ID.match(path.relative_to(folder).parts[0])
            named = top is not None and top[0].casefold() == material.id.casefold()
            if named and path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$")):
                yield Piece(path.relative_to(folder).as_posix().replace("/", " "), path)

    def _parts(self, material: Material) -> Iterator[Piece | Problem]:
        for specification in self.facts.applicable:
            if specification.audience == "client" and (
                specification.id in material.documents or specification.kind in material.kinds
            ):
                yield from self._document(specification, material)
            elif specification.id in material.made:
                yield from self._paper(specification, material)
            elif specification.id in material.forms:
                yield from self._records(specification, material)

        for name in material.lists:
            made = printed(name, self.facts)
            if made.lines:
                yield Piece(f"{made.paper.title}.docx", data=paper(made.paper, self.desk))
            else:
                yield _missing(material, f"{made.paper.title}：台账里一条都没有", "先在台账里登记")

    def _document(self, specification: Specification, material: Material) -> Iterator[Piece | Problem]:
        title, document = specification.title_in(self.facts.client.edition), self.facts.document(specification.id)
        if document is None or not document.present:
            yield _missing(material, f"《{title}》", f"gbtool generate {specification.id}")
            return
        path = self.work.folder / document.path
        yield Piece(path.name, path)
        yield from self._dates(document, title)

    def _dates(self, document: Document, title: str) -> Iterator[Problem]:
        if not document.in_force:
            yield Problem(Wrong.DATE, f"《{title}》还没有发布", f"gbtool issue {document.id}")
        elif document.effective > self.facts.today.isoformat():
            yield Problem(Wrong.DATE, f"《{title}》{document.effective} 才实施", "实施以后再申请")

    def _paper(self, specification: Specification, material: Material) -> Iterator[Piece | Problem]:
        """A paper that audit or review made: its file, and the days that the ledger has for it."""
        title = specification.title_in(self.facts.client.edition)
        folders = (self.work.folder / DOCUMENTS / folder_of(name, self.facts.words) for name in (AUDIT, REVIEW))
        found = [p for folder in folders for p in sorted(folder.glob("*.docx")) if p.stem.endswith(title)]
        if not found:
            yield _missing(material, f"《{title}》的文件", specification.made_by)
        yield from (Piece(path.name, path) for path in found[-1:])
        entry = self.facts.one(_ENTRIES[specification.id]) if specification.id in _ENTRIES else None
        day = milestone(entry, "issued", self.facts) or milestone(entry, "approved", self.facts)
        if entry is not None and day is None:
            yield Problem(Wrong.DATE, f"《{title}》没有批准日期", "批准并发布")
        if day is not None and material.period:
            yield from self._within(day.day.isoformat(), f"《{title}》")

    def _records(self, specification: Specification, material: Material) -> Iterator[Piece | Problem]:
        title, records = specification.title_in(self.facts.client.edition), self.facts.records(specification.id)
        if not records:
            if not (specification.id == "rec-nc-report" and self.facts.one(EntryKind.AUDIT_REPORT)):
                yield _missing(material, f"《{title}》的记录", f"gbtool ledger add {specification.id}")
            return
        kept = [record for record in records if not material.period or self._in_period(record.date)]
        yield Piece(f"{title}.docx", data=register(specification, kept or records, self.desk))
        if not kept:
            yield from self._within(records[-1].date, f"《{title}》最后一条")

    def _in_period(self, day: str) -> bool:
        start = self.facts.effective
        return bool(start and start.isoformat() <= day <= self.facts.today.isoformat())

    def _within(self, day: str, what: str) -> Iterator[Problem]:
        start, found = self.facts.effective, as_date(day)
        if start is None or found is None or found < start:
            yield Problem(Wrong.DATE, f"{what}（{day}）早于体系实施日 {start or '（没有）'}", "运行以后重新做")
        elif found > self.facts.today:
            yield Problem(Wrong.DATE, f"{what}（{day}）晚于申请日 {self.facts.today}", "做完以后再申请")


def _missing(material: Material, what: str, fix: str) -> Problem:
    return Problem(Wrong.MISSING, f"没有{what}", fix, blocks=material.required is Need.ALWAYS)
