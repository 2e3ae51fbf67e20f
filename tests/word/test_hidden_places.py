"""Places in Office files that nobody looks at: an adversary's list, each read with a place that a person finds."""

import struct
import zlib
from pathlib import Path

import pytest

import office
from gbtool.model.piece import FileRead, Piece, Spot, TroubleKind
from gbtool.word.pieces import binaries
from gbtool.word.pieces.reading import read
from office import docx, p, put, table, xlsx

NAME = "青屿软件"
CODE = "91510104MA0XDEM22F"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16 = NAME.encode("utf-16-le")


def reading(tmp_path: Path, data: bytes, name: str = "文件.docx") -> FileRead:
    """A file as it is read."""
    return read(put(tmp_path, name, data), name)


def found(read_: FileRead, text: str = NAME) -> list[Piece]:
    """The pieces that say something."""
    return [piece for piece in read_.pieces if text in piece.text]


def drawn(inner: str) -> str:
    """A paragraph that holds a drawing or an old shape."""
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, size: int = 1) -> bytes:
    """A PNG of these chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


RUBY = "".join(
    f"<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{sign}</w:t></w:r></w:rubyBase></w:ruby>"
    "</w:r>"
    for sign in NAME
)
SYMBOLS = "".join(f"<w:sym w:char='{ord(sign):X}'/>" for sign in NAME)
LIST = f"<w:ffData><w:name w:val='甲'/><w:ddList><w:listEntry w:val='{NAME}'/></w:ddList></w:ffData>"
BODIES: dict[str, tuple[str, Spot]] = {
    "below its reading": (f"<w:p>{RUBY}</w:p>", Spot.BODY),
    "as the reading": (f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>{NAME}</w:t></w:r></w:rt></w:ruby></w:r></w:p>", Spot.ALT),
    "letters by number": (drawn(SYMBOLS), Spot.BODY),
    "locked drawing": (
        drawn(f"<w:drawing><a:p><a:r><a:t>{NAME[:2]}</a:t></a:r><a:r><a:t>{NAME[2:]}</a:t></a:r></a:p></w:drawing>"),
        Spot.BODY,
    ),
    "group of old shapes": (drawn(f"<w:pict><v:group alt='{NAME}'/></w:pict>"), Spot.ALT),
    "tip of a picture's link": (drawn(f"<w:drawing><a:hlinkClick tooltip='{NAME}'/></w:drawing>"), Spot.ALT),
    "list to choose from": (drawn(f"<w:fldChar w:fldCharType='begin'>{LIST}</w:fldChar>"), Spot.ALT),
    "place of a link": (f"<w:p><w:hyperlink w:anchor='{NAME}'/></w:p>", Spot.ALT),
    "bound data": (f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/{NAME}"/></w:sdtPr></w:sdt>', Spot.ALT),
    "remark in the XML": (f"{p('甲')}<!-- {NAME} -->", Spot.DATA),
    "who changed a look": (
        f"<w:p><w:r><w:rPr><w:rPrChange w:author='{NAME}'/></w:rPr><w:t>甲</w:t></w:r></w:p>",
        Spot.AUTHOR,
    ),
    "who added a cell": (
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns w:author='{NAME}'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        Spot.AUTHOR,
    ),
    "white": (p(NAME, run="<w:color w:val='FFFFFF'/>"), Spot.HIDDEN),
    "tiny": (p(NAME, run="<w:sz w:val='2'/>"), Spot.HIDDEN),
}


@pytest.mark.parametrize("place", BODIES)
def test_text_is_found_in_corners_of_the_body(place: str, tmp_path: Path) -> None:
    body, spot = BODIES[place]
    pieces = found(reading(tmp_path, docx(body)))
    assert any(piece.spot is spot and piece.where for piece in pieces), pieces


PROPERTIES = (
    "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
    f"xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{NAME}</dc:creator></cp:coreProperties>"
)
RICH = "{\\rtf1 " + "".join(f"\\u{ord(sign)}\\'b3\\'c9" for sign in NAME) + "}"
BYTES = "{\\rtf1 " + "".join(f"\\'{byte:02x}" for byte in NAME.encode("gb18030")) + "}"
XMP = b"\xff\xd8\xff\xd0\xff\xe1\x00\x40http://ns.adobe.com/xap/1.0/\0" + NAME.encode() + b"\xff\xda"
PARTS: dict[str, tuple[str, str | bytes, Spot]] = {
    "properties under another name": ("package/services/abc.psmdcp", f"\ufeff{PROPERTIES}", Spot.CORE),
    "name of an element": ("customXml/item1.xml", f"<r><{NAME}/></r>", Spot.DATA),
    "instruction": ("customXml/item1.xml", f"<r><?x {NAME}?></r>", Spot.DATA),
    "remark before the root": ("customXml/item1.xml", f"<!-- {NAME} --><r/>", Spot.DATA),
    "plain text taken in": ("word/afchunk.txt", f"由{NAME}编制".encode("gb18030"), Spot.BODY),
    "UTF-16 taken in": ("word/afchunk.txt", f"由{NAME}编制".encode("utf-16"), Spot.BODY),
    "web page taken in": ("word/afchunk.html", f"<html><br><p>&#38738;{NAME[1]}<b>{NAME[2:]}</b>", Spot.BODY),
    "web archive taken in": (
        "word/afchunk.mht",
        "Content-Transfer-Encoding: quoted-printable\n\n" + "".join(f"={byte:02X}" for byte in NAME.encode()),
        Spot.BODY,
    ),
    "rich text taken in": ("word/afchunk.rtf", RICH, Spot.BODY),
    "rich text in bytes": ("word/afchunk.rtf", BYTES, Spot.BODY),
    "old object": ("word/embeddings/oleObject1.bin", OLE + bytes(501) + UTF16 + bytes(9), Spot.DATA),
    "old object in GBK": ("word/embeddings/oleObject1.bin", OLE + bytes(500) + NAME.encode("gb18030"), Spot.DATA),
    "drawing of Windows": ("word/media/image1.emf", bytes(100) + UTF16 + bytes(10), Spot.DATA),
    "remark of a PNG": ("word/media/image1.png", png(chunk(b"iTXt", b"Author\0\0\0\0\0" + NAME.encode())), Spot.DATA),
    "remark of a JPEG": ("word/media/image1.jpg", XMP, Spot.DATA),
    "shape that is no XML": ("xl/drawings/vmlDrawing1.vml", f"<xml><br><div>{NAME}</div></xml>", Spot.DATA),
}


@pytest.mark.parametrize("place", PARTS)
def test_text_is_found_in_parts_that_nobody_opens(place: str, tmp_path: Path) -> None:
    part, data, spot = PARTS[place]
    read_ = reading(tmp_path, office.with_parts(docx(p("甲")), {part: data}))
    assert not read_.troubles
    assert spot in {piece.spot for piece in found(read_)}


def test_data_that_somebody_put_in_is_read_to_the_last_attribute(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "customXml/item1.xml": f"<r><c code='{CODE}'/></r>",
        "docProps/custom.xml": "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/"
        f"custom-properties'><property name='{CODE}'><x>1</x></property></Properties>",
    }
    assert {piece.spot for piece in found(reading(tmp_path, office.with_parts(docx(p("甲")), parts)), CODE)} == {
        Spot.DATA,
        Spot.CUSTOM,
    }


SHEET = f'<worksheet xmlns="{office.S_NS}"><sheetData><row/></sheetData>{{more}}</worksheet>'
BOOK = (
    f'<workbook xmlns="{office.S_NS}" xmlns:r="{office.R_NS}"><fileSharing userName="{NAME}"/><sheets>'
    '<sheet name="台账" sheetId="1" r:id="s1"/></sheets></workbook>'
)
READINGS = f'<sst xmlns="{office.S_NS}"><si><r><t>青</t></r><rPh><t>セイ</t></rPh><r><t>屿软件</t></r></si></sst>'
BOOKS: dict[str, tuple[str, str, Spot]] = {
    "who holds the book": ("xl/workbook.xml", BOOK, Spot.DATA),
    "text that no cell shows": ("xl/sharedStrings.xml", READINGS, Spot.DATA),
    "newer list": (
        "xl/worksheets/sheet1.xml",
        SHEET.format(
            more=f"<extLst><ext><x:dataValidation xmlns:x='a'><x:f>{NAME}!$A$1</x:f></x:dataValidation></ext></extLst>"
        ),
        Spot.FIELD,
    ),
    "filter": (
        "xl/worksheets/sheet1.xml",
        SHEET.format(more=f"<autoFilter><filter val='{NAME}'/></autoFilter>"),
        Spot.DATA,
    ),
    "tip of a link": (
        "xl/worksheets/sheet1.xml",
        SHEET.format(more=f"<hyperlinks><hyperlink tooltip='{NAME}'/></hyperlinks>"),
        Spot.ALT,
    ),
    "memory of a pivot": ("xl/pivotCache/d.xml", f"<p><s v='{NAME}'/></p>", Spot.DATA),
    "connection": ("xl/connections.xml", f"<p><dbPr connection='{NAME}'/></p>", Spot.DATA),
}


@pytest.mark.parametrize("place", BOOKS)
def test_a_workbook_hides_nothing(place: str, tmp_path: Path) -> None:
    part, data, spot = BOOKS[place]
    assert spot in {piece.spot for piece in found(reading(tmp_path, xlsx({}, {part: data}), "表.xlsx"))}


def test_changes_of_no_words_are_told(tmp_path: Path) -> None:
    bodies = (
        "<w:p><w:pPr><w:pPrChange w:author='甲'/></w:pPr></w:p>",
        "<w:p><w:pPr><w:rPr><w:ins w:author='甲'/></w:rPr></w:pPr></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del w:author='甲'/></w:trPr></w:tr></w:tbl>",
    )
    for body in bodies:
        read_ = reading(tmp_path, docx(body))
        assert [piece.text for piece in read_.pieces if piece.spot is Spot.RESHAPED], body


def test_white_on_a_ground_and_in_a_table_can_be_read(tmp_path: Path) -> None:
    white = "<w:color w:val='FFFFFF'/>"
    bodies = (
        p("甲", run=f"{white}<w:shd w:fill='000000'/>"),
        p("甲", run=white, paragraph="<w:shd w:fill='000000'/>"),
        table((p("甲", run=white),)),
        p("甲", run="<w:sz w:val='21'/>"),
        "<w:r><w:rPr><w:color w:val='ffffff'/></w:rPr></w:r>",
        drawn("<w:sym w:char='F0FE'/><w:sym w:char='x'/><w:sym/>"),
    )
    for body in bodies:
        assert Spot.HIDDEN not in {piece.spot for piece in reading(tmp_path, docx(body)).pieces}, body


def test_a_long_text_is_told_in_several_pieces_of_one_place(tmp_path: Path) -> None:
    pieces = [piece for piece in reading(tmp_path, docx(p("甲" * 25_000))).pieces if piece.spot is Spot.BODY]
    assert [len(piece.text) for piece in pieces] == [10_000, 10_000, 5_000]
    assert {piece.where for piece in pieces} == {"第1段"}


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.png", png(size=60_000)),
        ("a.gif", b"GIF89a" + struct.pack("<HH", 60_000, 60_000)),
        ("a.bmp", b"BM" + bytes(16) + struct.pack("<ii", 60_000, -60_000)),
        ("a.jpg", b"\xff\xd8\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 60_000, 60_000) + bytes(6)),
    ],
)
def test_a_picture_that_would_unfold_without_end_is_told(name: str, head: bytes, tmp_path: Path) -> None:
    read_ = reading(tmp_path, docx(p("甲"), **{f"word/media/{name}": head}))
    assert [trouble.kind for trouble in read_.troubles] == [TroubleKind.TOO_LARGE]
    assert binaries.picture_size(head[:9]) == 0


def test_what_only_looks_at_heads_has_a_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbtool.word.pieces.archive.MOST_LOOKED", 0)
    read_ = reading(tmp_path, docx(p("甲"), **{"word/embeddings/a.bin": OLE + UTF16}))
    assert not found(read_)
    assert any(piece.spot is Spot.EMBEDDED for piece in read_.pieces)
