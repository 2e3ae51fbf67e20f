"""What came of one check: met, missed, or what is still to be found out."""

from collections.abc import Callable, Iterable

from gbtool.model.finding import Status
from gbtool.model.outside.published import Check, FactTerm
from gbtool.rules.gates.known import Known
from gbtool.structs import Frozen


class Outcome(Frozen):
    """What came of a check: a sentence with the figures, the places it rests on, what to do."""

    status: Status
    message: str = ""
    places: tuple[str, ...] = ()
    fix: str = ""
    soft: bool = False


Kind = Callable[[Check, Known], Outcome]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a kind of check under the name that the data use."""

    def register(body: Kind) -> Kind:
        KINDS[name] = body
        return body

    return register


def met(message: str = "", *places: str) -> Outcome:
    """It holds."""
    return Outcome(Status.PASSED, message, tuple(place for place in places if place))


def missed(message: str, places: Iterable[str] = (), fix: str = "", *, soft: bool = False) -> Outcome:
    """It does not hold; `soft` only warns."""
    return Outcome(Status.FAILED, message, tuple(place for place in places if place), fix, soft)


def unknown(known: Known, *names: str, message: str = "") -> Outcome:
    """Facts that nobody knows: what they are, whom to ask, how to enter them."""
    lacking = [known.term(name) for name in names if known.get(name) is None] or [known.term(name) for name in names]
    titles = "、".join(term.title for term in lacking)
    asked = "；".join(dict.fromkeys(term.ask for term in lacking if term.ask))
    entered = [known.id_of(term.name) for term in lacking if not _elsewhere(term)]
    ways = [_elsewhere(term) for term in lacking if _elsewhere(term)]
    if entered:
        ways.append(f"gbtool ledger fact {' '.join(f'{name}=…' for name in entered)} --basis 依据")
    fix = "；".join([*([asked] if asked else []), *dict.fromkeys(ways)])
    return Outcome(Status.NOT_ASSESSED, message or f"还没有查明：{titles}", (), fix)


def _elsewhere(term: FactTerm) -> str:
    """The command that enters a fact where it is no fact of `ledger fact`."""
    if term.answer and not term.ask:
        return f"gbtool profile set {term.answer}=…"
    return term.way or ("" if term.ask or not term.ledger else "登记到台账以后再查")
