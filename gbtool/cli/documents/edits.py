"""How differences between a person's file and gbtool's draft are shown: each passage with its texts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.model.difference import Difference, Side, Take
from gbtool.model.document import Made, Outcome

_LONGEST, _BEFORE = 120, 20
_NOTHING = "（没有）"
_SIDES = {Side.THEIRS: "手改", Side.OURS: "新稿改", Side.CONFLICT: "冲突"}
_MOST = 12
Taking = Annotated[
    Take | None,
    typer.Option(
        "--take",
        metavar="theirs|ours",
        help="两边都改过的地方：theirs 用文件里手写的，ours 用新稿的；要写代号。",
        show_default=False,
    ),
]


def mapping(difference: Difference) -> Mapping[str, str]:
    """A difference for scripts."""
    return {name: getattr(difference, name) for name in ("side", "place", "base", "theirs", "ours", "note")}


def conflicts(made: Made) -> list[Mapping[str, str]]:
    """The conflicts of a document for scripts."""
    return [mapping(each) for each in made.differences if each.side is Side.CONFLICT]


def show_conflicts(made: Sequence[Made]) -> None:
    """What both changed, document by document, and how to settle it."""
    for each in made:
        show.text(f"冲突：{each.number} {each.title}，两边都改过，文件里留着手写的")
        found = [difference for difference in each.differences if difference.side is Side.CONFLICT]
        for difference in found[:_MOST]:
            show_difference(difference)
        if len(found) > _MOST:
            show.text(f"  ……共 {len(found)} 处，全部见 gbtool diff {each.id}")
        show.text(f"  新稿整份放在 {each.beside}，可以对照")
        show.text()
    show_settling(made)


def show_settling(made: Iterable[Made]) -> None:
    """How to settle the conflicts of documents."""
    ids = [each.id for each in made if each.outcome is Outcome.CONFLICT]
    if ids:
        show.next_step(
            f"gbtool generate {ids[0]} --take theirs", "冲突处用手写的；用新稿的写 --take ours；也可以在 Word 里改好"
        )


def show_difference(difference: Difference) -> None:
    """One passage: what it was, what stands in the file, what gbtool would write."""
    note = f"（{difference.note}）" if difference.note else ""
    show.text(f"  {_SIDES[difference.side]}　{difference.place}{note}")
    texts = {"原来": difference.base}
    if difference.side is not Side.OURS or difference.theirs != difference.base:
        texts["文件"] = difference.theirs
    if difference.side is not Side.THEIRS or difference.ours != difference.base:
        texts["新稿"] = difference.ours
    start = max(_shared([text for text in texts.values() if text]) - _BEFORE, 0)
    for name, text in texts.items():
        show.text(f"    {name}：{_short(text, start)}")


def show_places(made: Iterable[Made]) -> None:
    """Where copies lie of what was replaced, and why a file could not be merged."""
    copies = [each.copy for each in made if each.copy]
    for path in copies[:_MOST]:
        show.text(f"改动前的文件：{path}")
    if len(copies) > _MOST:
        show.text(f"  ……共 {len(copies)} 份，都在 {copies[0].rpartition('/')[0]} 一类的文件夹里")
    for each in made:
        if each.note:
            show.text(f"没有更新：{each.number} {each.title}，{each.note}（{each.path}）")


def _shared(texts: Sequence[str]) -> int:
    """How many characters all texts have in common at their beginning."""
    return next(
        (n for n, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), min(map(len, texts))
    )


def _short(text: str, start: int) -> str:
    """A text from shortly before the place where it differs; whole where it is short."""
    if len(text) <= _LONGEST:
        return text or _NOTHING
    rest = text[start : start + _LONGEST]
    return f"{'……' if start else ''}{rest}{'……' if start + len(rest) < len(text) else ''}"
