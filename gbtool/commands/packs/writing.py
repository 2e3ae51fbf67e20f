"""A pack on its way to its place: written beside it, read again, sealed where asked, never over another."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from gbtool import __version__
from gbtool.commands.check import check
from gbtool.commands.staging import begin
from gbtool.commands.workspace import Workspace
from gbtool.documents.placing import reason
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, Refused, UsageError
from gbtool.exchange import archive, sealing
from gbtool.exchange.archive import Member
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding
from gbtool.structs import Frozen

_TOLD = 10


class Packed(Frozen):
    """A pack that was written: where it lies, its size in bytes, the files in it, links left out, whether sealed."""

    path: Path
    size: int
    members: tuple[Member, ...]
    left_out: tuple[str, ...] = ()
    sealed: bool = False


class Load(Frozen):
    """What goes into a pack: files that lie on disk and files that were made for it, by their names in the pack."""

    kind: str
    files: Mapping[str, Path]
    made: Mapping[str, bytes]
    about: Mapping[str, object]
    left_out: tuple[str, ...] = ()


def refuse_errors(work: Workspace, facts: Facts) -> None:
    """What `gbtool check` calls an error does not leave the house.

    Raises:
        Refused: there are errors; each is named with its place.
    """
    found = [each for each in check(work, facts.today).findings if each.counts]
    if found:
        more = f"，这里列出 {_TOLD} 处" if len(found) > _TOLD else ""
        raise Refused(
            f"没有打包：gbtool check 查出 {len(found)} 处错误{more}",
            "改好再打包；要原样带走整个文件夹，用 gbtool backup",
            [_complaint(each) for each in found[:_TOLD]],
        )


def _complaint(finding: Finding) -> Complaint:
    return Complaint(finding.path or finding.place, f"{finding.rule} {finding.message}", finding.fix)


def place(target: Path, folder: Path, *, inside: bool, sealed: bool) -> Path:
    """Where a pack may be written.

    Raises:
        UsageError: something is there already, the folder is not there, or it lies where it must not.
    """
    path = target.resolve()
    if sealed and path.suffix != sealing.SUFFIX:
        path = path.with_name(f"{path.name}{sealing.SUFFIX}")
    if path.exists():
        raise UsageError(f"{path} 已经有了", "换一个名字；旧的包不会被盖掉")
    if not inside and path.is_relative_to(folder):
        raise UsageError(f"{path} 在客户文件夹里面", "包放到文件夹外面")
    return path


def write(path: Path, load: Load, passphrase: str = "") -> Packed:
    """Write a pack, read it again, and put it in its place.

    Raises:
        FileFaults: a file has a name that another system refuses, or cannot be read.
        UsageError: the passphrase is too short.
        FolderNotWritable: folder or disk refuses; nothing is left behind.
    """
    wrong = [Complaint(n, why, "改名以后再打包") for n in (*load.files, *load.made) if (why := archive.unsafe(n))]
    if wrong:
        raise FileFaults(wrong)
    draft = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="gbtool-") as scratch:
            members = _packed(Path(scratch), draft, load, passphrase)
        draft.replace(path)
    except OSError as error:
        raise FolderNotWritable(str(path), reason(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return Packed(path, path.stat().st_size, members, load.left_out, bool(passphrase))


def _packed(scratch: Path, draft: Path, load: Load, passphrase: str) -> tuple[Member, ...]:
    """The pack as a draft; what is sealed never lies open outside the scratch folder."""
    files = dict(load.files)
    for number, (name, data) in enumerate(load.made.items()):
        files[name] = scratch / f"made-{number}"
        files[name].write_bytes(data)
    plain = scratch / "pack.zip" if passphrase else draft
    begin(draft)
    about = {"kind": load.kind, **load.about, "gbtool": __version__}
    with plain.open("wb") as sink:
        archive.pack(sink, sorted(files.items()), about)
    members = archive.verify(plain).members
    if passphrase:
        sealing.seal(plain, draft, passphrase)
    return members
