"""Tasks given to the workers of a Dask scheduler: it shares them out and gives them again when a worker ends."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any, TypeVar
from uuid import uuid4

from gbtool.errors import UsageError
from gbtool.workers.run import Lost

T = TypeVar("T")
R = TypeVar("R")
_PATIENCE = 10  # seconds for the scheduler to answer
_LOUD = ("distributed", "distributed.client")
_AGAIN = 2  # times that a task is done anew after it failed


def run(do: Callable[[T], R], tasks: Sequence[T], address: str) -> Iterator[tuple[int, R | Lost]]:
    """The answers as they come; a task whose workers keep ending is lost, the others are not.

    When the scheduler itself ends, what it has not told yet is lost.

    Raises:
        UsageError: dask is not installed, nobody answers at the address, or nobody works there.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra: gbtool[cluster]
    except ImportError as error:
        raise UsageError("--scheduler 要用 Dask，这台机器上没有", "pip install 'gbtool[cluster]'") from error
    dask: Any = distributed  # it says nothing of its types
    for part in _LOUD:  # what becomes of a worker is told by its tasks
        logging.getLogger(part).setLevel(logging.CRITICAL)
    try:
        client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError, ImportError) as error:
        raise UsageError(f"连不上调度器 {address}", "写成 tcp://主机:8786；dask scheduler 要先启动") from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise UsageError(f"调度器 {address} 上没有工作进程", "先启动：dask worker 地址")
        name = uuid4().hex
        given = {
            client.submit(do, task, key=f"gbtool-{name}-{number}", pure=False, retries=_AGAIN): number
            for number, task in enumerate(tasks)
        }
        for future in dask.as_completed(given, loop=client.loop):
            yield given[future], _answer(future)


def _answer(future: Any) -> Any:  # noqa: ANN401 - dask says nothing of its types
    try:
        failure = future.exception()
        return Lost(f"工作进程：{failure}") if failure else future.result()
    except (CancelledError, OSError):
        return Lost("和调度器的连接断了")
