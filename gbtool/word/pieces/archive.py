"""An Office file opened without trust: what it is by its first bytes, bounded parts, no entities, no network."""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from gbtool.model.piece import Trouble, TroubleKind
from gbtool.structs import Mutable, field

MOST_PARTS = 5_000
MOST_DIRECTORY = 4_000_000  # bytes of a zip's list of parts
MOST_PART = 40_000_000  # bytes of one part, unpacked
MOST_UNPACKED = 120_000_000  # bytes of all parts that are read
MOST_LOOKED = 60_000_000  # bytes of all parts of which only the head is looked at
MOST_MARKS = 1_500_000  # elements and attributes of one part
MOST_ATTRIBUTES = 2_000  # of one element: the parser compares each with all others
_LONG_TAG = re.compile(rb"<[^<>]{8000,}")
_END = b"PK\x05\x06"
_END_SIZE = 22
_END64, _END64_SIZE = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_TAIL = 65_557
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PEEK = 4_000_000
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DECLARED = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_AGAIN = "用 Word 或 WPS 打开，另存为新的文件再查；打不开的向原来的人要一份"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)


class Unreadable(Exception):
    """A file cannot be read; the trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


def unreadable(kind: TroubleKind, message: str, fix: str = _AGAIN) -> Unreadable:
    """The exception for a trouble."""
    return Unreadable(Trouble(kind, message, fix))


class Archive(Mutable):
    """A zip of parts; what is read from it is counted, so that nobody unpacks a bomb.

    `twice` are names that more than one part has: only one of these can be read.
    """

    zip: zipfile.ZipFile
    unpacked: int = 0
    looked: int = 0
    names: tuple[str, ...] = field(default=())
    twice: tuple[str, ...] = field(default=())

    def size(self, name: str) -> int:
        """The bytes that a part says it has."""
        return self.zip.getinfo(name).file_size

    def data(self, name: str, most: int = MOST_PART) -> bytes:
        """The bytes of a part.

        Raises:
            Unreadable: it is damaged, packed in an unusual way, encrypted, or larger than allowed.
        """
        try:
            info = self.zip.getinfo(name)
            if info.flag_bits & 1:
                raise unreadable(TroubleKind.ENCRYPTED, "加了密码，读不出内容", "去掉密码另存后再查")
            if info.compress_type not in _METHODS:
                raise unreadable(TroubleKind.DAMAGED, f"里面的 {name} 压缩方式不认识")
            with self.zip.open(info) as part:
                found = part.read(most + 1)
        except _BROKEN as error:
            raise unreadable(TroubleKind.DAMAGED, f"文件已损坏（{name} 读不出）") from error
        self.unpacked += len(found)
        if len(found) > most or self.unpacked > MOST_UNPACKED:
            raise unreadable(TroubleKind.TOO_LARGE, f"解开后太大（{name}），像是压缩炸弹，没有查")
        return found

    def head(self, name: str, size: int = 64) -> bytes:
        """The first bytes of a part, none where it cannot be read or enough was looked at."""
        if self.looked > MOST_LOOKED:
            return b""
        try:
            with self.zip.open(name) as part:
                found = part.read(size)
                self.looked += len(found)
                return found
        except _BROKEN:
            return b""


def parsed(data: bytes, name: str) -> etree._Element:
    """The root of a part's XML.

    Raises:
        Unreadable: no XML, too many elements, nested too deep, or it declares entities.
    """
    if any(word in data for word in _DECLARED):
        raise unreadable(TroubleKind.ENTITIES, f"里面的 {name} 声明了实体（可能是恶意文件），没有查")
    if data.count(b"<") + data.count(b"=") > 2 * MOST_MARKS:
        raise unreadable(TroubleKind.TOO_LARGE, f"里面的 {name} 元素太多，没有查")
    if any(tag[0].count(b"=") > MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(data)):
        raise unreadable(TroubleKind.TOO_LARGE, f"里面的 {name} 有一个元素的属性太多，没有查")
    if b"purl.oclc.org" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(TroubleKind.DAMAGED, f"里面的 {name} 不是完好的 XML，或嵌套过深") from error


def opened(path: Path) -> Archive:
    """The archive of a file on disk.

    Raises:
        Unreadable: it is missing, empty, encrypted, of another kind, damaged or too large.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise unreadable(
            TroubleKind.MISSING, "打不开文件（不在、没有权限或正被占用）", "关闭占用它的程序再试"
        ) from error
    try:
        return _opened(stream, path.suffix.lower())
    except BaseException:
        stream.close()
        raise


def unpacked(data: bytes, suffix: str) -> Archive:
    """The archive of a file inside another."""
    return _opened(io.BytesIO(data), suffix)


def _opened(stream: BinaryIO, suffix: str) -> Archive:
    head = stream.read(8)
    if not head.startswith(b"PK"):
        raise Unreadable(_stranger(head, stream, suffix))
    _refuse_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise unreadable(TroubleKind.DAMAGED, "文件已损坏，打不开") from error
    listed = [info.filename for info in archive.infolist()]
    names = tuple(dict.fromkeys(name for name in listed if name and not name.endswith("/")))
    twice = tuple(name for name, count in Counter(listed).items() if count > 1)
    if "[Content_Types].xml" not in names:
        raise unreadable(TroubleKind.WRONG_KIND, f"扩展名是 {suffix}，内容是普通的压缩包", "核对文件，改正扩展名")
    return Archive(archive, names=names, twice=twice)


def _stranger(head: bytes, stream: BinaryIO, suffix: str) -> Trouble:
    """What a file is that is no zip."""
    if not head:
        return Trouble(TroubleKind.DAMAGED, "文件是空的（0 字节）", "找回原来的文件")
    if head.startswith(_OLE):
        rest = stream.read(_PEEK)
        if "EncryptedPackage".encode("utf-16-le") in rest:
            return Trouble(TroubleKind.ENCRYPTED, "加了密码，读不出内容", "去掉密码另存后再查")
        return Trouble(TroubleKind.OLD_KIND, "是旧格式（.doc、.xls），没有查", "另存为 .docx 或 .xlsx 再查")
    for start, kind in ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<", "网页或 XML"), (b"\xef\xbb\xbf<", "网页或 XML")):
        if head.startswith(start):
            return Trouble(TroubleKind.WRONG_KIND, f"扩展名是 {suffix}，内容是 {kind}", "改正扩展名，或另存为这种格式")
    return Trouble(TroubleKind.DAMAGED, f"扩展名是 {suffix}，内容不是这种文件，或已损坏", _AGAIN)


def _refuse_directory(stream: BinaryIO) -> None:
    """Refuse a list of parts that would itself fill the memory, before zipfile reads it."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise unreadable(TroubleKind.DAMAGED, "文件已损坏或没有下载完，打不开")
    parts, length = struct.unpack_from("<HI", tail, at + 10)
    if tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR):
        at = tail.rfind(_END64)
        if at < 0 or len(tail) - at < _END64_SIZE:
            raise unreadable(TroubleKind.DAMAGED, "文件已损坏或没有下载完，打不开")
        parts, length = struct.unpack_from("<QQ", tail, at + 32)
    if parts > MOST_PARTS or length > MOST_DIRECTORY:
        raise unreadable(TroubleKind.TOO_LARGE, f"里面有 {parts} 个以上的部件，不像正常的文件，没有查")
