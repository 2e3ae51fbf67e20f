"""The sandboxed environment that renders templates: autoescape, StrictUndefined, nothing printed by accident."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sized
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from gbtool.documents.compiling.holding import GRID, RED, SIGNED
from gbtool.documents.faults import NothingToPrint
from gbtool.documents.grids import grid
from gbtool.documents.redhead import name_of_issuer
from gbtool.word import wordml

_MOST = 10_000
_MOST_POWER = 100
_TOO_LONG = "算出来的太长"
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_EMPTY_PARAGRAPH = re.compile(r"<[^>]*>")

Loader = Callable[[str], tuple[str, str, Callable[[], bool] | None] | None]


def printed(value: object) -> object:
    """A value on its way into a document: text exactly as it is, without what XML forbids, a newline as a line break.

    Raises:
        NothingToPrint: there is no value.
    """
    if isinstance(value, (Markup, jinja2.Undefined)):
        return value
    if value is None:
        raise NothingToPrint
    if isinstance(value, bool):
        return "是" if value else "否"
    return Markup(wordml.inside(str(value)))  # noqa: S704 # inside() escapes


def zh_date(value: object) -> str:
    """2026-05-18 as 2026年5月18日."""
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise jinja2.UndefinedError(f"“{value}”不是日期") from error
    return f"{day.year}年{day.month}月{day.day}日"


def total(rows: Iterable[Mapping[str, object]], name: str) -> str:
    """The sum of a column of a table of the ledger, without zeros at its end; what is no number counts nothing."""
    texts = (str(row.get(name, "")).replace(",", "") for row in rows)
    found = sum((Decimal(text) for text in texts if _NUMBER.fullmatch(text)), Decimal(0))
    return f"{found.normalize():f}"


def _signed(paragraph: str) -> Markup:
    """A paragraph, or nothing where it says nothing."""
    return Markup(paragraph if _EMPTY_PARAGRAPH.sub("", str(paragraph)).strip() else "")  # noqa: S704 # rendered XML


class Asking(Context):
    """Knows which names from outside its texts asked for."""

    environment: "Bounded"

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 # Jinja's own
        """The value of a name, which is written down."""
        self.environment.asked.add(key)
        return super().resolve_or_missing(key)


class Bounded(SandboxedEnvironment):
    """A sandbox in which no expression makes a text or number without end; it remembers the names asked for."""

    context_class = Asking
    asked: set[str]

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 # Jinja's own
        """Multiply, unless what comes out would be too long.

        Raises:
            OverflowError: it would be.
        """
        lengths = [len(value) if isinstance(value, Sized) else abs(value) for value in (left, right)]
        if operator == "**" or any(isinstance(value, Sized) for value in (left, right)):
            most = max(lengths) ** min(2, max(1, min(lengths))) if operator == "**" else lengths[0] * lengths[1]
            if most > _MOST or (operator == "**" and lengths[1] > _MOST_POWER):
                raise OverflowError(_TOO_LONG)
        return super().call_binop(context, operator, left, right)


def _few(*arguments: int) -> range:
    numbers = range(*arguments)
    if len(numbers) > _MOST:
        raise OverflowError(_TOO_LONG)
    return numbers


def environment(load: Loader, shipped: Loader, cache: Path | None = None) -> Bounded:
    """The environment over compiled templates; `cache` is a folder for Jinja's byte code."""
    env = Bounded(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        loader=jinja2.ChoiceLoader(
            [jinja2.FunctionLoader(load), jinja2.PrefixLoader({"shipped": jinja2.FunctionLoader(shipped)})]
        ),
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache), "%s.byte") if cache else None,
        cache_size=-1,
    )
    env.asked = set()
    env.globals["range"] = _few
    del env.filters["center"]  # pads without end
    env.filters["zh_date"] = zh_date
    env.filters["total"] = total
    env.filters[GRID] = grid
    env.filters[RED] = name_of_issuer
    env.filters[SIGNED] = _signed
    return env
