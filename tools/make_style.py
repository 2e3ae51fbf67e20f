"""Write templates/style.docx, the look without a word of text: `python tools/make_style.py`."""

import io
import zipfile
from pathlib import Path

from gbtool.word.look import STYLES, Style
from gbtool.word.wordml import BIAO, FANG, HEI, KAI, LATIN, SONG

TARGET = Path(__file__).parent.parent / "templates" / "style.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FACES = (
    (SONG, "SimSun", "02010600030101010101", "auto"),
    (HEI, "SimHei", "02010609060101010101", "modern"),
    (FANG, "仿宋_GB2312", "02010609060101010101", "modern"),
    (KAI, "楷体_GB2312", "02010609060101010101", "modern"),
    (BIAO, "小标宋", "03000509000000000000", "script"),
)
BORDERS = {
    "header": '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/>',
    "red": '<w:bottom w:val="single" w:sz="18" w:space="1" w:color="FF0000"/>',
    "foot": '<w:top w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/>',
}
TABS = {
    "contents": '<w:tab w:val="right" w:leader="dot" w:pos="9184"/>',
    "header": '<w:tab w:val="right" w:pos="9184"/>',
}


def _flag(name: str, *, on: bool) -> str:
    return f"<w:{name}/>" if on else ""


def _paragraph(style: Style) -> str:
    spacing = f' w:line="{style.line}" w:lineRule="exact"' if style.line else ""
    first = f' w:firstLineChars="{style.first}" w:firstLine="{style.first * style.size // 10}"' if style.first else ""
    right = f' w:rightChars="{style.right}" w:right="{style.right * style.size // 10}"' if style.right else ""
    number = style.number
    return "".join(
        (
            _flag("keepNext", on=style.keep),
            _flag("keepLines", on=style.outline is not None),
            _flag("pageBreakBefore", on=style.break_before),
            f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else "",
            f"<w:pBdr>{BORDERS[style.border]}</w:pBdr>" if style.border else "",
            f"<w:tabs>{TABS[style.tabs]}</w:tabs>" if style.tabs else "",
            f'<w:spacing w:before="{style.before}" w:after="{style.after}"{spacing}/>',
            f"<w:ind{right}{first}/>" if first or right else "",
            f'<w:jc w:val="{style.align}"/>' if style.align else "",
            f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
        )
    )


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{east}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'


def _run(style: Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    return f'{_fonts(style.east)}{bold}{colour}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'


def _style(style: Style) -> str:
    builtin = style.name.startswith("toc") or style.name in ("header", "footer")
    custom = "" if builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based}"/><w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr>'
        f"<w:rPr>{_run(style)}</w:rPr></w:style>"
    )


def _builtin(id_: str, name: str, outline: int | None = None) -> str:
    level = f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>' if outline is not None else ""
    based = '<w:basedOn w:val="Normal"/><w:next w:val="Body"/>' if outline is not None else ""
    default = ' w:default="1"' if id_ == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id_}"><w:name w:val="{name}"/>{based}<w:qFormat/>{level}'
        f'<w:rPr>{_fonts(SONG)}<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>'
    )


def _edge(name: str, size: int) -> str:
    return f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'


def _table(id_: str, name: str, borders: str) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>'
        '<w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def styles() -> str:
    """styles.xml."""
    grid = "".join(_edge(name, 12) for name in ("top", "left", "bottom", "right"))
    grid += _edge("insideH", 4) + _edge("insideV", 4)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SONG)}"
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    plain = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    headings = "".join(_builtin(f"Heading{level}", f"heading {level}", level - 1) for level in (1, 2, 3))
    return (
        f"{HEAD}<w:styles {W}>{defaults}{_builtin('Normal', 'Normal')}{headings}{plain}"
        f"{''.join(_style(style) for style in STYLES)}{_table('Grid', '表格', grid)}{_table('NoGrid', '无框表格', '')}"
        "</w:styles>"
    )


def font_table() -> str:
    """fontTable.xml: each Chinese face with the name that older systems know it by."""
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, panose, family in FACES
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f"{HEAD}<w:fonts {W}>{latin}{faces}</w:fonts>"


def theme() -> str:
    """theme1.xml: the programs ask for one; black on white, the same faces."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    plain = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "000000", "lt2": "FFFFFF"}
    plain |= {f"accent{number}": "404040" for number in range(1, 7)} | {"hlink": "000000", "folHlink": "000000"}
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in plain.items())
    faces = "".join(
        f'<a:{name}Font><a:latin typeface="{LATIN}"/><a:ea typeface="{SONG}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{SONG}"/></a:{name}Font>'
        for name in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{main}" name="gbtool"><a:themeElements><a:clrScheme name="gbtool">{colours}'
        f'</a:clrScheme><a:fontScheme name="gbtool">{faces}</a:fontScheme><a:fmtScheme name="gbtool">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def parts() -> dict[str, str]:
    """The parts of the file by name, in order."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{kind}.fontTable+xml"/>'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{relations}">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{HEAD}<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:p>'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{relations}">'
        f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/fontTable" Target="fontTable.xml"/>'
        f'<Relationship Id="rId3" Type="{office}/theme" Target="theme/theme1.xml"/></Relationships>',
        "word/styles.xml": styles(),
        "word/fontTable.xml": font_table(),
        "word/theme/theme1.xml": theme(),
    }


def style_file() -> bytes:
    """The bytes of style.docx: the same on every run."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts().items():
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode(), compresslevel=9)
    return file.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(style_file())
