"""`gbtool ledger due --ics`: deadlines as a calendar file, for one client or for all of a firm."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gbtool.commands.gather import looking
from gbtool.commands.ledger.due import Broken, clients
from gbtool.commands.workspace import workspace
from gbtool.documents.placing import placed
from gbtool.errors import GbtoolError, Refused, UsageError
from gbtool.exchange.calendars import Happening, calendar, ours
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import every
from gbtool.structs import Frozen


class Calendar(Frozen):
    """How many events were written, and the clients that could not be read."""

    events: int
    broken: tuple[Broken, ...]


def write(where: Path, target: Path, today: date, days: int, *, everyone: bool) -> Calendar:
    """Write what ends within so many days as a calendar file; an older one of gbtool is replaced.

    Raises:
        UsageError: the name does not end in .ics, or there is no firm here.
        Refused: another file stands there.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    if target.suffix.lower() != ".ics":
        raise UsageError(f"日历文件的名字应以 .ics 结尾，写的是 {target.name}")
    folders = clients(where) if everyone else (workspace(where).folder,)
    found: list[Happening] = []
    broken: list[Broken] = []
    for folder in folders:
        try:
            with looking(workspace(folder), today) as facts:
                found += _events(facts, folder, days)
        except GbtoolError as error:
            if not everyone:
                raise
            broken.append(Broken(folder.name, error.complaints))
    _replaceable(target)
    with placed({target: calendar(found, "知识产权期限", today)}):
        return Calendar(len(found), tuple(broken))


def _replaceable(target: Path) -> None:
    if target.is_file() and not ours(target.read_bytes()):
        raise Refused(f"{target} 已有别的文件，没有覆盖", "换一个名字，或先移开它")


def _events(facts: Facts, folder: Path, days: int) -> Iterable[Happening]:
    client = facts.client.name or folder.name
    for item in every(facts, days):
        if item.state(facts.today).value != "逾期":
            yield _event(facts, client, folder.name, item)


def _event(facts: Facts, client: str, folder: str, item: Item) -> Happening:
    amount = "" if item.amount is None else f"（{item.amount}元）"
    end = item.end
    last = f"最后一天 {end.last}" if end else ""
    lines = (
        client,
        f"{item.right} {item.name}",
        f"{item.what}{amount}，{last}",
        *item.notes,
        *([end.caveat] if end and end.caveat else []),
        f"依据：{item.source(facts.today)}{f'，把握{item.confidence}' if item.confidence else ''}",
    )
    reminders = facts.deadlines.reminders(item.rule)
    summary = f"{facts.client.text('company_short') or client} {item.what} {item.right}"
    return Happening(f"{folder}/{item.key}", item.act_by, summary, "\n".join(lines), reminders)
