"""gbtool portfolio impact: what a change touches of all clients."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.cli.portfolio.sharing import Scheduler, Workers, how, name_broken

if TYPE_CHECKING:
    from gbtool.commands.portfolio.impact import Impacts
    from gbtool.model.impact import Change, Touched

_FEW = 5  # clients of which every line is shown


def command(
    ctx: typer.Context,
    *,
    change: Annotated[
        str,
        typer.Option(
            "--change",
            metavar="变化",
            help="法律（商标法、商标法@2027-01-01）、条款（2023:条款键）、规则或时限的键、文件代号或模板路径、style。",
            show_default=False,
        ),
    ] = "",
    detail: Annotated[bool, typer.Option("--detail", help="每家客户逐项列出；五家以内不写也列。")] = False,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """法律、条款、规则、模板变了，影响到哪些客户的哪些文件、清单、期限，各是为什么；只看，不写。

    不带 --change：列出新近施行和将要施行的法律。有客户读不出的，点名，其余照列，退出码 3。
    """
    from gbtool.commands.portfolio.impact import Request, impact

    place = where(ctx, folder)
    if not change:
        _offered(place, on, as_json=as_json)
        return
    with show.progress("看客户") as step:
        found = impact(place, on, change, Request(how(workers, scheduler), step))
    if as_json:
        show.json(_impacts(found))
    else:
        _show_impacts(found, change, detail=detail)
    name_broken({each.path: each.complaints for each in found.broken})


def _offered(place: Path, on: On, *, as_json: bool) -> None:
    from gbtool.commands.portfolio.changes import upcoming
    from gbtool.commands.portfolio.standing import clients_of

    firm, _ = clients_of(place)
    found = upcoming(firm, on)
    if as_json:
        show.json([_change(each) for each in found])
        return
    show.text(f"新近施行和将要施行的法律（{on} 前后）：")
    show.table(("施行", "法律", "出处"), [(each.day, each.title, each.note) for each in found])
    if found:
        show.text()
        show.next_step(f"gbtool portfolio impact --change {found[-1].title}", "看影响到哪些客户")


def _change(change: "Change") -> dict[str, object]:
    return {"kind": change.kind.value, "key": change.key, "title": change.title, "day": change.day, "note": change.note}


def _impacts(found: "Impacts") -> dict[str, object]:
    clients = [
        {
            "path": each.path,
            "name": each.name,
            "consultant": each.consultant,
            "touched": [
                {"what": one.what.value, "id": one.id, "title": one.title, "reason": one.reason, "day": one.day}
                for one in each.touched
            ],
        }
        for each in found.clients
        if not each.complaints
    ]
    broken = [{"path": each.path, "faults": [str(fault) for fault in each.complaints]} for each in found.broken]
    return {"change": _change(found.change), "on": found.today, "clients": clients, "broken": broken}


def _show_impacts(found: "Impacts", asked: str, *, detail: bool) -> None:
    from gbtool.model.impact import What

    change, touched = found.change, found.touched
    show.text(f"{change.kind.value}：{change.title}{f'，{change.day} 起' if change.day else ''}")
    if change.note:
        show.text(f"  {change.note}")
    counts = [(what, sum(len(each.of(what)) for each in touched)) for what in What]
    total = "、".join(f"{what.value} {count}" for what, count in counts if count)
    show.text(f"{len(found.clients)} 家客户，影响到 {len(touched)} 家{f'：{total}' if total else ''}")
    if not touched:
        return
    show.text()
    kinds = [what for what, count in counts if count]
    rows = [(each.name, each.consultant, *(len(each.of(what)) or "" for what in kinds)) for each in touched]
    show.table(("客户", "负责", *(what.value for what in kinds)), rows)
    for each in touched if detail or len(touched) <= _FEW else ():
        show.text()
        show.text(f"{each.name}（{each.path}）")
        show.table(("什么", "名称", "为什么", "日子"), [_touched(one) for one in each.touched])
    if not detail and len(touched) > _FEW:
        show.text()
        words = f'"{asked}"' if " " in asked else asked
        show.next_step(f"gbtool portfolio impact --change {words} --detail", "逐项列出")


def _touched(one: "Touched") -> tuple[object, ...]:
    return one.what.value, one.title, one.reason, one.day or ""
