"""Programs timed in turn, so that a busy machine slows all of them alike."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent


def program(name: str) -> str:
    """A program that is installed beside Python."""
    return str(BIN / name)


def run(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> None:
    """A program run to its end in silence; a failure, any exit code but these, is shown."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode not in codes:
        sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")


def peak(command: Sequence[str]) -> int:
    """The most memory of a program, in MB, seen by a process that runs it alone."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    return int(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, check=True).stdout)


class Took(NamedTuple):
    """Seconds by the clock and of processor; of the latter none where the system does not tell."""

    clock: float
    processor: float


def medians(
    rounds: int, cases: Mapping[str, Callable[[], object]], before: Mapping[str, Callable[[], object]] | None = None
) -> dict[str, Took]:
    """The median seconds of each case over so many rounds A B C A B C …, after one round to warm up.

    What comes before a case is not counted.
    """
    times: dict[str, list[Took]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, call in cases.items():
            if before and name in before:
                before[name]()
            start, spent = time.perf_counter(), _spent()
            call()
            if number:
                times[name].append(Took(time.perf_counter() - start, _spent() - spent))
    return {name: Took(*map(statistics.median, zip(*each, strict=True))) for name, each in times.items()}


def _spent() -> float:
    """The seconds of processor that all programs run from here have taken."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(title: str, found: Mapping[str, Took], base: str) -> None:
    """A table of seconds and ratios to one of the cases, by the clock and of processor."""
    print(f"\n{title}{'clock':>{66 - len(title)}}{'processor':>24}")
    clock, processor = (each or 1.0 for each in found[base])
    for name, took in found.items():
        by_clock = f"{took.clock * 1000:>10.0f} ms{took.clock / clock:>9.2f}x"
        print(f"  {name:<50}{by_clock}{took.processor * 1000:>10.0f} ms{took.processor / processor:>9.2f}x")
