"""A Word file of a firm with the properties of a document of gbtool: title, number, company, what it is."""

from lxml import etree

from gbtool.word.merging.opened import open_file
from gbtool.word.package import Identity, core, custom

_CORE, _CUSTOM, _ROOT = "docProps/core.xml", "docProps/custom.xml", "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def stamped(data: bytes, identity: Identity, name: str) -> bytes:
    """The file with these properties and the same bytes for the same content; `name` is what the user calls it.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    file.parts[_CORE] = core(identity).encode()
    if not file.has(_CUSTOM):
        file.add(_CUSTOM, b"", _KIND)
        root = file.tree(_ROOT)
        tag = root.tag.replace("Relationships", "Relationship")
        etree.SubElement(root, tag, {"Id": "gbtool", "Type": _RELATION, "Target": _CUSTOM})
    file.parts[_CUSTOM] = custom(identity).encode()
    return file.packed()
