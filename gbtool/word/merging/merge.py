"""A document that a person worked on follows the facts: hers stays, ours comes in, and both is told."""

from collections import Counter

from lxml import etree

from gbtool.model.difference import Difference, Side, Take
from gbtool.structs import Frozen
from gbtool.word import reading
from gbtool.word.merging.blocks import Block, Reader
from gbtool.word.merging.grafting import Graft
from gbtool.word.merging.layout import same_layout
from gbtool.word.merging.opened import NotReadable, Opened, W, open_file
from gbtool.word.merging.properties import follow, renew_contents
from gbtool.word.merging.sides import sides_of, weave_sides
from gbtool.word.merging.styles import Styles, styles_of
from gbtool.word.merging.threefold import Judge
from gbtool.word.merging.weaving import Weaver


class WordsLost(Exception):
    """A merge would have lost words that a person wrote; it must not be used."""


class Versions(Frozen):
    """The three versions of a file: as gbtool wrote it, as it lies there, as gbtool would write it now."""

    base: bytes
    theirs: bytes
    ours: bytes
    name: str


class Merged(Frozen):
    """The file in one, and where the versions differ.

    `data` is ours where nobody touched theirs, and theirs, byte by byte, where nothing of ours came in.
    """

    data: bytes
    differences: tuple[Difference, ...] = ()
    touched: bool = True

    def of(self, side: Side) -> tuple[Difference, ...]:
        """The differences of a side."""
        return tuple(difference for difference in self.differences if difference.side is side)


class _Version(Frozen):
    """One version taken apart and read."""

    file: Opened
    styles: Styles
    blocks: tuple[Block, ...]


def merge(versions: Versions, judge: Judge) -> Merged:
    """Their file with what ours changed since the base; passages that both changed are theirs, and told.

    Raises:
        NotReadable: one of the files cannot be taken apart.
        WordsLost: something that a person wrote would be missing; a fault of gbtool, and the file must stay as it is.
    """
    base, theirs, ours = (_read(data, versions.name) for data in (versions.base, versions.theirs, versions.ours))
    if not _touched(base, theirs):
        return Merged(versions.ours, touched=False)
    graft = Graft(ours.file, theirs.file, ours.styles, theirs.styles)
    weaver = Weaver(judge, graft, theirs.file.body)
    body = weaver.weave(base.blocks, theirs.blocks, ours.blocks)
    differences = (*body, *weave_sides(judge, graft, base.file, base.styles))
    if not any(difference.side is Side.OURS for difference in differences):
        return Merged(versions.theirs, differences)
    follow(base.file, theirs.file, ours.file)
    renew_contents(theirs.file)
    data = theirs.file.packed()
    if judge.take is not Take.OURS:
        _nothing_lost(versions, data)
    return Merged(data, differences)


def _read(data: bytes, name: str) -> _Version:
    file = open_file(data, name)
    try:
        styles = styles_of(file)
        return _Version(file, styles, Reader(styles).blocks(file.body))
    except (etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise NotReadable(name) from error


def _touched(base: _Version, theirs: _Version) -> bool:
    """Whether somebody did more than save the file again."""
    if len(base.blocks) != len(theirs.blocks):
        return True
    if not all(a.same(b) for a, b in zip(base.blocks, theirs.blocks, strict=True)):
        return True
    return sides_of(base.file, base.styles) != sides_of(theirs.file, theirs.styles) or not same_layout(
        base.file.body, theirs.file.body
    )


def _nothing_lost(versions: Versions, data: bytes) -> None:
    """Every word that a person added, also in a passage that she struck out with tracked changes, is in the file."""
    before, hers, now = (_words(each) for each in (versions.base, versions.theirs, data))
    if (hers - before) - now:
        raise WordsLost(versions.name)


def _words(data: bytes) -> Counter[str]:
    file = open_file(data, "")
    struck = (each.text or "" for each in file.body.iter(f"{W}delText"))
    content = reading.content(data)
    return Counter((*content.blocks, *content.sides, *struck))
