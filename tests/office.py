"""Word and Excel files put together part by part, for tests: as hostile as needed."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def p(text: str, run: str = "", paragraph: str = "") -> str:
    """A paragraph of one run with these properties."""
    properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    looks = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{properties}<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def runs(*texts: str) -> str:
    """A paragraph whose text is split over runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells; a cell may be paragraphs already."""
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<w:') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def wordml(root: str, inner: str) -> str:
    """A part of Word's own XML."""
    return f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def relations(*links: str) -> str:
    """A part of relationships."""
    return f'<Relationships xmlns="{REL_NS}">{"".join(links)}</Relationships>'


def relation(id_: str, kind: str, target: str, *, outside: bool = False) -> str:
    """A relationship."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id_}" Type="{R_NS}/{kind}" Target="{target}"{mode}/>'


def docx(body: str, **more: str | bytes) -> bytes:
    """A Word file with this body and more parts; one without a folder is Word's own."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(relation("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": wordml("document", f"<w:body>{body}</w:body>"),
    }
    return zipped(parts | {_path(name): data for name, data in more.items()})


def _path(name: str) -> str:
    return name if "/" in name else f"word/{name}.xml"


def with_parts(data: bytes, more: Mapping[str, str | bytes]) -> bytes:
    """A file with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | dict(more))


def xlsx(rows: Mapping[str, str], more: Mapping[str, str | bytes] | None = None, sheet: str = "台账") -> bytes:
    """An Excel file with these cells on one sheet."""
    cells = "".join(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in rows.items())
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{S_NS}" xmlns:r="{R_NS}"><sheets><sheet name="{sheet}" sheetId="1" r:id="s1"/></sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(relation("s1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S_NS}"><sheetData><row>{cells}</row></sheetData></worksheet>',
    }
    return zipped(parts | dict(more or {}))


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
