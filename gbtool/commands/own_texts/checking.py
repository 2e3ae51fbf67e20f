"""`gbtool template check`: what does not work in a firm's own texts, and what of ours changed under them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from gbtool.commands.own_texts.remembering import form_hash, mark_of, renewed, with_mark, word_hash
from gbtool.commands.own_texts.shelf import Desk, known_names, refuse_others
from gbtool.documents import starter
from gbtool.documents.compiling.inheriting import composed, extended, outdated
from gbtool.documents.compiling.passages import text_of
from gbtool.documents.names import names_in
from gbtool.documents.placing import placed
from gbtool.errors import FileFaults, UsageError
from gbtool.model.document import Specification
from gbtool.model.template import Template
from gbtool.shelf import standards, templates
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import Shelf, Shelves
from gbtool.structs import Frozen
from gbtool.word.stamping import property_of

_UNKNOWN = "自带的改了不会提醒；看过以后用 --seen 记下"
_OTHER = frozenset({"style.docx", "logo.png", "logo.jpg"})


class Trouble(StrEnum):
    """What is to be done about a text: repair it, look at what changed under it, or know it."""

    WRONG = "错"
    CHANGED = "自带的改过"
    UNUSED = "没有用上"
    UNKNOWN = "没有记来历"


class Remark(Frozen):
    """Something about one of a firm's own texts: the shelf, the file below templates/, what, and where."""

    shelf: str
    path: str
    trouble: Trouble
    message: str
    place: str = ""


def remarks(desk: Desk) -> tuple[Remark, ...]:
    """Everything that is to be said of the texts on the shelves that are not ours.

    Raises:
        FileFaults: a list of documents or a form on a shelf cannot be read at all.
    """
    used = {path for edition in standards.editions(desk.shelves) for path in _used(desk.shelves, edition)}
    names = known_names(desk)
    return tuple(remark for shelf in desk.own for remark in _of_shelf(shelf, used, names, desk))


def _of_shelf(shelf: Shelf, used: set[str], names: frozenset[str], desk: Desk) -> Iterator[Remark]:
    for path, file in _files(shelf):
        if path.endswith(".yaml"):
            yield from _of_form(shelf, path, file)
            continue
        if path not in used:
            yield Remark(shelf.name, path, Trouble.UNUSED, "没有文件用它，核对文件夹和名称")
        try:
            yield from _of_text(shelf, path, names, desk)
        except FileFaults as error:
            for fault in error.complaints:
                yield Remark(shelf.name, path, Trouble.WRONG, f"{fault.message}。{fault.fix}".rstrip("。"), fault.where)


def _files(shelf: Shelf) -> Iterator[tuple[str, Path]]:
    """The texts, Word files and forms of a shelf, by their paths below templates/."""
    folder = shelf.folder / templates.FOLDER
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and path.endswith((templates.SUFFIX, templates.WORD, ".yaml")) and path not in _OTHER:
            yield path, file


def _used(shelves: Shelves, edition: str) -> Iterator[str]:
    for specification in catalogue(shelves):
        if edition in specification.editions:
            for template in templates.parts_of(specification, edition, shelves):
                yield template.path


def _of_text(shelf: Shelf, path: str, names: frozenset[str], desk: Desk) -> Iterator[Remark]:
    template = _template(shelf, path)
    if template is None:
        return
    whole = composed(template, templates.shipped_template)
    for name, place in names_in(whole).items():
        if name not in names:
            message = f"没有“{name}”这个名字{did_you_mean(name, names)}"
            yield Remark(shelf.name, path, Trouble.WRONG, message, str(place))
    if template.data:
        yield from _under_word(shelf, template, desk)
        return
    text_of(whole)
    changed = outdated(template, templates.shipped_template)
    if changed:
        yield Remark(shelf.name, path, Trouble.CHANGED, f"块：{'、'.join(changed)}")
    elif not template.seen and templates.shipped_template(extended(template) or path):
        yield Remark(shelf.name, path, Trouble.UNKNOWN, _UNKNOWN)


def _template(shelf: Shelf, path: str) -> Template | None:
    own = Shelves((shelf,))
    return templates.word_template(path, own) if path.endswith(templates.WORD) else templates.template(path, own)


def _under_word(shelf: Shelf, template: Template, desk: Desk) -> Iterator[Remark]:
    """What of ours changed under a Word file."""
    remembered = property_of(template.data, starter.OVER)
    specification = _document_of(template, desk)
    if not remembered or specification is None:
        return
    if word_hash(desk.shipped(specification)) not in ("", remembered):
        yield Remark(shelf.name, template.path, Trouble.CHANGED, "这份文件的写法")


def _document_of(template: Template, desk: Desk) -> Specification | None:
    id_ = Path(template.path).name.removesuffix(templates.WORD)
    return next((specification for specification in desk.documents if specification.id == id_), None)


def _of_form(shelf: Shelf, path: str, file: Path) -> Iterator[Remark]:
    """What of ours changed under a form; what is wrong in it was told when the catalogue was read."""
    now = form_hash(path)
    remembered = mark_of(file.read_text("utf-8-sig"))
    if now and not remembered:
        yield Remark(shelf.name, path, Trouble.UNKNOWN, _UNKNOWN)
    elif now not in ("", remembered):
        yield Remark(shelf.name, path, Trouble.CHANGED, "整份表单")


def seen(desk: Desk, paths: Iterable[str]) -> tuple[str, ...]:
    """Remember in these texts that what is shipped now was looked at; returns those that did not say so yet.

    Raises:
        UsageError: there is no such text of the firm's own.
        Refused: another one has the client whose text it is.
    """
    known = {path: (shelf, file) for shelf in reversed(desk.own) for path, file in _files(shelf)}
    wanted = tuple(path.removeprefix(f"{templates.FOLDER}/") for path in paths)
    for path in wanted:
        if path not in known:
            raise UsageError(f"自己的书架上没有“{path}”{did_you_mean(path, known)}", "有哪些：gbtool template check")
    files = {file: _renewed(shelf, path, file, desk) for path in wanted for shelf, file in [known[path]]}
    changed = {file: data for file, data in files.items() if file.read_bytes() != data}
    for path in wanted:
        refuse_others(known[path][0])
    with placed(changed):
        pass
    return tuple(path for path in wanted if known[path][1] in changed)


def _renewed(shelf: Shelf, path: str, file: Path, desk: Desk) -> bytes:
    data = file.read_bytes()
    if path.endswith(".yaml"):
        now = form_hash(path)
        return with_mark(data.decode("utf-8-sig"), now).encode() if now else data
    template = _template(shelf, path)
    specification = _document_of(template, desk) if template else None
    return renewed(template, data, desk.shipped(specification) if specification else ()) if template else data
