"""The sandboxed environment that renders templates: autoescape, StrictUndefined, nothing printed by accident."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sized
from decimal import Decimal
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from gbtool.documents.choosing import CHOOSING
from gbtool.documents.compiling.holding import BEGIN, GRID, NUMBER, RED, RESTART, SIGNED
from gbtool.documents.faults import NothingToPrint
from gbtool.documents.grids import grid
from gbtool.documents.redhead import name_of_issuer
from gbtool.word import wordml
from gbtool.word.numbering import Lists

_MOST = 10_000
_MOST_POWER = 100
_TOO_LONG = "算出来的太长"
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_FAR = "[^\x00-\u2000]"  # Chinese characters and their punctuation
_AT_CHINESE = re.compile(f"(?<={_FAR}) +| +(?={_FAR})")
_EMPTY_PARAGRAPH = re.compile(r"<[^>]*>")
_METHODS = frozenset(dir(dict))
_OF_LOOPS = ("_loop_vars", "_block_vars")  # what Jinja gives to functions that ask for it
_PLAIN = frozenset({dict, list, str})


def printed(value: object) -> str:
    """A value on its way into a document: text exactly as it is, without what XML forbids, a newline as a line break.

    Raises:
        NothingToPrint: there is no value.
        UndefinedError: there is no such name.
    """
    if type(value) is str:
        return _inside(value)
    if isinstance(value, (Markup, jinja2.Undefined)):
        return str(value)
    if value is None:
        raise NothingToPrint
    if isinstance(value, bool):
        return "是" if value else "否"
    return _inside(str(value))


_inside = functools.lru_cache(maxsize=4096)(wordml.inside)  # most of what is printed is printed often


def zh_date(value: object) -> str:
    """2026-05-18 as 2026年5月18日."""
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise jinja2.UndefinedError(f"“{value}”不是日期") from error
    return f"{day.year}年{day.month}月{day.day}日"


def closed(value: object) -> object:
    """A name inside a Chinese sentence: without the spaces beside Chinese characters, with those of its English."""
    return _AT_CHINESE.sub("", value) if type(value) is str else value


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
        """The value of a name, which is written down; `Printing` counts on it that a name nobody has is undefined."""
        self.environment.asked.add(key)
        found = super().resolve_or_missing(key)
        return self.environment.undefined(name=key) if found is missing else found


class Printing(CodeGenerator):
    """Writes less than Jinja: what is printed is escaped already, what is asked for is never missing."""

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 # Jinja's own
        """A name from outside, as the context gives it; a name of the text itself may not be set yet."""
        load = frame.symbols.find_load(frame.symbols.ref(node.name)) if node.ctx == "load" else None
        if load and load[0] == VAR_LOAD_RESOLVE:
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class Bounded(SandboxedEnvironment):
    """A sandbox in which no expression makes a text or number without end; it remembers the names asked for."""

    code_generator_class = Printing
    context_class = Asking
    asked: set[str]

    intercepted_binops = frozenset({"*", "**"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 # Jinja's own
        """What an object has under a name; Jinja would look for each name of a row among its methods first."""
        if type(obj) is dict and not attribute.startswith("_"):
            if attribute in _METHODS:
                return getattr(obj, attribute)
            if attribute in obj:
                return obj[attribute]
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 # Jinja's own
        """What a function gives; methods of rows, lists and texts are no functions that Jinja must look into.

        Raises:
            SecurityError: it is not safe to call.
        """
        if type(obj) is BuiltinMethodType and type(obj.__self__) in _PLAIN:
            for name in _OF_LOOPS:
                kwargs.pop(name, None)
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

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


def environment(loader: jinja2.BaseLoader | None = None) -> Bounded:
    """The environment over templates that a loader finds."""
    env = Bounded(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        loader=loader,
        cache_size=-1,
    )
    env.asked = set()
    env.filters |= {name: _without_waiting(each) for name, each in env.filters.items()} | CHOOSING
    env.globals["range"] = _few
    del env.filters["center"]  # pads without end
    env.filters["zh_date"] = zh_date
    env.filters["closed"] = closed
    env.filters["total"] = total
    env.filters[GRID] = grid
    env.filters[RED] = name_of_issuer
    env.filters[SIGNED] = _signed
    env.filters[NUMBER] = Lists.number
    env.filters[BEGIN] = Lists.begin
    env.filters[RESTART] = Lists.restart
    return env


def _without_waiting(each: Callable[..., Any]) -> Callable[..., Any]:
    """A filter without the question whether it is asynchronous, which is asked at every call: nothing here is."""
    return getattr(each, "__wrapped__", each) if getattr(each, "jinja_async_variant", False) else each
