"""Which files hold records, of which form each sheet is, and what they say."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.filling import day_faults
from gbtool.commands.gather import catalogued, client, with_recorded
from gbtool.commands.ledger.import_files import FOLDERS, PAPERS
from gbtool.commands.ledger.sheets import sheet_of
from gbtool.commands.records.choosing import chosen
from gbtool.commands.records.found import MOST, Found, Request
from gbtool.commands.records.tables import Reading
from gbtool.commands.records.words import Forms, read_word
from gbtool.commands.registers import names, reading
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, UsageError, WrongValues, reason_of
from gbtool.exchange.books import KINDS, bounded
from gbtool.exchange.tables import table_of
from gbtool.model.document import Specification
from gbtool.shelf.mappings import guess
from gbtool.structs import replace

WORD = (".docx",)
FILES = (*KINDS, *WORD)
_MOST_BYTES = 100_000_000

Columns = Mapping[str, Mapping[str, str]]  # by form, the fields of columns as they were matched before


def files(source: Path) -> tuple[Path, ...]:
    """The files with records and tables that a path names: itself, or all in a folder that has no layout of its own.

    None where the path is in the layout of docs/ledger.md: a YAML file, a folder with records/, documents.yaml or
    a table that is known by its name.
    """
    if source.is_dir():
        inside = sorted(path for path in source.iterdir() if path.is_file() and not path.name.startswith(("~$", ".")))
        known = any((source / name).exists() for name in (*FOLDERS, PAPERS)) or any(sheet_of(p.stem) for p in inside)
        return () if known else tuple(path for path in inside if path.suffix.lower() in FILES)
    return (source,) if source.suffix.lower() in FILES else ()


def read(
    work: Workspace, source: Path, request: Request, kept: Columns, today: date
) -> tuple[Found | reading.Listed, ...]:
    """The records and lines of tables in a file, sheet by sheet, with all that is wrong in them.

    Raises:
        FileFaults: it cannot be read, or nobody can say of which form it is.
        UsageError: there is no such form or sheet.
        WrongValues: the day of the request is not real or not yet come.
    """
    faults = list(day_faults("--date", request.date, today)) if request.date else []
    if faults:
        raise WrongValues(faults)
    forms = Forms(with_recorded(work, _forms(work)), client(work).code)
    wanted = names.named(request.form)
    if request.form and request.form not in forms.known and not wanted:
        raise UsageError(f"没有表单“{request.form}”{guess(request.form, (*forms.known, *names.REGISTERS))}")
    sha256 = _sha256(source)
    if source.suffix.lower() in WORD:
        if wanted and request.form not in forms.known:
            raise UsageError(f"《{wanted.title}》从 xlsx、xls、CSV 导入", "Word 里填好的只能是表单")
        return (read_word(source, forms, request, today, sha256),)
    found_sheets, skipped = chosen(source, forms, request)
    found: list[Found | reading.Listed] = []
    broken: list[Complaint] = []
    for sheet, of in found_sheets:
        try:
            table = table_of(sheet, source.name, titled=True)
        except FileFaults as error:
            broken += error.complaints
            continue
        if isinstance(of, names.Register):
            own = reading.Reading(sheet, table, of, request.columns, kept.get(of.key, {}))
            found.append(own.listed(sha256))
        else:
            found.append(Reading(sheet, table, of, request, kept.get(of.id, {})).found(today, sha256))
    if broken:
        raise FileFaults(bounded(source.name, [*broken, *(each for one in found for each in one.faults)], MOST))
    left = (f"没有读的工作表：{'、'.join(skipped)}",) if skipped else ()
    return (replace(found[0], remarks=(*found[0].remarks, *left)), *found[1:])


def _forms(work: Workspace) -> dict[str, Specification]:
    return {id_: each for id_, each in catalogued(work).items() if each.fields}


def _sha256(source: Path) -> str:
    try:
        if source.stat().st_size > _MOST_BYTES:
            raise FileFaults([Complaint(source.name, f"超过 {_MOST_BYTES} 字节的上限")])
        return hashlib.sha256(source.read_bytes()).hexdigest()
    except OSError as error:
        raise FileFaults([Complaint(source.name, f"读不出文件（{reason_of(error)}）")]) from error
