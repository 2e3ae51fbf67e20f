"""The steps of a flow in the words of a client's business: the first way of telling that fits it, with its facts."""

import re
from collections.abc import Iterable, Mapping, Sequence

from gbtool.model.client import Client
from gbtool.model.condition import holds
from gbtool.model.document import Next, Specification, Step, Told
from gbtool.model.facts import Facts
from gbtool.structs import replace

_FACT = re.compile(r"\{([a-z_]+)(?:\.([^}]+))?\}")


def told_steps(specification: Specification, facts: Facts) -> tuple[Step, ...]:
    """The steps of a flow that this client has, told in its words."""
    return told(kept_steps(specification, facts), specification.told, facts.client)


def told(steps: Iterable[Step], ways: Iterable[Told], client: Client) -> tuple[Step, ...]:
    """The steps, each told as the first of its ways that this client's answers ask for."""
    fitting: dict[str, Told] = {}
    for way in ways:
        if holds(way.when, client.answers):
            fitting.setdefault(way.id, way)
    return tuple(_told(step, fitting[step.id], client) if step.id in fitting else step for step in steps)


def _told(step: Step, way: Told, client: Client) -> Step:
    def filled(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_FACT.sub(lambda found: _fact(found[1], found[2], client), text) for text in texts)

    (name,) = filled((way.name or step.name,))
    return replace(
        step, name=name, inputs=filled(way.inputs or step.inputs), outputs=filled(way.outputs or step.outputs)
    )


def _fact(key: str, column: str | None, client: Client) -> str:
    """An answer as text, or the values of a column of its rows, each once, joined."""
    given = client.get(key)
    if column:
        rows = (row.get(column) for row in given if isinstance(row, Mapping)) if isinstance(given, list) else ()
        return "、".join(dict.fromkeys(str(value) for value in rows if value))
    return "、".join(map(str, given)) if isinstance(given, list) else str(given or "")


def kept_steps(specification: Specification, facts: Facts) -> tuple[Step, ...]:
    """The steps and ways that apply; a way to a step that does not goes on to what comes after it."""
    answers = facts.client.answers
    steps = [
        replace(step, next=tuple(way for way in step.next if holds(way.only, answers))) for step in specification.steps
    ]
    gone = {step.id: step for step in steps if not holds(step.when, answers)}
    return tuple(
        replace(step, next=_distinct([end for way in step.next for end in _ends(way, gone, frozenset())]))
        for step in steps
        if step.id not in gone
    )


def _ends(way: Next, gone: Mapping[str, Step], seen: frozenset[str]) -> list[Next]:
    if way.to not in gone:
        return [Next(way.to, way.when)]
    if way.to in seen:
        return []
    onward = gone[way.to].next[:1] if gone[way.to].type == "decision" else gone[way.to].next
    return [Next(end.to, way.when) for step in onward for end in _ends(step, gone, seen | {way.to})]


def _distinct(ways: Sequence[Next]) -> tuple[Next, ...]:
    return tuple(dict.fromkeys(ways))
