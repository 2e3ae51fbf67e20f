"""The nearest shelf wins: client folder, then firm folder, then what is shipped."""

from functools import cache
from os.path import isfile  # asked thousands of times
from pathlib import Path

from gbtool.shelf.shipped import shipped, standing
from gbtool.structs import Frozen

FIRM_FILE = "gbtool.yaml"
CLIENT_FILE = "client.yaml"


class Shelf(Frozen):
    """A folder with templates/ and checklists/, and the word by which users know it; `still`: it is what is shipped."""

    name: str
    folder: Path
    still: bool = False

    def has(self, path: str) -> bool:
        """Whether a file of this relative path stands on it."""
        if self.still:
            return path in standing()
        return isfile(f"{self.folder}/{path}")  # noqa: PTH113 # a Path for each would take half of the time

    def at(self, path: str) -> Path:
        """Where a file of this relative path stands."""
        return _at(self.folder, path) if self.still else self.folder / path

    def below(self, folder: str, suffix: str) -> frozenset[str]:
        """The relative paths of the files under a folder on it."""
        if self.still:
            return _ending(f"{folder}/", suffix)
        files = (self.folder / folder).rglob(f"*{suffix}")
        return frozenset(file.relative_to(self.folder).as_posix() for file in files if file.is_file())


@cache
def _at(folder: Path, path: str) -> Path:
    return folder / path


@cache
def _ending(start: str, suffix: str) -> frozenset[str]:
    return frozenset(path for path in standing() if path.startswith(start) and path.endswith(suffix))


class Shelves(Frozen):
    """The shelves in order, nearest first."""

    shelves: tuple[Shelf, ...]

    def find(self, path: str) -> tuple[Shelf, Path] | None:
        """The nearest file of this relative path and the shelf that it stands on."""
        for shelf in self.shelves:
            if shelf.has(path):
                return shelf, shelf.at(path)
        return None

    def all(self, path: str) -> tuple[tuple[Shelf, Path], ...]:
        """Every file of this relative path, nearest first."""
        return tuple((shelf, shelf.at(path)) for shelf in self.shelves if shelf.has(path))

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The relative paths of the files under a folder on any shelf, each once, sorted."""
        return tuple(sorted(frozenset().union(*(shelf.below(folder, suffix) for shelf in self.shelves))))

    def holding(self, folder: str) -> "Shelves":
        """The shelves on which there is such a folder at all: who asks for many files need not ask the others."""
        return Shelves(tuple(shelf for shelf in self.shelves if shelf.still or (shelf.folder / folder).is_dir()))


OWN = "客户"  # the name of a client's own shelf
SHIPPED = Shelf("自带", shipped(), still=True)


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
