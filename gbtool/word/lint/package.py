"""The package: whose it is, which language it speaks, and nothing left of the program that made it."""

import re
from collections.abc import Iterator

from lxml import etree

from gbtool.word.lint.opened import Flaw, Opened, W

_JAPANESE = re.compile(r"MS Mincho|MS Gothic|ＭＳ|游明朝|游ゴシック|Yu (Mincho|Gothic)|Meiryo|ja-JP|Jpan")
_MAKERS = re.compile(r"python-docx|docx4j|Aspose|LibreOffice|OpenXML", re.IGNORECASE)
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TERMS = "{http://purl.org/dc/terms/}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def language(file: Opened) -> Iterator[Flaw]:
    """Chinese as the East Asian language, no Japanese face, language or theme anywhere."""
    defaults = file.parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if defaults is None or defaults.get(f"{W}eastAsia") != "zh-CN":
        yield Flaw("language", "styles.xml", "东亚语言不是 zh-CN")
    settings = file.parts.get("word/settings.xml")
    theme = settings.find(f"{W}themeFontLang") if settings is not None else None
    if theme is None or theme.get(f"{W}eastAsia") != "zh-CN":
        yield Flaw("language", "settings.xml", "主题的东亚语言不是 zh-CN")
    for name, root in file.parts.items():
        found = _JAPANESE.search(etree.tostring(root, encoding="unicode"))
        if found:
            yield Flaw("language", name, f"有日文的字体或语言“{found.group()}”")
    for name, root in file.parts.items():
        faces = [str(each.get("typeface")) for each in root.iter(f"{_A}ea")] if "theme" in name else []
        if any(face in ("", "None") for face in faces):
            yield Flaw("language", name, "主题没有中文字体")


def properties(file: Opened) -> Iterator[Flaw]:
    """A title, the client as author, a day, and no trace of a default."""
    core = file.parts.get("docProps/core.xml")
    if core is None:
        yield Flaw("properties", "core.xml", "没有文件属性")
        return
    said = {name: core.findtext(name, "") for name in (f"{_DC}title", f"{_DC}creator", f"{_CP}lastModifiedBy")}
    for name, given in said.items():
        if not given or _MAKERS.search(given):
            yield Flaw("properties", etree.QName(name).localname, f"属性是空的或是默认的“{given}”")
    if core.findtext(f"{_DC}language", "") != "zh-CN":
        yield Flaw("properties", "language", "语言不是 zh-CN")
    if core.findtext(f"{_TERMS}created", "").startswith(("2013-12-23", "1980", "1601")):
        yield Flaw("properties", "created", "日期是默认的")
    words = core.findtext(f"{_DC}description", "")
    if _MAKERS.search(words):
        yield Flaw("properties", "description", f"说明是默认的“{words}”")


def drawings(file: Opened) -> Iterator[Flaw]:
    """Drawings whose numbers are given twice."""
    ids = [str(each.get("id")) for each in file.body.iter(f"{_WP}docPr")]
    if len(set(ids)) != len(ids):
        yield Flaw("drawing", "", "两个图用了一个编号")
