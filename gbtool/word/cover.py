"""The cover of the manual and its revision record."""

from gbtool.word import wordml
from gbtool.word.control import Control
from gbtool.word.package import Identity
from gbtool.word.wordml import cm

_REVISIONS = ("版本", "修订日期", "修订章节", "修订内容", "修订人", "批准人")
_SHARES = (0.09, 0.16, 0.17, 0.30, 0.14)
_EMPTY_REVISIONS = 12
_LOGO = (2.0, 8.0)  # how tall and wide a logo may be, in centimetres
_BREAK = '<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def cover(identity: Identity, control: Control, width: int) -> str:
    """The cover: company, title, number, version, controlled state, approval with cells to sign, dates."""
    plain = (
        ("文件编号", wordml.escape(identity.number)),
        ("版本", wordml.escape(identity.version)),
        ("受控状态", "□ 受控　　□ 非受控"),
        ("发放编号", ""),
    )
    people = (
        ("编制", control.approval.compile),
        ("审核", control.approval.review),
        ("批准", control.approval.approve),
    )
    name = wordml.paragraph("CoverName", wordml.escape(identity.company))
    if identity.logo:
        name = name.replace("</w:pPr>", f"</w:pPr>{identity.logo.run(*_LOGO)}<w:r><w:br/></w:r>", 1)
    title = wordml.paragraph("CoverTitle", wordml.escape(identity.title))
    space = wordml.empty("CoverText")
    dates = wordml.paragraph("CoverText", f"{control.issued}发布　　　　{control.effective}实施")
    return "".join(
        (name, title, space, _facts(plain, width), space, space, _people(people, width), space, dates, _BREAK)
    )


def _facts(rows: tuple[tuple[str, str], ...], width: int) -> str:
    widths = (cm(3.2), cm(6.8))
    lines = "".join(
        wordml.row(
            wordml.cell(widths[0], wordml.paragraph("CellHead", label, run_extra=_BIGGER))
            + wordml.cell(widths[1], wordml.paragraph("CellMid", text, run_extra=_BIGGER)),
            height=cm(1.0),
        )
        for label, text in rows
    )
    return wordml.table(widths, lines) if width else ""


_BIGGER = '<w:sz w:val="24"/><w:szCs w:val="24"/>'


def _people(rows: tuple[tuple[str, str], ...], width: int) -> str:
    shares = (0.13, 0.29, 0.29)
    widths = (*(round(width * share) for share in shares), width - sum(round(width * share) for share in shares))
    heads = "".join(
        wordml.cell(room, wordml.paragraph("CellHead", text))
        for room, text in zip(widths, ("", "部门或职务", "签名", "日期"), strict=True)
    )
    lines = "".join(
        wordml.row(
            wordml.cell(widths[0], wordml.paragraph("CellHead", label))
            + wordml.cell(widths[1], wordml.paragraph("CellMid", who))
            + wordml.cell(widths[2], wordml.empty("CellMid"))
            + wordml.cell(widths[3], wordml.paragraph("CellMid", "　　年　　月　　日")),
            height=cm(1.2),
        )
        for label, who in rows
    )
    return wordml.table(widths, wordml.row(heads) + lines)


def revisions(identity: Identity, control: Control, width: int) -> str:
    """The revision record: the first issue, each granted change, and empty rows for what comes."""
    widths = (*(round(width * share) for share in _SHARES), width - sum(round(width * share) for share in _SHARES))
    first = (control.first or wordml.escape(identity.version), control.issued, "全部", "首次发布", "", "")
    empty = max(1, _EMPTY_REVISIONS - len(control.revisions))
    rows = [first, *control.revisions, *([("",) * len(widths)] * empty)]
    heads = "".join(
        wordml.cell(room, wordml.paragraph("CellHead", text)) for room, text in zip(widths, _REVISIONS, strict=True)
    )
    lines = "".join(
        wordml.row(
            "".join(
                wordml.cell(room, wordml.paragraph("CellMid", text)) for room, text in zip(widths, row, strict=True)
            ),
            height=cm(0.9),
        )
        for row in rows
    )
    title = wordml.paragraph("ContentsTitle", "修订记录")
    return title + wordml.table(widths, wordml.row(heads, head=True) + lines) + _BREAK
