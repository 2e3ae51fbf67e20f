"""The table of contents, filled in: an entry for each heading, linked to it, with its page as a field."""

import re
from dataclasses import dataclass

from gbtool.word import wordml
from gbtool.word.look import BY_ID
from gbtool.word.wordml import HEI, SONG

_HEADING = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(ManualChapter|ManualClause)"/>.*?</w:p>')
_BLOCK = re.compile(r"<w:tr>.*?</w:tr>|<w:p>.*?</w:p>", re.DOTALL)
_CELL = re.compile(r'<w:tcW w:w="(\d+)".*?</w:tc>', re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_EXTENT = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"/>')
_TAG = re.compile(r"<[^>]*>")
_FALLBACK = re.compile(r"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)
_LEVELS = {"ManualChapter": "TOC1", "ManualClause": "TOC2"}
_FRONT = 2  # cover and revision record


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading with the bookmark around it and the page on which it probably stands."""

    style: str
    text: str
    mark: str
    page: int


def with_contents(body: str, page: wordml.Page) -> str:
    """The contents, followed by the body with a bookmark at each heading."""
    pages = _pages(body, page)
    entries: list[Entry] = []

    def marked(match: re.Match[str]) -> str:
        number = len(entries) + 1
        mark = f"_Toc{number:06d}"
        text = _TAG.sub("", match.group())
        entries.append(Entry(_LEVELS[match.group(1)], text, mark, pages[number - 1]))
        start = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>'
        inside = match.group().replace("</w:pPr>", f"</w:pPr>{start}", 1)
        return inside.removesuffix("</w:p>") + f'<w:bookmarkEnd w:id="{number}"/></w:p>'

    marked_body = _HEADING.sub(marked, body)
    shift = -(-len(entries) * 20 // (page.height // 20)) + _FRONT
    return _contents([Entry(e.style, e.text, e.mark, e.page + shift) for e in entries]) + marked_body


def _contents(entries: list[Entry]) -> str:
    title = wordml.paragraph("ContentsTitle", "目　录", HEI)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [_line(entry, begin if not place else "") for place, entry in enumerate(entries)]
    end = '<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return title + "".join(lines) + end


def _line(entry: Entry, begin: str) -> str:
    face = HEI if entry.style == "TOC1" else SONG
    indent = '<w:ind w:left="480"/>' if entry.style == "TOC2" else ""
    tab = f"<w:r><w:rPr>{wordml.fonts(face)}</w:rPr><w:tab/></w:r>"
    page = wordml.field(f"PAGEREF {entry.mark} \\h", str(entry.page), face)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{entry.style}"/>{indent}</w:pPr>{begin}'
        f'<w:hyperlink w:anchor="{entry.mark}" w:history="1">'
        f"{wordml.run(entry.text, face)}{tab}{page}</w:hyperlink></w:p>"
    )


def _pages(body: str, page: wordml.Page) -> list[int]:
    """On which page after the contents each heading probably stands, from the lengths of what is before it."""
    pages: list[int] = []
    at, number = 0.0, 0
    height, width = page.height / 20, page.width / 20
    for match in _BLOCK.finditer(_FALLBACK.sub("", body)):
        block = match.group()
        found = _STYLE.search(block)
        style = found.group(1) if found else "Body"
        tall = _row(block) if block.startswith("<w:tr>") else _paragraph(block, style, width)
        if style == "ManualChapter" or at + tall > height:
            number, at = number + 1, 0.0
        if style in _LEVELS and not block.startswith("<w:tr>"):
            pages.append(max(number, 1))
        at += tall
    return pages


def _paragraph(block: str, style: str, width: float) -> float:
    look = BY_ID.get(style, BY_ID["Body"])
    extent = _EXTENT.search(block)
    if extent:
        return int(extent.group(1)) / 12700 + 10
    line = look.line / 20 or look.size * 0.65
    count = -(-wordml.width_of(_TAG.sub("", block)) * look.size / 2 // width)
    return max(count, 1.0) * line + (look.before + look.after) / 20


def _row(block: str) -> float:
    lines = [
        -(-wordml.width_of(_TAG.sub("", cell.group())) * 10.5 // (int(cell.group(1)) / 20 - 9))
        for cell in _CELL.finditer(block)
    ]
    return max(lines, default=1.0) * 13.8 + 5
