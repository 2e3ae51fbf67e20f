"""Old spreadsheets (.xls), read by a process of their own: a damaged one may take any amount of memory, or end it.

Run as a script with the path of a file and whether only the first sheet is wanted, it writes the sheets as JSON. It
knows nothing of gbtool, so that it may run in Python's isolated mode.
"""

import ctypes
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_MEMORY = 2_000_000_000
_SECONDS = 120
# How cells that JSON does not know are written, and read again.
_ISO: Mapping[str, Callable[[str], object]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": str,
}


class Unreadable(Exception):
    """The process ended without an answer."""


def read(path: Path, *, first: bool) -> list[dict[str, Any]]:
    """The sheets of a file: their `name`, `end` (line and column from 0, or null), `merged` ranges and `rows`.

    Raises:
        Unreadable: it is damaged, protected, or wants more memory or time than a table needs.
    """
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(path), "first" if first else "all"]
    try:
        answer = subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 - our own words
        found = json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unreadable from error
    return [{**sheet, "rows": [[_cell(cell) for cell in row] for row in sheet["rows"]]} for sheet in found]


def sheets(path: str, *, first: bool) -> Iterator[dict[str, object]]:
    """The sheets of a file as JSON knows them."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415 - only a spreadsheet needs it

    with CalamineWorkbook.from_path(path) as book:
        names = [each.name for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
        for name in names[: 1 if first else None]:
            sheet = book.get_sheet_by_name(name)
            rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            yield {"name": name, "end": sheet.end, "merged": sheet.merged_cell_ranges or [], "rows": rows}


def _plain(cell: object) -> object:
    kind = type(cell).__name__
    if kind not in _ISO:
        return cell
    return [kind, str(cell) if isinstance(cell, dt.timedelta) else cell.isoformat()]  # type: ignore[attr-defined]


def _cell(cell: object) -> object:
    return _ISO[cell[0]](cell[1]) if isinstance(cell, list) else cell


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


_EXTENDED, _PROCESS_MEMORY = 9, 0x100


def bound_by_job(kernel: Any) -> None:  # noqa: ANN401 - kernel32 has no type outside Windows
    """Put this process into a job of its own that may take so much memory and no more (Windows 8 and later)."""
    handle = ctypes.c_void_p
    for name, arguments in (
        ("CreateJobObjectW", [handle, ctypes.c_wchar_p]),
        ("SetInformationJobObject", [handle, ctypes.c_int, handle, ctypes.c_uint32]),
        ("GetCurrentProcess", []),
        ("AssignProcessToJobObject", [handle, handle]),
    ):
        function = getattr(kernel, name)
        function.argtypes, function.restype = arguments, handle
    limits = Limits()
    limits.basic.flags, limits.process_memory = _PROCESS_MEMORY, _MEMORY
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


def _bound() -> None:
    """No more memory than a table needs."""
    if sys.platform == "win32":
        bound_by_job(ctypes.WinDLL("kernel32"))
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def answer(words: Sequence[str]) -> str:
    """The sheets of the file that the words name, as JSON text."""
    path, which = words
    return json.dumps(list(sheets(path, first=which == "first")))


if __name__ == "__main__":
    _bound()
    sys.stdout.write(answer(sys.argv[1:]))
