"""A copy of a Word or Excel file whose properties tell nothing but the client's name; what it says is left as it is."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from gbtool.structs import Frozen, Mutable, field
from gbtool.word.annotating import repacked
from gbtool.word.pieces.archive import Archive, opened, parsed
from gbtool.word.pieces.names import REL, W, local
from gbtool.word.pieces.parts import APP, CORE, CORE_NAMES, CUSTOM

_KEPT = frozenset({"title", "subject", "language"})
_COMPANY = frozenset({"creator", "lastModifiedBy"})
_OURS = "gbtool."
_SETTINGS, _SETTINGS_RELS = "word/settings.xml", "word/_rels/settings.xml.rels"
_CORE_ELSEWHERE = ".psmdcp"  # where programs of other makers put what docProps/core.xml says
_THUMBNAIL = "docprops/thumbnail."


class Removed(Frozen):
    """What was taken out of a file: what it was called and what it said."""

    what: str
    was: str


class _Cleaning(Mutable):
    """The parts that changed and what was taken out."""

    archive: Archive
    company: str
    changed: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    removed: list[Removed] = field(default_factory=list)

    def all(self) -> None:
        """Clean every part that tells something."""
        cores = (name for name in self.archive.names if name.endswith(_CORE_ELSEWHERE))
        for part, clean in (
            *((each, self._core) for each in (CORE, *cores)),
            (APP, self._app),
            (CUSTOM, self._custom),
            (_SETTINGS, self._settings),
        ):
            if part in self.archive.names:
                root = parsed(self.archive.data(part), part)
                before = len(self.removed)
                clean(root)
                if len(self.removed) > before:
                    self.changed[part] = _written(root)
        self._thumbnail()

    def _take(self, element: etree._Element, what: str) -> None:
        self.removed.append(Removed(what, (element.text or "").strip()))
        above = element.getparent()
        if above is not None:
            above.remove(element)

    def _core(self, root: etree._Element) -> None:
        for element in list(root):
            name, said = local(element.tag), (element.text or "").strip()
            if name in _COMPANY and said != self.company:
                self.removed.append(Removed(CORE_NAMES[name], said))
                element.text = self.company
            elif name not in _COMPANY and name not in _KEPT:
                self._take(element, CORE_NAMES.get(name, name))

    def _app(self, root: etree._Element) -> None:
        for element in list(root):
            if local(element.tag) != "Application":
                self._take(element, CORE_NAMES.get(local(element.tag), local(element.tag)))

    def _custom(self, root: etree._Element) -> None:
        for element in list(root):
            name = element.get("name", "")
            if not name.startswith(_OURS):
                self.removed.append(Removed(f"自定义属性“{name}”", "".join(map(str, element.itertext())).strip()))
                root.remove(element)

    def _settings(self, root: etree._Element) -> None:
        for element in list(root):
            if element.tag == f"{W}attachedTemplate":
                self.removed.append(Removed("模板", self._template()))
                root.remove(element)
            elif element.tag == f"{W}rsids":
                self.removed.append(Removed("编辑记录号", ""))
                root.remove(element)

    def _template(self) -> str:
        if _SETTINGS_RELS not in self.archive.names:
            return ""
        links = parsed(self.archive.data(_SETTINGS_RELS), _SETTINGS_RELS)
        targets = []
        for link in list(links.iter(f"{REL}Relationship")):
            if link.get("Type", "").endswith("/attachedTemplate"):
                targets.append(link.get("Target", ""))
                links.remove(link)
        self.changed[_SETTINGS_RELS] = _written(links)
        return "、".join(targets)

    def _thumbnail(self) -> None:
        pictures = {name for name in self.archive.names if name.lower().startswith(_THUMBNAIL)}
        if not pictures:
            return
        self.gone |= pictures
        self.removed.append(Removed("缩略图", ""))
        links = parsed(self.archive.data("_rels/.rels"), "_rels/.rels")
        for link in list(links.iter(f"{REL}Relationship")):
            if link.get("Target", "").lstrip("/") in pictures:
                links.remove(link)
        self.changed["_rels/.rels"] = _written(links)

    def wanted(self) -> Mapping[str, bytes | None]:
        """The parts of the copy."""
        return {name: self.changed.get(name) for name in self.archive.names if name not in self.gone}


def cleaned(path: Path, company: str) -> tuple[bytes, tuple[Removed, ...]]:
    """A copy of a file without what its properties tell, and what was taken out; text, comments and changes stay.

    Raises:
        Unreadable: the file cannot be read.
    """
    archive = opened(path)
    with archive.zip:
        cleaning = _Cleaning(archive, company)
        cleaning.all()
        return repacked(archive, cleaning.wanted()), tuple(_told(cleaning.removed))


def _told(removed: list[Removed]) -> Iterator[Removed]:
    yield from dict.fromkeys(removed)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
