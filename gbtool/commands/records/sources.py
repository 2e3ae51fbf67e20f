"""Which files hold records, of which form each sheet is, and what they say."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from gbtool.commands.filling import day_faults
from gbtool.commands.gather import client
from gbtool.commands.ledger.import_files import FOLDERS, PAPERS
from gbtool.commands.ledger.sheets import sheet_of
from gbtool.commands.records.found import MOST, Found, Request
from gbtool.commands.records.tables import Reading
from gbtool.commands.records.words import Forms, read_word
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, UsageError, WrongValues, reason_of
from gbtool.exchange.books import KINDS, Sheet, bounded, sheets
from gbtool.exchange.matching import plain
from gbtool.exchange.tables import table_of
from gbtool.exchange.writing import page_names
from gbtool.model.document import Specification
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.mappings import guess

WORD = (".docx",)
FILES = (*KINDS, *WORD)
_MOST_BYTES = 100_000_000

Columns = Mapping[str, Mapping[str, str]]  # by form, the fields of columns as they were matched before


def files(source: Path) -> tuple[Path, ...]:
    """The files with records of forms that a path names: itself, or all in a folder that has no layout of its own.

    None where the path is in the layout of docs/ledger.md: a folder with records/ or documents.yaml, a YAML file, a
    table that is known by its name.
    """
    if source.is_dir():
        inside = sorted(path for path in source.iterdir() if path.is_file() and not path.name.startswith(("~$", ".")))
        known = any((source / name).exists() for name in (*FOLDERS, PAPERS)) or any(sheet_of(p.stem) for p in inside)
        return () if known else tuple(path for path in inside if path.suffix.lower() in FILES)
    return (source,) if source.suffix.lower() in FILES and not sheet_of(source.stem) else ()


def read(work: Workspace, source: Path, request: Request, kept: Columns, today: date) -> tuple[Found, ...]:
    """The records in a file, sheet by sheet, with all that is wrong in them.

    Raises:
        FileFaults: it cannot be read, or nobody can say of which form it is.
        UsageError: there is no such form or sheet.
        WrongValues: the day of the request is not real or not yet come.
    """
    faults = list(day_faults("--date", request.date, today)) if request.date else []
    if faults:
        raise WrongValues(faults)
    forms = Forms({s.id: s for s in catalogue(work.shelves) if s.fields}, client(work).code)
    if request.form and request.form not in forms.known:
        raise UsageError(f"没有表单“{request.form}”{guess(request.form, forms.known)}")
    sha256 = _sha256(source)
    if source.suffix.lower() in WORD:
        return (read_word(source, forms, request, today, sha256),)
    chosen, skipped = _chosen(source, forms, request)
    found: list[Found] = []
    broken: list[Complaint] = []
    for sheet, specification in chosen:
        try:
            table = table_of(sheet, source.name, titled=True)
        except FileFaults as error:
            broken += error.complaints
            continue
        reading = Reading(sheet, table, specification, request, kept.get(specification.id, {}))
        found.append(reading.found(today, sha256))
    if broken:
        raise FileFaults(bounded(source.name, [*broken, *(each for one in found for each in one.faults)], MOST))
    left = (f"没有读的工作表：{'、'.join(skipped)}",) if skipped else ()
    return (replace(found[0], remarks=(*found[0].remarks, *left)), *found[1:])


def _sha256(source: Path) -> str:
    try:
        if source.stat().st_size > _MOST_BYTES:
            raise FileFaults([Complaint(source.name, f"超过 {_MOST_BYTES} 字节的上限")])
        return hashlib.sha256(source.read_bytes()).hexdigest()
    except OSError as error:
        raise FileFaults([Complaint(source.name, f"读不出文件（{reason_of(error)}）")]) from error


def _chosen(source: Path, forms: Forms, request: Request) -> tuple[list[tuple[Sheet, Specification]], list[str]]:
    """The sheets that hold records, each with its form, and the names of the others."""
    filled = [sheet for sheet in sheets(source, source.name) if any(any(map(str, cells)) for _, cells in sheet.lines)]
    names = [sheet.name for sheet in filled]
    if request.sheet and request.sheet not in names:
        raise UsageError(f"没有工作表“{request.sheet}”", f"有内容的工作表：{'、'.join(names)}")
    if not filled:
        raise FileFaults([Complaint(source.name, "表格是空的", "第一行写列名，以下每行一条")])
    wanted = [sheet for sheet in filled if request.sheet in ("", sheet.name)]
    found = [(sheet, _form(sheet, source, forms, request, alone=len(wanted) == 1)) for sheet in wanted]
    named = [(sheet, specification) for sheet, specification in found if specification]
    if not named:
        fix = "用 --form 表单、--sheet 工作表 说明；表单代号见 gbtool generate --dry-run"
        raise FileFaults([Complaint(source.name, f"认不出是哪张表单（工作表：{'、'.join(names)}）", fix)])
    return named, [sheet.name for sheet, specification in found if not specification]


def _form(sheet: Sheet, source: Path, forms: Forms, request: Request, *, alone: bool) -> Specification | None:
    """The form of a sheet: the one that was named, or that its name, its title or the file's name is."""
    said = [sheet.name, _heading(sheet), *([source.stem] if alone else [])]
    own = [specification for text in said if (specification := _named(text, forms))]
    if request.form:
        wanted = forms.known[request.form]
        return wanted if alone or wanted in own else None
    return own[0] if own else None


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
