"""Files put in their places all together or not at all."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from gbtool.errors import DocumentInUse, FolderNotWritable, GbtoolError
from gbtool.structs import Mutable, field

_SUFFIX = ".gbtool-new"
_OLD = ".gbtool-old"
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写的权限",
    errno.EPERM: "没有写的权限",
    errno.ENOTDIR: "路径中间有一个同名的文件",
    errno.EEXIST: "同名的文件挡住了文件夹",
    errno.EISDIR: "同名的文件夹挡住了文件",
    errno.ENAMETOOLONG: "路径太长",
}


class _Placing(Mutable):
    """What was done so far, so that it can be undone without writing: a disk that is full takes nothing back."""

    folders: list[Path] = field(default_factory=list)
    drafts: list[tuple[Path, Path]] = field(default_factory=list)
    before: dict[Path, Path] = field(default_factory=dict)
    changed: list[Path] = field(default_factory=list)

    def prepare(self, path: Path, data: bytes) -> None:
        """Write a file beside its place."""
        missing = []
        folder = path.parent
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            self.folders.append(each)
        draft = path.with_name(f"{path.name}{_SUFFIX}")
        self.drafts.append((draft, path))
        draft.write_bytes(data)

    def remember(self, path: Path) -> None:
        """Keep what stands in a place under a second name."""
        if path.is_file():
            second = path.with_name(f"{path.name}{_OLD}")
            second.unlink(missing_ok=True)
            self.before[path] = second
            _twin(path, second)

    def place(self) -> None:
        """Put every prepared file into its place."""
        for draft, path in self.drafts:
            draft.replace(path)
            self.changed.append(path)

    def remove(self, path: Path) -> None:
        """Take a file away, to be put back if something fails."""
        path.unlink(missing_ok=True)
        self.changed.append(path)

    def undo(self) -> None:
        """Everything as it was; a step that fails does not stop the others."""
        for draft, _ in self.drafts:
            _tried(partial(draft.unlink, missing_ok=True))
        for path in self.changed:
            second = self.before.pop(path, None)
            _tried(partial(second.replace, path) if second else partial(path.unlink, missing_ok=True))
        self.forget()
        for folder in reversed(self.folders):
            _tried(folder.rmdir)

    def forget(self) -> None:
        """What was kept under a second name is no longer needed."""
        for second in self.before.values():
            _tried(partial(second.unlink, missing_ok=True))


def _twin(path: Path, second: Path) -> None:
    try:
        second.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copyfile(path, second)


def _tried(step: Callable[[], object]) -> None:
    with suppress(OSError):
        step()


def leftovers(folder: Path) -> tuple[Path, ...]:
    """What a command that was killed left beside the files of a folder and of those below it."""
    return tuple(path for suffix in (_SUFFIX, _OLD) for path in sorted(folder.rglob(f"*{suffix}")))


def sweep(left: Iterable[Path]) -> None:
    """Take leftovers away; only while the ledger is held, for another command may be at work."""
    for path in left:
        _tried(partial(path.unlink, missing_ok=True))


@contextmanager
def placed(files: Mapping[Path, bytes], removed: tuple[Path, ...] = ()) -> Iterator[None]:
    """Files in their places while the rest of a command goes on; if that fails, everything is as it was.

    Raises:
        DocumentInUse: another program holds one of the files.
        FolderNotWritable: the folder or the disk refuses.
    """
    placing = _Placing()
    at = Path()
    try:
        for at, data in files.items():
            placing.prepare(at, data)
        for at in (*files, *removed):
            _open_elsewhere(at)
            placing.remember(at)
        placing.place()
        for at in removed:
            placing.remove(at)
        yield
        placing.forget()
    except OSError as error:
        placing.undo()
        raise _fault(error, at) from error
    except BaseException:
        placing.undo()
        raise


def _open_elsewhere(path: Path) -> None:
    """On Windows, Word holds a file that it shows; asking to write it finds out before anything was changed."""
    if path.is_file():
        with path.open("r+b"):
            pass


def _fault(error: OSError, at: Path) -> GbtoolError:
    path = Path(os.fspath(error.filename2 or error.filename or at))
    path = path.with_name(path.name.removesuffix(_SUFFIX).removesuffix(_OLD))
    if isinstance(error, PermissionError) and path.suffix == ".docx" and path.is_file():
        return DocumentInUse(str(path))
    return FolderNotWritable(str(path), reason(error))


def reason(error: OSError) -> str:
    """Why a file could not be written, in the user's words."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
