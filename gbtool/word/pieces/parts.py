"""The parts of an Office file that are no body: properties, relationships, settings, pictures, whatever else is XML."""

import re
from collections.abc import Iterator

from lxml import etree

from gbtool.model.piece import Piece, Spot, TroubleKind
from gbtool.word.pieces.archive import Archive, unreadable
from gbtool.word.pieces.names import REL, A, local

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_CUSTOM_ROOT = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}Properties"
PROPERTIES = frozenset(
    {
        "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties",
        "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Properties",
        _CUSTOM_ROOT,
    }
)
CORE_NAMES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "标记",
    "description": "备注",
    "lastModifiedBy": "最后一次保存者",
    "category": "类别",
    "contentStatus": "状态",
    "identifier": "标识符",
    "created": "创建时间",
    "modified": "修改时间",
    "lastPrinted": "打印时间",
    "revision": "修订号",
    "version": "版本号",
    "language": "语言",
    "Company": "单位",
    "Manager": "主管",
    "Template": "模板",
    "HyperlinkBase": "超链接基础",
    "TotalTime": "编辑时间",
}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TELLING = frozenset({"name", "descr", "title", "string", "alt", "author", "initials", "displayText", "tooltip"})
_VALUED = frozenset({"docVar", "lvlText", "name", "tag", "alias"})  # elements whose `val` somebody wrote
_FONTS = frozenset({"eastAsia", "ascii", "hAnsi", "cs", "typeface"})
_USUAL = re.compile(r"(image|picture|img|thumbnail|media|hdphoto|diagram|图片)?[\d_\-()（） ]*\.\w+", re.IGNORECASE)
_OWN = ("customXml/", "xl/pivotCache/", "xl/connections.xml", "xl/queryTables/")
MOST_PIECES = 400_000


def remarks(root: etree._Element, part: str) -> Iterator[Piece]:
    """What the XML of a part holds beside its elements: comments and instructions, around the root too.

    Raises:
        Unreadable: there are too many.
    """
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    for number, remark in enumerate((*around, *root.iter(etree.Comment, etree.ProcessingInstruction))):
        if number > MOST_PIECES:
            raise unreadable(TroubleKind.TOO_LARGE, f"里面的 {part} 注释太多，没有查完")
        if (remark.text or "").strip():
            yield Piece(remark.text or "", Spot.DATA, f"部件 {part} 的注释", part)


def properties(root: etree._Element, part: str) -> Iterator[Piece]:
    """Each property that says something, with its name."""
    custom = root.tag == _CUSTOM_ROOT or part == CUSTOM
    for element in root.iter():
        text = element.text or ""
        if len(element) or not text.strip():
            continue
        name = local(element.tag)
        if custom:
            above = element.getparent()
            name = above.get("name", "") if above is not None else name
        where = f"{'自定义属性' if custom else '文件属性'}“{CORE_NAMES.get(name, name)}”"
        yield Piece(text, Spot.CUSTOM if custom else Spot.CORE, where, part, name=name)
        if custom:
            yield Piece(name, Spot.CUSTOM, "自定义属性的名称", part, name=name)


def relations(root: etree._Element, part: str) -> Iterator[Piece]:
    """Where links lead, and what lies outside of the file but is loaded with it."""
    for relation in root.iter(f"{REL}Relationship"):
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
        spot = Spot.LINK if kind == "hyperlink" else Spot.EXTERNAL
        yield Piece(target, spot, "链接" if spot is Spot.LINK else "外部引用", part, name=kind)


def targets(root: etree._Element) -> dict[str, tuple[str, str]]:
    """Of each relationship its kind and where it leads."""
    return {
        relation.get("Id", ""): (relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", ""))
        for relation in root.iter(f"{REL}Relationship")
    }


def anything(root: etree._Element, part: str, where: str) -> Iterator[Piece]:
    """All texts of a part that nobody knows better, and the attributes that could tell something.

    Raises:
        Unreadable: there are too many elements.
    """
    own = part.startswith(_OWN)
    for number, element in enumerate(root.iter()):
        if number > MOST_PIECES:
            raise unreadable(TroubleKind.TOO_LARGE, f"里面的 {part} 内容太多，没有查完")
        if not isinstance(element.tag, str):
            continue
        if element.tag == f"{A}p":
            said = "".join(each.text or "" for each in element.iter(f"{A}t"))
            if said.strip():
                yield Piece(said, Spot.DATA, where, part)
        elif element.text and element.text.strip() and element.tag != f"{A}t":
            yield Piece(element.text, Spot.DATA, where, part)
        if element.tail and element.tail.strip():
            yield Piece(element.tail, Spot.DATA, where, part)
        if own and _CHINESE.search(local(element.tag)):
            yield Piece(local(element.tag), Spot.DATA, f"{where}的元素名", part)
        yield from attributes(element, part, where, own=own)


def attributes(element: etree._Element, part: str, where: str, *, own: bool = False) -> Iterator[Piece]:
    """The attributes that could tell something; all of them in data that somebody put in on his own."""
    valued = local(element.tag) in _VALUED
    for key, value in element.attrib.items():
        text, name = str(value), local(str(key))
        if not text.strip() or name in _FONTS:
            continue
        if own or _CHINESE.search(text) or name in _TELLING or (valued and name == "val"):
            yield Piece(text, Spot.DATA, where, part, name=name)


def file_names(archive: Archive) -> Iterator[Piece]:
    """The names of pictures and other things inside that somebody named."""
    for name in archive.names:
        last = name.rsplit("/", 1)[-1]
        if not _USUAL.fullmatch(last) and ("media/" in name or _CHINESE.search(name)):
            yield Piece(last, Spot.PICTURE, "图片文件名" if "media/" in name else "部件名", name)
