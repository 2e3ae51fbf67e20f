"""The styles of a Word file: by id and by name, and what text of a style looks like unless its run says otherwise."""

from collections.abc import Mapping

from lxml import etree

from gbtool.structs import Frozen
from gbtool.word.merging.opened import STYLES, Opened, W

_MOST_ANCESTORS = 20
_OFF = frozenset({"0", "false", "off", "none"})
SWITCHES = ("b", "i", "strike")
VALUES = ("u", "color", "highlight", "sz")
_PLAIN = {"u": "none", "color": "auto", "highlight": "none", "sz": "20"}


class Styles(Frozen):
    """Paragraph and other styles of one file, by id; the faces that the whole file begins with."""

    by_id: Mapping[str, etree._Element]
    ids: Mapping[str, str]
    default: str
    base: Mapping[str, str]

    def name(self, id_: str) -> str:
        """What users call a style: programs change ids, not names."""
        style = self.by_id.get(id_ or self.default)
        found = style.find(f"{W}name") if style is not None else None
        return _value(found).casefold() if found is not None else id_

    def chain(self, id_: str) -> list[etree._Element]:
        """A style and those that it is based on, nearest first."""
        found: list[etree._Element] = []
        style = self.by_id.get(id_ or self.default)
        while style is not None and len(found) < _MOST_ANCESTORS:
            found.append(style)
            above = style.find(f"{W}basedOn")
            style = self.by_id.get(_value(above)) if above is not None else None
        return found

    def heading(self, id_: str) -> bool:
        """Whether paragraphs of a style are headings."""
        names = (style.find(f"{W}name") for style in self.chain(id_))
        return any(_value(name).casefold().startswith("heading ") for name in names if name is not None)

    def face(self, id_: str) -> dict[str, str]:
        """What text of a style looks like."""
        face = dict(self.base)
        for style in reversed(self.chain(id_)):
            face |= face_of(style.find(f"{W}rPr"))
        return face

    def numbered(self, id_: str) -> str:
        """The list that paragraphs of a style belong to, empty if none."""
        for style in self.chain(id_):
            number = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                return _value(number)
        return ""


def styles_of(file: Opened) -> Styles:
    """The styles of a file."""
    root = file.tree(STYLES)
    by_id = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    names = {id_: style.find(f"{W}name") for id_, style in by_id.items()}
    ids = {_value(name).casefold(): id_ for id_, name in names.items() if name is not None}
    paragraphs = (style for style in by_id.values() if style.get(f"{W}type") == "paragraph")
    default = next((s.get(f"{W}styleId", "") for s in paragraphs if s.get(f"{W}default") in ("1", "true")), "")
    start = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return Styles(by_id, ids, default, _PLAIN | face_of(start))


def face_of(properties: etree._Element | None) -> dict[str, str]:
    """What the properties of a run or style say of its look: a value for each that they name."""
    if properties is None:
        return {}
    face: dict[str, str] = {}
    for name in SWITCHES:
        found = properties.find(f"{W}{name}")
        if found is not None:
            face[name] = "" if _value(found) in _OFF else "1"
    for name in VALUES:
        found = properties.find(f"{W}{name}")
        if found is not None:
            face[name] = _value(found).lower()
    return face


def _value(element: etree._Element) -> str:
    return element.get(f"{W}val", "")
