"""A real PostgreSQL of the tests' own: started in a folder of its own, gone with them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVICE = "postgres"  # the account of the Debian package; the server refuses to run as root


def programs() -> Path | None:
    """Where initdb and pg_ctl lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else found[-1].parent if found else None


def _account() -> str | None:
    """Whom to run as: root cannot run a server itself."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(_SERVICE).pw_name
    except KeyError:
        return "nobody"


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database of a server that runs inside this."""
    binaries, account = programs(), _account()
    assert binaries
    folder = Path(tempfile.mkdtemp(prefix="gbtool-pg-"))
    folder.chmod(0o755)
    data, port = folder / "data", _port()
    data.mkdir()
    if account:
        shutil.chown(data, account)

    def run(*words: str) -> None:
        subprocess.run(
            [str(binaries / words[0]), *words[1:]],
            check=True,
            user=account,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    try:
        run("initdb", "-D", str(data), "-U", "boss", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-o", options, "-w", "-l", str(data / "log"), "start")
        try:
            yield f"postgresql://boss@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
