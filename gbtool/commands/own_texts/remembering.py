"""What a firm's own text says of the shipped one that it was written over: hashes, wherever its kind keeps them."""

from collections.abc import Mapping, Sequence

from gbtool.commands.own_texts.shelf import ONLY_SHIPPED
from gbtool.documents import starter
from gbtool.documents.compiling.inheriting import blocks_of, extended
from gbtool.documents.compiling.passages import sign, signs, text_of
from gbtool.model.template import Template
from gbtool.shelf import templates
from gbtool.word.stamping import with_property

MARK = "# 来自自带的写法 "
_FROM = "from:"
_EDGE = "---"


def with_hashes(text: str, hashes: Mapping[str, str]) -> str:
    """A text of a template whose head remembers these hashes by name of passage, and no others."""
    lines = text.split("\n")
    known = [_FROM, *(f"  {name}: '{value}'" for name, value in hashes.items())] if hashes else []
    if lines[0].rstrip() != _EDGE:
        return "\n".join([_EDGE, *known, _EDGE, *lines]) if known else text
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == _EDGE), len(lines))
    return "\n".join([_EDGE, *_without(lines[1:end]), *known, *lines[end:]])


def with_mark(text: str, value: str) -> str:
    """A form whose first line remembers a hash."""
    first, _, rest = text.partition("\n")
    return f"{MARK}{value}\n{rest if first.startswith(MARK) else text}"


def mark_of(text: str) -> str:
    """The hash that the first line of a form remembers, empty where it does not."""
    first = text.split("\n", 1)[0]
    return first.removeprefix(MARK).strip() if first.startswith(MARK) else ""


def hashes_now(template: Template) -> Mapping[str, str]:
    """The hashes, now, of the shipped passages under a text of a firm: those that it replaces, or all."""
    below = templates.shipped_template(extended(template) or template.path)
    if below is None:
        return {}
    now = signs(text_of(below))
    if not extended(template):
        return now
    return {name: now[name] for name in blocks_of(template) if name in now}


def word_hash(parts: Sequence[Template]) -> str:
    """The hash of the shipped text that a Word file stands for."""
    return sign("\n".join(part.body for part in parts)) if parts else ""


def form_hash(path: str) -> str:
    """The hash of a shipped form below templates/, empty where there is none."""
    found = ONLY_SHIPPED.find(f"{templates.FOLDER}/{path}")
    return sign(found[1].read_text("utf-8")) if found else ""


def renewed(template: Template, data: bytes, parts: Sequence[Template]) -> bytes:
    """A firm's own text or Word file that remembers what is shipped now."""
    if template.data:
        return with_property(data, starter.OVER, word_hash(parts))
    return with_hashes(data.decode("utf-8-sig").replace("\r\n", "\n"), hashes_now(template)).encode()


def _without(head: Sequence[str]) -> list[str]:
    """The lines of a head but what it remembers."""
    kept: list[str] = []
    inside = False
    for line in head:
        inside = line.startswith(_FROM) or (inside and line[:1].isspace())
        if not inside:
            kept.append(line)
    return kept
