"""The filters that choose and collect rows, as Jinja's own do: what those look up for every row is looked up once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import jinja2
from jinja2.environment import Environment
from jinja2.filters import make_attrgetter, sync_do_map
from jinja2.runtime import Context

Get = Callable[[Any], Any]
_mapped: Callable[..., Any] = sync_do_map


def _chooser(*, keep: bool, by_name: bool) -> Callable[..., Iterator[Any]]:
    """A filter for the rows that pass a test, or do not; it looks at what they have under a name, or at them."""

    @jinja2.pass_environment
    def chosen(env: Environment, rows: Iterable[Any], *args: object, **kwargs: object) -> Iterator[Any]:
        if not rows:
            return
        if by_name and not args:
            raise jinja2.exceptions.FilterArgumentError("Missing parameter for attribute name")
        value = _value(env, args[0]) if by_name else _itself
        holds = _test(env, args[1:] if by_name else args, kwargs)
        for row in rows:
            if bool(holds(value(row))) is keep:
                yield row

    return chosen


@jinja2.pass_context
def _collected(context: Context, rows: Iterable[Any], *args: object, **kwargs: object) -> Iterator[Any]:
    """What rows have under a name; what else `map` can do, Jinja does."""
    if args or kwargs.keys() != {"attribute"}:
        return iter(_mapped(context, rows, *args, **kwargs))
    return _values(context.environment, rows, kwargs["attribute"])


def _values(env: Environment, rows: Iterable[Any], name: object) -> Iterator[Any]:
    if rows:
        value = _value(env, name)
        for row in rows:
            yield value(row)


def _value(env: Environment, name: object) -> Get:
    """Gets what a row has under a name, as the sandbox does."""
    if not isinstance(name, str) or "." in name or name.isdigit():
        return make_attrgetter(env, name)  # type: ignore[arg-type] # it takes numbers and nothing too
    getitem = env.getitem

    def value(row: Any) -> Any:  # noqa: ANN401 # whatever a text names
        try:
            return row[name]
        except (TypeError, LookupError):
            return getitem(row, name)

    return value


def _itself(row: Any) -> Any:  # noqa: ANN401 # whatever a text names
    return row


def _test(env: Environment, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Get:
    """A test with what it compares with; those that take more or less than that, Jinja calls."""
    if not args:
        return bool
    name, *others = args
    tests: Mapping[str, Any] = env.tests
    test = tests.get(name)
    if test is None or len(others) != 1 or kwargs or hasattr(test, "jinja_pass_arg"):
        return lambda value: env.call_test(name, value, others, kwargs)
    (other,) = others
    return lambda value: test(value, other)


CHOOSING = {
    "map": _collected,
    "select": _chooser(keep=True, by_name=False),
    "reject": _chooser(keep=False, by_name=False),
    "selectattr": _chooser(keep=True, by_name=True),
    "rejectattr": _chooser(keep=False, by_name=True),
}
