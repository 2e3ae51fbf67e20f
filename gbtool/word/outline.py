"""The manual's headings counted by Word: the number that a heading begins with becomes that of a multilevel list."""

import re
from collections.abc import Sequence

from gbtool.structs import Mutable, field
from gbtool.word.look import APPENDIX, CHAPTERS
from gbtool.word.numbering import Lists

_HEADING = re.compile(r'<w:p><w:pPr><w:pStyle w:val="Manual(?:Chapter|Clause|Small)"/>.*?</w:p>', re.DOTALL)
_NUMBER = re.compile(r'(<w:t xml:space="preserve">)(?:附录([A-Z])|(\d+(?:\.\d+){0,2}))[ \u3000\u00a0]+(?=[^<\s])')
_PLACE = re.compile(r'(<w:pStyle w:val="\w+"/>(?:<w:pageBreakBefore/>)?)(?:<w:numPr>.*?</w:numPr>)?')
_NONE = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


class _Counter(Mutable):
    """What Word counts: the last number given, level by level."""

    kind: int
    last: list[int] = field(default_factory=list)

    def instance(self, number: Sequence[int], lists: Lists) -> int:
        """The instance of the list under which Word shows this number; where it jumps, one that starts there."""
        expected = [*self.last[: len(number) - 1], *([0] * (len(number) - 1 - len(self.last)))]
        before = self.last[len(number) - 1] if len(self.last) >= len(number) else None
        first = 0 if self.kind == CHAPTERS and len(number) == 1 else 1
        expected.append(before + 1 if before is not None else first)
        self.last = [*number]
        if expected == [*number]:
            return self.kind
        return lists.jump(self.kind, number)


def counted(body: str, lists: Lists) -> str:
    """The body with the numbers of its manual headings given by lists, those without a number in none."""
    chapters, appendices = _Counter(CHAPTERS), _Counter(APPENDIX)

    def one(match: re.Match[str]) -> str:
        heading = match.group()
        found = _NUMBER.search(heading)
        if not found or "<w:t " in heading[: found.start()]:
            return _PLACE.sub(rf"\1{_NONE}", heading, count=1)
        if found.group(2):
            number = [ord(found.group(2)) - ord("A") + 1]
            instance = appendices.instance(number, lists)
        else:
            number = [int(part) for part in found.group(3).split(".")]
            instance = chapters.instance(number, lists)
        level = f'<w:numPr><w:ilvl w:val="{len(number) - 1}"/><w:numId w:val="{instance}"/></w:numPr>'
        plain = heading[: found.start()] + found.group(1) + heading[found.end() :]
        return _PLACE.sub(rf"\1{level}", plain, count=1)

    return _HEADING.sub(one, body)
