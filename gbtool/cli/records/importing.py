"""gbtool ledger import: folders in the layout of docs/ledger.md, and records from Word forms and tables."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import ask, show
from gbtool.cli.filling import pair
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.commands.records.found import Changed, Request
from gbtool.errors import GbtoolError, UsageError
from gbtool.structs import replace

if TYPE_CHECKING:
    from gbtool.cli.records.imported import Layout, Records
    from gbtool.commands.records.found import Found
    from gbtool.commands.registers.reading import Listed
    from gbtool.commands.workspace import Workspace

By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记、声明或确认。", show_default=False)]


def command(
    ctx: typer.Context,
    sources: Annotated[
        list[Path], typer.Argument(metavar="文件夹或文件 …", help="格式见 docs/ledger.md。", show_default=False)
    ],
    *,
    form: Annotated[
        str,
        typer.Option(
            "--form", metavar="表单", help="是哪张表单，或台账的哪张表（roster、patents 等）；认得出的不用写。"
        ),
    ] = "",
    sheet: Annotated[str, typer.Option("--sheet", metavar="工作表", help="只读这张工作表。")] = "",
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="列=字段", help="这一列是哪个字段，可重复；留空是不导入。")
    ] = None,
    date: Annotated[str, typer.Option("--date", metavar="日期", help="文件里没有日期时，发生的日期。")] = "",
    changed: Annotated[
        Changed | None,
        typer.Option(
            "--changed",
            metavar="做法",
            help="内容与台账不同的：refuse 不导入（记录默认），update 以文件为准（名册等表默认），add 另记。",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看怎么认、会怎样，什么都不写。")] = False,
    by: By = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """导入记录、名册、权利、合同：填好的 Word、xlsx、xls、CSV，或文件夹、YAML；一个文件全进或全不进，再导不会重复。"""
    from gbtool.commands.records.sources import files
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    told = {name: str(field) for name, field in (pair("--map", text) for text in columns or ())}
    request = Request(form, sheet, told, date, changed, dry_run, by)
    codes, found = [0], []
    jobs = [(source, own) for source in sources for own in files(source) or (None,)]
    for source, own in jobs:
        try:
            done = _records(work, own, request, on, quiet=as_json) if own else _layout(work, source, request, on)
        except GbtoolError as error:
            show.error(error)
            codes.append(error.exit_code)
            continue
        found.append(done.plain())
        if not as_json:
            done.tell()
    if as_json and found:
        show.json({"files": found})
    if max(codes):
        raise typer.Exit(max(codes))


def _layout(work: "Workspace", source: Path, request: Request, on: dt.date) -> "Layout":
    from gbtool.cli.records.imported import Layout
    from gbtool.commands.ledger.importing import import_folder

    if request.dry_run or request.form:
        raise UsageError(f"{source.name} 是固定格式，没有要认的", "--form、--map、--dry-run 用于记录的表格和 Word 表单")
    return Layout(source, import_folder(work, source, on, request.by))


def _records(work: "Workspace", path: Path, request: Request, on: dt.date, *, quiet: bool) -> "Records":
    from gbtool.cli.records.imported import Records, mapping
    from gbtool.commands.records.taking import read, take

    found = read(work, path, request, on)
    told = _asked(found)
    if told:
        request = replace(request, columns={**request.columns, **told})
        found = read(work, path, request, on)
    if ask.possible() and any(each.undated for each in found):
        day = ask.line(f"{path.name} 没有写哪天发生的，是哪天（如 {on}）？", partial(_no_day, on))
        request = replace(request, date=day)
        found = read(work, path, request, on)
    for each in found:
        if each.faults and request.dry_run and not quiet:
            mapping(each)
    try:
        return Records(take(work, found, request, on), request)
    except GbtoolError:
        if told:
            show.text(f"刚才说的，再导入时可以这样给出：{' '.join(_option(*pair_) for pair_ in told.items())}")
        raise


def _no_day(on: dt.date, text: str) -> str | None:
    from gbtool.commands.filling import day_faults

    return next((fault.message for fault in day_faults("", text, on)), None)


def _option(column: str, field: str) -> str:
    return f"--map '{column}={field}'"


def _asked(found: "Iterable[Found | Listed]") -> dict[str, str]:
    """What somebody at the terminal says of columns that nobody could match."""
    if not ask.possible():
        return {}
    told: dict[str, str] = {}
    for each in found:
        free = each.titles
        for match in each.open:
            likely = [title for title in match.candidates if title in free]
            others = [title for title in free if title not in likely]
            choices = [*((title, title) for title in likely), ("不导入", ""), *((title, title) for title in others)]
            told[match.column] = ask.one(f"“{match.column}”列是哪个字段？", choices)
    return told
