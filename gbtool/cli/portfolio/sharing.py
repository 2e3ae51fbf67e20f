"""How the verbs for all clients share out their work, and how they name clients that could not be read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.structs import replace

if TYPE_CHECKING:
    from gbtool.workers.run import How

Workers = Annotated[
    int, typer.Option("--workers", metavar="个数", min=1, max=64, help="这台机器上用几个进程，默认一个。")
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="地址",
        help="交给 Dask 集群，如 tcp://主机:8786；那边看得到同一个机构文件夹。",
        show_default=False,
    ),
]
TouchedBy = Annotated[
    str,
    typer.Option(
        "--touched-by", metavar="变化", help="只做这个变化影响到的客户，写法同 impact --change。", show_default=False
    ),
]


def how(workers: int, scheduler: str) -> "How":
    """Who works.

    Raises:
        UsageError: both were asked for.
    """
    from gbtool.workers.run import How

    if scheduler and workers > 1:
        raise UsageError("--workers 和 --scheduler 只用一个", "集群上用几个进程由集群定")
    return How(workers, scheduler)


def name_broken(broken: "Mapping[str, Sequence[Complaint]]") -> None:
    """Clients that could not be read are named, and the exit code says so."""
    faults = [
        replace(each, where=f"{path}/{each.where}".rstrip("/"))
        for path, complaints in broken.items()
        for each in complaints
    ]
    if faults:
        show.error(FileFaults(faults))
        raise typer.Exit(FileFaults.exit_code)
