"""`gbtool generate`: what became of each document; where nothing changed since a run that wrote nothing, at once.

Like a build tool that has no work to do: a run that ended with nothing to write leaves the state of all that it read,
and what it told. While the state is the same, so is the answer, and nothing is gathered or drafted.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gbtool.commands.edits import retold
from gbtool.commands.edits.state import FIRM, State, state
from gbtool.commands.workspace import Workspace
from gbtool.model.difference import Side, Take
from gbtool.model.document import DocumentKind, Made, Outcome
from gbtool.model.question import Kind
from gbtool.remembering import Memory, memory_for
from gbtool.structs import Frozen, replace, values_of

if TYPE_CHECKING:
    from gbtool.commands.making import Run

_OTHERS = ("unwritten", "elsewhere", "outdated")


class Request(Frozen):
    """What to generate: these documents or kinds (all when empty), to see or to write; where compiled texts lie.

    `take` says whose text stands where a person and gbtool both changed a document.
    """

    ids: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    dry_run: bool = False
    cache: Path | None = None
    take: Take | None = None

    @property
    def key(self) -> str:
        """Which documents are asked for, as a hash."""
        return sha256("\0".join(("", *self.ids, "", *self.kinds)).encode("utf-8", "surrogatepass")).hexdigest()


class Named(Frozen):
    """A document of the catalogue that is not made here, and the command that makes it if there is one."""

    id: str
    title: str
    made_by: str = ""


class Generation(Frozen):
    """What became of each document, which of the catalogue have no text yet, and which other commands make.

    `outdated` are those whose own text was written over a shipped one that has changed since.
    """

    made: tuple[Made, ...]
    unwritten: tuple[Named, ...] = ()
    dry_run: bool = False
    elsewhere: tuple[Named, ...] = ()
    outdated: tuple[Named, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Made, ...]:
        """The documents with an outcome."""
        return tuple(made for made in self.made if made.outcome is outcome)


def generate(work: Workspace, today: date, request: Request) -> Generation:
    """Draft everything first, then write what is new or changed, all or nothing; of differences only conflicts.

    Raises:
        UsageError: an id is unknown or does not apply to this client, or `take` comes without ids.
        FileFaults: the client's facts or a template is wrong.
        DocumentInUse: Word holds one of the files.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    told = memory_for(work.folder, request.cache, "told") if request.cache and work.ledger.exists() else None
    seen = state(work, today) if told and not request.take else None
    found = _retold(told, seen, request) if told and seen else None
    if found:
        return found
    from gbtool.commands.making import make  # noqa: PLC0415 # all that drafts is not needed where nothing changed

    run = make(work, today, request, seen.files if seen else None)
    run = replace(run, generation=_with_conflicts(run.generation))
    if told and seen and run.idle and state(work, today) == seen:  # nobody wrote while it was read
        _keep(told, seen, run, request)
    return run.generation


def _with_conflicts(found: Generation) -> Generation:
    def few(made: Made) -> Made:
        return replace(made, differences=tuple(each for each in made.differences if each.side is Side.CONFLICT))

    return replace(found, made=tuple(few(each) if each.differences else each for each in found.made))


def _retold(told: Memory, seen: State, request: Request) -> Generation | None:
    """What was told in this state; nothing where there is none, or it is not what we wrote."""
    kept = told.get(request.key)
    if not isinstance(kept, dict) or kept.get("state") != seen.digest:
        return None
    try:
        code = seen.own[slice(*kept["code"])].decode()
        made = tuple(retold.unpacked(row, code) for row in kept["made"])
        unwritten, elsewhere, outdated = (tuple(Named(*each) for each in kept[name]) for name in _OTHERS)
    except (KeyError, TypeError, ValueError):
        return None
    return Generation(made, unwritten, request.dry_run, elsewhere, outdated)


def _keep(told: Memory, seen: State, run: "Run", request: Request) -> None:
    """Keep what was told in a state, where all that was read is in the state and no words of a client are told."""
    result, client = run.generation, run.facts.client
    start = seen.own.find(code := client.code.encode("utf-8", "surrogatepass"))
    if not code or start < 0 or not retold.tellable(result.made, seen, _read(run, seen)):
        return
    others = {name: [values_of(each) for each in getattr(result, name)] for name in _OTHERS}
    made = [retold.packed(each, client.code) for each in result.made]
    told.put(request.key, {"state": seen.digest, "code": [start, start + len(code)], "made": made, **others})
    told.save()


def _read(run: "Run", seen: State) -> Iterator[str]:
    """The names of the files that were read because something names them: documents, tables, the firm's logo."""
    client = run.facts.client
    yield from (document.path for document in run.facts.documents)
    yield from ([f"{FIRM}{run.logo}"] if run.logo else ())
    lines = seen.own.decode("utf-8-sig").split("\n")
    for key, place in client.places.items():
        if client.questions[key].type is Kind.FILE and client.get(key) is not None and place.line:
            yield lines[place.line - 1].partition(":")[2].strip().strip("\"'")
