"""自相矛盾的地方，和文件里不该有的：别家客户的名称、宏、读不出的文件。"""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.checking.check_all import check_every_client
from gbtool.cli.checking.checked import FIELDS, left_out, ordered, show_report, unasked, verdict
from gbtool.cli.checking.likeness import likeness_json, show_likeness
from gbtool.cli.findings import findings_json
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder
from gbtool.errors import UsageError
from gbtool.structs import Frozen


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[文件|文件夹|代号…]", help="只查这些；默认查这个客户的全部。")
    ] = None,
    *,
    all_clients: Annotated[bool, typer.Option("--all-clients", help="查机构里的每一家客户。")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="把发现写成批注，放进 Word 副本，存到 输出/检查/。")
    ] = False,
    likeness: Annotated[
        bool, typer.Option("--likeness", help="量一量照搬：和模板、和别家客户的文件有多少句相同，有多少本企业的事实。")
    ] = False,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """查资料有没有自相矛盾，文件里有没有不该有的；每条都写出在哪里、怎么办。

    不带参数：查这个客户的资料、台账和文件夹里的全部 Word、Excel；带文件、文件夹或代号：只查那些文件。
    有错误时退出码 1；只有提示时 0；什么都没有可查时 1。
    """
    if all_clients:
        if words or annotate or likeness:
            raise UsageError("--all-clients 不能和文件、--annotate、--likeness 一起用", "先查全部，再到那家客户里细查")
        check_every_client(folder, on, json=json)
    else:
        _one(tuple(words or ()), folder, on, _Extras(annotate, likeness, json))


class _Extras(Frozen):
    """What else is asked for."""

    annotate: bool
    likeness: bool
    json: bool


def _one(words: tuple[str, ...], folder: Path, on: On, extras: _Extras) -> None:
    from gbtool.commands.check import Request, check, check_likeness
    from gbtool.commands.checks.marks import annotate as written
    from gbtool.commands.workspace import workspace

    work = workspace(folder)
    with show.progress("查文件") as step:
        request, like = Request(words, Path(), step), None
        if extras.likeness:
            report, like = check_likeness(work, on, request, cache_folder())
        else:
            report = check(work, on, request)
    copies = written(work, report.findings, on) if extras.annotate else ()
    if extras.json:
        findings = findings_json(ordered(report), FIELDS)
        more = {"likeness": likeness_json(like)} if like else {}
        show.json(
            {
                "verdict": verdict(report),
                "findings": findings,
                "not_assessed": unasked(report),
                "not_applied": left_out(report),
            }
            | more
        )
    else:
        if like:
            show_likeness(like)
        show_report(report)
        for copy in copies:
            show.text(f"批注副本：{copy.path}")
    if verdict(report) != "clean":
        raise typer.Exit(1)
