"""To which elements of Word's own XML the walk listens, and in which of their attributes a text can hide."""

from gbtool.word.pieces.names import MC, OFFICE, PIC, WP, WPG, WPS, A, M, V, W

GONE = frozenset({f"{W}del", f"{W}moveFrom"})
NEW = frozenset({f"{W}ins", f"{W}moveTo"})
TEXT = frozenset({f"{W}t", f"{W}delText", f"{M}t", f"{A}t"})
INSTRUCTION = frozenset({f"{W}instrText", f"{W}delInstrText"})
SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SHAPES = ("shape", "group", "rect", "oval", "roundrect", "line", "polyline", "arc", "curve", "image", "shapetype")
NAMED = {
    f"{WP}docPr": ("name", "descr", "title"),
    f"{PIC}cNvPr": ("name", "descr", "title"),
    f"{WPS}cNvPr": ("name", "descr", "title"),
    f"{WPG}cNvPr": ("name", "descr", "title"),
    f"{A}cNvPr": ("name", "descr", "title"),
    f"{A}hlinkClick": ("tooltip",),
    f"{A}hlinkHover": ("tooltip",),
    **dict.fromkeys((f"{V}{shape}" for shape in _SHAPES), ("alt", "title", "href", f"{OFFICE}title", f"{OFFICE}href")),
    f"{V}imagedata": ("title", f"{OFFICE}title", f"{OFFICE}href"),
    f"{V}textpath": ("string",),
    f"{W}hyperlink": (f"{W}tooltip", f"{W}anchor", f"{W}docLocation"),
    f"{W}alias": (f"{W}val",),
    f"{W}tag": (f"{W}val",),
    f"{W}dataBinding": (f"{W}xpath", f"{W}prefixMappings"),
    f"{W}docPart": (f"{W}val",),
    f"{W}name": (f"{W}val",),
    f"{W}entryMacro": (f"{W}val",),
    f"{W}exitMacro": (f"{W}val",),
    f"{W}listEntry": (f"{W}val",),
    f"{W}listItem": (f"{W}displayText", f"{W}value"),
    f"{W}bookmarkStart": (f"{W}name",),
    f"{W}tblCaption": (f"{W}val",),
    f"{W}tblDescription": (f"{W}val",),
    f"{W}docVar": (f"{W}name", f"{W}val"),
    f"{W}statusText": (f"{W}val",),
    f"{W}helpText": (f"{W}val",),
    f"{W}default": (f"{W}val",),
}
PICTURES = frozenset({f"{WP}docPr", f"{PIC}cNvPr"})
# Changes that add or take no words: of looks, of cells, of the layout.
RESHAPED = frozenset(
    f"{W}{name}"
    for name in (
        *(f"{what}Change" for what in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid")),
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    )
)
# A change that stands in these belongs to the paragraph's mark or to a row, not to words.
MARKED = frozenset({f"{W}rPr", f"{W}trPr"})
_LINED = frozenset({f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent", f"{W}p", f"{W}r", *GONE, *NEW})
_LOOKS = tuple(f"{W}{name}" for name in ("vanish", "highlight", "color", "shd", "sz", "rStyle", "pStyle"))
_OTHERS = tuple(
    f"{W}{name}"
    for name in (
        "fldChar",
        "fldSimple",
        "outlineLvl",
        "lastRenderedPageBreak",
        "sectPr",
        "comment",
        "footnote",
        "endnote",
        "rt",
        "sym",
    )
)
HEARD = (
    *_LINED,
    *TEXT,
    *INSTRUCTION,
    *SIGNS,
    *NAMED,
    *RESHAPED,
    *_LOOKS,
    *_OTHERS,
    f"{MC}AlternateContent",
    f"{MC}Fallback",
)
