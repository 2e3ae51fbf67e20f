"""gbtool ledger evidence: files taken in as proof, one by one or by a list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.errors import UsageError

if TYPE_CHECKING:
    from gbtool.commands.ledger.evidence import Taken
    from gbtool.exchange.matching import Match

By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁收的。", show_default=False)]


def evidence(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="要收入的文件，或带 --list 的清单。")],
    *,
    record: Annotated[str, typer.Option("--record", metavar="编号", help="证明哪条记录。")] = "",
    clause: Annotated[str, typer.Option("--clause", metavar="条款键", help="证明哪个条款。")] = "",
    listed: Annotated[bool, typer.Option("--list", help="是一张清单：文件、记录、条款、说明，一起收入。")] = False,
    by: By = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """把文件收作证据：复制到 证据/，记下哈希、大小、时间；同样的内容只收一份。

    清单（xlsx、xls、CSV）里的文件名相对于清单；有一处不对，一份也不收。
    """
    from gbtool.commands.ledger.evidence import take
    from gbtool.commands.ledger.evidence_list import take_list
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    if listed and (record or clause):
        raise UsageError("--list 和 --record、--clause 不能一起用", "证明什么写在清单里")
    if listed:
        together = take_list(work, file, on, by)
        taken, matches = together.taken, together.matches
    else:
        taken, matches = (take(work, file, (record, clause), on, by),), ()
    if as_json:
        show.json({"files": [_plain(each) for each in taken]})
        return
    _told(taken, matches)


def _plain(taken: "Taken") -> dict[str, object]:
    return {"id": taken.entry.id, "known": taken.known, **taken.entry.data}


def _told(taken: "tuple[Taken, ...]", matches: "tuple[Match, ...]") -> None:
    renamed = [f"{match.column}→{match.field}" for match in matches if match.field and match.field != match.column]
    left = [match.column for match in matches if not match.field]
    if renamed:
        show.text(f"列：{'、'.join(renamed)}")
    if left:
        show.text(f"没有读的列：{'、'.join(left)}")
    for each in taken:
        word = "这份内容已经收过" if each.known else "已收入"
        show.done(f"{word}：{each.entry.text('file')}（{each.entry.text('name')}，{each.entry.text('size')} 字节）")
