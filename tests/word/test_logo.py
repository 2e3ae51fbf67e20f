"""A logo in the header and on the cover: of the client, else of the firm; a file that is none is told."""

import io
import shutil
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from openxml_audit import OpenXmlValidator

import edited
from edited import W, opened
from engagement import EXAMPLES
from gbtool.commands.generate import Request, generate
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults
from gbtool.model.document import DocumentKind, Outcome
from gbtool.word import counting, logo
from gbtool.word.lint.rules import flaws
from gbtool.word.logo import logo_from
from gbtool.word.merging.opened import open_file

DAY = date(2026, 5, 15)
IDS = ("sys-reward", "rec-background", "appt-mr")


def picture(width: int = 40, height: int = 20) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([80]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer as a client of a firm with a logo."""
    folder = tmp_path / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    (tmp_path / "机构" / "gbtool.yaml").write_text("name: 机构\nlogo: 图/标志.png", "utf-8")
    (tmp_path / "机构" / "图").mkdir()
    (tmp_path / "机构" / "图" / "标志.png").write_bytes(picture())
    return workspace(folder)


def made(work: Workspace, *ids: str) -> dict[str, bytes]:
    """The documents, made."""
    result = generate(work, DAY, Request(ids))
    return {each.id: (work.folder / each.path).read_bytes() for each in result.made}


def media(data: bytes) -> dict[str, bytes]:
    """The pictures in a file."""
    return {name: part for name, part in open_file(data, "x").parts.items() if name.startswith("word/media/")}


def test_headers_and_the_cover_show_the_firms_logo_and_red_headed_papers_do_not(work: Workspace) -> None:
    files = made(work, *IDS, "ip-manual")
    assert media(files["sys-reward"]) == {"word/media/logo.png": picture()}
    assert media(files["rec-background"])
    assert not media(files["appt-mr"])
    header = open_file(files["sys-reward"], "x").tree("word/header1.xml")
    assert len([*header.iter(f"{W}drawing")]) == 1
    assert "LW-IPM-ZD-04" in edited.text(header)
    cover = opened(files["ip-manual"]).paragraph("重庆岚湾")
    assert len([*cover.iter(f"{W}drawing")]) == 1
    for data in files.values():
        WordDocument(io.BytesIO(data))
    assert {each.outcome for each in generate(work, DAY, Request(IDS)).made} == {Outcome.SAME}


def test_the_picture_keeps_its_proportions(tmp_path: Path) -> None:
    for size, extent in (((40, 20), 'cx="540000" cy="270000"'), ((400, 20), 'cx="1080000" cy="54000"')):
        (tmp_path / "a.png").write_bytes(picture(*size))
        assert extent in logo_from(tmp_path / "a.png", "a.png").run(0.75, 3.0)


def test_the_clients_logo_is_nearer_and_the_firm_may_lay_it_beside_its_texts(work: Workspace) -> None:
    assert work.firm
    (work.folder / "templates").mkdir()
    (work.folder / "templates" / "logo.png").write_bytes(picture(10, 10))
    assert media(made(work, "sys-reward")["sys-reward"]) == {"word/media/logo.png": picture(10, 10)}
    (work.folder / "templates" / "logo.png").unlink()
    (work.firm / "gbtool.yaml").write_text("name: 机构", "utf-8")
    assert not media(made(work, "sys-reward")["sys-reward"])
    (work.firm / "templates").mkdir()
    (work.firm / "templates" / "logo.png").write_bytes(picture(30, 10))
    assert media(made(work, "sys-reward")["sys-reward"]) == {"word/media/logo.png": picture(30, 10)}


def test_a_new_header_with_the_logo_comes_into_a_file_that_somebody_edited(work: Workspace) -> None:
    assert work.firm
    (work.firm / "gbtool.yaml").write_text("name: 机构", "utf-8")
    made(work, "sys-reward")
    (path,) = (work.folder / "文件").rglob("*ZD-04*.docx")
    hand = opened(path.read_bytes())
    edited.append(next(p for p in hand.paragraphs if len(edited.text(p)) > 60), "她加的话。")
    path.write_bytes(hand.saved())
    (work.firm / "gbtool.yaml").write_text("name: 机构\nlogo: 图/标志.png", "utf-8")
    merged = made(work, "sys-reward")["sys-reward"]
    assert "她加的话" in edited.raw(merged)
    assert media(merged) == {"word/media/logo.png": picture()}
    WordDocument(io.BytesIO(merged))


@pytest.mark.parametrize(
    ("text", "data", "message"),
    [
        ("logo: 标志.png", b"no picture", "不是能用的图"),
        ("logo: 标志.jpg", picture(), "后缀和内容不符"),
        ("logo: 标志.png", picture()[:20], "不是能用的图"),
        ("logo: 没有.png", picture(), "读不出来"),
        ("logo: ../标志.png", picture(), "机构文件夹里的一个文件"),
        ("logo: C:\\标志.png", picture(), "机构文件夹里的一个文件"),
        ("logo: /标志.png", picture(), "机构文件夹里的一个文件"),
    ],
)
def test_what_is_no_logo_is_told(work: Workspace, text: str, data: bytes, message: str) -> None:
    assert work.firm
    (work.firm / "gbtool.yaml").write_text(f"name: 机构\n{text}", "utf-8")
    for name in ("标志.png", "标志.jpg"):
        (work.firm / name).write_bytes(data)
    with pytest.raises(FileFaults, match=message):
        made(work, "sys-reward")
    assert not (work.folder / "文件").exists()


def test_a_logo_that_is_too_large_is_told_and_none_is_none(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert work.firm
    monkeypatch.setattr(logo, "_MOST", 10)
    with pytest.raises(FileFaults, match="太大"):
        made(work, "sys-reward")
    (work.firm / "gbtool.yaml").write_text("name: 机构\nlogo:", "utf-8")
    assert not media(made(work, "sys-reward")["sys-reward"])


@pytest.mark.no_cover  # the validator is most of it
def test_a_document_with_a_logo_has_no_flaw(work: Workspace, tmp_path: Path) -> None:
    kinds = {"sys-reward": DocumentKind.SYSTEM, "rec-background": DocumentKind.RECORD, "ip-manual": DocumentKind.MANUAL}
    for id_, data in made(work, *kinds).items():
        assert not flaws(data, kinds[id_]), id_
        (tmp_path / "x.docx").write_bytes(data)
        found = [str(error.description) for error in OpenXmlValidator().validate(tmp_path / "x.docx").errors]
        assert not [each for each in found if "Numbering definition '0'" not in each]


def test_files_with_a_picture_are_compared_by_their_contents() -> None:
    def made(picture: bytes) -> bytes:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("word/media/logo.png", picture)
            archive.writestr("word/document.xml", "<w:document/>")
        return kept.getvalue()

    assert counting.alike(made(b"\x89PNG"), made(b"\x89PNG"))
    assert not counting.alike(made(b"\x89PNG"), made(b"\x89PNG other"))
