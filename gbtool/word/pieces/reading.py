"""A Word or Excel file to its pieces: every part by what it is, whatever it is called."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from gbtool.model.piece import FileRead, Grid, Piece, Spot, Trouble, TroubleKind
from gbtool.structs import Mutable, field, replace
from gbtool.word.pieces import binaries, parts
from gbtool.word.pieces.archive import Archive, Unreadable, opened, parsed, unpacked
from gbtool.word.pieces.names import R, S, W
from gbtool.word.pieces.styles import NO_STYLES, Styles, styles
from gbtool.word.pieces.walk import Walk, authors_of
from gbtool.word.pieces.workbook import Workbook

WORD, EXCEL = (".docx", ".docm", ".dotx", ".dotm"), (".xlsx", ".xlsm", ".xltx", ".xltm")
READ = (*WORD, *EXCEL)
OLD = (".doc", ".xls", ".wps", ".et", ".dot", ".rtf")
_MOST_POINTS = 200_000_000
_NESTED = 2
_STYLES = "word/styles.xml"
_WALKED = {
    f"{W}document": (Spot.BODY, ""),
    f"{W}hdr": (Spot.HEADER, "页眉"),
    f"{W}ftr": (Spot.FOOTER, "页脚"),
    f"{W}footnotes": (Spot.FOOTNOTE, "脚注"),
    f"{W}endnotes": (Spot.FOOTNOTE, "尾注"),
    f"{W}comments": (Spot.COMMENT, "批注"),
    f"{W}glossaryDocument": (Spot.DATA, "构建基块"),
}
_TYPES = {"first": "首页", "even": "偶数页", "default": ""}
_XML = (".xml", ".rels", ".vml")
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"<\0", b"\0<", b"\xff\xfe<", b"\xfe\xff\0<")
_CHUNKS = (".htm", ".html", ".xhtml", ".mht", ".mhtml", ".txt", ".rtf")
_DRAWN = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
_OBJECTS = (".bin", ".emf", ".wmf", ".doc", ".xls", ".ppt", ".tif", ".tiff", ".webp")
_SILENT = ("printersettings", "vbaproject", ".odttf")
_SLACK = ".vml"  # Office itself writes it like a web page: with <br> that nobody closes
_HEAD, _BODY = 64_000, 4_000_000  # bytes that are looked at of a picture, of an object
_LONGEST = 10_000  # signs of one piece: a longer paragraph is told in several
_SHEET = frozenset({f"{S}worksheet", f"{S}chartsheet", f"{S}dialogsheet"})
_KNOWN = {"word/settings.xml": "设置", "word/numbering.xml": "编号格式", "word/fontTable.xml": "字体名"}
_OURS = "gbtool.document"


class _Reading(Mutable):
    """What was read so far."""

    archive: Archive
    name: str
    walks: list[Walk] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    links: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    styles: Styles = NO_STYLES
    book: Workbook = field(default_factory=Workbook)

    def parts(self, depth: int) -> None:
        """Read every part; one that cannot be read does not hide the others."""
        for name in self.archive.twice:
            message = f"里面有两个都叫 {name} 的部件，只查了一个，另一个可能藏着别的内容"
            self.troubles.append(Trouble(TroubleKind.DAMAGED, message, "用 Word 或 WPS 打开，另存为新的文件再查"))
        for name in sorted(self.archive.names, key=_order):
            try:
                self._part(name, depth)
            except Unreadable as error:
                self.troubles.append(error.trouble)
                if error.trouble.kind is TroubleKind.TOO_LARGE:
                    return

    def _part(self, name: str, depth: int) -> None:
        lower = name.lower()
        if lower.endswith("vbaproject.bin"):
            self.pieces.append(Piece(name, Spot.MACRO, "宏", name))
        elif lower.endswith(_CHUNKS):
            self.pieces.append(Piece(binaries.loose(self.archive.data(name)), Spot.BODY, f"插入的 {name}", name))
        elif lower.endswith(_XML) or self.archive.head(name, 8).startswith(_MARKUP):
            self._xml(name)
        elif self.archive.head(name, 2) == b"PK" and depth < _NESTED:
            self._inside(name, depth)
        else:
            self._binary(name, lower)

    def _binary(self, name: str, lower: str) -> None:
        """A picture or an object: what it says beside what it draws, and whether it would unfold without end."""
        if "embeddings/" in lower or (lower.endswith(".bin") and "printersettings" not in lower):
            self.pieces.append(Piece(name.rsplit("/", 1)[-1], Spot.EMBEDDED, "嵌入的对象", name))
        drawn = lower.endswith(_DRAWN)
        if not (drawn or lower.endswith(_OBJECTS)) or any(word in lower for word in _SILENT):
            return
        head = self.archive.head(name, _HEAD if drawn else _BODY)
        if binaries.picture_size(head) > _MOST_POINTS:
            message = f"图片 {name} 展开后大得异常，打开它可能卡死电脑"
            self.troubles.append(Trouble(TroubleKind.TOO_LARGE, message, "换成正常大小的图片"))
        if drawn and not binaries.remarked(head):
            return
        where = "图片附带的信息" if "media/" in lower else "嵌入的对象"
        self.pieces.append(Piece(binaries.told(head), Spot.DATA, f"{where} {name}", name))

    def _inside(self, name: str, depth: int) -> None:
        last = name.rsplit("/", 1)[-1]
        self.pieces.append(Piece(last, Spot.EMBEDDED, "嵌入的文件", name))
        data = self.archive.data(name)
        inner = _Reading(unpacked(data, f".{last.rsplit('.', 1)[-1]}"), last)
        inner.archive.unpacked = self.archive.unpacked
        inner.parts(depth + 1)
        self.archive.unpacked = inner.archive.unpacked
        self.troubles += inner.troubles
        self.pieces += [replace(each, where=f"嵌入的 {last} {each.where}", number=-1) for each in inner.said()]

    def _xml(self, name: str) -> None:
        data = self.archive.data(name)
        if name == _STYLES:
            self.styles = styles(data, name)
            self.pieces += self.styles.pieces
            return
        try:
            root = parsed(data, name)
        except Unreadable as error:
            if not name.endswith(_SLACK) or error.trouble.kind is not TroubleKind.DAMAGED:
                raise
            self.pieces.append(Piece(binaries.loose(data), Spot.DATA, f"部件 {name}", name))
            return
        if b"<!--" in data or b"<?" in data[1:]:
            self.pieces += parts.remarks(root, name)
        if root.tag in _WALKED:
            spot, where = _WALKED[str(root.tag)]
            self.walks.append(Walk(name, spot, self._side(name, where), self.styles).read(root))
        elif name.endswith(".rels"):
            self.links[name] = parts.targets(root)
            self.pieces += parts.relations(root, name)
        else:
            self.pieces += self._other(root, name)

    def _other(self, root: etree._Element, name: str) -> Iterable[Piece]:
        if root.tag == f"{S}sst":
            self.book.shared(root, name)
            return ()
        if root.tag in parts.PROPERTIES or name in (parts.CORE, parts.APP, parts.CUSTOM):
            return parts.properties(root, name)
        if name == "[Content_Types].xml":
            return _macros(root)
        known = {
            f"{S}workbook": self.book.book,
            f"{S}comments": self.book.comments,
            **dict.fromkeys(_SHEET, self._sheet),
        }
        reader = known.get(str(root.tag))
        return reader(root, name) if reader else parts.anything(root, name, _KNOWN.get(name, f"部件 {name}"))

    def _sheet(self, root: etree._Element, name: str) -> Iterator[Piece]:
        return self.book.sheet(root, name, self._sheet_name(name))

    def _side(self, name: str, where: str) -> str:
        """The header or footer of which section: `第2节首页页眉`."""
        if where not in ("页眉", "页脚"):
            return where
        body = next((walk for walk in self.walks if walk.spot is Spot.BODY), None)
        used = tuple(self._uses(body, name)) if body else ()
        if not used:
            return f"没有用到的{where}"
        sections = dict.fromkeys(section for section, _ in used)
        number = f"第{'、'.join(map(str, sections))}节" if body and len(body.sections) > 1 else ""
        return f"{number}{_TYPES.get(used[0][1], '')}{where}"

    def _uses(self, body: Walk, name: str) -> Iterator[tuple[int, str]]:
        links = self.links.get(_rels(body.part), {})
        for number, section in enumerate(body.sections, 1):
            for reference in section:
                kind, target = links.get(reference.get(f"{R}id", ""), ("", ""))
                if kind in ("header", "footer") and _path(body.part, target) == name:
                    yield number, reference.get(f"{W}type", "default")

    def _sheet_name(self, name: str) -> str:
        links = next((each for rels, each in self.links.items() if rels.startswith("xl/_rels/")), {})
        found = (self.book.sheets.get(id_) for id_, (_, target) in links.items() if _path("xl/x", target) == name)
        return next((each for each in found if each), name.rsplit("/", 1)[-1])

    def said(self) -> Iterator[Piece]:
        """All pieces, none too long: the body first, then what surrounds it."""
        for piece in self._said():
            if len(piece.text) <= _LONGEST:
                yield piece
            else:
                cuts = range(0, len(piece.text), _LONGEST)
                yield from (replace(piece, text=piece.text[at : at + _LONGEST]) for at in cuts)

    def _said(self) -> Iterator[Piece]:
        for walk in self.walks:
            yield from walk.pieces
        yield from self.pieces
        yield from self.book.unused()
        for author in authors_of(self.walks):
            yield Piece(author, Spot.AUTHOR, "批注或修订的作者", name=author)
        yield from parts.file_names(self.archive)

    def grids(self) -> tuple[Grid, ...]:
        """The tables of the body."""
        return tuple(grid for walk in self.walks if walk.spot is Spot.BODY for grid in walk.grids)


def _order(name: str) -> tuple[int, str]:
    """Relationships and styles first, then the body, so that headers know their sections."""
    first = {".rels": 0}.get(name[-5:], 9)
    known = {_STYLES: 1, "xl/workbook.xml": 1, "xl/sharedStrings.xml": 2, "word/document.xml": 3}
    return known.get(name, first), name


def _rels(part: str) -> str:
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def _path(part: str, target: str) -> str:
    """Where a relationship of a part leads inside the file."""
    if target.startswith("/"):
        return target[1:]
    steps = part.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _macros(root: etree._Element) -> list[Piece]:
    kinds = (element.get("ContentType", "") for element in root)
    return [Piece(kind, Spot.MACRO, "内容类型", "[Content_Types].xml") for kind in kinds if "macroEnabled" in kind]


def read(path: Path, name: str) -> FileRead:
    """Everything that a file says, and what of it could not be read; never an exception for what is in the file.

    Args:
        path: the file; its kind is told by its content, its extension must agree.
        name: the path as the user knows it.
    """
    own = (Piece(name, Spot.PATH, "文件名"),)
    suffix = path.suffix.lower()
    if suffix in OLD:
        message = f"是旧格式（{suffix}），没有查里面的内容"
        return FileRead(name, own, troubles=(Trouble(TroubleKind.OLD_KIND, message, "另存为 .docx 或 .xlsx 再查"),))
    try:
        archive = opened(path)
    except Unreadable as error:
        return FileRead(name, own, troubles=(error.trouble,))
    return _read(archive, name, suffix)


def read_bytes(data: bytes, name: str) -> FileRead:
    """Everything that the bytes of a file say, as `read` does.

    Raises:
        Unreadable: they are no Office file.
    """
    return _read(unpacked(data, WORD[0]), name, WORD[0])


def _read(archive: Archive, name: str, suffix: str) -> FileRead:
    own = (Piece(name, Spot.PATH, "文件名"),)
    with archive.zip:
        reading = _Reading(archive, name)
        reading.parts(0)
    reading.troubles += _misnamed(reading, suffix)
    pieces = (*own, *reading.said())
    id_ = next((piece.text for piece in pieces if piece.spot is Spot.CUSTOM and piece.name == _OURS), "")
    return FileRead(name, pieces, reading.grids(), tuple(dict.fromkeys(reading.troubles)), id_)


def _misnamed(reading: _Reading, suffix: str) -> list[Trouble]:
    body = any(walk.spot is Spot.BODY for walk in reading.walks)
    if (suffix in WORD and body) or (suffix in EXCEL and reading.book.sheets) or reading.troubles:
        return []
    kind = "Word 文件" if body else "Excel 文件" if reading.book.sheets else "别的文件"
    return [Trouble(TroubleKind.WRONG_KIND, f"扩展名是 {suffix}，内容是{kind}", "核对文件，改正扩展名")]
