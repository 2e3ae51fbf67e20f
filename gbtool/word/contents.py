"""The table of contents, filled in: an entry for each heading, linked to it, with its page as a field."""

import re

from gbtool.structs import Frozen
from gbtool.word import measure, wordml

_HEADING = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(ManualChapter|ManualClause)"/>.*?</w:p>')
_TAG = re.compile(r"<[^>]*>")
_LEVELS = {"ManualChapter": "TOC1", "ManualClause": "TOC2"}
_FRONT = 2  # cover and revision record


class Entry(Frozen):
    """A heading with the bookmark around it and the page on which it probably stands."""

    style: str
    text: str
    mark: str
    page: int


def with_contents(body: str, page: wordml.Page) -> str:
    """The contents, followed by the body with a bookmark at each heading."""
    pages = measure.pages(body, page, frozenset(_LEVELS))
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
    title = wordml.paragraph("ContentsTitle", "目　录")
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [_line(entry, begin if not place else "") for place, entry in enumerate(entries)]
    end = '<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return title + "".join(lines) + end


def _line(entry: Entry, begin: str) -> str:
    indent = '<w:ind w:left="480"/>' if entry.style == "TOC2" else ""
    page = wordml.field(f"PAGEREF {entry.mark} \\h", str(entry.page))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{entry.style}"/>{indent}</w:pPr>{begin}'
        f'<w:hyperlink w:anchor="{entry.mark}" w:history="1">'
        f"{wordml.run(entry.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>"
    )
