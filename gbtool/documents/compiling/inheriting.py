"""A text that takes over what is shipped and replaces some of its passages: `{% extends %}` and one block for each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from gbtool.documents.compiling.holding import HELD, Tag
from gbtool.documents.compiling.passages import BEGINNING, END, Line, Passage, Text, first_words, signs, text_of
from gbtool.errors import Complaint, FileFaults
from gbtool.model.place import Place
from gbtool.model.template import Template
from gbtool.structs import Frozen, Mutable, field, replace

FOLDER = "templates"
_EXTENDS = re.compile(r"\A(?:\s|\{#.*?#\})*\{%-?\s*extends\s+['\"]shipped/([^'\"]+)['\"]\s*-?%\}", re.DOTALL)
_SUPER = re.compile(r"\{\{-?\s*super\(\)\s*-?\}\}")
_HEADING = re.compile(r"^(#{1,6})\s")


def extended(template: Template) -> str:
    """The path of the shipped text that a text takes over, empty where it stands alone."""
    match = _EXTENDS.match(template.body)
    return match[1] if match else ""


def outdated(template: Template, shipped: Callable[[str], Template | None]) -> tuple[str, ...]:
    """The shipped passages that changed, went or were added since a text of a firm was written over them.

    A text that replaces single passages hears of those alone; one that does not say what it was written over of none.
    """
    seen = template.seen
    over = template.over or extended(template)
    below = shipped(over or template.path) if seen else None
    if below is None:
        return ()
    text = text_of(below)
    now = signs(text)
    added = [] if over else [name for name in now if name not in seen]
    changed = [*(name for name, sign in seen.items() if now.get(name) != sign), *added]
    where = {passage.name: passage for passage in text.passages if passage.name in changed}
    around = {o.name for o in where.values() for i in where.values() if o.heading < i.heading < o.end}
    return tuple(name for name in changed if name not in around or over)


def composed(template: Template, shipped: Callable[[str], Template | None]) -> Template:
    """A text with the shipped one that it extends around its blocks; another text as it is.

    Raises:
        FileFaults: there is no such shipped text or passage, or words stand outside the blocks; with file and line.
    """
    path = extended(template)
    if not path:
        return template
    found = shipped(path)
    if found is None:
        raise FileFaults([Complaint(str(template.at(template.line)), f"自带的模板里没有“{path}”")])
    numbers = range(found.line, found.line + found.body.count("\n") + 1)
    below = replace(found, origins=tuple(Place(f"自带的 {FOLDER}/{path}", number) for number in numbers))
    weave = _Weave(text_of(below), blocks_of(template))
    lines = tuple(weave.whole())
    weave.refuse_strangers(template)
    body = "\n".join(line.text for line in lines)
    head = {**below.head, **template.head}
    origins = tuple(line.place for line in lines)
    return replace(template, head=head, body=body, line=1, origins=origins, over=path)


class Own(Frozen):
    """A block of a firm's own text: its lines, and the tag that opens it."""

    lines: tuple[Line, ...]
    tag: Tag

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not any(line.text.strip() for line in self.lines)


def blocks_of(template: Template) -> Mapping[str, Own]:
    """The blocks of a text that extends another one, by name.

    Raises:
        FileFaults: words stand outside the blocks, or a block stands twice or inside another.
    """
    text = text_of(template)
    found: dict[str, Own] = {}
    for at, tag, end in _blocks(text):
        name = tag.source.strip("{}%-+ ").split()[1]
        if name in found:
            raise FileFaults([Complaint(str(template.at(tag.line)), f"块“{name}”写了两次")])
        found[name] = Own(tuple(text.source(at + 1, end)), tag)
    return found


def _blocks(text: Text) -> Iterator[tuple[int, Tag, int]]:
    """The lines of each block: the one that opens it, its tag, and the one that closes it."""
    open_: tuple[int, Tag] | None = None
    for at, line in enumerate(text.lines):
        tags = text.held.in_(line)
        words = [tag.word for tag in tags]
        if "block" in words or "endblock" in words:
            if len(tags) != 1 or HELD.sub("", line).strip() or (words[0] == "block") == bool(open_):
                raise _misplaced(text, at, "{% block 名 %} 和 {% endblock %} 各占一行，块里不能再有块")
            if open_:
                yield *open_, at
            open_ = None if open_ else (at, tags[0])
        elif not open_ and line.strip() and words != ["extends"]:
            raise _misplaced(text, at, "这一行在块的外面，印不出来；写进 {% block 名 %} 里")
    if open_:
        raise _misplaced(text, open_[0], "块没有写完，缺 {% endblock %}")


def _misplaced(text: Text, at: int, message: str) -> FileFaults:
    (line, *_) = text.source(at, at + 1)
    return FileFaults([Complaint(str(line.place), message)])


class _Weave(Mutable):
    """The shipped text with blocks in the places of its passages; `used` are those that were."""

    below: Text
    own: Mapping[str, Own]
    used: set[str] = field(default_factory=set)

    def whole(self) -> Iterator[Line]:
        """All lines."""
        first = first_words(self.below)
        yield from self.below.source(0, first)
        yield from self._added(BEGINNING)
        yield from self._between(first, len(self.below.lines), self.below.passages)
        yield from self._added(END)

    def refuse_strangers(self, template: Template) -> None:
        """Complain of blocks that replace nothing."""
        names = [passage.name for passage in self.below.passages]
        complaints = []
        for name, own in self.own.items():
            if name in self.used:
                continue
            guess = get_close_matches(name, names, n=1)
            reason = f"块“{name}”在另一个换掉的块里面，不起作用" if name in names else f"自带的模板里没有“{name}”这一块"
            fix = f"是不是想用“{guess[0]}”？" if guess and name not in names else ""
            complaints.append(Complaint(str(template.at(own.tag.line)), reason, fix))
        if complaints:
            raise FileFaults(complaints)

    def _added(self, name: str) -> Iterator[Line]:
        if name in self.own:
            self.used.add(name)
            yield from _apart(self.own[name].lines)

    def _between(self, first: int, last: int, passages: Sequence[Passage]) -> Iterator[Line]:
        """The lines of a stretch, with the outermost passages in it that are replaced."""
        at = first
        for passage in passages:
            if passage.name in self.own and at <= passage.heading < last:
                yield from self.below.source(at, passage.heading)
                yield from self._replaced(passage)
                at = passage.end
        yield from self.below.source(at, last)

    def _replaced(self, passage: Passage) -> Iterator[Line]:
        own = self.own[passage.name]
        self.used.add(passage.name)
        if not any(_SUPER.fullmatch(line.text.strip()) for line in own.lines):
            yield from self.below.settings(passage)
        if own.empty:
            return
        words = next(line.text for line in own.lines if line.text.strip())
        heading = _HEADING.match(words)
        if not heading or len(heading[1]) != passage.level:
            yield from self.below.source(passage.heading, passage.start)
        for line in _apart(own.lines):
            if not _SUPER.fullmatch(line.text.strip()):
                yield line
                continue
            inside = [each for each in self.below.passages if each.heading > passage.heading]
            yield from self._between(passage.start, passage.end, inside)


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with an empty one before and after them."""
    if lines:
        yield Line("", lines[0].place)
        yield from lines
        yield Line("", lines[-1].place)
