"""gbtool diff: what a person changed in a file, what gbtool would change, and where both did."""

from collections import Counter
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.documents import edits
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.commands.diff import differing
from gbtool.commands.workspace import workspace
from gbtool.model.difference import Side
from gbtool.model.document import Made, Outcome


def command(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[代号…]", help="如 sys-reward；默认列出全部手改过的。")
    ] = None,
    *,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """手改过的文件：手改了哪里、新稿改了哪里、哪里有冲突。

    只看，不写。有冲突的，退出码 1。
    """
    found = differing(workspace(where(ctx, folder)), tuple(ids or ()), on, cache_folder())
    if as_json:
        show.json({"documents": [_mapping(made) for made in found]})
    elif ids:
        _show_each(found)
    else:
        _show_all(found)
    if any(made.outcome is Outcome.CONFLICT for made in found):
        raise typer.Exit(1)


def _mapping(made: Made) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(made, name) for name in ("id", "number", "title", "path", "note")}
    return row | {"differences": [edits.mapping(each) for each in made.differences]}


def _show_each(found: tuple[Made, ...]) -> None:
    if not found:
        show.done("没有手改过的地方。")
    for made in found:
        show.text(f"{made.number} {made.title}（{made.path}）")
        for difference in made.differences:
            edits.show_difference(difference)
        if made.note:
            show.text(f"  {made.note}")
        elif not made.differences:
            show.text("  只改过版面")
        show.text()
    edits.show_settling(found)


def _show_all(found: tuple[Made, ...]) -> None:
    if not found:
        show.done("没有手改过的文件。")
        return
    rows = []
    for made in found:
        counts = Counter(difference.side for difference in made.differences)
        numbers = (counts[Side.THEIRS], counts[Side.OURS], counts[Side.CONFLICT])
        rows.append((made.id, made.title, *(number or "" for number in numbers), made.note))
    show.table(("代号", "名称", "手改", "新稿改", "冲突", "说明"), rows, f"手改过的文件 {len(found)} 份")
    show.next_step(f"gbtool diff {found[0].id}", "看每一处")
