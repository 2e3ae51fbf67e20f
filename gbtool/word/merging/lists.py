"""Numbered lists of one Word file brought into another, each as a list of its own."""

from copy import deepcopy

from lxml import etree

from gbtool.structs import Frozen
from gbtool.word.merging.opened import NUMBERING, Opened, W
from gbtool.word.merging.relations import Relations

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_EMPTY = f'<w:numbering xmlns:w="{W[1:-1]}"/>'.encode()


class Lists(Frozen):
    """The lists of two files."""

    ours: Opened
    theirs: Opened

    def bring(self, number: str) -> str:
        """The number in theirs of a list that only ours had; 0, no list, where ours does not have it either."""
        if not self.ours.has(NUMBERING):
            return "0"
        source = self.ours.tree(NUMBERING)
        instance = _find(source, "num", "numId", number)
        link = instance.find(f"{W}abstractNumId") if instance is not None else None
        pattern = _find(source, "abstractNum", "abstractNumId", link.get(f"{W}val", "")) if link is not None else None
        if instance is None or pattern is None:
            return "0"
        return self._add(deepcopy(pattern), deepcopy(instance))

    def _add(self, pattern: etree._Element, instance: etree._Element) -> str:
        target = self._target()
        abstract = str(1 + _most(target, "abstractNum", "abstractNumId"))
        number = str(1 + _most(target, "num", "numId"))
        pattern.set(f"{W}abstractNumId", abstract)
        for name in ("nsid", "tmpl", "styleLink", "numStyleLink"):
            for each in pattern.findall(f"{W}{name}"):
                pattern.remove(each)
        for level in pattern.iter(f"{W}lvl"):
            for each in level.findall(f"{W}pStyle"):
                level.remove(each)
        instance.set(f"{W}numId", number)
        for link in instance.iter(f"{W}abstractNumId"):
            link.set(f"{W}val", abstract)
        _place(target, pattern, after="abstractNum")
        _place(target, instance, after="num")
        return number

    def _target(self) -> etree._Element:
        if not self.theirs.has(NUMBERING):
            self.theirs.add(NUMBERING, _EMPTY, _KIND)
            Relations(self.ours, self.theirs).add("numbering", "numbering.xml")
        return self.theirs.tree(NUMBERING)


def _place(target: etree._Element, element: etree._Element, after: str) -> None:
    """Patterns come before instances, and each after its like."""
    before = target.findall(f"{W}{after}") or (target.findall(f"{W}abstractNum") if after == "num" else [])
    target.insert(target.index(before[-1]) + 1 if before else 0, element)


def _find(root: etree._Element, tag: str, name: str, value: str) -> etree._Element | None:
    return next((each for each in root.iter(f"{W}{tag}") if each.get(f"{W}{name}") == value), None)


def _most(root: etree._Element, tag: str, name: str) -> int:
    values = (each.get(f"{W}{name}", "0") for each in root.iter(f"{W}{tag}"))
    return max((int(value) for value in values if value.isdecimal()), default=0)
