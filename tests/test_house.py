"""The rules of the house: who may import whom, where a library lives, how large things may grow."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.no_cover  # the code is read here, not run

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "gbtool"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = (
    {"cli"},
    {"commands"},
    {"documents", "exchange", "pdf", "rules", "screening", "shelf", "server", "store", "workers"},
    {"word"},
    {"model", "remembering", "session"},
    {"errors"},
    {"structs"},
)
GUESTS = {
    "cli": {"typer", "rich", "questionary", "prompt_toolkit", "platformdirs"},
    "documents": {"jinja2", "markupsafe", "markdown_it", "docxtpl"},
    "word": {"deflate", "docx", "lxml"},
    "exchange": {"python_calamine", "xlsxwriter", "icalendar", "pyrage"},
    "screening": {"ahocorasick", "opencc", "rapidfuzz"},
    "pdf": {"pypdf"},
    "shelf": {"yaml", "chinese_calendar"},
    "server": {"psycopg"},
    "store": {"sqlite_utils", "sqlite3"},
    "structs": {"msgspec"},
    "workers": {"distributed", "dask"},
}
STRANGERS = {guest for guests in GUESTS.values() for guest in guests} | {"click"}
PURE = {"model", "rules", "screening"}
OUTSIDE_WORLD = {"os", "pathlib", "io", "time", "subprocess", "socket", "tempfile", "shutil", "sqlite3", "sys"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}

FUNCTION_LINES = 40
NESTING = 3
MODULE_LINES = 300
ROOM_LINES = 2600
OWN_IMPORTS = 8


def room(module: Path) -> str:
    """The room of a module: its folder, or its own name at the top of the package."""
    parts = module.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


class Read(NamedTuple):
    """What stands in a module, read once: parsing all of them for every question takes longer than the questions."""

    text: str
    imports: tuple[str, ...]
    functions: tuple[tuple[str, int, int], ...]  # name, lines, depth
    lines: int
    sentence: str


@cache
def read(module: Path) -> Read:
    """A module, parsed."""
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    nodes = tuple(ast.walk(tree))
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef))
    measured = tuple((each.name, length(each, room(module)), depth(each)) for each in functions)
    sentence = ast.get_docstring(tree) or ""
    return Read(text, tuple(imported(nodes, module)), measured, code_lines(text, nodes), sentence)


def imported(nodes: Iterable[ast.AST], module: Path) -> Iterator[str]:
    """Every imported name in full."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written in full"
            yield node.module or ""


def floor(name: str) -> int:
    """The floor of a room, counted from the top; the entrance stands above all."""
    return next((number for number, rooms in enumerate(FLOORS) if name in rooms), -1)


def code_lines(text: str, nodes: Iterable[ast.AST]) -> int:
    """Lines without blanks, comments and docstrings."""
    words = {
        line
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = text.splitlines()
    return sum(
        1 for n, line in enumerate(lines, 1) if line.strip() and not line.strip().startswith("#") and n not in words
    )


def length(function: ast.FunctionDef, room: str) -> int:
    """How many lines a function has; the options of a command are no code."""
    first = function.body[0].lineno if room == "cli" else function.lineno
    return (function.end_lineno or function.lineno) - first + 1


def depth(node: ast.AST, level: int = 0) -> int:
    """How deep loops, branches, with and try nest inside a function; elif is not deeper."""
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        nests = isinstance(child, (ast.If, ast.For, ast.While, ast.With, ast.Try))
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, depth(child, level + (1 if nests and not is_elif else 0)))
    return deepest


def named(module: Path) -> str:
    """A module as pytest shows it."""
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_only_go_downstairs(module: Path) -> None:
    own = room(module)
    for name in read(module).imports:
        top, *rest = name.split(".")
        if top == "gbtool" and rest and rest[0] != own:
            assert floor(rest[0]) > floor(own), f"{own} may not import {name}"


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_each_library_has_one_room(module: Path) -> None:
    own = room(module)
    for name in read(module).imports:
        top = name.split(".")[0]
        assert top not in STRANGERS or top in GUESTS.get(own, set()), f"{top} does not live in {own}"


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) in PURE], ids=named)
def test_model_and_rules_see_no_files_and_no_clock(module: Path) -> None:
    text = read(module).text
    assert not {name.split(".")[0] for name in read(module).imports} & OUTSIDE_WORLD
    assert not re.search(r"\b(date\.today|datetime\.now)\(|(?<![\w.])(?<!def )open\(", text)


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) not in {"cli", "__main__"}], ids=named)
def test_only_the_terminal_prints_asks_and_reads_the_clock(module: Path) -> None:
    text = read(module).text
    assert not re.search(r"(?<![\w.])(print|input)\(", text)
    assert not re.search(r"date\.today\(|datetime\.now\(|os\.environ|Path\.cwd\(|sys\.exit\(", text)


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_functions_are_short_and_flat(module: Path) -> None:
    for name, lines, deep in read(module).functions:
        assert lines <= FUNCTION_LINES, f"{name} has {lines} lines"
        assert deep <= NESTING, f"{name} nests {deep} deep"


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_modules_are_small_and_have_a_sentence(module: Path) -> None:
    assert read(module).lines <= MODULE_LINES
    assert read(module).sentence, "a module says what lives in it"
    own = {name for name in read(module).imports if name.startswith("gbtool.") and name != "gbtool.structs"}
    assert len(own) <= LIMITS.get(named(module), ROOM_LIMITS.get(room(module), OWN_IMPORTS))


# Where things come together by nature: the reason stands beside each.
LIMITS = {
    "cli/init.py": 9,  # a new client is asked, made and shown
    "cli/ledger.py": 16,  # each sub-command brings its own verb
    "cli/records/importing.py": 12,  # a folder, a table and a Word form come in by one command
    "cli/records/verbs.py": 10,  # each sub-command brings its own verb
    "cli/programmes/verbs.py": 12,  # each sub-command brings its own verb
    "cli/profile.py": 10,  # each sub-command brings its own verb
    "cli/checking/check.py": 10,  # findings, measures and marked copies are asked for by one verb
    "cli/audit.py": 14,  # each sub-command brings its own verb
    "cli/measuring/grading.py": 10,  # each sub-command brings its own verb
    "cli/measuring/figures.py": 10,  # each sub-command brings its own verb
    "cli/diagnosis/verb.py": 14,  # each sub-command brings its own verb
    "documents/desk.py": 10,  # what drafting needs comes together here
    "documents/context.py": 9,  # every name that a text may use is made here
    "documents/drafting.py": 17,  # the parts of a document are put together here
    "documents/papers.py": 15,  # the parts of a paper are put together here
    "model/facts.py": 17,  # all that templates and rules look at comes together here
    "screening/desk.py": 12,  # what every screen looks at lies here
    "screening/report.py": 14,  # the screens come together here
    "rules/report.py": 14,  # importing a family of rules registers it
    "commands/records/giving.py": 17,  # forms and tables of the ledger go out by one verb
    "word/merging/merge.py": 12,  # the parts of a merge are put together here
    "shelf/clients.py": 9,  # one file of the client is read, checked and written here
}
# A verb gathers from every room, decides and keeps: it knows them all.
ROOM_LIMITS = {"commands": 16}


@pytest.mark.parametrize("folder", sorted({m.parent for m in MODULES}), ids=named)
def test_no_room_outgrows_its_door(folder: Path) -> None:
    total = sum(read(module).lines for module in MODULES if module.parent == folder)
    assert total <= ROOM_LINES, f"{named(folder)} has {total} lines: it wants a door, not another wing"


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_everything_has_a_name(module: Path) -> None:
    assert module.stem not in NAMELESS


def test_help_loads_nothing_heavy() -> None:
    import subprocess  # noqa: PLC0415 - only this test starts a process

    heavy = (
        "docx",
        "lxml",
        "rich",
        "sqlite_utils",
        "questionary",
        "jinja2",
        "markdown_it",
        "yaml",
        "distributed",
        "psycopg",
    )
    code = (
        "import sys; sys.argv = ['gbtool', '--help']\n"
        "from gbtool.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8"
    )
    assert run.stderr.strip().endswith("[]"), run.stderr
