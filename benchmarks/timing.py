"""Programs timed in turn, so that a busy machine slows all of them alike."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

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


def medians(rounds: int, cases: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each case over so many rounds A B C A B C …, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, call in cases.items():
            start = time.perf_counter()
            call()
            if number:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def show(title: str, found: Mapping[str, float], base: str) -> None:
    """A table of seconds and ratios to one of the cases."""
    print(f"\n{title}")
    for name, seconds in found.items():
        print(f"  {name:<58}{seconds * 1000:>10.0f} ms{seconds / found[base]:>9.2f}x")
