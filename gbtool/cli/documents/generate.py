"""gbtool generate: which documents were made, changed, kept, and which wait for an answer."""

from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.documents import edits
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.cli.pdf import printing
from gbtool.commands.generate import Generation, Request, generate
from gbtool.commands.workspace import workspace
from gbtool.model.document import FOLDERS, DocumentKind, Made, OpenValue, Outcome

_WORDS = {
    Outcome.NEW: "新建",
    Outcome.CHANGED: "更新",
    Outcome.SAME: "没有变化",
    Outcome.KEPT: "手工改过，保留",
    Outcome.MERGED: "手改保留，其余更新",
    Outcome.CONFLICT: "有冲突，保留手改",
    Outcome.OPEN: "等资料",
}
_PLANNED = {Outcome.NEW: "将新建", Outcome.CHANGED: "将更新", Outcome.MERGED: "将更新，手改保留"}
_MOST = 12
_KINDS = "、".join(DocumentKind)


def command(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[代号…]", help="如 ip-manual、sys-reward；默认全部。")
    ] = None,
    *,
    kind: Annotated[
        list[DocumentKind] | None,
        typer.Option("--kind", metavar="种类", help=f"只生成这几种，可以重复：{_KINDS}。", show_default=False),
    ] = None,
    take: edits.Taking = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不写任何东西。")] = False,
    pdf: printing.Pdf = False,
    office: printing.Program = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """生成体系文件：手册、制度、程序、流程、任命、计划、表单、台账和报告。

    手工改过的地方不会被覆盖，没改过的地方跟着资料更新；两边都改过的列出来，由你定。
    缺资料的文件不出，其他照出，并列出要回答的问题。
    """
    program = printing.wanted(pdf=pdf, dry_run=dry_run, program=office)
    work = workspace(where(ctx, folder))
    request = Request(tuple(ids or ()), tuple(kind or ()), dry_run, cache_folder(), take)
    result = generate(work, on, request)
    printed = printing.printed(work, on, result, program)
    if as_json:
        show.json({"documents": [_mapping(made) for made in result.made], **printing.mapping(printed)})
    else:
        _show(result)
        printing.tell(printed)
    open_ = result.of(Outcome.OPEN)
    if open_ and (ids or len(open_) == len(result.made)):
        raise typer.Exit(1)


def _mapping(made: Made) -> dict[str, object]:
    row: dict[str, object] = {
        name: getattr(made, name) for name in ("id", "number", "title", "path", "outcome", "shelf")
    }
    row["kind"] = made.kind
    row |= {"copy": made.copy, "beside": made.beside, "note": made.note}
    row["conflicts"] = edits.conflicts(made)
    row["open"] = [{"key": each.key, "question": each.question, "place": str(each.place)} for each in made.open]
    return row


def _show(result: Generation) -> None:
    words = _WORDS | (_PLANNED if result.dry_run else {})
    for kind, name in FOLDERS.items():
        rows = [made for made in result.made if made.kind is kind and made.outcome is not Outcome.OPEN]
        if rows:
            columns, shelves = ("编号", "名称", "结果"), any(made.shelf not in ("", "自带") for made in rows)
            cells = [(made.number, made.title, words[made.outcome], made.shelf)[: 4 if shelves else 3] for made in rows]
            show.table((*columns, "模板")[: 4 if shelves else 3], cells, f"{name} {len(rows)} 份")
            show.text()
    _show_open(result)
    edits.show_conflicts(result.of(Outcome.CONFLICT))
    edits.show_places(result.made)
    counts = "、".join(f"{words[outcome]} {len(result.of(outcome))}" for outcome in Outcome if result.of(outcome))
    show.done(f"共 {len(result.made)} 份：{counts}。" if result.made else "没有文件要生成。")
    if result.outdated:
        named = "、".join(each.title for each in result.outdated[:_MOST])
        show.text(f"自己的写法下面，自带的改过 {len(result.outdated)} 份：{named}。看改了哪几块：gbtool template check")
    if result.elsewhere:
        named = "、".join(f"{each.title}（{each.made_by}）" for each in result.elsewhere)
        show.text(f"另由别的命令从台账生成，只出一份：{named}。")
    if result.unwritten:
        show.text(f"目录里另有 {len(result.unwritten)} 份文件还没有模板，这一版不生成：{_names(result)}。")


def _names(result: Generation) -> str:
    names = [each.title for each in result.unwritten[:_MOST]]
    return "、".join(names) + ("……" if len(result.unwritten) > _MOST else "")


def _show_open(result: Generation) -> None:
    """Each open question once, with the documents and places that wait for it."""
    waiting: dict[str, list[tuple[Made, str]]] = {}
    values: dict[str, OpenValue] = {}
    for made in result.of(Outcome.OPEN):
        for value in made.open:
            waiting.setdefault(value.key, []).append((made, str(value.place)))
            values[value.key] = value
    for key, places in waiting.items():
        show.text(f"等资料：{values[key].question}")
        for made, place in places[:_MOST]:
            show.text(f"  {made.number} {made.title}（{place}）")
        if len(places) > _MOST:
            show.text(f"  ……共 {len(places)} 份")
        show.text(f"  {'登记' if values[key].command else '回答'}：{values[key].fix}")
