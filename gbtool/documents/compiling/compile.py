"""A Markdown template as a Word-XML template: parsed once with the Jinja tags held out, and kept by its hash.

Values never meet the Markdown parser: they are put into the finished XML, escaped.
"""

import contextlib
import functools
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from gbtool.documents.compiling.holding import hold
from gbtool.model.template import Template
from gbtool.structs import Frozen
from gbtool.word.look import Layout

_ROOMS = ("documents", "model", "word")
FIELD = "\ue000"
DAYS = ("effective", "issued")  # what the head says of the days, where they are not those of the manual
FIELDS = ("编制", "审核", "批准", *DAYS)


class Compiler(Frozen):
    """Compiles templates, with a folder that keeps what was compiled; a broken or stale entry is ignored."""

    cache: Path | None = None

    def compile(self, template: Template, layout: Layout) -> str:
        """The Word-XML template; the head's texts follow the body, each behind a separator.

        Raises:
            FileFaults: a tag is wrong; with file and line.
        """
        key = _digest(code(), repr(layout), template.path, str(template.line), template.body, repr(template.head))
        kept = self._kept(key)
        if kept is not None:
            return kept
        source = _compiled(template, layout)
        self._keep(key, source)
        return source

    def _kept(self, key: str) -> str | None:
        if self.cache is None:
            return None
        try:
            check, _, source = (self.cache / f"{key}.xml").read_text("utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return source if check == _digest(source) else None

    def _keep(self, key: str, source: str) -> None:
        if self.cache is None:
            return
        target = self.cache / f"{key}.xml"
        draft = target.with_suffix(f".{os.getpid()}")
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            draft.write_text(f"{_digest(source)}\n{source}", "utf-8", newline="\n")
            draft.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()


@functools.cache
def code() -> str:
    """Which gbtool compiles and drafts: the state of the modules that decide what a document looks like."""
    package = Path(__file__).parent.parent.parent
    files = sorted(file for room in _ROOMS for file in (package / room).rglob("*.py"))
    states = ((file.relative_to(package).as_posix(), file.stat()) for file in files)
    return _digest(*(f"{name} {state.st_mtime_ns} {state.st_size}" for name, state in states))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _compiled(template: Template, layout: Layout) -> str:
    from gbtool.documents.compiling.blocks import Writer  # noqa: PLC0415 # Markdown is not needed where all is kept
    from gbtool.documents.compiling.markdown import parse  # noqa: PLC0415 # Markdown is not needed where all is kept

    held = hold(template.body, template.line, template.path)
    body = held.put_back(Writer(held, layout).write(parse(held)))
    return body + "".join(FIELD + text for text in _head_texts(template.head))


def _head_texts(head: Mapping[str, object]) -> list[str]:
    approval = head.get("approval")
    texts = {**(approval if isinstance(approval, Mapping) else {}), **{day: head.get(day) for day in DAYS}}
    return [str(texts.get(name) or "") for name in FIELDS]
