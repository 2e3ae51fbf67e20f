"""The portfolio as it was asked for: whose clients, at which stage, with which verdict, in which order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from gbtool.commands.portfolio.standing import Portfolio
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError
from gbtool.exchange.calendars import Happening, calendar, ours
from gbtool.model.finding import Verdict
from gbtool.model.portfolio import Bar, Due, Standing
from gbtool.rules.progress import Stage
from gbtool.structs import Frozen, replace

NEAR = 90  # days that a list looks ahead unless told otherwise
_NEVER = 1 << 20
_VERDICTS = {**{v.value: v for v in Verdict}, **{v.word: v for v in Verdict}}
_STAGES = tuple(stage.value for stage in Stage)


class Wanted(Frozen):
    """Filters and order as the user typed them; an empty one asks for nothing."""

    consultant: str = ""
    stage: str = ""
    verdict: str = ""
    sort: str = "urgency"


def chosen(found: Portfolio, wanted: Wanted) -> Portfolio:
    """The clients that were asked for, in order; broken clients stay, since nobody knows whose they are.

    Raises:
        UsageError: there is no such stage, verdict or order.
    """
    own = {each.stage for each in found.clients}
    if wanted.stage and wanted.stage not in (*_STAGES, *own):
        raise UsageError(f"没有“{wanted.stage}”这个阶段", f"可用：{'、'.join(_STAGES)}")
    if wanted.verdict and wanted.verdict not in _VERDICTS:
        raise UsageError(
            f"没有“{wanted.verdict}”这种结论", "可用：ready、not_ready、not_assessed，或就绪、未就绪、未评估"
        )
    if wanted.sort not in _ORDERS:
        raise UsageError(f"不能按“{wanted.sort}”排", f"可用：{'、'.join(_ORDERS)}")
    order, today = _ORDERS[wanted.sort], found.today
    kept = (each for each in found.clients if _fits(each, wanted))
    return replace(found, clients=tuple(sorted(kept, key=lambda each: (*order(each, today), each.path))))


def _fits(each: Standing, wanted: Wanted) -> bool:
    names = each.team or (each.consultant,)
    return (
        any(wanted.consultant in name for name in names)
        and wanted.stage in ("", each.stage, _STAGES[each.at])
        and (not wanted.verdict or _VERDICTS[wanted.verdict] is each.verdict)
    )


def _left(each: Standing, today: date) -> int:
    days = each.days(today)
    return _NEVER if days is None else days


def _urgency(each: Standing, today: date) -> tuple[object, ...]:
    """What is late first, by how long; then by the next day on which something is due, then by days to go."""
    return (min((due.days(today) for due in each.due), default=_NEVER), _left(each, today))


_ORDERS: Mapping[str, Callable[[Standing, date], tuple[object, ...]]] = {
    "urgency": _urgency,
    "days": lambda each, today: (_left(each, today),),
    "stage": lambda each, today: (each.at, _left(each, today)),
    "consultant": lambda each, today: (each.consultant, *_urgency(each, today)),
    "name": lambda each, _: (each.name,),
}


class Line(Frozen):
    """One thing that is due, with the client for whom."""

    client: Standing
    due: Due


def lines(found: Portfolio, days: int) -> tuple[Line, ...]:
    """What is due for all clients within so many days, in one order: what is late first, then by days left."""
    until = found.today + timedelta(days=days)
    every = (Line(client, due) for client in found.clients for due in client.coming(until))
    return tuple(sorted(every, key=lambda e: (not e.due.late, e.due.days(found.today), e.client.path, e.due.key)))


def write_calendar(found: Portfolio, target: Path, days: int) -> int:
    """Write what is to be done within so many days as a calendar file, and say how many; one of gbtool is replaced.

    Raises:
        UsageError: the name does not end in .ics.
        Refused: another file stands there.
        FolderNotWritable: folder or disk refuses.
    """
    if target.suffix.lower() != ".ics":
        raise UsageError(f"日历文件的名字应以 .ics 结尾，写的是 {target.name}")
    if target.is_file() and not ours(target.read_bytes()):
        raise Refused(f"{target} 已有别的文件，没有覆盖", "换一个名字，或先移开它")
    events = tuple(_events(found, found.today + timedelta(days=days)))
    with placed({target: calendar(events, "客户期限", found.today)}):
        return len(events)


def _events(found: Portfolio, until: date) -> Iterator[Happening]:
    for client in found.clients:
        for due in client.due:
            if due.state != "逾期" and due.day <= until:
                yield _event(client, due)


def _event(client: Standing, due: Due) -> Happening:
    amount = "" if due.amount is None else f"（{due.amount}元）"
    lines_ = (
        client.name,
        f"负责：{client.consultant}" if client.consultant else "",
        f"{due.right} {due.name}".strip(),
        f"{due.what}{amount}，最后一天 {due.last}",
        *due.notes,
        f"依据：{due.law}{f'，把握{due.confidence}' if due.confidence else ''}" if due.law else "",
    )
    summary = f"{client.short or client.name} {due.what} {due.right}".strip()
    text = "\n".join(line for line in lines_ if line)
    return Happening(f"{client.path}/{due.key}", due.day, summary, text, due.reminders)


def plain(found: Portfolio, days: int) -> dict[str, object]:
    """The portfolio as plain data: what pages show and scripts read; `due` within so many days."""
    until = found.today + timedelta(days=days)
    return {
        "on": found.today,
        "until": until,
        "clients": [_client(each, found.today, until) for each in found.clients],
        "broken": [{"path": b.path, "faults": [str(each) for each in b.complaints]} for b in found.broken],
    }


def _client(each: Standing, today: date, until: date) -> dict[str, object]:
    return {
        "path": each.path,
        "name": each.name,
        "short": each.short,
        "consultant": each.consultant,
        "team": list(each.team),
        "stage": each.stage,
        "effective": each.effective,
        "day": each.day,
        "days": each.days(today),
        "earliest": each.earliest,
        "verdict": each.verdict.value,
        "open": each.open,
        "holes": list(each.holes),
        "stages": [plain_bar(bar) for bar in each.bars],
        "nonconformities": {"open": each.nonconformities[0], "total": each.nonconformities[1]},
        "coverage": {"audited": each.coverage[0], "total": each.coverage[1]},
        "reasons": [
            {"rule": r.rule, "title": r.title, "status": r.status, "message": r.message, "fix": r.fix, "count": r.count}
            for r in each.reasons
        ],
        "due": [plain_due(due, today) for due in each.coming(until)],
    }


def plain_bar(bar: Bar) -> dict[str, object]:
    """A stage on the line of time as plain data."""
    return {"stage": bar.stage, "first": bar.first, "last": bar.last, "state": bar.state.value}


def plain_due(due: Due, today: date) -> dict[str, object]:
    """One thing that is due as plain data."""
    return {
        "what": due.what,
        "day": due.day if today <= due.day else due.last,
        "days": due.days(today),
        "last": due.last,
        "state": due.state,
        "right": due.right,
        "name": due.name,
        "amount": due.amount,
        "law": due.law,
        "confidence": due.confidence,
        "notes": list(due.notes),
        "place": due.place,
    }
