"""gbtool profile: the questionnaire of a client."""

from typing import Annotated

import typer

from gbtool.cli import ask, show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.cli.sitting import sit
from gbtool.cli.workbook import verbs
from gbtool.commands.profile import printing, set_answers, state
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workspace import workspace
from gbtool.model.question import Kind
from gbtool.model.questionnaire import State

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_LONGEST = 60  # signs of an answer in a list
_FEW = 5  # documents that are named
_WITHOUT = {True: "没有回答的，用到它的文件先不出", False: "没有回答的，文件照出，不写这一项"}
_KINDS = {
    Kind.TEXT: "文字",
    Kind.LONG: "长文字",
    Kind.DATE: "日期，如 2026-05-18",
    Kind.PERIOD: "起止日期，如 2026-08-24至2026-08-25",
    Kind.NUMBER: "数字",
    Kind.CHOICE: "选一项",
    Kind.MULTI: "可选几项，用逗号隔开",
    Kind.LIST: "几项，用逗号隔开；没有写 无",
    Kind.BOOL: "是或否",
    Kind.TABLE: "表格：YAML 或 JSON，或 @文件.csv；没有写 无",
    Kind.FILE: "表格文件：CSV 或 xlsx 的路径",
}


@app.callback(invoke_without_command=True)
def _profile(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """企业情况：继续回答、查看、修改。

    不带子命令时列出各组进度，并在终端里逐题询问还没回答的问题。
    """
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return
    work = workspace(folder)
    asked = questionnaire(work)
    progress = asked.counts()
    rows = [(each.group.id, each.group.title, each.answered, each.open, each.required) for each in progress]
    show.table(("组", "内容", "已答", "待答", "其中必答"), rows)
    if not sum(each.open for each in progress):
        show.done("全部回答完了。")
    elif ask.possible():
        show.text("直接回车：以后再答；Ctrl-C：停下，答过的都已保存。")
        after = sit(work, asked, HERE.resolve(), first=False)
        left = sum(each.open for each in after.counts())
        show.done(f"这一轮问完了，还有 {left} 题待答。" if left else "全部回答完了。")
        show.next_step("gbtool generate", "生成体系文件")
    else:
        show.next_step("gbtool profile list --open", "列出待答的问题")


@app.command("set")
def _set(
    ctx: typer.Context,
    pairs: Annotated[
        list[str], typer.Argument(metavar="键=值 …", help="如 company_short=岚湾流控。", show_default=False)
    ],
    *,
    folder: Folder = HERE,
) -> None:
    """改一项或几项答案，要么全改，要么不改；值留空就是重新待答。

    列表用逗号隔开；表格写 YAML 或 JSON，或 @文件.csv；文件类的题写表格的路径，表格会存进客户文件夹。
    """
    changed = set_answers(workspace(where(ctx, folder)), pairs, HERE.resolve())
    for each in changed.answered:
        show.done(f"{each.key}：{_brief(each.written) or '重新待答'}")
    for note in changed.notes:
        show.text(f"注意：{note}")
    show.text(f"还有 {changed.left} 题待答。")


app.command("export")(verbs.export)
app.command("import")(verbs.import_)


@app.command("list")
def _list(
    ctx: typer.Context,
    *,
    open_: Annotated[bool, typer.Option("--open", help="只列待答的。")] = False,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """列出问题和答案。"""
    found = questionnaire(workspace(where(ctx, folder))).states(only_open=open_)
    if as_json:
        show.json({"questions": [_mapping(each) for each in found]})
        return
    rows = [(each.question.key, each.question.question, _word(each)) for each in found]
    show.text(f"{'待答' if open_ else '全部'} {len(found)} 题")
    if rows:
        show.table(("键", "问题", "答案"), rows)
        show.next_step(f"gbtool profile set {found[0].question.key}=…" if open_ else "gbtool profile show 键")


@app.command("show")
def _show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="键", help="如 company_name。", show_default=False)],
    *,
    folder: Folder = HERE,
    on: On,
    as_json: Json = False,
) -> None:
    """看一道题：怎么答、必不必答、哪些文件用到它、例子、现在的答案、写在哪里。"""
    work = workspace(where(ctx, folder))
    found = state(questionnaire(work), key)
    documents = printing(work, key, on)
    if as_json:
        show.json({**_mapping(found), "value": found.answer, "place": str(found.place), "documents": documents})
        return
    question = found.question
    show.text(question.question)
    show.pairs(
        [
            ("键", key),
            ("写法", _KINDS[question.type]),
            ("必答", f"{'是' if question.required else '否'}，{_WITHOUT[question.required]}"),
            ("用到", _few(documents)),
            ("可选", "、".join(question.choices)),
            ("列", "、".join(column.name for column in question.columns)),
            ("说明", question.hint),
            ("例", _brief(question.example, 200)),
            ("答案", _word(found, 2000)),
            ("位置", str(found.place)),
        ]
    )
    show.next_step(f"gbtool profile set {key}=…")


def _mapping(found: State) -> dict[str, object]:
    question, answer = found.question, found.answer
    if question.type is Kind.FILE and isinstance(answer, list):
        answer = {"rows": len(answer)}
    return {
        "key": question.key,
        "group": question.group,
        "question": question.question,
        "type": question.type.value,
        "required": question.required,
        "first": question.first,
        "relevant": found.relevant,
        "open": found.open,
        "value": answer,
    }


def _word(found: State, longest: int = _LONGEST) -> str:
    if found.answer is None and not found.relevant:
        return "看前面怎么答" if found.undecided else "不涉及"
    if found.answer is None:
        return "待答（必答）" if found.question.required else "待答"
    if found.question.type is Kind.FILE and isinstance(found.answer, list):
        return f"{len(found.answer)} 行"
    return _brief(found.answer, longest)


def _few(documents: tuple[str, ...]) -> str:
    rest = f"等，共 {len(documents)} 份" if len(documents) > _FEW else ""
    return f"{'；'.join(documents[:_FEW])}{rest}"


def _brief(value: object, longest: int = _LONGEST) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        parts = ["，".join(map(_brief, row.values())) if isinstance(row, dict) else str(row) for row in value]
        text = "；".join(parts) or "无"
    else:
        text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= longest else f"{text[:longest]}…"
