"""The example's whole set by python-docx, paragraph by paragraph, cell by cell, on our slim style.docx; one process.

`python -m benchmarks.python_docx_set CONTENT OUT` writes; with `--make FINISHED CONTENT` it reads what is to be
written from finished documents: paragraphs and cells with their styles and texts. Drawings, merged cells, sections,
headers and contents are left out, so this has less to do than gbtool; rows are taken by `row.cells`, the quick way.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from benchmarks.timing import ROOT

Line = tuple[str, str]  # style, text
STYLE = ROOT / "templates" / "style.docx"


def make(finished: Path, content: Path) -> None:
    """Read what each finished document says: lists of paragraphs, and of tables as rows of cells."""
    found = {path.name: list(_blocks(docx.Document(str(path)))) for path in sorted(finished.rglob("*.docx"))}
    content.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _blocks(document: Document) -> Iterator[object]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _line(block)
        else:
            rows = (row._tr.tc_lst for row in block.rows)  # noqa: SLF001 - cells as they stand, merged ones once
            yield [[[_line(each) for each in _Cell(cell, block).paragraphs] for cell in row] for row in rows]


def _line(paragraph: Paragraph) -> Line:
    style = paragraph.style
    return (style.name or "" if style else "", paragraph.text)


def render(content: Path, target: Path) -> None:
    """Write every document with the interface of python-docx."""
    for name, blocks in json.loads(content.read_text(encoding="utf-8")).items():
        document = docx.Document(str(STYLE))
        for block in blocks:
            if block and isinstance(block[0], str):
                document.add_paragraph(block[1], style=block[0])
            else:
                _fill(document.add_table(len(block), max(map(len, block))), block)
        document.save(str(target / name))


def _fill(table: Table, rows: list[list[list[Line]]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, lines in zip(row.cells, texts, strict=False):
            for number, (style, text) in enumerate(lines):
                if number:
                    cell.add_paragraph(text, style=style)
                else:
                    first = cell.paragraphs[0]
                    first.style = style  # type: ignore[assignment] # its setter takes a name
                    first.add_run(text)


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        render(Path(sys.argv[1]), Path(sys.argv[2]))
