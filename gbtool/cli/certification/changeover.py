"""gbtool changeover: from the old edition to the new one: what is left, by when."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day
from gbtool.cli.papers import Again, plain, told

if TYPE_CHECKING:
    from gbtool.commands.changeover.standing import Standing


def command(
    *,
    by: Annotated[
        date | None, typer.Option("--by", metavar="日期", parser=day, help="要在哪天以前换完，默认排最早的。")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="写成 Word，放在 文件/换版。")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="作废还在用的旧版文件，从新版实施日起。")] = False,
    again: Again = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """换版：旧版到新版，哪些沿用、哪些新增，要写、要培训、要重新审的，倒排日期；旧版文件到新版实施日作废。

    还有没做完的退出码 1。
    """
    from gbtool.commands.changeover import papers, standing
    from gbtool.commands.workspace import workspace

    work = workspace(folder)
    gone = standing.withdraw(work, on) if withdraw else ()
    if save:
        found, written = papers.save(work, on, by, cache_folder(), again=again)
    else:
        found, written = standing.standing(work, on, by), ()
    if as_json:
        show.json({**_mapping(found), "withdrawn": gone, "papers": plain(written)})
    else:
        if gone:
            show.done(f"已作废 {len(gone)} 份旧版文件：{'、'.join(gone)}")
        _show(found)
        told(written)
    if found.found.open:
        raise typer.Exit(1)


def _show(found: "Standing") -> None:
    from gbtool.commands.changeover.papers import titles

    facts, state = found.facts, found.found
    new = sum(row.new for row in state.rows)
    show.text(f"{facts.client.name}　{facts.today}　{found.old.cite} → {found.new.cite}")
    show.text(f"新版条款 {len(state.rows)} 条：由旧版承接 {len(state.rows) - new} 条，新增 {new} 条")
    if facts.client.answers.get("changes_over") is False and not state.old:
        show.text("注意：资料里写着不是换版（changes_over=否），也没有旧版文件；“旧版”一栏只是条款的来历。")
    show.text()
    rows = [
        (
            f"{row.clause.cite_as} {row.clause.title}",
            "；".join(each.cite_as for each in row.before) or "（新增）",
            titles(row.unwritten) or ("都已发布" if row.documents else "不单写文件"),
            "审过" if row.audited else "没有审",
        )
        for row in state.rows
    ]
    show.table(("新版条款", "旧版", "还要写的文件", state.audit), rows)
    if state.old:
        olds = [(each.number, each.title, each.version, each.effective) for each in state.old]
        show.table(("编号", "旧版文件", "版本", "实施日"), olds, "还在用的旧版文件")
    show.text()
    steps = [(p.latest, p.step.title, p.step.who, p.state(facts.today), p.why) for p in found.plan.steps]
    how = "计划" if found.given else "计划（按最早能做完的日子排）"
    show.table(("最迟", "步骤", "谁", "情况", "为什么"), steps, how)
    for line in state.open:
        show.text(f"还要做：{line}")
    if not state.chosen:
        show.next_step(f"gbtool profile set standard_edition={found.new.edition}", "再 gbtool generate 按新版生成")
    elif state.mixed:
        show.next_step("gbtool changeover --withdraw", "作废旧版文件")


def _mapping(found: "Standing") -> dict[str, object]:
    state = found.found
    rows = [
        {
            "clause": row.clause.key,
            "cite_as": row.clause.cite_as,
            "from": [each.key for each in row.before],
            "documents": [each.id for each in row.documents],
            "unwritten": [each.id for each in row.unwritten],
            "audited": row.audited,
        }
        for row in state.rows
    ]
    steps = [
        {"step": p.step.id, "latest": p.latest, "done": p.done, "earliest": p.earliest, "why": p.why}
        for p in found.plan.steps
    ]
    return {
        "old": found.old.edition,
        "new": found.new.edition,
        "clauses": rows,
        "dropped": [clause.key for clause in state.dropped],
        "old_documents": [document.id for document in state.old],
        "mixed": state.mixed,
        "trained": state.trained,
        "effective": state.effective,
        "open": state.open,
        "plan": steps,
    }
