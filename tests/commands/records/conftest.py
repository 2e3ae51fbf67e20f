"""A client whose ledger takes records in."""

import shutil
from pathlib import Path

import pytest

from gbtool.commands.workspace import Workspace, workspace

LANWAN = Path(__file__).parents[3] / "examples" / "lanwan"


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer without a ledger."""
    folder = tmp_path / "客户"
    folder.mkdir()
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(LANWAN / name, folder)
    return workspace(folder)
