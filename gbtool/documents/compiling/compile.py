"""A Markdown template as code for Jinja: parsed with the tags held out into a Word-XML template, and compiled.

Each is made once on a machine and kept by the hash of all that it is made from. Values never meet the Markdown
parser: they are put into the finished XML, escaped.
"""

import contextlib
import functools
import hashlib
import marshal
import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import bc_magic

from gbtool.documents.compiling.holding import hold
from gbtool.model.template import Template
from gbtool.structs import Frozen
from gbtool.word.look import Layout

_PLACES = ("documents", "model", "word", "structs.py")
FIELD = "\ue000"
DAYS = ("effective", "issued")  # what the head says of the days, where they are not those of the manual
_HASH = hashlib.sha256().digest_size
FIELDS = ("编制", "审核", "批准", *DAYS)


@functools.cache
def code() -> str:
    """Which gbtool compiles and drafts: the state of the modules that decide what a document looks like."""
    package = Path(__file__).parent.parent.parent
    with os.scandir(package) as entries:
        places = [entry for entry in entries if entry.name in _PLACES]
    return _digest(*sorted(state for place in places for state in _states(place)))


def _states(place: os.DirEntry[str]) -> Iterator[str]:
    """Path, time and size of a module, or of each in a folder and below it."""
    if place.name.endswith(".py"):
        state = place.stat()
        yield f"{place.path} {state.st_mtime_ns} {state.st_size}"
    elif place.is_dir():
        with os.scandir(place) as entries:
            for entry in entries:
                yield from _states(entry)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def compiled(template: Template, layout: Layout) -> str:
    """The Word-XML template; the head's texts follow the body, each behind a separator.

    Raises:
        FileFaults: a tag is wrong; with file and line.
    """
    from gbtool.documents.compiling.blocks import Writer  # noqa: PLC0415 # Markdown is not needed where all is kept
    from gbtool.documents.compiling.markdown import parse  # noqa: PLC0415 # Markdown is not needed where all is kept

    held = hold(template.body, template.line, template.path)
    body = held.put_back(Writer(held, layout).write(parse(held)))
    return body + "".join(FIELD + text for text in _head_texts(template.head))


def _head_texts(head: Mapping[str, object]) -> list[str]:
    approval = head.get("approval")
    texts = {**(approval if isinstance(approval, Mapping) else {}), **{day: head.get(day) for day in DAYS}}
    return [str(texts.get(name) or "") for name in FIELDS]


class Kept(Frozen):
    """Code in a folder, a file for each key with the hash of what is in it; a broken one is none."""

    folder: Path | None = None

    def get(self, key: str) -> CodeType | None:
        """The code that is kept under a key."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / f"{key}.code").read_bytes()
        except OSError:
            return None
        made = memoryview(data)[_HASH:]
        if hashlib.sha256(made).digest() != data[:_HASH]:
            return None
        found = marshal.loads(made)  # noqa: S302 # it is what gbtool wrote itself into the user's own folder
        return found if isinstance(found, CodeType) else None

    def put(self, key: str, made: CodeType) -> None:
        """Keep code, whole or not at all; a folder that refuses costs only the time to compile again."""
        if self.folder is None:
            return
        data = marshal.dumps(made)
        target = self.folder / f"{key}.code"
        draft = target.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(hashlib.sha256(data).digest() + data)
            draft.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()


class Texts(jinja2.BaseLoader):
    """Loads templates by path for Jinja, ready to render."""

    def __init__(
        self, find: Callable[[str], Template | None], layout_for: Callable[[Template], Layout], kept: Kept
    ) -> None:
        """`find` gets a template, `layout_for` the layout that it is written in."""
        self.find, self.layout_for, self.kept = find, layout_for, kept

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 # Jinja's own name
    ) -> jinja2.Template:
        """The template of a path, ready to render.

        Raises:
            TemplateNotFound: there is none.
            TemplateSyntaxError: Jinja does not understand a tag.
            FileFaults: a tag is wrong; with file and line.
        """
        template = self.find(name)
        if template is None:
            raise jinja2.TemplateNotFound(name)
        layout = self.layout_for(template)
        about = (template.path, str(template.line), template.body, repr(template.head), repr(layout), name)
        key = _digest(code(), jinja2.__version__, bc_magic.hex(), *about)
        made = self.kept.get(key)
        if made is None:
            made = environment.compile(compiled(template, layout), name, name)
            self.kept.put(key, made)
        return environment.template_class.from_code(environment, made, globals or {}, None)
