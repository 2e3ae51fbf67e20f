"""Relations of one part brought into another file: pictures with their bytes, links with their address."""

import posixpath

from lxml import etree

from gbtool.structs import Frozen
from gbtool.word.merging.opened import BODY, TYPES, Opened

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NONE = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()


class Relations(Frozen):
    """The relations of a part of both files."""

    ours: Opened
    theirs: Opened
    part: str = BODY
    source: str = ""

    def bring(self, id_: str) -> str:
        """The id in theirs of a relation of ours, with the part that it leads to."""
        name = relations_of(self.source or self.part)
        known = self.ours.tree(name) if self.ours.has(name) else ()
        found = next((each for each in known if each.get("Id") == id_), None)
        if found is None:
            return id_
        target, kind = found.get("Target", ""), found.get("Type", "").rpartition("/")[2]
        if found.get("TargetMode") == "External":
            return self.add(kind, target, external=True)
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(self.part), target))
        return self.add(kind, posixpath.relpath(self._part(inside), posixpath.dirname(self.part)))

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relation of theirs, a new one unless it is there."""
        name = relations_of(self.part)
        if not self.theirs.has(name):
            self.theirs.parts[name] = _NONE
        root = self.theirs.tree(name)
        for each in root:
            if each.get("Target") == target and each.get("Type") == f"{_OFFICE}/{kind}":
                return each.get("Id", "")
        taken = {each.get("Id") for each in root}
        id_ = next(f"gb{n}" for n in range(1, len(taken) + 2) if f"gb{n}" not in taken)
        values = {"Id": id_, "Type": f"{_OFFICE}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", values | ({"TargetMode": "External"} if external else {}))
        return id_

    def _part(self, name: str) -> str:
        """The name in theirs of a part of ours, which is copied unless theirs has the same."""
        data = self.ours.parts[name]
        stem, dot, suffix = name.rpartition(".")
        n, target = 0, name
        while self.theirs.parts.get(target, data) != data:
            n += 1
            target = f"{stem}-{n}{dot}{suffix}"
        self.theirs.parts[target] = data
        self._typed(suffix)
        return target

    def _typed(self, suffix: str) -> None:
        """The content type of files that end so, as ours says it."""
        theirs = self.theirs.tree(TYPES)
        if any(each.get("Extension", "").lower() == suffix.lower() for each in theirs):
            return
        for each in self.ours.tree(TYPES):
            if each.get("Extension", "").lower() == suffix.lower():
                theirs.insert(0, etree.fromstring(etree.tostring(each)))


def relations_of(part: str) -> str:
    """The part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
