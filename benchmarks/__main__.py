"""`python -m benchmarks`: what takes how long beside named peers.

The whole set against docxtpl and python-docx, --help against copier and rdm, from nothing to Word against rdm.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import BIN, ROOT, Took, medians, peak, program, run, show

if TYPE_CHECKING:
    from collections.abc import Callable

ON = ("--on", "2026-05-15")
EXAMPLE = ROOT / "examples" / "lanwan"


def main() -> None:
    """All benchmarks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a user's machine, modules are compiled once
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "pyc")
        os.environ["PATH"] = os.pathsep.join((str(BIN), pandoc_folder(), os.environ["PATH"]))
        whole_set(folder)
        help_()
        from_nothing(folder)


def client(folder: Path, name: str) -> Path:
    """A fresh copy of the example's facts."""
    target = folder / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for file in (*EXAMPLE.glob("*.csv"), EXAMPLE / "client.yaml"):
        shutil.copy(file, target)
    return target


def whole_set(folder: Path) -> None:
    """Every document of the example: one process each, and one that only writes the finished bytes."""
    templates, out, plain, api = (folder / name for name in ("templates", "out", "plain", "api"))
    for each in (templates, out, plain, api):
        each.mkdir()
    facts = client(folder, "facts")
    run([sys.executable, "-m", "benchmarks.docxtpl_set", "--make", str(facts), str(templates), str(out)], ROOT)
    ours = folder / "ours"

    def generate() -> None:
        run([program("gbtool"), "generate", "-C", str(ours), *ON])

    def fresh() -> None:
        client(folder, "ours")

    def one_fact() -> None:
        file = ours / "client.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("6000元/件", "8000元/件"), encoding="utf-8")

    fresh()
    generate()
    copy = (
        "import pathlib, sys; out = pathlib.Path(sys.argv[2]); "
        "[(out / p.name).write_bytes(p.read_bytes()) for p in pathlib.Path(sys.argv[1]).rglob('*.docx')]"
    )
    finished = folder / "finished"
    shutil.copytree(ours / "文件", finished)
    count = len(list(finished.rglob("*.docx")))
    content = folder / "content.json"
    run([sys.executable, "-m", "benchmarks.python_docx_set", "--make", str(finished), str(content)], ROOT)

    def line_more() -> None:
        with (ours / "client.yaml").open("a", encoding="utf-8") as file:
            file.write(f"# {time.monotonic_ns()}\n")

    def empty() -> None:
        shutil.rmtree(plain)
        plain.mkdir()

    cases: dict[str, Callable[[], object]] = {
        "gbtool generate": generate,
        "gbtool generate, nothing to write": generate,
        "gbtool generate, nothing changed": generate,
        "gbtool generate, one fact changed": generate,
        "docxtpl, the same texts": lambda: run(
            [sys.executable, "-m", "benchmarks.docxtpl_set", str(facts), str(templates), str(out)], ROOT
        ),
        "python-docx, the same paragraphs and cells": lambda: run(
            [sys.executable, "-m", "benchmarks.python_docx_set", str(content), str(api)], ROOT
        ),
        "only writing the same bytes": lambda: run([sys.executable, "-c", copy, str(finished), str(plain)]),
    }
    before = {
        "gbtool generate": fresh,
        "gbtool generate, nothing to write": line_more,
        "gbtool generate, one fact changed": one_fact,
        "only writing the same bytes": empty,
    }
    found = medians(7, cases, before)
    show(f"The example's whole set: {count} documents, whole process", found, "gbtool generate")
    show("The same, against writing alone", found, "only writing the same bytes")
    fresh()
    print(f"\nThe most memory of gbtool generate: {peak([program('gbtool'), 'generate', '-C', str(ours), *ON])} MB")


def help_() -> None:
    """What it takes to show the help."""
    cases: dict[str, Callable[[], object]] = {
        "gbtool --help": lambda: run([program("gbtool"), "--help"]),
        "gbtool --version": lambda: run([program("gbtool"), "--version"]),
        "copier --help": lambda: run([program("copier"), "--help"]),
        "rdm --help": lambda: run([program("rdm"), "--help"]),
        "python -c pass": lambda: run([sys.executable, "-c", "pass"]),
    }
    show("The help, whole process", medians(15, cases), "gbtool --help")


def from_nothing(folder: Path) -> None:
    """From an empty folder to Word files: init with an answers file and generate; rdm init and its own make."""
    answers = client(folder, "answers")
    (answers / "client.yaml").rename(answers / "answers.yaml")
    theirs, ours = folder / "rdm", folder / "new"

    def gbtool() -> None:
        shutil.rmtree(ours, ignore_errors=True)
        run([program("gbtool"), "init", str(ours), "--answers", str(answers / "answers.yaml"), *ON])
        run([program("gbtool"), "generate", "-C", str(ours), *ON])

    def rdm() -> None:
        shutil.rmtree(theirs, ignore_errors=True)
        theirs.mkdir()
        run([program("rdm"), "init"], theirs)
        run(["make", "docs"], theirs / "dhf")

    if not shutil.which("pandoc") or not shutil.which("make"):
        print("\nrdm init to Word: left out, pandoc or make is not here")
        return
    found = medians(3, {"gbtool init + generate": gbtool, "rdm init + make docs": rdm})
    made = {"gbtool init + generate": ours, "rdm init + make docs": theirs}
    counts = {name: len(list(where.rglob("*.docx"))) for name, where in made.items()}
    show("From nothing to Word, whole processes", found, "gbtool init + generate")
    each = {
        f"{name}, each of {counts[name]} documents": Took(*(seconds / max(counts[name], 1) for seconds in took))
        for name, took in found.items()
    }
    show("The same for one document", each, next(iter(each)))


def pandoc_folder() -> str:
    """Where the pandoc of the package pypandoc_binary lies, if it is installed."""
    try:
        import pypandoc  # noqa: PLC0415 # it may not be here
    except ImportError:
        return ""
    return str(Path(pypandoc.get_pandoc_path()).parent)


if __name__ == "__main__":
    main()
