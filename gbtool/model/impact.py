"""A change from outside a client's folder, and what of the client it touches: plain values that processes exchange."""

from datetime import date
from enum import StrEnum

from gbtool.structs import Frozen


class ChangeKind(StrEnum):
    """What changes."""

    LAW = "法律"
    CLAUSE = "条款"
    RULE = "规则"
    PERIOD = "时限"
    TEMPLATE = "模板"
    STYLE = "样式"


class What(StrEnum):
    """What of a client is touched."""

    DOCUMENT = "文件"
    LIST = "清单"
    FACT = "资料"
    DEADLINE = "期限"
    AUDIT = "审核"
    VERDICT = "检查"


class Change(Frozen):
    """A change: what it is called, from which day it holds (None: at once), by which names texts speak of it.

    `key` is a rule, a clause or a period; `standard` that of the clause; `paths` are files below a shelf; `rules` those
    that count with a period; `note` says what it changes from and to, and where that is known from.
    """

    kind: ChangeKind
    key: str
    title: str
    day: date | None = None
    names: tuple[str, ...] = ()
    standard: str = ""
    paths: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    note: str = ""


class Touched(Frozen):
    """One thing of a client that a change touches: what, its id and title, why, and the day that counts for it."""

    what: What
    id: str
    title: str
    reason: str
    day: date | None = None
