"""The nearest shelf wins: client folder, then firm folder, then what is shipped."""

from os.path import isfile  # asked thousands of times
from pathlib import Path

from gbtool.shelf.shipped import shipped
from gbtool.structs import Frozen

FIRM_FILE = "gbtool.yaml"
CLIENT_FILE = "client.yaml"


class Shelf(Frozen):
    """A folder with templates/ and checklists/, and the word by which users know it."""

    name: str
    folder: Path


class Shelves(Frozen):
    """The shelves in order, nearest first."""

    shelves: tuple[Shelf, ...]

    def find(self, path: str) -> tuple[Shelf, Path] | None:
        """The nearest file of this relative path and the shelf that it stands on."""
        for shelf in self.shelves:
            if isfile(f"{shelf.folder}/{path}"):  # noqa: PTH113 # a Path for each would take half of the time
                return shelf, shelf.folder / path
        return None

    def all(self, path: str) -> tuple[tuple[Shelf, Path], ...]:
        """Every file of this relative path, nearest first."""
        return tuple((shelf, shelf.folder / path) for shelf in self.shelves if (shelf.folder / path).is_file())

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The relative paths of the files under a folder on any shelf, each once, sorted."""
        found = {
            file.relative_to(shelf.folder).as_posix()
            for shelf in self.shelves
            for file in (shelf.folder / folder).rglob(f"*{suffix}")
            if file.is_file()
        }
        return tuple(sorted(found))


OWN = "客户"  # the name of a client's own shelf
SHIPPED = Shelf("自带", shipped())


def firm_above(folder: Path) -> Path | None:
    """The nearest folder at or above this one that holds gbtool.yaml."""
    return next((each for each in (folder, *folder.parents) if (each / FIRM_FILE).is_file()), None)


def client_above(folder: Path) -> Path | None:
    """The nearest folder at or above this one that holds client.yaml."""
    return next((each for each in (folder, *folder.parents) if (each / CLIENT_FILE).is_file()), None)


def shelves_of(client: Path | None, firm: Path | None) -> Shelves:
    """The shelves of a client in a firm; either may be missing."""
    near = (Shelf(OWN, client),) if client else ()
    middle = (Shelf("机构", firm),) if firm else ()
    return Shelves((*near, *middle, SHIPPED))
