"""A Word file of a firm with the properties of a document of gbtool: title, number, company, what it is."""

import zlib
from collections.abc import Mapping

from lxml import etree

from gbtool.word.merging.opened import Opened, open_file
from gbtool.word.package import Identity, Packed, core, custom
from gbtool.word.turning import turned

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES, _BODY = "word/styles.xml", "word/document.xml"
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


def furnished(data: bytes, look: Mapping[str, Packed], name: str) -> bytes:
    """The file fit for what was put into it: the styles of a look, and paper as wide as a form.

    Raises:
        NotReadable: it is no Word file.
    """
    return turned(with_styles(data, look, name), name)


def with_styles(data: bytes, look: Mapping[str, Packed], name: str) -> bytes:
    """The file with those styles of a look that its body uses and it lacks; their lists do not come with them.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    if not file.has(_STYLES):
        return data
    mine, ours = file.tree(_STYLES), etree.fromstring(zlib.decompress(look[_STYLES].data, -15))
    there = {str(each.get(f"{W}styleId")) for each in mine.iter(f"{W}style")}
    known = {str(each.get(f"{W}styleId")): each for each in ours.iter(f"{W}style")}
    wanted = [str(each.get(f"{W}val")) for each in file.tree(_BODY).iter(f"{W}pStyle", f"{W}tblStyle", f"{W}rStyle")]
    while wanted:
        id_ = wanted.pop()
        if id_ in there or id_ not in known:
            continue
        there.add(id_)
        style = known[id_]
        for lists in [*style.iter(f"{W}numPr")]:
            above = lists.getparent()
            if above is not None:
                above.remove(lists)
        mine.append(style)
        wanted += [str(each.get(f"{W}val")) for each in style.iter(f"{W}basedOn", f"{W}next", f"{W}link")]
    return file.packed()
