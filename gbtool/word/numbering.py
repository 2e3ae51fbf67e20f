"""numbering.xml: chapters and articles, decimal sections, 一、（一）, bullets, and one instance for every list."""

from collections.abc import Sequence

from gbtool.structs import Frozen, Mutable, field
from gbtool.word.look import (
    APPENDIX,
    ARTICLES,
    BULLETS,
    CHAPTERS,
    DECIMAL,
    FIRST_JUMP,
    FIRST_LIST,
    NOTES,
    NOTICE,
    RUNNING,
)

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)
_CHINESE = "chineseCountingThousand"


class _Level(Frozen):
    format: str
    text: str
    indent: tuple[int, int] = (0, 0)
    suffix: str = "nothing"
    style: str = ""
    start: int = 1


class Lists(Mutable):
    """The ordered lists of one document, each an instance of its own that starts where the list says."""

    starts: list[int] = field(default_factory=list)
    jumps: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def begin(self, start: int = 1) -> str:
        """Open a list and print nothing; a start after the first goes on with the list that is open."""
        if start == 1 or not self.starts:
            self.starts.append(start)
        return ""

    def restart(self, start: int) -> str:
        """Open a list that starts after 1 and print nothing."""
        self.starts.append(start)
        return ""

    def number(self) -> int:
        """The instance of the list that is open."""
        return FIRST_LIST + max(len(self.starts) - 1, 0)

    def jump(self, kind: int, number: Sequence[int]) -> int:
        """An instance of a list of headings that shows this number at its first heading."""
        self.jumps.append((kind, tuple(number)))
        return FIRST_JUMP + len(self.jumps) - 1


def _level(index: int, level: _Level) -> str:
    style = f'<w:pStyle w:val="{level.style}"/>' if level.style else ""
    left, hanging = level.indent
    side = f'w:hanging="{hanging}"' if hanging >= 0 else f'w:firstLine="{-hanging}"'
    indent = f'<w:pPr><w:ind w:left="{left}" {side}/></w:pPr>' if level.indent != (0, 0) else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{level.start}"/><w:numFmt w:val="{level.format}"/>{style}'
        f'<w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>{indent}'
        f'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'  # the face is that of the paragraph's style
    )


def _abstract(id_: int, levels: Sequence[_Level], kind: str = "multilevel") -> str:
    inside = "".join(_level(index, level) for index, level in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="{kind}"/>{inside}</w:abstractNum>'


_STATIC = (
    _abstract(
        ARTICLES,
        (_Level(_CHINESE, "第%1章　", style="Chapter"),),
    ),
    _abstract(
        RUNNING,
        (
            # a numbering of its own: articles count through all chapters, also where a program restarts inner levels
            _Level(_CHINESE, "第%1条　", style="Article"),
        ),
    ),
    _abstract(
        DECIMAL,
        (
            _Level("decimal", "%1", suffix="space", style="Section1"),
            _Level("decimal", "%1.%2", suffix="space", style="Section2"),
        ),
    ),
    _abstract(
        NOTICE,
        (
            _Level(_CHINESE, "%1、", style="Notice1"),
            _Level(_CHINESE, "（%2）", style="Notice2"),
        ),
    ),
    _abstract(
        BULLETS,
        (
            _Level("bullet", "•", (960, 480), "tab"),
            _Level("bullet", "–", (1440, 480), "tab"),
        ),
    ),
    _abstract(NOTES, (_Level("decimal", "%1.", (300, 300), "tab"),)),
    _abstract(
        CHAPTERS,
        (
            _Level("decimal", "%1", suffix="space", style="ManualChapter", start=0),
            _Level("decimal", "%1.%2", suffix="space", style="ManualClause"),
            _Level("decimal", "%1.%2.%3", suffix="space"),
        ),
    ),
    _abstract(APPENDIX, (_Level("upperLetter", "附录%1", suffix="space"),)),
)
_FIXED = "".join(
    f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>'
    for id_ in (ARTICLES, RUNNING, DECIMAL, NOTICE, BULLETS, NOTES, CHAPTERS, APPENDIX)
)


def _lists(indent: tuple[int, int]) -> str:
    left, hanging = indent
    suffix = "tab" if hanging >= 0 else "nothing"
    inner = (left + 480, 600) if hanging >= 0 else (left, hanging)
    outer = (left + hanging, hanging) if hanging >= 0 else (left, hanging)
    levels = (
        _Level("decimal", "%1." if hanging >= 0 else "%1．", outer, suffix),
        _Level("decimal", "（%2）", inner if hanging < 0 else (left + hanging + 600, 600), suffix),
    )
    return _abstract(FIRST_LIST, levels)


def numbering(lists: Lists, indent: tuple[int, int]) -> str:
    """The part for a document with these lists, whose items stand at `indent` (left and hanging, in twips)."""
    instances = "".join(
        f'<w:num w:numId="{FIRST_LIST + index}"><w:abstractNumId w:val="{FIRST_LIST}"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for index, start in enumerate(lists.starts)
    )
    jumps = "".join(_jump(FIRST_JUMP + index, *each) for index, each in enumerate(lists.jumps))
    return f"{_HEAD}{''.join(_STATIC)}{_lists(indent)}{_FIXED}{instances}{jumps}</w:numbering>"


def _jump(id_: int, kind: int, number: tuple[int, ...]) -> str:
    starts = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in enumerate(number)
    )
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{kind}"/>{starts}</w:num>'
