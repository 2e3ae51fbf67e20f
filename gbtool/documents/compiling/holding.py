"""Jinja tags held out of a text as private-use characters while it is parsed as Markdown, then put back in place."""

import functools
import re
from collections.abc import Iterator

import jinja2
from jinja2.lexer import Lexer

from gbtool.documents.faults import misspelt
from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen, Mutable, field

# Names that only compiled templates use; a question's key never begins with an underscore.
LISTS, MADE, GRID, RED, SIGNED = "_lists", "_made", "_grid", "_red", "_signed"
NUMBER, BEGIN, RESTART = "_number", "_begin", "_restart"
_FIRST = 0xF0000
_LAST = 0xFFFFD
HELD = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
SPACE = "\uf8fd"  # a full-width space, which Markdown would strip
INDEX = "\uf8fe"  # before a held tag that printed the number of a list item
_OPENERS = frozenset({"for", "if", "filter", "block", "call", "with", "set", "autoescape"})


class Tag(Frozen):
    """A held tag: its source, its line in the file, its first word (empty where it prints)."""

    source: str
    line: int
    word: str = ""

    @property
    def prints(self) -> bool:
        """Whether it puts a value into the text."""
        return not self.word

    @property
    def opens(self) -> bool:
        """Whether what follows depends on it until it is closed."""
        return self.word in _OPENERS and not (self.word == "set" and "=" in self.source)

    @property
    def closes(self) -> bool:
        """Whether it ends what another opened."""
        return self.word.startswith("end")


class Held(Mutable):
    """A text with its tags held out."""

    text: str
    tags: list[Tag] = field(default_factory=list)

    def tag(self, character: str) -> Tag:
        """The tag that a private-use character stands for."""
        return self.tags[ord(character) - _FIRST]

    def in_(self, text: str) -> list[Tag]:
        """The tags of a piece of the text in order."""
        return [self.tag(character) for character in HELD.findall(text)]

    def put_back(self, text: str) -> str:
        """The text with its tags; newlines inside the tags keep each on the line on which the template has it."""
        line = 1
        result: list[str] = []
        position = 0
        for match in HELD.finditer(text):
            before = text[position : match.start()]
            tag = self.tag(match.group())
            line += before.count("\n")
            missing = max(tag.line - line, 0)
            open_ = 3 if tag.source[2] in "-+" else 2
            result += (before, tag.source[:open_], "\n" * missing, tag.source[open_:])
            line += missing + tag.source.count("\n")
            position = match.end()
        return "".join((*result, text[position:]))


def hold(body: str, first_line: int, name: str) -> Held:
    """A template's body with its tags held out and its comments dropped.

    Raises:
        FileFaults: a tag is not closed or not understood; with file and line.
    """
    held = Held("")
    pieces: list[str] = []
    try:
        for line, kind, source in _tags(body):
            if kind == "data":
                pieces.append(source.replace("　", SPACE))
            elif kind != "comment":
                pieces.append(_hold(held, Tag(source, first_line + line - 1, _word(source, kind)), name))
            elif source.count("\n"):
                pieces.append("\n" * source.count("\n"))
    except jinja2.TemplateSyntaxError as error:
        where = f"{name}:{first_line + error.lineno - 1}"
        raise misspelt(where, error) from error
    held.text = "".join(pieces)
    return held


def _hold(held: Held, tag: Tag, name: str) -> str:
    held.tags.append(tag)
    code = _FIRST + len(held.tags) - 1
    if code > _LAST:
        raise FileFaults([Complaint(f"{name}:{tag.line}", "一个模板里的标记太多")])
    return chr(code)


def _word(source: str, kind: str) -> str:
    return source.strip("{}%-+ \n").split(None, 1)[0] if kind == "block" else ""


@functools.cache
def _lexer() -> Lexer:
    return jinja2.Environment(autoescape=True, keep_trailing_newline=True).lexer


def _tags(body: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind (data, block, variable, comment) and source of each piece of a template."""
    open_, start, pieces = "", 1, list[str]()
    for line, token, value in _lexer().tokeniter(_without_private_use(body), None):
        if not open_ and token in ("block_begin", "variable_begin", "comment_begin", "raw_begin"):
            open_, start, pieces = token.removesuffix("_begin"), line, [value]
        elif not open_:
            yield line, "data", value
        else:
            pieces.append(value)
            if token == f"{open_}_end":
                yield start, "block" if open_ == "raw" else open_, "".join(pieces)
                open_ = ""
    if open_:
        raise jinja2.TemplateSyntaxError("标记没有写完", start)


def _without_private_use(body: str) -> str:
    return HELD.sub("", body).replace(SPACE, "").replace(INDEX, "")


def only_tags(text: str, held: Held) -> bool:
    """Whether a line holds control tags and nothing else."""
    stripped = text.strip()
    return bool(stripped) and all(HELD.match(c) and not held.tag(c).prints for c in stripped if not c.isspace())
