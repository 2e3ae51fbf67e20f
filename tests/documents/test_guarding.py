"""What a Word file says, and files that are placed all together or not at all."""

import errno
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument

from drafted import W
from gbtool.documents.placing import placed
from gbtool.errors import DocumentInUse, FileFaults, FolderNotWritable
from gbtool.word import reading

NS = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TEXT = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>"


def docx(body: str, **sides: str) -> bytes:
    """A Word file with this body and these headers and footers."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        for name, text in sides.items():
            archive.writestr(f"word/{name}.xml", f"<w:hdr {NS}>{text}</w:hdr>")
    return file.getvalue()


def digest(body: str, **sides: str) -> str:
    """The hash of what a Word file says."""
    return reading.content(docx(body, **sides)).digest


@pytest.mark.parametrize(
    "other",
    [
        "<w:p><w:r><w:t>甲乙</w:t></w:r></w:p>",
        TEXT.replace("<w:p>", '<w:p w:rsidR="1"><w:pPr><w:jc w:val="left"/></w:pPr><w:proofErr/>'),
        f"{TEXT}<w:p/>",
        f'<w:p><w:bookmarkStart w:id="0" w:name="_GoBack"/></w:p>{TEXT}',
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        f"{TEXT[:-6]}<w:r><mc:AlternateContent><mc:Fallback><w:t>丙</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    ],
)
def test_saving_again_is_no_edit(other: str) -> None:
    assert digest(other) == digest(TEXT)


@pytest.mark.parametrize(
    "other",
    [
        "<w:p><w:r><w:t>甲丙</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        f"{TEXT[:-6]}<w:r><w:drawing/></w:r></w:p>",
        f"{TEXT[:-6]}<w:ins><w:r/></w:ins></w:p>",
        f"{TEXT[:-6]}<w:r><w:commentReference/></w:r></w:p>",
    ],
)
def test_a_change_of_the_text_a_picture_a_comment_is_an_edit(other: str) -> None:
    assert digest(other) != digest(TEXT)


def test_a_changed_header_is_an_edit() -> None:
    assert digest(TEXT, header1=TEXT) != digest(TEXT)


def test_pages_that_word_computes_are_no_text() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    pages = [
        TEXT[:-6]
        + field.format("begin")
        + field.format("separate")
        + f"<w:r><w:t>{n}</w:t></w:r>"
        + field.format("end")
        + "</w:p>"
        for n in (1, 2)
    ]
    assert digest(pages[0]) == digest(pages[1]) == digest(TEXT)
    assert digest(TEXT + field.format("end")) == digest(TEXT)


def test_boxes_of_a_drawing_are_text() -> None:
    inside = "<w:txbxContent><w:p><w:r><w:t>步骤</w:t></w:r></w:p></w:txbxContent>"
    box = f"<w:p><w:r><w:drawing>{inside}</w:drawing></w:r></w:p>"
    assert reading.content(docx(box)).blocks == ("步骤",)


@pytest.mark.parametrize(
    "data",
    [
        b"no zip",
        docx("<w:p>")[:40],
        docx("<w:p>"),
        docx(TEXT).replace(b"word/document.xml", b"word/dokument.xml"),
    ],
    ids=["text", "cut", "malformed", "no body"],
)
def test_what_is_no_word_file_is_a_complaint(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    with pytest.raises(FileFaults, match=r"x\.docx"):
        reading.read(tmp_path / "x.docx")


def test_bombs_and_entities_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_PART", 100)
    with pytest.raises(ValueError, match="too large"):
        reading.content(docx(TEXT * 10))
    monkeypatch.setattr(reading, "_MOST_PARTS", 0)
    with pytest.raises(ValueError, match="too many"):
        reading.content(docx(TEXT))


def test_entities_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(ValueError, match="entities"):
        reading.content(file.getvalue())


def test_a_file_saved_by_another_program_keeps_its_text(tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("甲乙")
    word.save(str(tmp_path / "a.docx"))
    WordDocument(str(tmp_path / "a.docx")).save(str(tmp_path / "b.docx"))
    assert reading.read(tmp_path / "a.docx").digest == reading.read(tmp_path / "b.docx").digest


def names(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_are_placed_with_their_folders_and_old_ones_taken_away(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(b"old")
    with placed({tmp_path / "文件" / "制度" / "a.docx": b"a"}, (tmp_path / "old.docx",)):
        assert (tmp_path / "文件/制度/a.docx").read_bytes() == b"a"
    assert names(tmp_path) == ["文件", "文件/制度", "文件/制度/a.docx"]


def test_what_fails_later_undoes_everything(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    (tmp_path / "gone.docx").write_bytes(b"gone")
    files = {tmp_path / "a.docx": b"new", tmp_path / "b" / "c.docx": b"c"}
    with pytest.raises(KeyError), placed(files, (tmp_path / "gone.docx",)):
        raise KeyError
    assert names(tmp_path) == ["a.docx", "gone.docx"]
    assert (tmp_path / "a.docx").read_bytes() == b"old"


def failing(name: str, error: OSError, *, on: str) -> Callable[..., object]:
    """A method of Path that fails on files whose name has a certain end."""
    real = getattr(Path, name)

    def method(self: Path, *args: object, **options: object) -> object:
        if self.name.endswith(on):
            raise error
        return real(self, *args, **options)

    return method


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EACCES, "没有写的权限"), (errno.EIO, "error")],
)
def test_a_disk_that_refuses_leaves_nothing_behind(
    number: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OSError(number, "input/output error")
    monkeypatch.setattr(Path, "write_bytes", failing("write_bytes", error, on="b.docx.gbtool-new"))
    with (
        pytest.raises(FolderNotWritable, match=reason),
        placed({tmp_path / "n/a.docx": b"a", tmp_path / "n/b.docx": b"b"}),
    ):
        pass
    assert names(tmp_path) == []


@pytest.mark.parametrize("method", ["open", "replace"])
def test_a_file_open_in_word_stops_everything(method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(b"old")
    held = PermissionError(errno.EACCES, "in use", str(tmp_path / "b.docx"))
    end = "b.docx" if method == "open" else "b.docx.gbtool-new"
    monkeypatch.setattr(Path, method, failing(method, held, on=end))
    with (
        pytest.raises(DocumentInUse, match=re.escape("b.docx")),
        placed({tmp_path / "a.docx": b"1", tmp_path / "b.docx": b"2"}),
    ):
        pass
    monkeypatch.undo()
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert names(tmp_path) == ["a.docx", "b.docx"]


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("a file", "utf-8")
    with pytest.raises(FolderNotWritable, match="文件"), placed({tmp_path / "文件" / "a.docx": b"a"}):
        pass


def test_a_rollback_that_fails_too_still_names_the_first_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", failing("write_bytes", OSError(errno.ENOSPC, "full"), on=".gbtool-new"))
    monkeypatch.setattr(Path, "unlink", failing("unlink", OSError(errno.EIO, "io"), on=".gbtool-new"))
    with pytest.raises(FolderNotWritable, match="磁盘已满"), placed({tmp_path / "a.docx": b"a"}):
        pass
