"""`python -m benchmarks.load`: one client with 100,000 records and 5,000 rights, and beside it the same without.

What a command costs in each, in seconds of the processor; the ratio is what the ledger costs.
"""

import datetime as dt
import os
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
PATENTS, MARKS = 3_500, 4_500  # of the rights: patents, then trademarks, then software
MONITOR = "rec-deadline-monitor"
FORMS = ("rec-rd-log", "rec-communication", "rec-info-channel", MONITOR, "rec-market-monitor")
TIMES = 3


def main() -> None:
    """Make both clients, then time the commands that look and the one that imports, in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "客户"
        shutil.copytree(
            ROOT / "examples" / "lanwan", folder, ignore=shutil.ignore_patterns("records", "audit", "review")
        )
        gbtool("generate", "ip-manual", "-C", str(folder), "--on", "2026-05-15")
        small = Path(shutil.copytree(folder, Path(name) / "小客户"))
        # a process of its own: what it holds would count as held by those that are started after it
        subprocess.run([sys.executable, "-m", "benchmarks.load", str(folder)], check=True, cwd=ROOT)
        for words in (("status",), ("period",), ("ledger", "due")):
            runs = [
                (_timed(*words, "-C", str(small), *ON), _timed(*words, "-C", str(folder), *ON)) for _ in range(TIMES)
            ]
            _told(" ".join(words), min(run[0] for run in runs), min(run[1] for run in runs))
        table = Path(name) / "patents.csv"
        _table(table)
        first, second = (_timed("ledger", "import", str(table), "-C", str(each), *ON) for each in (small, folder))
        _told(f"ledger import，{ROWS} 行", first, second)


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
        form = FORMS[number % len(FORMS)]
        data = {
            "head": {"日期": day, "填写人": "杜星野"},
            "rows": [_handled(number, day) if form == MONITOR else {"序号": "1", "内容": "试验记录", "结果": "合格"}],
            "sign": [{"role": "填写", "name": "杜星野", "date": day}],
        }
        yield Entry(EntryKind.RECORD, f"LW-{number:06}", day, day, form, data)


def _handled(number: int, day: str) -> dict[str, str]:
    """A fee that was paid, of one of the patents."""
    patent = _patent(number // len(FORMS) % PATENTS)
    return {"序号": "1", "权利编号": patent, "事项": "年费", "法定截止日": day, "办理日期": day, "凭证号": f"P{number}"}


def _rights() -> Iterator[Entry]:
    for number in range(RIGHTS):
        data = _of_patent(number) if number < PATENTS else _of_mark(number) if number < MARKS else _of_software(number)
        id_ = next(data[name] for name in ("专利号", "注册号", "登记号") if name in data)
        yield Entry(EntryKind.RIGHT, f"{data['kind']}-{id_}", "2021-03-01", START.isoformat(), data=data)


def _patent(number: int) -> str:
    return f"ZL20212{number:07}.X"


def _of_patent(number: int) -> dict[str, str]:
    """A patent of which all annuities are paid that were due; a quarter of the next ones is due within 90 days."""
    filed, kind = dt.date(2020, 1, 1) + dt.timedelta(days=number % 360), ("发明", "实用新型", "外观设计")[number % 3]
    granted, paid = filed + dt.timedelta(days=400), "7" if filed < dt.date(2020, 11, 22) else "6"
    days = {"申请日": filed.isoformat(), "授权公告日": granted.isoformat(), "上次缴费年度": paid, "费减": "85%"}
    return {"kind": "patent", "专利号": _patent(number), "名称": f"装置{number}", "类型": kind, "状态": "有效", **days}


def _of_mark(number: int) -> dict[str, str]:
    day = (dt.date(2016, 6, 1) + dt.timedelta(days=number % 1500)).isoformat()
    days = {"注册公告日": day, "专用权起始日": day, "最近使用日": "2026-05-01"}
    return {"kind": "trademark", "注册号": f"{number:08}", "商标": f"岚{number}", "类别": str(number % 45 + 1), **days}


def _of_software(number: int) -> dict[str, str]:
    named = {"登记号": f"2021SR{number:07}", "名称及版本": f"软件{number}"}
    return {"kind": "copyright", **named, "首次发表日": "2021-03-01"}


def _table(path: Path) -> None:
    lines = [f"ZL20222{number:07}.X,方法{number},发明,2022-03-01" for number in range(ROWS)]
    path.write_text("\n".join(("专利号,名称,类型,申请日", *lines)) + "\n", encoding="utf-8")


Run = tuple[float, int]


def _timed(*words: str) -> Run:
    """Seconds of the processor, and the most megabytes that it held."""
    with Path(os.devnull).open("wb") as nowhere:
        started = subprocess.Popen([program("gbtool"), *words], stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(started.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{words} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss >> 10


def _told(what: str, small: Run, large: Run) -> None:
    ratio = large[0] / small[0]
    print(f"{what}：小 {small[0]:.2f} 秒 {small[1]} MB，大 {large[0]:.2f} 秒 {large[1]} MB，{ratio:.1f} 倍")


if __name__ == "__main__":
    _fill(Path(sys.argv[1])) if sys.argv[1:] else main()
