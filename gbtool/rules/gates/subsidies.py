"""What a programme may give this client: the amount, what is required, the room under the limits, in yuan and cents."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from gbtool.model.finding import Status
from gbtool.model.outside.published import Published
from gbtool.model.programme import Programme, Subsidy
from gbtool.rules.gates.judging import judge
from gbtool.rules.gates.known import Known, yuan
from gbtool.structs import Frozen

RECEIVED = "awards.total"
NOTHING = Decimal(0)


class State(StrEnum):
    """Whether a subsidy may be had."""

    MAY = "可得"
    NO = "不能得"
    UNKNOWN = "还不能断定"
    NO_MONEY = "不是钱"


class Award(Frozen):
    """A subsidy reckoned for a client.

    `nominal` is what the notice says (None: it says no sum), `room` what the limits leave (None: not known, or there is
    no limit), `payable` the lower of both; `unmet` and `unknown` are requirements; `lines` is the arithmetic.
    """

    subsidy: Subsidy
    nominal: Decimal | None
    room: Decimal | None
    payable: Decimal | None
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def state(self) -> State:
        """Whether it may be had."""
        if self.unmet:
            return State.NO
        if self.unknown:
            return State.UNKNOWN
        return State.MAY if self.payable is not None else State.NO_MONEY

    @property
    def above(self) -> bool:
        """Whether the notice's sum is above what the limits leave: two rules that conflict."""
        return self.nominal is not None and self.room is not None and self.nominal > self.room


def reckoned(
    programme: Programme, subsidies: Iterable[Subsidy], known: Known, gates: Sequence[Published]
) -> list[Award]:
    """Subsidies in order; each leaves less room for the next, where it may be had."""
    found: list[Award] = []
    given = NOTHING
    for subsidy in subsidies:
        award = _award(programme, subsidy, known, gates, given)
        found.append(award)
        if award.state is State.MAY and award.payable and not _shared(award.subsidy, programme):
            given += award.payable
    return found


def _shared(subsidy: Subsidy, programme: Programme) -> bool:
    """Whether it is one of several of which only one is given."""
    return any(subsidy.id in group for group in programme.one_of)


def _award(programme: Programme, subsidy: Subsidy, known: Known, gates: Sequence[Published], given: Decimal) -> Award:
    unmet, unknown = _required(programme, subsidy, known, gates)
    nominal, short = _nominal(subsidy, known)
    room, lines, lacking = _room(subsidy, known, given)
    unknown += [*short, *lacking]
    sums = [each for each in (nominal, room) if each is not None]
    payable = NOTHING if unmet else min(sums, default=None)
    if nominal is not None:
        what = f"{known.title(subsidy.formula)} " if subsidy.formula else "通知所写 "
        lines.insert(0, f"{what}{yuan(nominal)} 元")
    if payable is not None and sums and not unmet:
        lines.append(f"取较低的 {yuan(payable)} 元" if len(sums) > 1 else f"至多 {yuan(payable)} 元")
    return Award(subsidy, nominal, room, payable, tuple(unmet), tuple(unknown), tuple(lines))


def _required(
    programme: Programme, subsidy: Subsidy, known: Known, gates: Sequence[Published]
) -> tuple[list[str], list[str]]:
    """The requirements that are missed, and those that nobody knows."""
    unmet: list[str] = []
    unknown: list[str] = []
    rules = [rule for id_ in subsidy.requires if (rule := programme.rule(id_))]
    for rule in (*rules, *(gates if _money(subsidy) else ())):
        result = judge(rule, known)
        said = "；".join(finding.message for finding in result.findings) or rule.statement
        if result.status is Status.FAILED:
            unmet.append(f"{rule.id}：{said}")
        elif result.status is Status.NOT_ASSESSED:
            unknown.append(f"{rule.id}：{said}")
    earned = known.get(subsidy.earned) if subsidy.earned else None
    if subsidy.earned and earned is None:
        unknown.append(f"还没有查明：{known.title(subsidy.earned)}")
    elif earned is not None and earned.datum is False:
        unmet.append(f"{known.title(subsidy.earned)}：否")
    return unmet, unknown


def _money(subsidy: Subsidy) -> bool:
    return bool(subsidy.amount or subsidy.formula or subsidy.limits)


def _nominal(subsidy: Subsidy, known: Known) -> tuple[Decimal | None, list[str]]:
    if subsidy.amount:
        return Decimal(subsidy.amount), []
    if not subsidy.formula:
        return None, []
    value = known.get(subsidy.formula)
    return (value.amount, []) if value else (None, [f"还没有查明：{known.title(subsidy.formula)}"])


def _room(subsidy: Subsidy, known: Known, given: Decimal) -> tuple[Decimal | None, list[str], list[str]]:
    """What the lowest limit leaves after all that was received, with the arithmetic, and limits that nobody knows."""
    limits = {name: known.get(name) for name in subsidy.limits}
    lacking = [f"还没有查明：{known.title(name)}" for name, value in limits.items() if value is None]
    if not limits or lacking:
        return None, [], lacking
    lowest = min(value.amount for value in limits.values() if value)
    received = known.get(RECEIVED)
    before = (received.amount if received else NOTHING) + given
    room = max(lowest - before, NOTHING)
    lines = [f"{known.title(name)} {yuan(value.amount)} 元" for name, value in limits.items() if value]
    other = f"（其中本项目前面几项 {yuan(given)} 元）" if given else ""
    lines.append(f"上限取最低的 {yuan(lowest)} 元，减去各级已得 {yuan(before)} 元{other}，还可得 {yuan(room)} 元")
    return room, lines, []
