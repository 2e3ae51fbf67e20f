"""gbtool issue: approve and issue documents, or take them out of force."""

from pathlib import Path
from typing import Annotated, Any

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, On, cache_folder
from gbtool.errors import UsageError

_DAY = "2026-05-15"


def _who(name: str, words: str) -> Any:  # noqa: ANN401 - what Typer gives back
    return typer.Option(f"--{name}-by", metavar="姓名", help=f"{words}人。", show_default=False)


def _when(name: str, words: str) -> Any:  # noqa: ANN401 - what Typer gives back
    return typer.Option(f"--{name}", metavar="日期", help=f"{words}日期，如 {_DAY}。", show_default=False)


def command(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[代号…]", help="如 ip-manual、appt-mr。")] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="全部已生成、还没发布的文件。")] = False,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="documents.yaml：各文件的签署人和日期。")
    ] = None,
    compiled_by: Annotated[str, _who("compiled", "编制")] = "",
    compiled: Annotated[str, _when("compiled", "编制")] = "",
    reviewed_by: Annotated[str, _who("reviewed", "审核")] = "",
    reviewed: Annotated[str, _when("reviewed", "审核")] = "",
    approved_by: Annotated[str, _who("approved", "批准")] = "",
    approved: Annotated[str, _when("approved", "批准")] = "",
    issued: Annotated[str, _when("issued", "发布")] = "",
    effective: Annotated[str, _when("effective", "实施")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="作废这些文件（从 --on 那天起）。")] = False,
    on: On,
    folder: Folder = HERE,
) -> None:
    """批准、发布文件：谁编制、审核、批准，哪天发布、实施；或作废。

    有没回答的问题、文件旧了或不见了、资料自相矛盾的，不发布。手册的实施日起算运行期。
    """
    from gbtool.commands import issue as verb
    from gbtool.commands.workspace import workspace
    from gbtool.store.documents import Signing

    work = workspace(folder)
    if withdraw:
        gone = verb.withdraw(work, ids or (), on, on)
        show.done(f"已作废：{'、'.join(gone)}。")
        return
    if from_:
        done = verb.issue_from(work, from_, on, cache_folder())
    elif ids or all_:
        people = Signing(compiled_by, compiled, reviewed_by, reviewed, approved_by, approved, issued, effective)
        done = verb.issue(work, ids or (), people, on, cache_folder())
    else:
        raise UsageError("没有说发布哪些文件", "写代号，或 --all，或 --from documents.yaml")
    show.done(f"已发布 {len(done.documents)} 份。")
    if done.skipped:
        show.text(f"documents.yaml 里另有 {len(done.skipped)} 份没有生成过，没有发布：{'、'.join(done.skipped)}。")
    if done.effective:
        show.text(f"运行期从 {done.effective} 起算。")
    show.next_step("gbtool period", "看运行期")
