"""LibreOffice as one process for a whole set: Word files in, PDF out, each looked for when it has ended."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from gbtool.errors import OfficeFailed
from gbtool.structs import Frozen

_POLL = 0.2  # seconds between looks at what is done
_TOLD = 200  # characters of what the program said last


class Office(Frozen):
    """LibreOffice on this machine: its program, and how many seconds may pass without another PDF."""

    program: Path
    patience: float = 300.0

    def pdfs(self, files: Mapping[str, bytes], step: Callable[[], None]) -> dict[str, bytes]:
        """The PDF of each Word file by its name; `step` is called for each one that is done.

        The files are written under short names into a folder of their own, with a profile of their own: no path of
        the client's reaches a command line, and a LibreOffice that the user has open is left alone.

        Raises:
            OfficeFailed: the program does not start, hangs, or did not make one of the files.
        """
        if not files:
            return {}
        names = {f"{number:04d}": name for number, name in enumerate(files, 1)}
        with tempfile.TemporaryDirectory(prefix="gbtool-", ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            for short, name in names.items():
                (place / f"{short}.docx").write_bytes(files[name])
            told = self._run(place, tuple(names), step)
            made = {name: _made(place / "pdf" / f"{short}.pdf") for short, name in names.items()}
        missing = [name for name, data in made.items() if data is None]
        if missing:
            raise OfficeFailed(missing, told)
        return {name: data for name, data in made.items() if data is not None}

    def _run(self, place: Path, names: tuple[str, ...], step: Callable[[], None]) -> str:
        """Convert the files that lie in a folder; what the program said."""
        target, log = place / "pdf", place / "log.txt"
        target.mkdir()
        command = [
            str(self.program),
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
            *(f"{name}.docx" for name in names),
        ]
        with log.open("wb") as output:
            try:
                process = subprocess.Popen(  # noqa: S603 # the program that the user named or that was found
                    command,
                    cwd=place,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # it starts others, which are ended together with it
                )
            except OSError as error:
                raise OfficeFailed((), str(error)) from error
            ended = self._watch(process, target, step)
        return _last(log) if ended else f"{self.patience:.0f} 秒没有动静，停掉了"

    def _watch(self, process: "subprocess.Popen[bytes]", target: Path, step: Callable[[], None]) -> bool:
        """Wait for the end, telling what is done; whether it ended by itself."""
        done, quiet = 0, 0.0
        try:
            while quiet <= self.patience:
                running = _still(process)
                now = sum(1 for _ in target.glob("*.pdf"))
                for _ in range(now - done):
                    step()
                quiet = 0.0 if now > done else quiet + _POLL
                done = now
                if not running:
                    return True
        except BaseException:
            _stop(process)
            raise
        _stop(process)
        return False


def _last(log: Path) -> str:
    """The last line that the program said, without those that only name a file."""
    lines = log.read_text("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if line.strip() and not line.startswith("convert ")]
    return said[-1][:_TOLD] if said else ""


def _still(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_POLL)
    except subprocess.TimeoutExpired:
        return True
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started."""
    if sys.platform == "win32":  # pragma: no cover # taskkill ends the tree
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603, S607
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _made(path: Path) -> bytes | None:
    """A PDF that was made, whole."""
    data = path.read_bytes() if path.is_file() else b""
    return data if data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:] else None
