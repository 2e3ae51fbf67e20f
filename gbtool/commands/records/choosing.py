"""Which sheets of a file are records of which form, or which table of the ledger."""

from pathlib import Path

from gbtool.commands.records.found import Request
from gbtool.commands.records.words import Forms
from gbtool.commands.registers import names
from gbtool.commands.registers.names import REGISTERS, Register
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.exchange.books import Sheet, sheets
from gbtool.exchange.matching import plain
from gbtool.exchange.writing import page_names
from gbtool.model.document import Specification

Form = Specification | Register


def chosen(source: Path, forms: Forms, request: Request) -> tuple[list[tuple[Sheet, Form]], list[str]]:
    """The sheets that hold records or tables, each with its form or table, and the names of the others.

    Raises:
        UsageError: there is no such sheet.
        FileFaults: the file cannot be read, is empty, or nobody can say what stands in it.
    """
    filled = [sheet for sheet in sheets(source, source.name) if any(any(map(str, cells)) for _, cells in sheet.lines)]
    titles = [sheet.name for sheet in filled]
    if request.sheet and request.sheet not in titles:
        raise UsageError(f"没有工作表“{request.sheet}”", f"有内容的工作表：{'、'.join(titles)}")
    if not filled:
        raise FileFaults([Complaint(source.name, "表格是空的", "第一行写列名，以下每行一条")])
    wanted = [sheet for sheet in filled if request.sheet in ("", sheet.name)]
    found = [(sheet, _form(sheet, source, forms, request, alone=len(wanted) == 1)) for sheet in wanted]
    named = [(sheet, specification) for sheet, specification in found if specification]
    if not named:
        tables = "、".join(REGISTERS)
        fix = f"用 --form 表单、--sheet 工作表 说明；表单代号见 gbtool generate --dry-run，台账的表有 {tables}"
        raise FileFaults([Complaint(source.name, f"认不出是哪张表单（工作表：{'、'.join(titles)}）", fix)])
    return named, [sheet.name for sheet, specification in found if not specification]


def _form(sheet: Sheet, source: Path, forms: Forms, request: Request, *, alone: bool) -> Form | None:
    """The form or table of a sheet: the one that was named, or that its name, its title or the file's name is."""
    said = [sheet.name, _heading(sheet), *([source.stem] if alone else [])]
    own = [found for text in said if (found := _named(text, forms) or names.named(text))]
    if request.form:
        wanted = forms.known.get(request.form) or names.named(request.form)
        return wanted if alone or wanted in own else None
    return own[0] if own else next(filter(None, map(names.within, said)), None)


def _heading(sheet: Sheet) -> str:
    return next((str(cell).strip() for _, cells in sheet.lines for cell in cells if str(cell).strip()), "")


def _named(text: str, forms: Forms) -> Specification | None:
    """The form whose id, number or title a text is; a sheet's name may hold only the beginning of a long title."""
    for each in forms.known.values():
        titles = [each.title, *(each.titles or {}).values()]
        names = [each.id, each.number.replace("{company_code}", forms.code), *titles, *page_names(titles)]
        if text and plain(text) in map(plain, names):
            return each
    return None
