"""`python -m benchmarks.batches`: one thing for all clients of a firm: alone, by processes, by a Dask scheduler.

`readiness` for 1,500 clients and for parts of them, to see how the cost grows; the whole set of documents for some.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.timing import BIN, program

CLIENTS, PARTS, MADE = 1500, (375, 750), 40
ON = ("--on", "2026-11-22")
FACTS = ("client.yaml", "*.csv")


def main() -> None:
    """Make the firms, then the same with each way of sharing out, in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        subprocess.run([program("gbtool"), "demo", str(folder / "demo")], capture_output=True, check=True)
        whole = _firm(folder, CLIENTS)
        alone = _timed("readiness", whole)
        _told(f"readiness，{CLIENTS} 家，一个进程", alone, alone)
        for workers in (1, 2):
            with _dask(workers) as address:
                _told(
                    f"readiness，Dask {workers} 个工作进程", _timed("readiness", whole, "--scheduler", address), alone
                )
        for part in PARTS:
            seconds = _timed("readiness", _firm(folder, part))
            _told(f"readiness，{part} 家，一个进程（每家毫秒 {seconds / part * 1000:.0f}）", seconds, alone)
        _told("readiness，两个进程", _timed("readiness", whole, "--workers", "2"), alone)
        made = _firm(folder, MADE, documents=False)
        first = _timed("generate", made)
        _told(f"generate 整套，{MADE} 家，一个进程", first, first)
        made = _firm(folder, MADE, documents=False)
        _told("generate 整套，两个进程", _timed("generate", made, "--workers", "2"), first)


def _firm(folder: Path, count: int, *, documents: bool = True) -> Path:
    """Two thirds of the clients are in their second month, one third begins; Word files are there, but empty."""
    firm = folder / f"机构{count}"
    shutil.rmtree(firm, ignore_errors=True)
    firm.mkdir()
    (firm / "gbtool.yaml").write_text("name: （示例）大机构\n", encoding="utf-8")
    for number in range(count):
        source = folder / "demo" / ("青屿软件" if number % 3 else "衡拓科贸")
        target = firm / f"客户{number:04}"
        if documents:
            shutil.copytree(source, target, copy_function=_copied)
            continue
        target.mkdir()
        for pattern in FACTS:
            for file in source.glob(pattern):
                shutil.copy(file, target)
    return firm


def _copied(source: str, target: str) -> None:
    if source.endswith(".docx"):
        Path(target).touch()
    else:
        shutil.copy(source, target)


def _timed(verb: str, firm: Path, *more: str) -> float:
    """Seconds on the clock."""
    begun = time.perf_counter()
    done = subprocess.run(
        [program("gbtool"), "portfolio", verb, "-C", str(firm), *ON, "--json", *more], capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode()[-2000:])
    return time.perf_counter() - begun


@contextmanager
def _dask(workers: int) -> Iterator[str]:
    """A scheduler and its workers as programs of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    commands += [["worker", address, "--nthreads", "1", "--no-dashboard"]] * workers
    running = [
        subprocess.Popen([str(BIN / "dask"), *each], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in commands
    ]
    try:
        time.sleep(8)
        yield address
    finally:
        for each in running[::-1]:
            each.terminate()
            each.wait()


def _told(what: str, seconds: float, base: float) -> None:
    print(f"{what}：{seconds:.1f} 秒，{seconds / base:.2f} 倍", flush=True)


if __name__ == "__main__":
    main()
