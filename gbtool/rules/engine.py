"""A rule is one question asked of each subject; the engine counts the subjects and collects what was found."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from gbtool.errors import Complaint, FileFaults
from gbtool.model.facts import Facts
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Fault(Frozen):
    """What is wrong with one subject: a sentence, both places, what to do; `soft` faults only warn."""

    message: str
    places: tuple[str, ...] = ()
    fix: str = ""
    soft: bool = False
    document: str = ""
    path: str = ""
    clause: str = ""


Faults = Fault | Iterable[Fault] | None
S = TypeVar("S")
P = ParamSpec("P")
Body = Callable[Concatenate[S, Facts, P], Faults]


class Question(Frozen):
    """One coded question: where its subjects are found and what is asked of each."""

    subjects: Callable[[Facts], Iterable[Any]]
    body: Callable[..., Faults]


class Answer(Frozen):
    """What a rule found: at how many subjects it looked and their faults."""

    subjects: int
    faults: tuple[Fault, ...]


RULES: dict[str, list[Question]] = {}


def rule(name: str, of: Callable[[Facts], Iterable[S]]) -> Callable[[Body[S, P]], Body[S, P]]:
    """Register a function as a question of a rule; a rule may have several."""

    def register(body: Body[S, P]) -> Body[S, P]:
        RULES.setdefault(name, []).append(Question(of, body))
        return body

    return register


def ask(name: str, facts: Facts, values: Mapping[str, str] | None = None, place: Place = NOWHERE) -> Answer:
    """Ask a rule of every subject; of none where the client's standard does not apply it.

    Args:
        name: the rule.
        facts: the client on a day.
        values: thresholds of the gate, as text; the rule's signature gives their types.
        place: where the values stand, for the complaint about a wrong one.

    Raises:
        FileFaults: the rule is unknown or a value does not fit.
    """
    if name not in RULES:
        raise FileFaults([Complaint(str(place), f"没有规则“{name}”")])
    subjects, faults = 0, []
    if name in facts.standard.head.not_applied:
        return Answer(0, ())
    for question in RULES[name]:
        typed = _typed(question.body, values or {}, place)
        for subject in question.subjects(facts):
            subjects += 1
            faults += list(each(question.body(subject, facts, **typed)))
    return Answer(subjects, tuple(faults))


def each(faults: Faults) -> Iterator[Fault]:
    """The faults that a question gave, one by one."""
    if isinstance(faults, Fault):
        yield faults
    elif faults is not None:
        yield from faults


def _typed(body: Callable[..., Faults], values: Mapping[str, str], place: Place) -> dict[str, object]:
    parameters = list(inspect.signature(body).parameters.values())[2:]
    known = {parameter.name: parameter for parameter in parameters}
    complaints = [Complaint(str(place), f"规则没有参数“{name}”") for name in values if name not in known]
    typed: dict[str, object] = {}
    for name, parameter in known.items():
        if name not in values:
            if parameter.default is parameter.empty:
                complaints.append(Complaint(str(place), f"缺参数“{name}”"))
            continue
        try:
            typed[name] = parameter.annotation(values[name]) if parameter.annotation in (int, float) else values[name]
        except ValueError:
            complaints.append(Complaint(str(place), f"参数“{name}”应当是数字，写的是“{values[name]}”"))
    if complaints:
        raise FileFaults(complaints)
    return typed


def once(facts: Facts) -> tuple[Facts, ...]:
    """The client as a whole, for a rule that asks one question of it."""
    return (facts,)
