"""A Word file taken apart: its parts as bytes, the ones that are read or changed as trees, and put together again."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Mutable, field
from gbtool.word.reading import bounded, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY = "word/document.xml"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
SETTINGS = "word/settings.xml"
TYPES = "[Content_Types].xml"
_DATE = (1980, 1, 1, 0, 0, 0)


class NotReadable(FileFaults):
    """A file is no Word file that can be taken apart: broken, locked with a password, or too large."""

    def __init__(self, name: str) -> None:
        super().__init__([Complaint(name, "不是能读的 Word 文件")])


class Opened(Mutable):
    """A Word file: every part as it lies, and trees of those that somebody asked for."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, name: str) -> etree._Element:
        """A part as a tree; what is changed in it is kept."""
        if name not in self.trees:
            self.trees[name] = parsed(self.parts[name])
        return self.trees[name]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.parts

    @property
    def body(self) -> etree._Element:
        """The body of the document."""
        found = self.tree(BODY).find(f"{W}body")
        if found is None:
            raise ValueError("a document without a body")
        return found

    def names(self, *beginnings: str) -> Iterator[str]:
        """The parts whose names begin so, sorted."""
        return (name for name in sorted(self.parts) if name.startswith(beginnings) and name.endswith(".xml"))

    def add(self, name: str, data: bytes, kind: str) -> None:
        """A part that was not there, with its content type."""
        self.parts[name] = data
        types = self.tree(TYPES)
        tag = types.tag.replace("Types", "Override")
        etree.SubElement(types, tag, {"PartName": f"/{name}", "ContentType": kind})

    def packed(self) -> bytes:
        """The file: what was not asked for byte by byte as it was, the list of types first, with a fixed date."""
        for name, tree in self.trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda name: (name != TYPES, name)):
                info = zipfile.ZipInfo(name, _DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self.parts[name])
        return file.getvalue()


def open_file(data: bytes, name: str) -> Opened:
    """A file's bytes taken apart; `name` is what the user calls it.

    Raises:
        NotReadable: it is broken, locked or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            opened = Opened(dict(bounded(archive)))
        opened.body  # noqa: B018 # a file without a body is not readable
        opened.tree(STYLES)
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError, ValueError, RuntimeError, OSError) as error:
        raise NotReadable(name) from error
    return opened
