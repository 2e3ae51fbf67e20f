"""The example engagements as facts, for tests: read from examples/ through the product's own readers."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.gather import for_everybody, gather
from gbtool.commands.ledger.import_files import read_source
from gbtool.commands.workspace import Workspace, workspace
from gbtool.model.client import Client
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.forms.fitting import fitted
from gbtool.structs import Frozen, replace

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
BROKEN = Path(__file__).parent / "data" / "broken"
READY_DAY = date(2026, 9, 22)
LATER = date(2026, 11, 22)


class Demo(Frozen):
    """What `gbtool demo` made and what it told."""

    folder: Path
    told: str


def facts_of(folder: Path, today: date) -> Facts:
    """The facts of a folder in the examples' format, without a ledger."""
    work = workspace(folder)
    return replace(gather(work, today), entries=entries_of(work, folder, today))


def entries_of(work: Workspace, folder: Path, today: date) -> tuple[Entry, ...]:
    """The entries of a folder up to a day."""
    found, _ = read_source(folder, for_everybody(work), today)
    return tuple(entry for entry in found if not entry.date or entry.date <= today.isoformat())


def broken_copy(case: str, into: Path) -> Path:
    """The manufacturer with one planted fault."""
    target = into / case
    shutil.copytree(EXAMPLES / "lanwan", target)
    shutil.copytree(BROKEN / case, target, dirs_exist_ok=True)
    return target


def again(*cases: object) -> list[object]:
    """Cases of a parametrised test that run the same lines as one before them: tested, not measured for coverage."""
    return [pytest.param(case, marks=pytest.mark.no_cover) for case in cases]


def catalogued(folder: Path) -> None:
    """One more document in the catalogue of a client or firm, `own-report`, that nobody wrote."""
    own = folder / "templates" / "own" / "documents.yaml"
    own.parent.mkdir(parents=True)
    listed = (ROOT / "templates/service/documents.yaml").read_text("utf-8")
    own.write_text(listed.replace("id: svc-closeout", "id: own-report").replace("-FW-11", "-FW-12"), "utf-8")


def with_entry(facts: Facts, id_: str, change: Callable[[dict[str, object]], object], **own: str) -> Facts:
    """Facts in which one entry's data (or own fields) were changed; the change works on a deep copy."""
    assert any(entry.id == id_ for entry in facts.entries), id_
    entries = tuple(_changed(entry, change, own) if entry.id == id_ else entry for entry in facts.entries)
    return replace(facts, entries=entries)


def _changed(entry: Entry, change: Callable[[dict[str, object]], object], own: Mapping[str, str]) -> Entry:
    data = _copy(entry.data)
    assert isinstance(data, dict)
    change(data)
    return replace(entry, data=data, **own)  # only text fields are given


def _copy(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copy(inner) for inner in value]
    return value


def without(facts: Facts, *kinds: EntryKind, form: str = "") -> Facts:
    """Facts without the entries of these kinds, or without the records of a form."""
    keep = tuple(e for e in facts.entries if e.kind not in kinds and not (form and e.form == form))
    return replace(facts, entries=keep)


def answered(facts: Facts, **answers: object) -> Facts:
    """Facts of a client with other answers."""
    client = Client({**facts.client.answers, **answers}, facts.client.places, facts.client.questions)
    forms = tuple(fitted(each, client.answers) for each in facts.specifications)
    return replace(facts, client=client, specifications=forms)


def put(data: object, *path: str | int, value: object) -> None:
    """Set a value deep inside an entry's data."""
    for step in path[:-1]:
        data = data[step]  # type: ignore[index] # tests know the shape
    data[path[-1]] = value  # type: ignore[index] # tests know the shape
