"""A ledger in a temporary folder, and ways to write to it."""

from datetime import date
from pathlib import Path

import pytest

from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

DAY = date(2026, 6, 9)


def action(what: str = "记一条", at: date = DAY) -> Action:
    """An action by a made-up person."""
    return Action(at, "林疏桐", what)


def record(id_: str = "LW-IPM-JL-07-10-001", **data: object) -> Entry:
    """A filled form."""
    content = {"head": {"申请日期": "2026-06-09"}, "rows": [{"受奖人": "韩泊舟", "金额": "680"}], **data}
    place = Place("records/rec-reward.yaml", 8, id_)
    return Entry(EntryKind.RECORD, id_, "2026-06-09", "2026-06-10", "rec-reward", content, place)


def document(id_: str = "ip-manual", content: str = "c1", sha256: str = "f1") -> Document:
    """A document as generating hands it over."""
    path = f"文件/手册/{id_}.docx"
    return Document(id_, DocumentKind.MANUAL, "LW-IPM-01", "手册", "A/0", path, sha256, content, "2023")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger lies; the folder's name is one that a URI must quote."""
    folder = tmp_path / "岚湾 50%#客户?x"
    folder.mkdir()
    return folder / "ledger.db"


@pytest.fixture
def filled(path: Path) -> Path:
    """A ledger with one record in it."""
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record())
    return path
