"""Parts to .docx: an own zip writer with fixed dates, order and attributes, the look's parts copied as they lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import deflate

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen
from gbtool.word import wordml
from gbtool.word.logo import KINDS, RELATION, Logo
from gbtool.word.look import STYLES, Layout
from gbtool.word.numbering import Lists, numbering
from gbtool.word.together import together

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
_BORROWED = ("word/styles.xml", "word/fontTable.xml", "word/theme/theme1.xml")
_RELATIONS = {
    "word/styles.xml": "styles",
    "word/fontTable.xml": "fontTable",
    "word/theme/theme1.xml": "theme",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/header1.xml": "header",
    "word/header2.xml": "header",
    "word/footer1.xml": "footer",
    "word/footer2.xml": "footer",
}
_TYPES = {
    "word/document.xml": f"{_KIND}.document.main+xml",
    "word/styles.xml": f"{_KIND}.styles+xml",
    "word/fontTable.xml": f"{_KIND}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "word/numbering.xml": f"{_KIND}.numbering+xml",
    "word/settings.xml": f"{_KIND}.settings+xml",
    "word/header1.xml": f"{_KIND}.header+xml",
    "word/header2.xml": f"{_KIND}.header+xml",
    "word/footer1.xml": f"{_KIND}.footer+xml",
    "word/footer2.xml": f"{_KIND}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_LOGO = (0.75, 3.0)  # how tall and wide a logo may be in the header, in centimetres
_MAX_STYLE = 4_000_000
_PROPERTY = 255
# Properties by which a form is known when somebody hands it back.
FORM, FIELDS, RECORD, LIST = "gbtool.document", "gbtool.fields", "gbtool.record", "gbtool.list"


class Packed(Frozen):
    """A part as it lies in a zip: deflated, with its checksum and size."""

    data: bytes
    crc: int
    size: int


class Identity(Frozen):
    """Who and what a document is: printed in header and footer, written into its properties."""

    id: str
    title: str
    number: str
    version: str
    company: str
    edition: str
    date: str
    marks: tuple[tuple[str, str], ...] = ()  # further properties, such as the fields of a form
    logo: Logo | None = None
    author: str = ""  # the consultancy, on papers of its own


def references(layout: Layout, page: wordml.Page | None = None) -> str:
    """The references of a section to header and footers; a page that is turned has a header as wide as itself."""
    turned = page is not None and page.landscape != layout.page.landscape
    header = f'<w:headerReference w:type="default" r:id="header{1 + turned}"/>' if layout.header else ""
    even = '<w:footerReference w:type="even" r:id="footer2"/>' if layout.dashes else ""
    return f'{header}{even}<w:footerReference w:type="default" r:id="footer1"/>'


HELD = "<held/>"  # no element of Word's


class Held(Frozen):
    """A body with rows held out, which come where HELD stands: they are all alike and keep with nothing."""

    xml: str
    rows: str = ""

    @property
    def whole(self) -> str:
        """The body with its rows."""
        return self.xml.replace(HELD, self.rows, 1) if self.rows else self.xml


def docx(given: str | Held, identity: Identity, layout: Layout, lists: Lists, look: Mapping[str, Packed]) -> bytes:
    """The file: the body's XML (its last section included) with everything that Word wants around it."""
    body, rows = (given, "") if isinstance(given, str) else (given.xml, given.rows)
    contents, whole = layout.name == "manual" and "PAGEREF" in body, Held(together(body), rows).whole
    parts: dict[str, str] = {
        "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body>{whole}</w:body></w:document>",
        "word/numbering.xml": numbering(lists, layout.list_indent),
        "word/settings.xml": _settings(fields=contents, two_sided=layout.dashes),
        "word/footer1.xml": _footer(layout, "right"),
        "docProps/core.xml": core(identity),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE.removesuffix("relationships")}extended-properties">'
        "<Application>gbtool</Application></Properties>",
        "docProps/custom.xml": custom(identity),
    }
    if layout.header:
        parts["word/header1.xml"] = _header(identity, layout.page)
        if 'r:id="header2"' in body:
            parts["word/header2.xml"] = _header(identity, layout.page.turned())
    if layout.dashes:
        parts["word/footer2.xml"] = _footer(layout, "left")
    names = [*parts, *look]
    logo = identity.logo if layout.header else None
    return _zip(
        [
            ("[Content_Types].xml", _packed_once(_types(names, logo))),
            ("_rels/.rels", _packed_once(_ROOT)),
            ("word/_rels/document.xml.rels", _packed_once(_document_relations(names, logo))),
            *_with_logo(names, logo),
            *(
                (name, pack(text) if name == "word/document.xml" else _packed_once(text))
                for name, text in parts.items()
            ),
            *look.items(),
        ]
    )


def replaced(data: bytes, parts: Mapping[str, str]) -> bytes:
    """A file that gbtool wrote with other texts in some of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.infolist()
        return _zip(
            (each.filename, pack(parts[each.filename]) if each.filename in parts else _lying(data, each, archive))
            for each in names
        )


def look_from(path: Path) -> dict[str, Packed]:
    """The parts of a style file that make the look, still compressed.

    Raises:
        FileFaults: it is no Word file, too large, or lacks a style that gbtool uses.
    """
    return dict(_look(path, path.stat().st_mtime_ns))


@cache
def _look(path: Path, _changed: int) -> Mapping[str, Packed]:
    try:
        raw = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            found = {name: _lying(raw, infos[name], archive) for name in _BORROWED if name in infos}
    except (zipfile.BadZipFile, OSError, struct.error, zlib.error, RuntimeError) as error:
        raise FileFaults([Complaint(path.name, "不是能用的 Word 样式文件", "从自带的 style.docx 改起")]) from error
    styles = zlib.decompress(found["word/styles.xml"].data, -15).decode() if "word/styles.xml" in found else ""
    missing = [style.name for style in STYLES if f'w:styleId="{style.id}"' not in styles]
    if missing:
        raise FileFaults([Complaint(path.name, f"缺少样式“{'”“'.join(missing)}”", "从自带的 style.docx 改起")])
    return found


def _lying(raw: bytes, info: zipfile.ZipInfo, archive: zipfile.ZipFile) -> Packed:
    """A part as it lies in the file; one that is not deflated is deflated."""
    if info.file_size > _MAX_STYLE:
        raise zipfile.BadZipFile(info.filename)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return pack(archive.read(info).decode())
    name, extra = struct.unpack_from("<2H", raw, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    return Packed(raw[start : start + info.compress_size], info.CRC, info.file_size)


def pack(text: str) -> Packed:
    """A part deflated."""
    return _squeezed(text.encode())


def _squeezed(raw: bytes) -> Packed:
    return Packed(bytes(deflate.deflate_compress(raw, 6)), deflate.crc32(raw), len(raw))


@lru_cache(maxsize=128)
def _packed_once(text: str) -> Packed:
    """A part that many documents share, deflated once."""
    return pack(text)


def _zip(entries: Iterable[tuple[str, Packed]]) -> bytes:
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in entries:
        encoded = name.encode()
        common = struct.pack("<5H3L2H", 20, 0, 8, 0, 0x21, part.crc, len(part.data), part.size, len(encoded), 0)
        body += (b"PK\x03\x04", common, encoded, part.data)
        directory += (b"PK\x01\x02", struct.pack("<H", 20), common, struct.pack("<3H2L", 0, 0, 0, 0, offset), encoded)
        offset += 4 + len(common) + len(encoded) + len(part.data)
    listing = b"".join(directory)
    count = len(directory) // 5
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*body, listing, end))


def _with_logo(names: Iterable[str], logo: Logo | None) -> Iterable[tuple[str, Packed]]:
    """The picture, and the relations of the headers that show it."""
    if logo is None:
        return
    yield logo.part, _squeezed(logo.data)
    relation = _relation(RELATION, f"{_OFFICE}/image", logo.part[5:])
    for name in names:
        if name.startswith("word/header"):
            text = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'
            yield f"word/_rels/{name[5:]}.rels", _packed_once(text)


def _types(names: Iterable[str], logo: Logo | None) -> str:
    kind = f'<Default Extension="{logo.suffix}" ContentType="{KINDS[f".{logo.suffix}"]}"/>' if logo else ""
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{_TYPES[n]}"/>' for n in names)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kind}{overrides}</Types>'
    )


def _relation(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>'


def _document_relations(names: Iterable[str], logo: Logo | None) -> str:
    inside = "".join(
        _relation(name.rpartition("/")[2].removesuffix(".xml"), f"{_OFFICE}/{_RELATIONS[name]}", name[5:])
        for name in names
        if name in _RELATIONS
    )
    inside += _relation(RELATION, f"{_OFFICE}/image", logo.part[5:]) if logo else ""
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + _relation("rId1", f"{_OFFICE}/officeDocument", "word/document.xml")
    + _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    + _relation("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml")
    + _relation("rId4", f"{_OFFICE}/custom-properties", "docProps/custom.xml")
    + "</Relationships>"
)


UPDATE = '<w:updateFields w:val="true"/>'
_SPACING = '<w:characterSpacingControl w:val="compressPunctuation"/>'
_COMPAT = (
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def _settings(*, fields: bool, two_sided: bool) -> str:
    return (
        f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        f'<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        f"{'<w:evenAndOddHeaders/>' if two_sided else ''}{_SPACING}{UPDATE if fields else ''}{_COMPAT}</w:settings>"
    )


def _header(identity: Identity, page: wordml.Page) -> str:
    right = page.width
    tabs = f'<w:tabs><w:tab w:val="clear" w:pos="9184"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    number = wordml.escape(f"{identity.number} {identity.version}".strip())
    names = "　".join(name for name in (identity.author, identity.company) if name)
    text = f'{wordml.escape(names)}</w:t><w:tab/><w:t xml:space="preserve">{number}'
    inside = wordml.paragraph("Header", text, extra=tabs)
    if identity.logo:
        inside = inside.replace(
            "</w:pPr>", f"</w:pPr>{identity.logo.run(*_LOGO, 2 if page.landscape else 1)}{wordml.run('　')}", 1
        )
    return f'{_HEAD}<w:hdr xmlns:w="{_W}" xmlns:r="{_OFFICE}">{inside}</w:hdr>'


def _footer(layout: Layout, side: str) -> str:
    if layout.dashes:
        style, align = "FooterNotice", f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
        inside = wordml.run("— ") + wordml.field("PAGE", "1") + wordml.run(" —")
    else:
        style, align = "Footer", ""
        pieces = (wordml.run("第"), wordml.field("PAGE", "1"), wordml.run("页　共"), wordml.field("NUMPAGES", "1"))
        inside = "".join((*pieces, wordml.run("页")))
    text = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{inside}</w:p>'
    return f'{_HEAD}<w:ftr xmlns:w="{_W}" xmlns:r="{_OFFICE}">{text}</w:ftr>'


def core(identity: Identity) -> str:
    """The part with title, number and company."""
    company = wordml.escape(identity.author or identity.company)
    stamp = f"{identity.date}T00:00:00Z"
    days = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{wordml.escape(identity.title)}</dc:title><dc:subject>{wordml.escape(identity.number)}</dc:subject>"
        f"<dc:creator>{company}</dc:creator><cp:lastModifiedBy>{company}</cp:lastModifiedBy>"
        f"{days if identity.date else ''}<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def custom(identity: Identity) -> str:
    """The part that says which document it is."""
    values = {FORM: identity.id, "gbtool.edition": identity.edition, "gbtool.version": identity.version}
    values |= {f"{name}{part or ''}": text for name, whole in identity.marks for part, text in _parts(whole)}
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{wordml.escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), 2)
    )
    office = _OFFICE.removesuffix("relationships")
    return (
        f'{_HEAD}<Properties xmlns="{office}custom-properties" xmlns:vt="{office}docPropsVTypes">{inside}</Properties>'
    )


def _parts(text: str) -> Iterable[tuple[int, str]]:
    """A long text in pieces that Word's own dialog can show, numbered from 0."""
    return ((at // _PROPERTY, text[at : at + _PROPERTY]) for at in range(0, len(text), _PROPERTY))
