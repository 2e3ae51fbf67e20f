"""gbtool portfolio generate, check, readiness: one thing for all clients, here or on a cluster."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.cli.portfolio.sharing import Scheduler, TouchedBy, Workers, how, name_broken
from gbtool.model.document import Outcome
from gbtool.model.finding import Severity, Status, Verdict
from gbtool.structs import Frozen

if TYPE_CHECKING:
    from gbtool.commands.portfolio.batch import Result
    from gbtool.commands.portfolio.tasks import Done

_WELL = {Verdict.READY: "没有矛盾", Verdict.NOT_READY: "有错误", Verdict.NOT_ASSESSED: "没有可查的"}
_WORDS: Mapping[str, str] = {
    Outcome.NEW: "新建",
    Outcome.CHANGED: "更新",
    Outcome.SAME: "没有变化",
    Outcome.KEPT: "保留手改",
    Outcome.MERGED: "手改保留其余更新",
    Outcome.CONFLICT: "有冲突",
    Outcome.OPEN: "等资料",
    Severity.ERROR: "错误",
    Severity.WARN: "提示",
    Severity.INFO: "说明",
    Status.PASSED: "通过",
    Status.FAILED: "不通过",
    Status.NOT_ASSESSED: "没有可查",
    Status.NOT_APPLICABLE: "不适用",
}
_MOST = 3  # reasons in a table


def generate(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[代号…]", help="只生成这些；默认全部。")] = None,
    *,
    touched_by: TouchedBy = "",
    workers: Workers = 1,
    scheduler: Scheduler = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """每家客户生成体系文件，和逐家 gbtool generate 一样：手工改过的保留；中断后再运行，做完的不重做。"""
    _many(ctx, "generate", _Asked(tuple(ids or ()), touched_by, workers, scheduler), on, folder, as_json=as_json)


def check(
    ctx: typer.Context,
    *,
    touched_by: TouchedBy = "",
    workers: Workers = 1,
    scheduler: Scheduler = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """每家客户查一遍资料和文件，一家一行；逐条看用 gbtool check。有一家有错误，退出码 1。"""
    _many(ctx, "check", _Asked((), touched_by, workers, scheduler), on, folder, as_json=as_json)


def readiness(
    ctx: typer.Context,
    *,
    touched_by: TouchedBy = "",
    workers: Workers = 1,
    scheduler: Scheduler = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """每家客户查一遍是否就绪，一家一行；逐条理由用 gbtool readiness。有一家没有就绪，退出码 1。"""
    _many(ctx, "readiness", _Asked((), touched_by, workers, scheduler), on, folder, as_json=as_json)


class _Asked(Frozen):
    """What was asked for, as it was typed."""

    ids: tuple[str, ...]
    touched_by: str
    workers: int
    scheduler: str


def _many(ctx: typer.Context, verb: str, asked: _Asked, on: On, folder: Path, *, as_json: bool) -> None:
    from gbtool.commands.portfolio.batch import Batch, batch
    from gbtool.commands.portfolio.tasks import Verb

    how_, place = how(asked.workers, asked.scheduler), where(ctx, folder)
    with show.progress("做客户") as step:
        wanted = Batch(Verb(verb), asked.ids, asked.touched_by, how_, cache_folder(), step)
        found = batch(place, on, wanted)
    if as_json:
        show.json(_result(found))
    else:
        _show(found)
    name_broken({each.path: each.complaints for each in found.broken})
    if not all(each.well for each in found.done):
        raise typer.Exit(1)


def _show(found: "Result") -> None:
    show.text(f"{found.firm.name}　{found.today}　{len(found.done)} 家客户")
    rows = [_row(each, found) for each in found.done if not each.complaints]
    if rows:
        show.text()
        show.table(("客户", "结论", "多少", "主要的"), rows)
    show.text()
    fine = sum(each.well for each in found.done)
    show.done(
        f"做完 {len(found.done) - len(found.broken)} 家，其中 {fine} 家没有要处理的；没有做成 {len(found.broken)} 家。"
    )


def _row(each: "Done", found: "Result") -> tuple[object, ...]:
    counts = "、".join(f"{_WORDS[name]} {count}" for name, count in each.counts.items())
    more = f"等 {len(each.reasons)} 项" if len(each.reasons) > _MOST else ""
    return each.path, _verdict(each, found), counts, "；".join(each.reasons[:_MOST]) + more


def _verdict(each: "Done", found: "Result") -> str:
    if each.verdict is None:
        return ""
    return _WELL[each.verdict] if found.verb.value == "check" else each.verdict.word


def _result(found: "Result") -> dict[str, object]:
    rows = [
        {
            "path": each.path,
            "verdict": each.verdict.value if each.verdict else None,
            "counts": dict(each.counts),
            "reasons": list(each.reasons),
            "earliest": each.earliest,
        }
        for each in found.done
        if not each.complaints
    ]
    return {"verb": found.verb.value, "on": found.today, "clients": rows, "broken": _faults(found.broken)}


def _faults(broken: "Sequence[Done]") -> list[dict[str, object]]:
    return [{"path": each.path, "faults": [str(fault) for fault in each.complaints]} for each in broken]
