"""gbtool ledger due: what is due for which right by when, for how much, by which rule."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.commands.ledger import due as dues
from gbtool.errors import FileFaults
from gbtool.rules.deadlines.items import Item, State

_SHOWN = 3


def due(
    ctx: typer.Context,
    *,
    within: Annotated[
        str, typer.Option("--within", metavar="期间", help="多久以内：90d、12w、6m、1y；默认 90d，日历文件 1y。")
    ] = "",
    everyone: Annotated[bool, typer.Option("--all-clients", help="机构的全部客户，一张表。")] = False,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="文件", help="写成日历文件（.ics）。")] = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """到期的事：年费、续展、答复、备案、域名……逾期的在前，按天数排；金额、依据、把握都写上。

    一项权利都没有登记的，退出码 1；有客户的资料读不出的，其余照列，退出码 3。
    """
    place = where(ctx, folder)
    within = within or ("1y" if ics else "90d")
    days = dues.span(within)
    if ics:
        from gbtool.commands.ledger.calendar import write

        made = write(place, ics, on, days, everyone=everyone)
        show.done(f"已写 {ics}：{made.events} 项。")
        _broken(made.broken)
    elif everyone:
        _firm(dues.of_firm(place, on, days), on, within, as_json=as_json)
    else:
        _one(dues.due(place, on, days), on, within, as_json=as_json)


def _one(found: dues.Due, on: date, within: str, *, as_json: bool) -> None:
    if as_json:
        show.json(_mapping(found, on))
    elif not found.listing.rights and not found.listing.items and not found.listing.missing:
        show.text(f"{found.client}　台账里没有一项权利，没有可查的期限。")
        show.next_step("gbtool ledger import", "导入专利、商标等清单，格式见 docs/ledger.md")
    else:
        _table(found, on, within)
    if not (found.listing.rights or found.listing.items):
        raise typer.Exit(1)


def _table(found: dues.Due, on: date, within: str) -> None:
    listing = found.listing
    late = f"，其中逾期或在宽限期的 {listing.overdue} 项" if listing.overdue else ""
    show.text(f"{found.client}　{on}　{listing.rights} 项权利，{within} 内到期 {len(listing.items)} 项{late}")
    if listing.items:
        show.text()
        show.table(_COLUMNS, [_row(item, on) for item in listing.items])
    _notes(listing.items)
    _missing(listing.missing)
    for rule in listing.warnings:
        show.text(f"提示：{rule.statement}（{rule.cited(on)}）")


_COLUMNS = ("还有", "截止", "权利", "要做什么", "依据（把握）")


def _row(item: Item, on: date) -> tuple[object, ...]:
    end = item.end
    rolled = f"（顺延到 {end.due}）" if end and end.due and end.due != end.raw else ""
    name = f"：{item.name}" if item.name and item.name != item.right else ""
    amount = "" if item.amount is None else f" {item.amount}元"
    opened = f"（{item.opens} 起可办）" if item.opens and item.opens > on else ""
    what, last = f"{item.what}{amount}{opened}{name}", f"{end.raw if end else ''}{rolled}"
    sure = f"（{item.confidence}）" if item.confidence else ""
    return left(item, on), last, item.right, what, f"{item.source(on)}{sure}"


def left(item: Item, on: date) -> str:
    """How many days are left, in words."""
    days, state = item.days(on), item.state(on)
    if state is State.OVERDUE:
        return f"逾期{-days}天"
    return f"宽限{days}天" if state is State.GRACE else f"{days}天"


def _notes(items: Iterable[Item]) -> None:
    """What is to be said of single items; what is said of several is said once."""
    by_note: dict[str, list[str]] = {}
    for item in items:
        for note in (*item.notes, *([item.end.caveat] if item.end and item.end.caveat else [])):
            by_note.setdefault(note, []).append(item.right)
    for note, numbers in by_note.items():
        show.text(f"注意：{_some(numbers)}：{note}")


def _some(numbers: Sequence[str]) -> str:
    names = list(dict.fromkeys(numbers))
    more = f"等{len(names)}项" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more


def _missing(items: Iterable[Item]) -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for item in items:
        groups.setdefault(("、".join(item.missing), item.what), []).append(item.right)
    if groups:
        show.text()
        show.text("待补（缺数据，不估算）：")
        show.table(("缺", "算不出什么", "权利"), [(*key, _some(numbers)) for key, numbers in groups.items()])


def _mapping(found: dues.Due, on: date) -> dict[str, object]:
    listing = found.listing
    return {
        "client": found.client,
        "on": on,
        "until": listing.until,
        "rights": listing.rights,
        "overdue": listing.overdue,
        "items": [dues.plain(item, on, found.book) for item in listing.items],
        "missing": [dues.plain(item, on, found.book) for item in listing.missing],
        "warnings": [{"rule": r.id, "statement": r.statement, "law": r.cited(on)} for r in listing.warnings],
    }


def _firm(found: dues.Firm, on: date, within: str, *, as_json: bool) -> None:
    if as_json:
        broken = [{"client": b.client, "faults": [str(each) for each in b.complaints]} for b in found.broken]
        show.json({"on": on, "clients": [_mapping(each, on) for each in found.clients], "broken": broken})
    else:
        _clients(found, on, within)
    _broken(found.broken)


def _clients(found: dues.Firm, on: date, within: str) -> None:
    rows = dues.ordered(found, on)
    show.text(f"{len(found.clients)} 家客户　{on}　{within} 内到期 {len(rows)} 项")
    if rows:
        show.text()
        show.table(("客户", *_COLUMNS), [(client, *_row(item, on)) for client, item in rows])
    lacking = [f"{each.folder} {len(each.listing.missing)} 项" for each in found.clients if each.listing.missing]
    if lacking:
        show.text(f"待补：{'；'.join(lacking)}")
    empty = [each.folder for each in found.clients if not each.listing.rights]
    if empty:
        show.text(f"没有登记权利：{'、'.join(empty)}")


def _broken(broken: Iterable[dues.Broken]) -> None:
    """Clients that could not be read are named, and the exit code says so."""
    complaints = [c for each in broken for c in each.named()]
    if complaints:
        show.error(FileFaults(complaints))
        raise typer.Exit(FileFaults.exit_code)
