"""gbtool init: a new client."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import ask, show
from gbtool.cli.options import HERE, LISTED, On
from gbtool.cli.sitting import sit
from gbtool.cli.standards.family import show_family
from gbtool.commands.init import Source, chosen, create, place_for, questions_at, read_source
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workspace import DOCUMENTS, EVIDENCE, LEDGER, OUTPUT, Workspace
from gbtool.errors import UsageError
from gbtool.model.questionnaire import Questionnaire


def command(
    directory: Annotated[
        Path | None, typer.Argument(metavar="文件夹", help="新客户的文件夹，如 岚湾流控。", show_default=False)
    ] = None,
    *,
    on: On,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="文件.yaml", help="从文件取答案，不在终端提问。", show_default=False),
    ] = None,
    edition: Annotated[
        list[str] | None,
        typer.Option(
            "--edition",
            "--standard",
            metavar="标准",
            help="按哪一版标准建立，如 2023、GB/T 29490-2023；再写一次，是同时还按的标准；写 列出，看有哪些。",
            show_default=False,
        ),
    ] = None,
) -> None:
    """新建客户文件夹，问第一轮问题。

    答案写进 client.yaml，随时可以停下（Ctrl-C），以后用 gbtool profile 接着答。没有回答的题空着，gbtool 不会编造。
    """
    if any(word in LISTED for word in edition or ()):
        show_family(HERE if directory is None else directory.parent, as_json=False)
        return
    if directory is None:
        raise UsageError(
            "缺少参数 文件夹", "gbtool init 文件夹，如 gbtool init 岚湾流控；有哪些标准：gbtool init --standard 列出"
        )
    target = place_for(directory)
    asked = questions_at(target)
    given = chosen(edition or (), target)
    source = read_source(answers, asked, given) if answers else Source(given, target)
    asked = questions_at(target, source.values)
    work = create(target, asked, source, on)
    try:
        if answers is None and ask.possible():
            show.text("第一轮问题，约一刻钟。直接回车：以后再答；Ctrl-C：停下，答过的都已保存。")
            sit(work, questionnaire(work), HERE.resolve(), first=True)
    finally:
        _show(directory, work, questionnaire(work))


def _show(directory: Path, work: Workspace, asked: Questionnaire) -> None:
    progress = asked.counts()
    answered, open_ = sum(each.answered for each in progress), sum(each.open for each in progress)
    show.text()
    show.done(f"已建立客户文件夹 {directory}")
    tables = sorted(each.name for each in work.folder.iterdir() if each.suffix in (".csv", ".xlsx"))
    branches = [
        ("client.yaml", f"客户情况：已答 {answered} 题，待答 {open_} 题"),
        (LEDGER, "台账，空的"),
        *((name, "答案里的表格") for name in tables),
        (f"{DOCUMENTS}/", "gbtool generate 生成的 Word 文件"),
        (f"{EVIDENCE}/", "gbtool ledger evidence 存入的证据"),
        (f"{OUTPUT}/", "报告"),
    ]
    show.tree(f"{work.folder.name}/", branches)
    where = f'-C "{directory}"' if " " in str(directory) else f"-C {directory}"
    if open_:
        show.next_step(f"gbtool profile {where}", "接着回答待答的问题")
    show.next_step(f"gbtool generate {where}", "生成体系文件；缺答案的文件会停下来等")
