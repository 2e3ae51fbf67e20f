"""Headers and footers: one that nobody touched says what ours says now; one that both changed is reported."""

from collections.abc import Iterator

from lxml import etree

from gbtool.model.difference import Difference
from gbtool.structs import Frozen
from gbtool.word.merging.blocks import Block, Reader
from gbtool.word.merging.grafting import Graft
from gbtool.word.merging.opened import Opened
from gbtool.word.merging.styles import Styles
from gbtool.word.merging.threefold import Action, Judge, Triple

_KINDS = {"header": "页眉", "footer": "页脚"}


class _Side(Frozen):
    """A header or footer: the part that holds it, and all of it as one block."""

    part: str
    block: Block


def weave_sides(judge: Judge, graft: Graft, base: Opened, base_styles: Styles) -> Iterator[Difference]:
    """Bring into their headers and footers what ours changed; yields every difference."""
    for kind, name in _KINDS.items():
        before = {side.part: side for side in _sides(base, base_styles, kind)}
        now = {side.part: side for side in _sides(graft.ours, graft.our_styles, kind)}
        for theirs in _sides(graft.theirs, graft.their_styles, kind):
            part = _same_part(theirs, before)
            if part is None or part not in now:
                continue
            triple = Triple(before[part].block, theirs.block, now[part].block)
            action, difference = judge.decide(triple, name)
            if difference:
                yield difference
            if action is Action.REWRITE:
                _rewrite(graft, theirs, now[part])


def sides_of(file: Opened, styles: Styles) -> frozenset[tuple[object, ...]]:
    """What the headers and footers say and look like, in whatever parts they lie."""
    sides = (side.block for kind in _KINDS for side in _sides(file, styles, kind))
    return frozenset((*block.key, block.look) for block in sides if block.text)


def _same_part(theirs: _Side, before: dict[str, _Side]) -> str | None:
    """Which of the base's parts a part of theirs was: the one that says the same, else the only one."""
    for part, side in before.items():
        if side.block.key == theirs.block.key:
            return part
    return next(iter(before)) if len(before) == 1 and theirs.block.text else None


def _sides(file: Opened, styles: Styles, kind: str) -> Iterator[_Side]:
    for part in file.names(f"word/{kind}"):
        root = file.tree(part)
        blocks = Reader(styles).blocks(root)
        texts = tuple(text for block in blocks for text in block.texts)
        looks = tuple(block.look for block in blocks)
        yield _Side(part, Block("h", texts, looks, root))


def _rewrite(graft: Graft, theirs: _Side, ours: _Side) -> None:
    root = theirs.block.element
    made: list[etree._Element] = [graft.copy(child, ours.part, theirs.part) for child in ours.block.element]
    for child in [*root]:
        root.remove(child)
    root.extend(made)
