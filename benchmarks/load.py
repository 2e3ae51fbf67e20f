"""`python -m benchmarks.load`: one client with 100,000 records and 5,000 rights; what a command costs there."""

import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import ROOT, program
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

RECORDS, RIGHTS, ROWS = 100_000, 5_000, 10_000
START = dt.date(2026, 5, 18)
ON = ("--on", "2026-11-22")
FORMS = ("rec-rd-log", "rec-communication", "rec-info-channel", "rec-deadline-monitor", "rec-market-monitor")
TIMES = 3


def main() -> None:
    """Make the client, then time the commands that look and the one that imports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "客户"
        shutil.copytree(
            ROOT / "examples" / "lanwan", folder, ignore=shutil.ignore_patterns("records", "audit", "review")
        )
        gbtool("generate", "ip-manual", "-C", str(folder), "--on", "2026-05-15")
        _fill(folder)
        for words in (("status",), ("period",), ("ledger", "due")):
            _told(" ".join(words), *min(_timed(*words, "-C", str(folder), *ON) for _ in range(TIMES)))
        table = Path(name) / "patents.csv"
        _table(table)
        _told(f"ledger import，{ROWS} 行", *_timed("ledger", "import", str(table), "-C", str(folder), *ON))


def gbtool(*words: str) -> None:
    """A command that must succeed or say no."""
    done = subprocess.run([program("gbtool"), *words], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())


def _fill(folder: Path) -> None:
    begun = time.perf_counter()
    with (
        open_ledger(folder / "ledger.db", write=True) as ledger,
        ledger.transaction(Action(START, "", "load")) as change,
    ):
        entries.put(change, [*_records(), *_rights()])
    size = (folder / "ledger.db").stat().st_size >> 20
    print(f"写入 {RECORDS + RIGHTS} 条：{time.perf_counter() - begun:.1f} 秒，{size} MB")


def _records() -> Iterator[Entry]:
    for number in range(RECORDS):
        day = (START + dt.timedelta(days=number % 180)).isoformat()
        data = {
            "head": {"日期": day, "填写人": "杜星野"},
            "rows": [{"序号": "1", "内容": "试验记录", "结果": "合格"}],
            "sign": [{"role": "填写", "name": "杜星野", "date": day}],
        }
        yield Entry(EntryKind.RECORD, f"LW-{number:06}", day, day, FORMS[number % len(FORMS)], data)


def _rights() -> Iterator[Entry]:
    for number in range(RIGHTS):
        id_ = f"ZL20212{number:07}.X"
        data = {"kind": "patent", "专利号": id_, "名称": f"装置{number}", "类型": "实用新型", "申请日": "2021-03-01"}
        yield Entry(EntryKind.RIGHT, f"patent-{id_}", "2021-03-01", START.isoformat(), data=data)


def _table(path: Path) -> None:
    lines = [f"ZL20222{number:07}.X,方法{number},发明,2022-03-01" for number in range(ROWS)]
    path.write_text("\n".join(("专利号,名称,类型,申请日", *lines)) + "\n", encoding="utf-8")


def _timed(*words: str) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    before, begun = _spent(), time.perf_counter()
    gbtool(*words)
    return time.perf_counter() - begun, _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(what: str, clock: float, processor: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"{what}：{clock:.2f} 秒（处理器 {processor:.2f} 秒），到此最多 {peak} MB")


if __name__ == "__main__":
    main()
