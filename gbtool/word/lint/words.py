"""Words: punctuation, typed numbers, first lines, faces, and what keeps together."""

import re
from collections.abc import Iterator

from lxml import etree

from gbtool.word.lint.opened import MC, Flaw, Opened, W, short, text, value

FACES = frozenset({"宋体", "黑体", "仿宋", "楷体", "方正小标宋简体"})
_HAN = "\u3400-\u9fff"
_HALF = re.compile(
    rf"[{_HAN}）》”][ ]?[,;:!?][ ]?(?=[{_HAN}（《“])|[{_HAN}）》”][,;:!?.]$|[{_HAN}]\.(?=[{_HAN}])"
    rf"|\([^()]*[{_HAN}][^()]*\)|[{_HAN}]\(|\)[{_HAN}]|\"[^\"]*[{_HAN}][^\"]*\"|(?<=[{_HAN}])\.\.\."
)
_TYPED = re.compile(
    r"^(\d+(\.\d+)*[.．、)）]?\s+\D|\d+[.．、)）](?!\d)|第[一二三四五六七八九十百]+[章条节]|[一二三四五六七八九十]+、"
    r"|[（(][一二三四五六七八九十\d]+[）)]|附录\s?[A-Z]|[①-⑳])"
)
_HAS_HAN = re.compile(f"[{_HAN}]")
_LONG = 30  # a paragraph of so many characters runs over a line, and shows whether its first line is set in
_NO_FIRST_LINE = frozenset({"NoticeTo", "NoticeFoot", "FormNote", "TightTo"})
_SIGNED = frozenset({"Sign", "NoticeSign", "TightSign"})


def punctuation(file: Opened) -> Iterator[Flaw]:
    """Half-width punctuation among Chinese characters."""
    for root in (file.body, *(side for _, side in file.sides)):
        for paragraph in root.iter(f"{W}p"):
            said = text(paragraph)
            found = _HALF.search(said)
            if found:
                around = said[max(found.start() - 10, 0) : found.end() + 10]
                yield Flaw("punctuation", around, f"中文里用了半角标点“{found.group()}”")


def typed_numbers(file: Opened) -> Iterator[Flaw]:
    """Headings and paragraphs whose number is typed and not counted by Word."""
    for paragraph in file.paragraphs:
        style, said = file.style(paragraph), text(paragraph)
        if style.startswith("TOC") or not _TYPED.match(said):
            continue
        kind = "标题" if file.look(paragraph).outline else "段落"
        yield Flaw("numbering", short(said), f"{kind}的序号是打字打上去的")


def lists(file: Opened) -> Iterator[Flaw]:
    """Numbers of paragraphs that no list gives, and lists of headings that have one level only by accident."""
    kinds = dict(_kinds(file.parts.get("word/numbering.xml")))
    for paragraph in file.paragraphs:
        look = file.look(paragraph)
        if look.counted in ("", "0"):
            continue
        kind = kinds.get(look.counted)
        levels = {str(each.get(f"{W}ilvl")) for each in kind.iter(f"{W}lvl")} if kind is not None else set()
        if kind is None or look.level not in levels:
            yield Flaw("numbering", short(text(paragraph)), f"用了没有定义的列表 {look.counted}（第 {look.level} 级）")
        elif look.outline and value(kind, "multiLevelType") != "multilevel":
            yield Flaw("numbering", short(text(paragraph)), "标题的列表不是多级列表")


def _kinds(root: etree._Element | None) -> Iterator[tuple[str, etree._Element]]:
    """The definition of each instance of a list."""
    if root is None:
        return
    kinds = {str(each.get(f"{W}abstractNumId")): each for each in root.iter(f"{W}abstractNum")}
    for each in root.iter(f"{W}num"):
        kind = kinds.get(value(each, "abstractNumId"))
        if kind is not None:
            yield str(each.get(f"{W}numId")), kind


def first_lines(file: Opened) -> Iterator[Flaw]:
    """Paragraphs of text whose first line is not set in by two characters."""
    for paragraph in file.paragraphs:
        look, said, style = file.look(paragraph), text(paragraph), file.style(paragraph)
        raw = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        if raw.startswith(("　", "  ")) and style not in _SIGNED:
            yield Flaw("indent", short(said), "用空格缩进")
        plain = len(said) > _LONG and look.counted in ("", "0") and not look.outline
        if plain and look.align in ("", "both", "left") and style not in _NO_FIRST_LINE and look.first != "200":
            yield Flaw("indent", short(said), "正文首行没有缩进两个字符")


def faces(file: Opened) -> Iterator[Flaw]:
    """Chinese text in a run whose Chinese face nobody says, or that neither a Chinese paper nor the file's styles know.

    A run without a face of its own has that of its character style, its paragraph's style, the styles above them, or
    the whole document; the styles of a firm decide which faces its files have.
    """
    known = FACES | file.faces
    for root in (file.body, *(side for _, side in file.sides)):
        for run in root.iter(f"{W}r"):
            said = "".join(each.text or "" for each in run.findall(f"{W}t"))
            face = file.face_of(run) if _HAS_HAN.search(said) else "宋体"
            if face not in known:
                yield Flaw("face", short(said), f"中文字体是“{face}”")


def together(file: Opened) -> Iterator[Flaw]:
    """Headings, signatures and what leads to a list or table that may part from what they belong to."""
    blocks = file.blocks
    for place, block in enumerate(blocks[:-1]):
        if block.tag != f"{W}p" or block.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        look, said, after = file.look(block), text(block), blocks[place + 1]
        if look.keep or not said:
            continue
        if look.outline:
            yield Flaw("together", short(said), "标题会和下文分在两页")
        elif after.tag == f"{W}p" and file.style(after) in _SIGNED:
            yield Flaw("together", short(said), "落款会单独在一页上")
        elif said.endswith("："):
            yield Flaw("together", short(said), "引出下文的一句会和下文分在两页")


def empty_paragraphs(file: Opened) -> Iterator[Flaw]:
    """More than three empty paragraphs after each other, and two page breaks without anything between."""
    row, broken = 0, False
    for block in file.blocks:
        said = "" if block.tag == f"{W}p" else "表"
        said = said or text(block) or ("图" if _drawn(block) else "")
        breaks = block.find(f".//{W}br[@{W}type='page']") is not None or block.find(f"{W}pPr/{W}sectPr") is not None
        row = 0 if said or breaks else row + 1
        if row > 3:  # noqa: PLR2004 # as said
            yield Flaw("empty", "", "用空段落撑开版面")
            row = 0
        if breaks and broken and not said:
            yield Flaw("empty", "", "两次分页之间是空白页")
        broken = breaks or (broken and not said)


def _drawn(block: etree._Element) -> bool:
    return block.find(f".//{W}drawing") is not None or block.find(f".//{MC}AlternateContent") is not None
