"""A Word file of a firm with the properties of a document of gbtool: title, number, company, what it is."""

from lxml import etree

from gbtool.word.merging.opened import Opened, open_file
from gbtool.word.package import Identity, core, custom

_CORE, _CUSTOM, _ROOT = "docProps/core.xml", "docProps/custom.xml", "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NONE = (
    f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="{_TYPES}"/>'
).encode()
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def property_of(data: bytes, name: str) -> str:
    """A property of a Word file's own, empty where it has none of this name.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    if not file.has(_CUSTOM):
        return ""
    found = (each[0].text or "" for each in file.tree(_CUSTOM) if each.get("name") == name and len(each))
    return next(found, "")


def with_property(data: bytes, name: str, value: str) -> bytes:
    """A Word file with a property of its own set.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    if not file.has(_CUSTOM):
        _add(file)
    root = file.tree(_CUSTOM)
    for each in [each for each in root if each.get("name") == name]:
        root.remove(each)
    pid = 1 + max((int(each.get("pid", "1")) for each in root), default=1)
    values = {"fmtid": _FORMAT, "pid": str(pid), "name": name}
    made = etree.SubElement(root, root.tag.replace("Properties", "property"), values)
    etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = value
    return file.packed()


def stamped(data: bytes, identity: Identity, name: str) -> bytes:
    """The file with these properties and the same bytes for the same content; `name` is what the user calls it.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    file.parts[_CORE] = core(identity).encode()
    if not file.has(_CUSTOM):
        _add(file)
    file.parts[_CUSTOM] = custom(identity).encode()
    return file.packed()


def _add(file: Opened) -> None:
    """A part for properties of a file's own, still to be filled."""
    file.add(_CUSTOM, _NONE, _KIND)
    root = file.tree(_ROOT)
    tag = root.tag.replace("Relationships", "Relationship")
    etree.SubElement(root, tag, {"Id": "gbtool", "Type": _RELATION, "Target": _CUSTOM})
