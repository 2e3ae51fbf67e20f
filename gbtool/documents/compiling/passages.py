"""The passages of a text, one under each heading, by the names by which a firm's own text may replace them."""

import hashlib
import re
from collections.abc import Iterator, Sequence

from gbtool.documents.compiling.holding import HELD, SPACE, Held, hold, only_tags
from gbtool.model.place import Place
from gbtool.model.template import Template
from gbtool.structs import Frozen, replace

BEGINNING, END = "开头", "结尾"
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_NUMBER = re.compile(r"^[\d.．]+\s+")
_NO_NAME = re.compile(r"\W+")
_KEY = re.compile(r"\[['\"]([\w.]+)['\"]\]")
_SIGNS = 12
_WORDS = re.compile(r"'([^']+)'(?=\s*(?:if\b|else\b|$))")
PRINTS = re.compile(r"\{\{(.*?)\}\}")  # a tag that prints, as it is written


class Line(Frozen):
    """A line of a text's source and where it stands."""

    text: str
    place: Place


class Passage(Frozen):
    """What stands under a heading, up to the next of its level or the end of the condition that it stands in.

    `nested` says that the heading stands inside a condition or loop. `heading`, `start` and `end` count lines of the
    text from 0; `start` is the line after the heading, `end` the line after the last. The names of the beginning and
    the end of a text are given to places where nothing stands.
    """

    name: str
    title: str
    level: int
    heading: int
    start: int
    end: int
    nested: bool = False


class Text(Frozen):
    """A text line by line, with its passages in order."""

    held: Held
    lines: tuple[str, ...]
    template: Template

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, outer ones before those inside them."""
        return tuple(_named(_passages(self.lines, self.held)))

    def source(self, first: int, last: int) -> Iterator[Line]:
        """The source of the lines from the first up to before the last, as they were written."""
        at = self.template.line + sum(_height(line, self.held) for line in self.lines[:first])
        for line in self.lines[first:last]:
            for number, text in enumerate(_written(line, self.held).split("\n")):
                yield Line(text, self.template.at(at + number))
            at += _height(line, self.held)

    def settings(self, passage: Passage) -> Iterator[Line]:
        """The lines of a passage that print nothing and set names, which what follows may use."""
        depths = [*_depths(self.lines[: passage.end], self.held)]
        own = depths[passage.heading][0]
        for at in range(passage.start, passage.end):
            words = {tag.word for tag in self.held.in_(self.lines[at])}
            if words == {"set"} and only_tags(self.lines[at], self.held) and depths[at] == (own, own):
                yield from self.source(at, at + 1)

    def title(self, passage: Passage) -> str:
        """The heading of a passage as it was written."""
        return _written(passage.title, self.held)

    def written(self, passage: Passage) -> str:
        """What stands in a passage, without its heading."""
        return "\n".join(line.text for line in self.source(passage.start, passage.end)).strip("\n")


def text_of(template: Template) -> Text:
    """A template's body line by line.

    Raises:
        FileFaults: a tag is not closed or not understood; with file and line.
    """
    held = hold(template.body, template.line, template.path)
    return Text(held, tuple(held.text.split("\n")), template)


def sign(written: str) -> str:
    """A short hash of a passage: the same whatever spaces end its lines."""
    lines = (line.rstrip() for line in written.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS]


def signs(text: Text) -> dict[str, str]:
    """The hash of every passage by name, and of what stands before the first."""
    passages = text.passages
    first = passages[0].heading if passages else len(text.lines)
    before = "\n".join(line.text for line in text.source(0, first))
    return {BEGINNING: sign(before)} | {passage.name: sign(text.written(passage)) for passage in passages}


def spoken(expression: str) -> str:
    """What a tag prints, to read: both words where one of two is printed, dots for what depends on the client."""
    return "／".join(_WORDS.findall(expression.strip())) or "……"


def _passages(lines: Sequence[str], held: Held) -> Iterator[Passage]:
    depths = [*_depths(lines, held)]
    for at, line in enumerate(lines):
        match = _HEADING.match(line)
        if match:
            end = _end(lines, depths, at, len(match[1]))
            nested = depths[at][0] > 0
            yield Passage(_name(match[2], held), match[2], len(match[1]), at, at + 1, end, nested)


def _depths(lines: Sequence[str], held: Held) -> Iterator[tuple[int, int]]:
    """How many tags are open where each line begins, and the fewest at any point up to its end."""
    open_ = 0
    for line in lines:
        before = least = open_
        for tag in held.in_(line):
            open_ += tag.opens - tag.closes
            least = min(least, open_ - (tag.word in ("else", "elif")))
        yield before, least


def _end(lines: Sequence[str], depths: Sequence[tuple[int, int]], heading: int, level: int) -> int:
    """The line after a passage: the next heading that is no smaller, or the end of what the heading stands in."""
    own = depths[heading][0]
    flat = heading + 1
    for at in range(heading + 1, len(lines)):
        before, least = depths[at]
        if before == own:
            flat = at
        match = _HEADING.match(lines[at])
        if match and len(match[1]) <= level:
            return flat
        if least < own:
            return at
    return len(lines)


def _named(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Each with a name of its own."""
    taken = {BEGINNING, END}
    for passage in passages:
        name, number = passage.name, 1
        while name in taken:
            number += 1
            name = f"{passage.name}_{number}"
        taken.add(name)
        yield replace(passage, name=name)


def _name(title: str, held: Held) -> str:
    """The words of a heading as a name; a heading that only prints values is named for the clause that it prints."""
    words = _NO_NAME.sub("_", _NUMBER.sub("", HELD.sub(" ", title).strip())).strip("_")
    if words and words.isidentifier():
        return words
    keys = [key for tag in held.in_(title) for key in _KEY.findall(tag.source)]
    return keys[0].replace(".", "_") if keys else f"节{words}"


def _height(line: str, held: Held) -> int:
    return 1 + sum(tag.source.count("\n") for tag in held.in_(line))


def _written(line: str, held: Held) -> str:
    return HELD.sub(lambda match: held.tag(match.group()).source, line).replace(SPACE, "　")


def first_words(text: Text) -> int:
    """The line on which a text begins to say something, after the tags that only set names."""
    for at, line in enumerate(text.lines):
        if line.strip() and not only_tags(line, text.held):
            return at
    return len(text.lines)
