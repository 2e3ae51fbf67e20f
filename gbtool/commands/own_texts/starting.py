"""`gbtool template new`: a text of a firm's own to begin with, which remembers what of ours it was written over."""

from collections.abc import Sequence
from pathlib import Path

from gbtool.commands.own_texts.remembering import hashes_now, with_hashes, with_mark
from gbtool.commands.own_texts.shelf import ONLY_SHIPPED, Desk, refuse_others
from gbtool.documents import forms, starter
from gbtool.documents.compiling.passages import BEGINNING, END, Text, sign, text_of
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError
from gbtool.model.document import Specification
from gbtool.model.template import Template
from gbtool.shelf import questions, templates
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import CLIENT_FILE, Shelf
from gbtool.structs import Frozen
from gbtool.word.package import look_from

_HINT = "{# 只写要换的块，别处用自带的。块里一行 {{ super() }} 是自带的原文；空的块是不要这一段。 #}"


class Start(Frozen):
    """What to begin: single passages by name, one whole part of a document, or a Word file; for the client alone."""

    blocks: tuple[str, ...] = ()
    part: str = ""
    word: bool = False
    client: bool = False


def start(desk: Desk, id_: str, wanted: Start) -> Path:
    """Lay the beginning of a text of the firm's own on its shelf; returns the file.

    Raises:
        UsageError: the document, passage or part is unknown, or more must be said.
        Refused: there is such a file already, or another one has the client.
    """
    specification = desk.document(id_)
    path, data = _beginning(desk, specification, wanted)
    shelf = _shelf(desk, wanted)
    target = shelf.folder / templates.FOLDER / path
    if target.exists():
        raise Refused(f"已经有 {target}", "改这一份；要重新开始，先把它移走")
    refuse_others(shelf)
    with placed({target: data}):
        pass
    return target


def _shelf(desk: Desk, wanted: Start) -> Shelf:
    """The firm's shelf, or the client's where there is no firm or the client alone is meant."""
    own = desk.own
    client = next((shelf for shelf in own if (shelf.folder / CLIENT_FILE).is_file()), None)
    firm = next((shelf for shelf in own if shelf is not client), None)
    if wanted.client and client is None:
        raise UsageError("--for-client 要在客户文件夹里用", "或用 -C 指定客户文件夹")
    found = client if wanted.client else firm or client
    return found or own[0]


def _beginning(desk: Desk, specification: Specification, wanted: Start) -> tuple[str, bytes]:
    parts = desk.shipped(specification)
    if wanted.word:
        return _word(desk, specification, parts)
    if not parts:
        return _form(specification)
    if wanted.blocks:
        return _passages(parts, wanted.blocks)
    return _whole(_part(parts, wanted.part, specification))


def _part(parts: Sequence[Template], name: str, specification: Specification) -> Template:
    """The part that is meant."""
    named = {template.path.rpartition("/")[2].removesuffix(templates.SUFFIX): template for template in parts}
    if name in named:
        return named[name]
    if name:
        raise UsageError(f"{specification.id} 没有“{name}”这一部分{did_you_mean(name, named)}")
    if len(parts) > 1:
        raise UsageError(f"{specification.id} 有 {len(parts)} 个部分，用 --part 写明哪一个", f"有：{'、'.join(named)}")
    return parts[0]


def _whole(template: Template) -> tuple[str, bytes]:
    """A copy of what is shipped, with the hash of each passage in its head."""
    found = ONLY_SHIPPED.find(f"{templates.FOLDER}/{template.path}")
    text = found[1].read_text("utf-8") if found else template.body
    return template.path, with_hashes(text, hashes_now(template)).encode()


def _passages(parts: Sequence[Template], names: Sequence[str]) -> tuple[str, bytes]:
    """A text that extends what is shipped, with the passages as they are to begin with."""
    texts = [text_of(template) for template in parts]
    text = next((text for text in texts if any(p.name in names for p in text.passages)), texts[0])
    known = {passage.name: passage for passage in text.passages}
    for name in names:
        if name not in known and name not in (BEGINNING, END):
            everywhere = [passage.name for each in texts for passage in each.passages]
            apart = name in everywhere
            reason = "不在同一个部分里，分开写" if apart else f"不是这份文件的块{did_you_mean(name, everywhere)}"
            raise UsageError(f"“{name}”{reason}", "有哪些块：gbtool template list 代号")
    written = {name: text.written(known[name]) if name in known else "" for name in names}
    hashes = {name: sign(written[name]) for name in names if name in known}
    path = text.template.path
    blocks = [line for name in names for line in ("", f"{{% block {name} %}}", written[name], "{% endblock %}")]
    lines = [_HINT, f'{{% extends "shipped/{path}" %}}', *blocks, ""]
    return path, with_hashes("\n".join(lines), hashes).encode()


def _form(specification: Specification) -> tuple[str, bytes]:
    """A copy of a shipped form, with its hash in the first line."""
    found = ONLY_SHIPPED.find(specification.place.file)
    if found is None or not specification.fields:
        raise UsageError(f"{specification.id} 没有自带的写法可以拿来改", "用 Word 写：加 --word")
    text = found[1].read_text("utf-8")
    return specification.place.file.removeprefix(f"{templates.FOLDER}/"), with_mark(text, sign(text)).encode()


def _word(desk: Desk, specification: Specification, parts: Sequence[Template]) -> tuple[str, bytes]:
    """A Word file with the headings of what is shipped, and the names that it uses with their questions."""
    style = desk.shelves.find(f"{templates.FOLDER}/style.docx")
    asked = {key: question.question for key, question in questions.questions(desk.shelves).items()}
    texts: list[Text] = [text_of(template) for template in parts]
    look = look_from(style[1]) if style else {}
    fields = specification.fields
    page = forms.Form(specification.title, fields, specification.kind).layout.page if fields else None
    data = starter.word_file(specification, texts, asked, look, page)
    folder = Path(specification.place.file).parent.as_posix().removeprefix(f"{templates.FOLDER}/")
    return f"{folder.removesuffix('/flows')}/{specification.id}{templates.WORD}", data
