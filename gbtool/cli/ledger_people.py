"""gbtool ledger people: who is employed on a day, in which post, and what he may sign."""

from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where

if TYPE_CHECKING:
    from gbtool.commands.ledger.people import Person


def people(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="姓名", help="只看一个人，离职的也看得到。")] = "",
    *,
    signing: Annotated[bool, typer.Option("--signing", help="只列可以以某个身份签字的人。")] = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """那一天谁在职、在哪个部门、什么岗位、可以签什么；部门更名一并列出。

    名册里没有人的，退出码 1。
    """
    from gbtool.commands.ledger.people import people as look
    from gbtool.commands.workspace import workspace

    found = look(workspace(where(ctx, folder)), on, name, signing=signing)
    if as_json:
        renamed = [{"old": old, "new": new, "from": day} for old, new, day in found.renamed]
        show.json({"on": on, "people": [_mapping(person) for person in found.people], "renamed": renamed})
    else:
        rows = [_row(person) for person in found.people]
        show.table(("姓名", "工号", "部门", "岗位", "在职", "可以签"), rows)
        show.text(f"{on}　{len(found.people)} 人。")
        for old, new, day in found.renamed:
            show.text(f"{old} 从 {day} 起叫 {new}。")
    if not found.people:
        raise typer.Exit(1)


def _mapping(person: "Person") -> dict[str, object]:
    return {
        "name": person.name,
        "number": person.number,
        "employed": [{"from": first, "to": last} for first, last in person.terms],
        "posts": [
            {"department": p.department, "title": p.title, "from": p.first, "to": p.last, "head": p.head}
            for p in person.posts
        ],
        "may_sign": list(person.roles),
    }


def _row(person: "Person") -> tuple[str, ...]:
    departments = "、".join(dict.fromkeys(post.department for post in person.posts))
    titles = "、".join(dict.fromkeys(post.title for post in person.posts if post.title))
    terms = "；".join(f"{first}至{last}" for first, last in person.terms)
    return person.name, person.number, departments, titles, terms, "、".join(person.roles)
