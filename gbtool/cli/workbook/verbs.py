"""The two verbs of the workbook, and how what they did is told."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where

if TYPE_CHECKING:
    from gbtool.commands.workbook.bringing import Brought


def export(
    ctx: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="文件", help="如 问卷.xlsx。", show_default=False)],
    *,
    everything: Annotated[bool, typer.Option("--all", help="已答的也带上，供核对。")] = False,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="组", help="只要这些组，如 B，可重复。")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="已有同名文件也写。")] = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """把待答的问题写成一个工作簿给企业填：一组一张工作表，选项是下拉，例子是灰字。"""
    from gbtool.commands.workbook.making import Wish, export as export_workbook
    from gbtool.commands.workspace import workspace

    done = export_workbook(workspace(where(ctx, folder)), target, Wish(everything, tuple(group or ()), replace), on)
    if as_json:
        show.json({"path": str(done.path), "questions": done.asked, "answered": done.answered})
        return
    known = f"，其中 {done.answered} 题已有回答" if done.answered else ""
    show.done(f"已写入 {done.path}：{done.asked} 题{known}。")
    show.next_step(f"gbtool profile import {done.path.name}", "企业填好以后")


def import_(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="文件", help="企业填好的问卷。", show_default=False)],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="已有的回答以问卷为准。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，什么都不写。")] = False,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """收回企业填好的问卷：要么全收，要么不收；每处不对报到单元格；会改掉已有回答的先列出来。"""
    from gbtool.commands.workbook.bringing import bring
    from gbtool.commands.workspace import workspace

    done = bring(workspace(where(ctx, folder)), source, overwrite=replace, dry_run=dry_run)
    if as_json:
        show.json(_plain(done, dry_run=dry_run))
        return
    _told(done, dry_run=dry_run)


def _told(done: "Brought", *, dry_run: bool) -> None:
    from gbtool.commands.workbook.bringing import brief

    for each in done.new:
        show.text(f"  新  {each.key}：{brief(each.meant)}")
    for changed in done.overwritten:
        show.text(f"  改  {changed}（{changed.where}）")
    for line in (*done.emptied, *done.notes):
        show.text(f"  注意：{line}。")
    verb = "会收进" if dry_run else "收进"
    unchanged = done.same + done.untouched
    show.done(f"{verb}新回答 {len(done.new)} 题，改 {len(done.overwritten)} 题，没变 {unchanged} 题。")
    if not dry_run:
        show.text(f"还有 {done.left} 题待答。")


def _plain(done: "Brought", *, dry_run: bool) -> dict[str, object]:
    changed = [
        {"key": each.key, "cell": each.where, "old": each.old, "new": each.new, "meanwhile": each.meanwhile}
        for each in done.overwritten
    ]
    return {
        "dry_run": dry_run,
        "new": [each.key for each in done.new],
        "changed": changed,
        "same": done.same,
        "untouched": done.untouched,
        "emptied": list(done.emptied),
        "notes": list(done.notes),
        "open": done.left,
    }
