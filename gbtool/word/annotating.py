"""A copy of a Word file with comments where something was found."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from gbtool.structs import Frozen
from gbtool.word.pieces.archive import Archive, opened, parsed
from gbtool.word.pieces.names import REL, TYPES, W

_BODY, _COMMENTS = "word/document.xml", "word/comments.xml"
_RELS, _KINDS = "word/_rels/document.xml.rels", "[Content_Types].xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()
_FIXED = (1980, 1, 1, 0, 0, 0)


class Note(Frozen):
    """A comment: the part and the number of the paragraph that it belongs to (any other: the first one), its lines."""

    part: str
    number: int
    lines: tuple[str, ...]


def annotated(path: Path, notes: Sequence[Note], author: str, date: str) -> bytes:
    """A copy of a file with these comments, those that it has kept.

    Args:
        path: a Word file.
        notes: what to say and where; what is not in the body, or in a text box, is said where Word allows it.
        author: who comments.
        date: the day as ISO text.

    Raises:
        Unreadable: the file cannot be read.
    """
    archive = opened(path)
    with archive.zip:
        changed = _changed(archive, notes, (author, date))
        return _packed(archive, changed)


def _changed(archive: Archive, notes: Sequence[Note], said: tuple[str, str]) -> Mapping[str, bytes]:
    body = parsed(archive.data(_BODY), _BODY)
    old = archive.data(_COMMENTS) if _COMMENTS in archive.names else _EMPTY
    comments = parsed(old, _COMMENTS)
    used = [int(c.get(f"{W}id", "0")) for c in comments.iter(f"{W}comment") if c.get(f"{W}id", "").isdigit()]
    paragraphs = list(body.iter(f"{W}p"))
    for id_, note in enumerate(notes, max(used, default=-1) + 1):
        if paragraphs:
            inside = note.part == _BODY and 0 <= note.number < len(paragraphs)
            _mark(_outermost(paragraphs[note.number if inside else 0]), str(id_))
            comments.append(_comment(str(id_), note, said))
    changed = {_BODY: _written(body), _COMMENTS: _written(comments)}
    if _COMMENTS not in archive.names:
        changed |= {_RELS: _related(archive), _KINDS: _declared(archive)}
    return changed


def _outermost(paragraph: etree._Element) -> etree._Element:
    """The paragraph in which this one stands in a box: Word has no comments in boxes."""
    return next((each for each in reversed(list(paragraph.iterancestors(f"{W}p")))), paragraph)


def _mark(paragraph: etree._Element, id_: str) -> None:
    first = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": id_})
    paragraph.insert(first, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", {f"{W}id": id_})
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": id_})


def _comment(id_: str, note: Note, said: tuple[str, str]) -> etree._Element:
    author, date = said
    names = {f"{W}id": id_, f"{W}author": author, f"{W}date": f"{date}T00:00:00Z", f"{W}initials": author[:2]}
    comment = etree.Element(f"{W}comment", names)
    for line in note.lines:
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = _clean(line)
    return comment


def _clean(text: str) -> str:
    return "".join(
        sign for sign in text if sign >= " " and sign not in "\ufffe\uffff" and not "\ud800" <= sign <= "\udfff"
    )


def _related(archive: Archive) -> bytes:
    links = parsed(archive.data(_RELS), _RELS) if _RELS in archive.names else etree.Element(f"{REL}Relationships")
    names = {"Id": "gbtoolComments", "Type": _RELATION, "Target": "comments.xml"}
    etree.SubElement(links, f"{REL}Relationship", names)
    return _written(links)


def _declared(archive: Archive) -> bytes:
    kinds = parsed(archive.data(_KINDS), _KINDS)
    etree.SubElement(kinds, f"{TYPES}Override", {"PartName": f"/{_COMMENTS}", "ContentType": _KIND})
    return _written(kinds)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _packed(archive: Archive, changed: Mapping[str, bytes]) -> bytes:
    return repacked(archive, {name: changed.get(name) for name in dict.fromkeys((*archive.names, *changed))})


def repacked(archive: Archive, wanted: Mapping[str, bytes | None]) -> bytes:
    """A zip of these parts in this order: with new bytes, or as they lie in the archive where there are none.

    Raises:
        Unreadable: a part cannot be read.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in wanted.items():
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, archive.data(name) if data is None else data)
    return target.getvalue()
