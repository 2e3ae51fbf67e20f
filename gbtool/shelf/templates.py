"""Templates from templates/**/*.md.j2: the nearest shelf wins file by file, the head is YAML, the rest is text."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.template import Template
from gbtool.remembering import key_of, memory
from gbtool.shelf.reader import text_of
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves
from gbtool.shelf.shipped import is_shipped

FOLDER = "templates"
SUFFIX = ".md.j2"
WORD = ".docx"
_MOST_WORD = 20_000_000
_HEAD = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_KEYS = frozenset(
    {"id", "part", "edition", "numbering", "approval", "effective", "issued", "when", "needs", "style", "from"}
)
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def template(path: str, shelves: Shelves) -> Template | None:
    """The nearest template of a path below templates/.

    Raises:
        FileFaults: it cannot be read or its head is wrong.
    """
    found = shelves.find(f"{FOLDER}/{path}")
    return _read(path, *found) if found else None


def shipped_template(path: str) -> Template | None:
    """The template as it is shipped, whatever nearer shelves say."""
    file = SHIPPED.folder / FOLDER / path
    return _read(path, SHIPPED, file) if file.is_file() else None


def parts_of(specification: Specification, edition: str, shelves: Shelves) -> tuple[Template, ...]:
    """The templates that make a document in an edition, in order: none while nobody has written it.

    A Word file of the document's id is the only one, unless its texts or its form stand on a nearer shelf.
    """
    names = _names(specification, edition)
    word = _nearest([f"{name}{WORD}" for name in names], edition, shelves)
    if specification.kind is DocumentKind.MANUAL:
        paths = _chapters(names[-1].rpartition("/")[0], edition, shelves)
    else:
        nearest = _nearest([f"{name}{SUFFIX}" for name in names], edition, shelves)
        paths = [nearest] if nearest else []
    others = [f"{FOLDER}/{path}" for path in paths] or [specification.place.file] * bool(specification.fields)
    if word and all(_distance(f"{FOLDER}/{word}", shelves) <= _distance(other, shelves) for other in others):
        return (word_template(word, shelves),)
    found = (template(path, shelves) for path in paths)
    return tuple(each for each in found if each and edition in each.editions)


def _names(specification: Specification, edition: str) -> tuple[str, ...]:
    """Where the template of a document may lie, without its ending, an edition's own first."""
    folder = specification.place.file.rpartition("/")[0].removeprefix(f"{FOLDER}/").removesuffix("/flows")
    below = (f"{folder}/{edition}", f"{folder}/flows/{edition}", f"{folder}/flows", folder)
    return tuple(f"{each}/{specification.id}" for each in below)


def _nearest(paths: Iterable[str], edition: str, shelves: Shelves) -> str:
    """The path whose file stands on the nearest shelf; on one shelf the first of the paths.

    So a firm's text wins over one that is shipped for an edition alone, unless it says that it is for another edition.
    """
    found = [path for path in paths if shelves.find(f"{FOLDER}/{path}")]
    if len(found) < 2:  # noqa: PLR2004 # nothing to choose from
        return "".join(found)
    return min(found, key=lambda path: (not _is_for(path, edition, shelves), _distance(f"{FOLDER}/{path}", shelves)))


def _is_for(path: str, edition: str, shelves: Shelves) -> bool:
    found = None if path.endswith(WORD) else template(path, shelves)
    return found is None or edition in found.editions


def _distance(file: str, shelves: Shelves) -> int:
    found = shelves.find(file)
    return shelves.shelves.index(found[0]) if found else len(shelves.shelves)


def word_template(path: str, shelves: Shelves) -> Template:
    """The nearest Word file of a path below templates/ as a template.

    Raises:
        FileFaults: it cannot be read or is too large.
    """
    found = shelves.find(f"{FOLDER}/{path}")
    if found is None:
        raise FileFaults([Complaint(f"{FOLDER}/{path}", "找不到文件")])
    try:
        with found[1].open("rb") as file:
            data = file.read(_MOST_WORD + 1)
    except OSError as error:
        raise FileFaults([Complaint(f"{FOLDER}/{path}", "读不出来，文件被占用或没有权限")]) from error
    if len(data) > _MOST_WORD:
        raise FileFaults([Complaint(f"{FOLDER}/{path}", "太大", "模板不超过 20 MB")])
    return Template(path, found[0].name, {}, "", data=data)


def _chapters(folder: str, edition: str, shelves: Shelves) -> list[str]:
    names: dict[str, list[str]] = {}
    for below in (f"{folder}/{edition}", folder):
        for path in shelves.list(f"{FOLDER}/{below}", SUFFIX):
            place, _, name = path.rpartition("/")
            if place == f"{FOLDER}/{below}":
                names.setdefault(name, []).append(f"{below}/{name}")
    return [_nearest(names[name], edition, shelves) for name in sorted(names)]


def _read(path: str, shelf: Shelf, file: Path) -> Template:
    name = f"{FOLDER}/{path}" if shelf is SHIPPED else file.as_posix()
    text = text_of(file, name).replace("\r\n", "\n")
    match = _HEAD.match(text)
    head = _known_head(match.group(1), name, file) if match else {}
    body = text[match.end() :] if match else text
    return Template(path, shelf.name, head, body, text[: match.end()].count("\n") + 1 if match else 1)


def _known_head(text: str, name: str, file: Path) -> Mapping[str, object]:
    """The head of a template; a machine reads that of a shipped one once."""
    known = memory() if is_shipped(file) else None
    if known is None:
        return _head(text, name)
    key = key_of("head of a template", name, text)
    found = known.get(key)
    if not isinstance(found, dict):
        found = _head(text, name)
        known.put(key, found)
    return found


def _head(text: str, name: str) -> Mapping[str, object]:
    try:
        head = yaml.load(text, Loader=_Loader)  # noqa: S506 # the base loader makes text, lists and mappings only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise FileFaults([Complaint(f"{name}:{line}", "模板的文件头不是合法的 YAML")]) from error
    except yaml.YAMLError as error:
        raise FileFaults([Complaint(f"{name}:1", "模板的文件头含有不允许的字符")]) from error
    if not isinstance(head, dict):
        raise FileFaults([Complaint(f"{name}:1", "模板的文件头应当是“键: 值”的写法")])
    unknown = sorted(set(head) - _KEYS)
    if unknown:
        raise FileFaults([Complaint(f"{name}:1", f"模板的文件头里不认识“{key}”") for key in unknown])
    return head
