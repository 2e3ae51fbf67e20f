"""Files that want to harm the reader: bombs, entities, wrong kinds, damaged and encrypted ones; told, no crash."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import office
from gbtool.model.piece import FileRead, Spot, TroubleKind
from gbtool.word.pieces import archive
from gbtool.word.pieces.reading import read
from office import docx, p, put, relation, relations, table, wordml, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = p("正文")
LAUGH = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<w:document xmlns:w="{office.W_NS}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
OUTSIDE = LAUGH.replace('<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
DEEP = "<w:p/>"
for _ in range(400):
    DEEP = f"<w:tbl><w:tr><w:tc>{DEEP}</w:tc></w:tr></w:tbl>"


def reading(tmp_path: Path, data: bytes, name: str = "文件.docx") -> FileRead:
    """A file as it is read."""
    return read(put(tmp_path, name, data), name)


def kinds(read_: FileRead) -> list[TroubleKind]:
    """What was wrong with it."""
    assert all(trouble.message for trouble in read_.troubles)
    return [trouble.kind for trouble in read_.troubles]


HOSTILE: dict[str, tuple[bytes, str, TroubleKind]] = {
    "empty": (b"", "x.docx", TroubleKind.DAMAGED),
    "noise": (b"\x00\x01noise" * 50, "x.docx", TroubleKind.DAMAGED),
    "PDF": (b"%PDF-1.7 ...", "x.docx", TroubleKind.WRONG_KIND),
    "RTF": (b"{\\rtf1 ...", "x.docx", TroubleKind.WRONG_KIND),
    "web page": (b"<html></html>", "x.docx", TroubleKind.WRONG_KIND),
    "plain zip": (zipped({"a.txt": "a"}), "x.docx", TroubleKind.WRONG_KIND),
    "Excel called Word": (xlsx({"A1": "甲"}), "x.docx", TroubleKind.WRONG_KIND),
    "Word called Excel": (docx(BODY), "x.xlsx", TroubleKind.WRONG_KIND),
    "nothing inside": (zipped({"[Content_Types].xml": "<a/>"}), "x.docx", TroubleKind.WRONG_KIND),
    "encrypted": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "x.docx", TroubleKind.ENCRYPTED),
    "old Word": (OLE + bytes(600), "x.docx", TroubleKind.OLD_KIND),
    "cut off": (docx(BODY)[:-40], "x.docx", TroubleKind.DAMAGED),
    "no end": (docx(BODY)[:60], "x.docx", TroubleKind.DAMAGED),
    "bad XML": (office.with_parts(docx(BODY), {"word/document.xml": "<w:p"}), "x.docx", TroubleKind.DAMAGED),
    "entities": (office.with_parts(docx(BODY), {"word/document.xml": LAUGH}), "x.docx", TroubleKind.ENTITIES),
    "outer entity": (office.with_parts(docx(BODY), {"word/document.xml": OUTSIDE}), "x.docx", TroubleKind.ENTITIES),
    "entities in UTF-16": (
        office.with_parts(docx(BODY), {"word/document.xml": LAUGH.encode("utf-16")}),
        "x.docx",
        TroubleKind.ENTITIES,
    ),
    "nested deep": (docx(DEEP), "x.docx", TroubleKind.DAMAGED),
    "bomb": (docx(BODY, footer1=b"<a>" + bytes(60_000_000)), "x.docx", TroubleKind.TOO_LARGE),
    "many small elements": (
        docx(BODY, footer1="<a>" + "<b/>" * 3_500_000 + "</a>"),
        "x.docx",
        TroubleKind.TOO_LARGE,
    ),
    "many parts": (
        zipped({"[Content_Types].xml": "<a/>"} | {f"p{n}.xml": "" for n in range(5_100)}),
        "x.docx",
        TroubleKind.TOO_LARGE,
    ),
    "huge picture": (
        docx(
            BODY, **{"word/media/image1.png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 60_000, 60_000)}
        ),
        "x.docx",
        TroubleKind.TOO_LARGE,
    ),
    "many cells": (
        xlsx({}, {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{office.S_NS}">{"<c/>" * 400_100}</worksheet>'}),
        "x.xlsx",
        TroubleKind.TOO_LARGE,
    ),
    "many attributes": (
        docx(BODY, **{"customXml/item1.xml": "<r " + " ".join(f"a{n}='b'" for n in range(3000)) + "/>"}),
        "x.docx",
        TroubleKind.TOO_LARGE,
    ),
    "many texts": (
        xlsx({}, {"xl/sharedStrings.xml": f'<sst xmlns="{office.S_NS}">{"<si/>" * 400_100}</sst>'}),
        "x.xlsx",
        TroubleKind.TOO_LARGE,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_and_does_no_harm(name: str, tmp_path: Path) -> None:
    data, file, kind = HOSTILE[name]
    started = time.monotonic()
    assert kind in kinds(reading(tmp_path, data, file))
    assert time.monotonic() - started < 20


def test_a_bomb_in_many_parts_fills_no_memory(tmp_path: Path) -> None:
    part = b"<a>" + b" " * 30_000_000 + b"</a>"
    path = put(tmp_path, "x.docx", docx(BODY, **{f"word/p{n}.xml": part for n in range(20)}))
    del part
    tracemalloc.start()
    found = read(path, "x.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert TroubleKind.TOO_LARGE in kinds(found)
    assert peak < 200_000_000


def test_a_file_of_200_megabytes_is_read_without_loading_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        with zipfile.ZipFile(io.BytesIO(docx(BODY))) as small:
            for name in small.namelist():
                out.writestr(name, small.read(name))
        block = bytes(range(250)) * 4000
        with out.open("word/media/image1.jpg", "w", force_zip64=True) as picture:
            for _ in range(200):
                picture.write(block)
    tracemalloc.start()
    started = time.monotonic()
    found = read(path, "x.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [piece.text for piece in found.pieces if piece.spot is Spot.BODY] == ["正文"]
    assert not found.troubles
    assert peak < 30_000_000
    assert time.monotonic() - started < 10


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_hides_behind_its_twin_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "x.docx", docx(BODY))
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("word/document.xml", wordml("document", f"<w:body>{p('别的')}</w:body>"))
    found = read(path, "x.docx")
    assert kinds(found) == [TroubleKind.DAMAGED]
    assert "word/document.xml" in found.troubles[0].message


def test_a_large_file_that_is_no_zip_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with path.open("wb") as out:
        out.truncate(200_000_000)
    tracemalloc.start()
    found = read(path, "x.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kinds(found) == [TroubleKind.DAMAGED]
    assert peak < 20_000_000


def test_a_list_of_parts_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 100, 0, 0)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9_000_000, 9_000_000, 400_000_000, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert kinds(reading(tmp_path, b"PK\x03\x04" + bytes(200) + wide + locator + end)) == [TroubleKind.TOO_LARGE]
    assert kinds(reading(tmp_path, b"PK\x03\x04" + bytes(200) + locator + end)) == [TroubleKind.DAMAGED]


def test_a_part_with_a_password_is_told(tmp_path: Path) -> None:
    data = bytearray(docx(BODY))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    assert set(kinds(reading(tmp_path, bytes(data)))) == {TroubleKind.ENCRYPTED}


def test_an_unusual_packing_is_not_unpacked(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as out:
        for name in ("[Content_Types].xml", "word/document.xml"):
            out.writestr(name, "<a/>")
    assert set(kinds(reading(tmp_path, target.getvalue()))) == {TroubleKind.DAMAGED}


def test_a_part_whose_checksum_is_wrong_does_not_hide_the_others(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        out.writestr("[Content_Types].xml", "<a/>")
        out.writestr("word/document.xml", wordml("document", f"<w:body>{BODY}</w:body>"))
        out.writestr("word/footer1.xml", wordml("ftr", p("页脚甲乙丙丁")))
    data = target.getvalue().replace("页脚甲乙丙丁".encode(), "页脚甲乙丙戊".encode(), 1)
    found = reading(tmp_path, data)
    assert kinds(found) == [TroubleKind.DAMAGED]
    assert any(piece.text == "正文" for piece in found.pieces)


def test_macros_objects_and_outer_links_are_seen(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "word/vbaProject.bin": OLE,
        "word/embeddings/oleObject1.bin": OLE,
        "word/_rels/settings.xml.rels": relations(
            relation("t", "attachedTemplate", "http://x.example/t.dotm", outside=True)
        ),
    }
    found = reading(tmp_path, office.with_parts(docx(BODY), parts))
    spots = {piece.spot for piece in found.pieces}
    assert {Spot.MACRO, Spot.EMBEDDED, Spot.EXTERNAL} <= spots


def test_a_macro_type_without_the_macro_is_seen(tmp_path: Path) -> None:
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    found = reading(tmp_path, office.with_parts(docx(BODY), {"[Content_Types].xml": types}))
    assert any(piece.spot is Spot.MACRO for piece in found.pieces)


def test_files_within_files_within_files_are_not_opened_for_ever(tmp_path: Path) -> None:
    inner = docx(p("最里面"))
    for _ in range(6):
        inner = office.with_parts(docx(BODY), {"word/embeddings/a.docx": inner})
    found = reading(tmp_path, inner)
    assert not any(piece.text == "最里面" for piece in found.pieces)
    assert any(piece.spot is Spot.EMBEDDED for piece in found.pieces)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "夹.docx").mkdir()
    assert kinds(read(tmp_path / "无.docx", "无.docx")) == [TroubleKind.MISSING]
    assert kinds(read(tmp_path / "夹.docx", "夹.docx")) == [TroubleKind.MISSING]


WHOLE = office.with_parts(
    docx(
        p("甲")
        + table(("a", table(("b", "c"))))
        + p("隐", run="<w:vanish/>")
        + "<w:sectPr><w:headerReference r:id='h'/></w:sectPr>",
        header1=wordml("hdr", p("页眉")),
        comments=wordml("comments", f"<w:comment w:id='0' w:author='x'>{p('批')}</w:comment>"),
    ),
    {"word/_rels/document.xml.rels": relations(relation("h", "header", "header1.xml"))},
)
BOOK = xlsx({"A1": "甲", "B2": "乙"})
LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@LOOSE
@given(data=st.data())
def test_no_change_of_bytes_makes_the_reader_fall(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, sound = data.draw(st.sampled_from([("x.docx", WHOLE), ("x.xlsx", BOOK)]))
    spoiled = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    folder = tmp_path_factory.getbasetemp()
    assert isinstance(reading(folder, bytes(spoiled), name), FileRead)


_TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "del",
        "ins",
        "delText",
        "fldChar",
        "instrText",
        "txbxContent",
        "sectPr",
        "pPr",
        "rPr",
        "vanish",
        "comment",
        "footnote",
        "br",
        "tab",
    ]
)
_XML = st.recursive(
    st.text("甲乙a ", max_size=4),
    lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)).map(
        lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"
    ),
    max_leaves=30,
)


@LOOSE
@given(inner=_XML, root=st.sampled_from(["document", "hdr", "comments", "footnotes", "glossaryDocument"]))
def test_no_order_of_elements_makes_the_reader_fall(
    inner: str, root: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = office.with_parts(docx(BODY), {"word/document.xml": wordml(root, inner)})
    assert isinstance(reading(tmp_path_factory.getbasetemp(), data), FileRead)


def test_what_is_packed_wrongly_is_damaged() -> None:
    with pytest.raises(archive.Unreadable) as told:
        archive.unpacked(b"PK" + zlib.compress(b"x") + b"PK\x05\x06" + bytes(18), ".docx")
    assert told.value.trouble.kind in (TroubleKind.DAMAGED, TroubleKind.WRONG_KIND)


@pytest.mark.parametrize("inner", ["<a>甲</a>" * 9, "<!-- 甲 -->" * 9])
def test_what_is_too_much_to_read_is_told_and_not_passed_over(
    inner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gbtool.word.pieces.parts.MOST_PIECES", 5)
    data = docx(BODY, **{"customXml/item1.xml": f"<r>{inner}</r>"})
    assert kinds(reading(tmp_path, data)) == [TroubleKind.TOO_LARGE]


def test_the_end_of_a_file_that_is_cut_in_its_list_of_parts_is_damage() -> None:
    data = bytearray(docx(BODY))
    at = data.rfind(b"PK\x01\x02")
    data[at + 28 : at + 30] = b"\x00\x00"  # a part without a name
    with pytest.raises(archive.Unreadable):
        archive.unpacked(bytes(data), ".docx").data("word/document.xml")
