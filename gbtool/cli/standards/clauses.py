"""gbtool clauses: what a clause is called, what may be cited, how sure that is."""

from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, listed
from gbtool.cli.standards.family import show_family
from gbtool.commands.clauses import Became, Both, Found, changes, find, serving
from gbtool.model.deadline import SURE
from gbtool.model.standard import Clause
from gbtool.structs import as_dict

_NUMBER = {"confirmed": "已证实", "supported": "有旁证", "reconstructed": "推断"}
_EXISTS = {"confirmed": "已证实", "likely": "很可能有", "unconfirmed": "未证实"}


def command(
    query: Annotated[str | None, typer.Argument(metavar="[编号|键|词]", help="如 8.2、context.scope、检索。")] = None,
    *,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            "--standard",
            metavar="标准",
            help="如 2013、33251-2016；默认取客户的版本；写 列出，看有哪些。",
            show_default=False,
            callback=listed,
        ),
    ] = None,
    unconfirmed: Annotated[bool, typer.Option("--unconfirmed", help="只列编号或存在还没有证实的。")] = False,
    map_: Annotated[bool, typer.Option("--map", help="旧版各条到现行版的去向。")] = False,
    family: Annotated[bool, typer.Option("--family", help="有哪些标准，gbtool 各有什么、没有什么。")] = False,
    shared: Annotated[
        bool, typer.Option("--shared", help="按几个标准的客户：哪些文件、记录同时满足几个标准。")
    ] = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """查条款：编号、标题、可引用到哪一级、依据是否证实。

    标题和要求是 gbtool 自己的话，不是标准原文。机构手里有正版标准的，把更正写进机构文件夹的
    checklists/gb29490/2023/clauses.yaml，各处随之改正。
    """
    if family:
        show_family(folder, as_json=as_json)
        return
    if shared:
        _show_shared(serving(folder, on), as_json=as_json)
        return
    if map_:
        _show_map(changes(folder, query, edition), as_json=as_json)
        return
    found = find(folder, query, edition, unconfirmed=unconfirmed)
    if as_json:
        show.json({"clauses": [_mapping(clause) for clause in found.clauses]})
    elif query and len(found.clauses) == 1:
        _show_one(found, found.clauses[0])
    else:
        _show_many(found, query)
    if not found.clauses:
        raise typer.Exit(1)


def _mapping(clause: Clause) -> dict[str, str]:
    names = ("key", "number", "cite_as", "title", "confidence", "existence")
    return {name: getattr(clause, name) for name in names}


def _show_many(found: Found, query: str | None) -> None:
    about = f"与“{query}”有关的" if query else ""
    show.text(f"{found.standard.cite}：{about}条款 {len(found.clauses)} 条")
    if not found.clauses:
        return
    columns = ("编号", "引用作", "标题", "键", "编号依据")
    rows = [(c.number, c.cite_as, c.title, c.key, _NUMBER.get(c.number_status, "")) for c in found.clauses]
    show.table(columns, rows)
    open_ = sum(not clause.confirmed for clause in found.clauses)
    if open_:
        show.text(f"其中 {open_} 条的编号或存在尚未证实，文件里只印“引用作”的编号。")


def _show_one(found: Found, clause: Clause) -> None:
    show.text(f"{found.standard.cite}")
    show.text(f"{clause.number} {clause.title}")
    show.pairs(
        [
            ("键", clause.key),
            ("文件里引用作", clause.cite_as),
            ("把握", _confidence(clause)),
            ("要求（我们的话）", clause.requirement),
            ("要点", "；".join(clause.items)),
            ("成文信息", "；".join(clause.documented)),
            ("证据", "；".join(clause.evidence)),
            ("说明", clause.note),
            ("下级条款", "、".join(f"{each.number} {each.title}" for each in found.standard.inside(clause))),
        ]
    )


def _confidence(clause: Clause) -> str:
    number, exists = _NUMBER.get(clause.number_status, ""), _EXISTS.get(clause.existence, "")
    return f"{SURE.get(clause.confidence, clause.confidence)}（编号{number}，条款{exists}）"


def _show_map(became: tuple[Became, ...], *, as_json: bool) -> None:
    if as_json:
        show.json({"map": [_became(each) for each in became]})
    else:
        rows = [
            (
                _named(each.before) if each.before else "（新增）",
                "；".join(_named(clause) for clause in each.after) or "（没有对应）",
                each.change.change,
                SURE.get(each.change.confidence, each.change.confidence),
            )
            for each in became
        ]
        show.text(f"旧版到现行版的去向 {len(rows)} 条（自行整理，不是官方对照表）")
        if rows:
            show.table(("旧版", "现行版", "变化", "把握"), rows)
    if not became:
        raise typer.Exit(1)


def _show_shared(found: tuple[Both, ...], *, as_json: bool) -> None:
    if as_json:
        show.json({"shared": [{**as_dict(each), "clauses": dict(each.clauses)} for each in found]})
    else:
        show.text(f"同时满足几个标准的文件和记录 {len(found)} 份（对应关系自行整理，不是官方对照表）")
        for each in found:
            kept = f"，台账里 {each.records} 份" if each.records else ""
            show.text()
            show.text(f"{each.number} {each.title}（{each.id}{kept}）")
            show.pairs(
                [
                    *((cite, "、".join(labels)) for cite, labels in each.clauses),
                    ("怎样兼用", each.how),
                    ("把握", SURE.get(each.confidence, "")),
                ]
            )
    if not found:
        raise typer.Exit(1)


def _named(clause: Clause) -> str:
    return f"{clause.cite_as} {clause.title}"


def _became(each: Became) -> dict[str, object]:
    return {
        "from": _mapping(each.before) if each.before else None,
        "to": [_mapping(clause) for clause in each.after],
        "change": each.change.change,
        "confidence": each.change.confidence,
    }
