"""The examples of other standards, taken through every step as a user would, and the words that their documents use."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from drafted import CACHE
from engagement import EXAMPLES
from gbtool.commands.init import create, place_for, questions_at, read_source
from gbtool.commands.telling import steps
from gbtool.commands.workspace import Workspace

ENTERED = date(2026, 11, 22)

Told = tuple[Workspace, Mapping[str, str]]


def story(example: str, folder: Path) -> Told:
    """A client's folder with everything that its example holds, and what was told of each step."""
    target, source = place_for(folder), EXAMPLES / example
    asked = questions_at(target)
    work = create(target, asked, read_source(source / "client.yaml", asked), ENTERED)
    return work, {step.title: f"{step.total} {step.note}" for step in steps(work, source, ENTERED, CACHE)}


def words_in(folder: Path, strange: re.Pattern[str]) -> dict[str, set[str]]:
    """The strange words in each Word file of a folder that has some."""
    found = {path.name: set(strange.findall(_text(path))) for path in sorted(folder.rglob("*.docx"))}
    return {name: words for name, words in found.items() if words}


def _text(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith("word/") and "xml" in name]
        return re.sub(r"<[^>]+>", "", "".join(parts.read(name).decode("utf-8") for name in names))
