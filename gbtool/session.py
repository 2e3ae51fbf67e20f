"""Who sits at which machine at which moment: what a lease is compared with; the terminal says it, nobody else asks."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from gbtool.structs import Frozen


class Session(Frozen):
    """The clock, the machine's name, and the user's own folder for what is true of this machine only."""

    now: Callable[[], datetime]
    machine: Callable[[], str]
    data: Callable[[], Path]


_SESSION: ContextVar[Session | None] = ContextVar("session", default=None)


@contextlib.contextmanager
def sitting(session: Session) -> Iterator[None]:
    """Within this, somebody sits here."""
    token = _SESSION.set(session)
    try:
        yield
    finally:
        _SESSION.reset(token)


def session() -> Session | None:
    """Who sits here, if anybody does."""
    return _SESSION.get()
