"""`python -m benchmarks.portfolio`: a firm with 1,000 clients; what the portfolio costs with and without its index."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.timing import program

CLIENTS, TIMES = 1000, 5
ON = ("--on", "2026-11-22")


def main() -> None:
    """Make the firm from two clients of the demo, then time the commands, the first of them without an index."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        firm = _firm(folder)
        told = _timed("portfolio", "-C", str(firm), *ON)
        print(f"{CLIENTS} 家客户，每家 {_files(firm) // CLIENTS} 个文件")
        _told("portfolio，没有索引", *told)
        for words in (("--help",), ("portfolio",), ("portfolio", "due"), ("portfolio", "--json")):
            more = () if words == ("--help",) else ("-C", str(firm), *ON)
            _told(" ".join(words), *min(_timed(*words, *more) for _ in range(TIMES)))
        (firm / "客户0007" / "client.yaml").open("a", encoding="utf-8").write("# 改过\n")
        _told("portfolio，改过一家", *_timed("portfolio", "-C", str(firm), *ON))


def _firm(folder: Path) -> Path:
    """Two thirds of the clients are in their second month, one third begins; Word files are there, but empty."""
    subprocess.run([program("gbtool"), "demo", str(folder / "demo")], capture_output=True, check=True)
    firm = folder / "机构"
    firm.mkdir()
    (firm / "gbtool.yaml").write_text("name: （示例）大机构\n", encoding="utf-8")
    for number in range(CLIENTS):
        source = "青屿软件" if number % 3 else "衡拓科贸"
        shutil.copytree(folder / "demo" / source, firm / f"客户{number:04}", copy_function=_copied)
    return firm


def _copied(source: str, target: str) -> None:
    if source.endswith(".docx"):
        Path(target).touch()
    else:
        shutil.copy(source, target)


def _files(firm: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(firm))


def _timed(*words: str) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    before, begun = _spent(), time.perf_counter()
    done = subprocess.run([program("gbtool"), *words], capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - begun, _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(what: str, clock: float, processor: float) -> None:
    print(f"{what}：{clock:.2f} 秒（处理器 {processor:.2f} 秒）")


if __name__ == "__main__":
    main()
