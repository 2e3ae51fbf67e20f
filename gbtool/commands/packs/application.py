"""`gbtool pack application`: what the chosen certification body asks for, looked through, listed, and packed."""

from datetime import date
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.packs.collecting import Collector, Piece
from gbtool.commands.packs.examining import filed, thin
from gbtool.commands.packs.index import KIND, index
from gbtool.commands.packs.writing import Load, Packed, place, refuse_errors, write
from gbtool.commands.readiness import judged
from gbtool.commands.workspace import OUTPUT, Workspace
from gbtool.documents.desk import Desk
from gbtool.documents.papers import paper
from gbtool.model.facts import Facts
from gbtool.model.outside.material import Answer, Application, Material, Materials
from gbtool.shelf.bodies import chosen
from gbtool.shelf.materials import materials
from gbtool.structs import Frozen

INDEX = "目录.docx"


class Ask(Frozen):
    """For which body, to where, whether only to look, sealed with which passphrase."""

    body: str = ""
    target: Path | None = None
    dry_run: bool = False
    passphrase: str = ""
    cache: Path | None = None


def application(work: Workspace, today: date, ask: Ask) -> tuple[Application, Packed | None]:
    """Look through what is asked for; where nothing that must be there is missing, thin or dated wrong, pack it.

    Raises:
        UsageError: nobody described this body, or something is at the target already.
        Refused: `gbtool check` finds errors.
        FileFaults, FolderNotWritable: as for `write`; nothing is left behind.
    """
    facts = gather(work, today)
    body = chosen(work.shelves, ask.body)
    general = materials(work.shelves, facts.standard.key)
    wanted = general.of_body(body.materials)
    desk = drafts.desk(work, facts, ask.cache)
    collector = Collector(work, facts, desk)
    answers, files = [], dict[str, Piece]()
    for material in wanted:
        answer, own = _answered(collector, material, general)
        answers.append(answer)
        files |= own
    found = judged(work, facts)
    made = Application(facts.client.name, body.name, general.source, tuple(answers), found.verdict)
    if ask.dry_run or made.problems:
        return made, None
    suffix = ".zip.age" if ask.passphrase else ".zip"
    default = work.folder / OUTPUT / f"申请材料 {today}{suffix}"
    path = place(ask.target or default, work.folder, inside=True, sealed=bool(ask.passphrase))
    refuse_errors(work, facts)
    return made, write(path, _load(made, files, facts, desk), ask.passphrase)


def _answered(collector: Collector, material: Material, general: Materials) -> tuple[Answer, dict[str, Piece]]:
    """What answers a material, and its files by their names in the pack."""
    pieces, wrong = collector.collect(material)
    problems, files, filed_ = list(wrong), dict[str, Piece](), []
    for piece in pieces:
        data = piece.read()
        name = f"{material.id} {_short(material.name)}/{piece.name}"
        if name not in files:
            problems += thin(piece, data, material, general)
            files[name] = piece
            filed_.append(filed(piece, name, collector.work, data))
    return Answer(material, tuple(filed_), tuple(problems)), files


def _short(name: str) -> str:
    """A name without what stands in brackets: it becomes a folder."""
    return name.partition("（")[0]


def _load(found: Application, files: dict[str, Piece], facts: Facts, desk: Desk) -> Load:
    on_disk = {name: piece.path for name, piece in files.items() if piece.path}
    made = {name: piece.data for name, piece in files.items() if not piece.path}
    about = {"client": facts.client.name, "made": facts.today.isoformat(), "body": found.body}
    return Load(KIND, on_disk, {**made, INDEX: paper(index(found, facts), desk)}, about)
