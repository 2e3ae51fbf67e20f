"""Where a command works: the client's folder, the firm around it, and their shelves."""

from pathlib import Path

from gbtool.errors import NotAClientFolder
from gbtool.shelf.shelves import Shelves, client_above, firm_above, shelves_of
from gbtool.structs import Frozen

LEDGER = "ledger.db"
DOCUMENTS = "文件"
EVIDENCE = "证据"
OUTPUT = "输出"


class Workspace(Frozen):
    """A client's folder, the firm's around it if there is one, the shelves in order; maybe one standard of several."""

    folder: Path
    firm: Path | None
    shelves: Shelves
    standard: str = ""  # under which of the client's standards one looks; empty: the main one

    @property
    def ledger(self) -> Path:
        """The client's ledger, whether it exists yet or not."""
        return self.folder / LEDGER


def workspace(where: Path) -> Workspace:
    """The client folder at or above a folder.

    Raises:
        NotAClientFolder: there is no client.yaml here or above.
    """
    folder = client_above(where.resolve())
    if folder is None:
        raise NotAClientFolder(str(where))
    firm = firm_above(folder)
    return Workspace(folder, firm, shelves_of(folder, firm))
