"""Boxes and lines as one native Word drawing: DrawingML shapes in a group, with VML for readers that know no other."""

import re
from collections.abc import Sequence
from functools import lru_cache

from gbtool.structs import Frozen, replace
from gbtool.word import wordml
from gbtool.word.wordml import HEI

EMU = 12700  # English metric units in a point
_GRAPHIC = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML_PRESETS = {
    "rect": "rect",
    "roundRect": "roundrect",
    "flowChartDecision": "shape",
    "flowChartTerminator": "roundrect",
    "flowChartPreparation": "shape",
    "ellipse": "oval",
}
_VML_PATHS = {
    "flowChartDecision": ' coordsize="2,2" path="m1,0l2,1,1,2,0,1xe"',
    "flowChartPreparation": ' coordsize="10,2" path="m0,1l2,0,8,0,10,1,8,2,2,2xe"',
}
_SLOPING = frozenset(_VML_PATHS)
_CLOSING = frozenset("，。；：、？！）》”")
_PIECE = re.compile("[\x00-\u2000](?:(?!\\s)[\x00-\u2000]){0,11}|.", re.DOTALL)


class Box(Frozen):
    """A shape with lines of text, or a plain one; position and size in points from the drawing's top left corner."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    shape: str = "rect"
    bold: bool = False
    framed: bool = True
    size: float = 9.0
    fill: str = "FFFFFF"
    align: str = ""

    def at(self, y: float) -> "Box":
        """The same shape so far below the top; thousands are set, and `replace` takes three times as long."""
        size = (self.width, self.height, self.lines, self.shape)
        return Box(self.x, y, *size, self.bold, self.framed, self.size, self.fill, self.align)  # in the order above


class Line(Frozen):
    """A line through points, with a head at its end or without, whole or dashed; its width in points."""

    points: tuple[tuple[float, float], ...]
    arrow: bool = True
    dashed: bool = False
    width: float = 0.75


class Picture(Frozen):
    """A drawing: its size in points, its lines (drawn first) and boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...] = ()
    title: str = ""

    def scaled(self, factor: float) -> "Picture":
        """The same drawing smaller or larger, its text too."""
        boxes = (
            replace(
                box,
                x=box.x * factor,
                y=box.y * factor,
                width=box.width * factor,
                height=box.height * factor,
                size=box.size * factor,
            )
            for box in self.boxes
        )
        lines = (replace(line, points=tuple((x * factor, y * factor) for x, y in line.points)) for line in self.lines)
        return replace(
            self, width=self.width * factor, height=self.height * factor, boxes=tuple(boxes), lines=tuple(lines)
        )


def draw(picture: Picture, number: int) -> str:
    """A paragraph that holds the drawing; `number` is its place among the drawings of the document.

    It is long: its pieces are joined once.
    """
    first = number * 1000
    said = [_text(box) for box in picture.boxes]
    boxes = enumerate(zip(picture.boxes, said, strict=True), first + len(picture.lines) + 1)
    pieces = [_head(picture, number, first)]
    pieces += [_line(line, id_) for id_, line in enumerate(picture.lines, first + 1)]
    pieces += [_box(box, text, id_) for id_, (box, text) in boxes]
    pieces.append(_between(picture, first))
    pieces += map(_vml_line, picture.lines)
    pieces += map(_vml_box, picture.boxes, said)
    pieces.append("</v:group></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>")
    return "".join(pieces)


def _head(picture: Picture, number: int, first: int) -> str:
    width, height = round(picture.width * EMU), round(picture.height * EMU)
    name = wordml.escape(picture.title or f"图{number}")
    return (
        '<w:p><w:pPr><w:pStyle w:val="Drawing"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{first}" name="{name}" descr="{name}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_GRAPHIC}">'
        f"<wpg:wgp><wpg:cNvGrpSpPr/>"
        f'<wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>'
    )


def _between(picture: Picture, first: int) -> str:
    """The end of the drawing, and how the one for older readers begins."""
    width, height = round(picture.width * 20), round(picture.height * 20)
    return (
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:group id="g{first}" style="width:{picture.width:.1f}pt;height:{picture.height:.1f}pt" coordorigin="0,0" '
        f'coordsize="{width},{height}">'
    )


def _box(box: Box, said: str, id_: int) -> str:
    frame = '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    fill = f'<a:solidFill><a:srgbClr val="{box.fill}"/></a:solidFill>'
    inset = 0 if box.shape in _SLOPING or not box.framed else 25400
    kind = ' txBox="1"' if box.lines else ""
    text = f"<wps:txbx><w:txbxContent>{said}</w:txbxContent></wps:txbx>" if said else ""
    return (
        f'<wps:wsp><wps:cNvPr id="{id_}" name="框{id_}"/><wps:cNvSpPr{kind}/><wps:spPr>'
        f"{_frame(box.x, box.y, box.width, box.height)}"
        f'<a:prstGeom prst="{box.shape}"><a:avLst/></a:prstGeom>{fill}'
        f"{frame if box.framed else '<a:ln><a:noFill/></a:ln>'}"
        f"</wps:spPr>{text}"
        f'<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" anchor="ctr" '
        'anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _text(box: Box) -> str:
    size = f'<w:sz w:val="{round(box.size * 2)}"/><w:szCs w:val="{round(box.size * 2)}"/>'
    line = (
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{round(box.size * 24)}" w:lineRule="exact"/>'
    )
    face = HEI if box.bold else ""
    line += f'<w:jc w:val="{box.align}"/>' if box.align else ""
    return "".join(wordml.paragraph("Shape", wordml.inside(text), line, size, face) for text in box.lines)


def _line(line: Line, id_: int) -> str:
    xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    start, *points = [f'<a:pt x="{round((x - left) * EMU)}" y="{round((y - top) * EMU)}"/>' for x, y in line.points]
    moves = f"<a:moveTo>{start}</a:moveTo>" + "".join([f"<a:lnTo>{point}</a:lnTo>" for point in points])
    size = f'w="{round(width * EMU)}" h="{round(height * EMU)}"'
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if line.arrow else ""
    dash = '<a:prstDash val="sysDash"/>' if line.dashed else ""
    return (
        f'<wps:wsp><wps:cNvPr id="{id_}" name="线{id_}"/><wps:cNvSpPr/><wps:spPr>{_frame(left, top, width, height)}'
        f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path {size} fill="none">{moves}</a:path>'
        f"</a:pathLst></a:custGeom>"
        f'<a:noFill/><a:ln w="{round(line.width * EMU)}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>{dash}'
        f"<a:round/>{head}</a:ln>"
        "</wps:spPr><wps:bodyPr/></wps:wsp>"
    )


def _frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<a:xfrm><a:off x="{round(x * EMU)}" y="{round(y * EMU)}"/>'
        f'<a:ext cx="{round(width * EMU)}" cy="{round(height * EMU)}"/></a:xfrm>'
    )


def _vml_place(box: Box) -> str:
    return (
        f"position:absolute;left:{round(box.x * 20)};top:{round(box.y * 20)};"
        f"width:{round(box.width * 20)};height:{round(box.height * 20)};v-text-anchor:middle"
    )


def _vml_box(box: Box, said: str) -> str:
    name = _VML_PRESETS.get(box.shape, "rect")
    special = _VML_PATHS.get(box.shape, "")
    paint = f' fillcolor="#{box.fill}" strokeweight=".75pt"' if box.framed else ' filled="f" stroked="f"'
    text = f'<v:textbox inset="1pt,0,1pt,0"><w:txbxContent>{said}</w:txbxContent></v:textbox>'
    return f'<v:{name} style="{_vml_place(box)}"{special}{paint}>{text if said else ""}</v:{name}>'


def _vml_line(line: Line) -> str:
    points: Sequence[str] = [f"{round(x * 20)},{round(y * 20)}" for x, y in line.points]
    head = '<v:stroke endarrow="block"/>' if line.arrow else '<v:stroke dashstyle="1 1"/>' if line.dashed else ""
    width = f"{line.width:g}".removeprefix("0")
    return f'<v:polyline points="{" ".join(points)}" filled="f" strokeweight="{width}pt">{head}</v:polyline>'


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """Text in lines of at most so many points; a line never begins with closing punctuation."""
    if wordml.width_of(text) * size <= width:
        return (text,)
    pieces, widths = _pieces(text)
    lines: list[str] = []
    start, length = 0, 0.0
    for at, piece in enumerate(pieces):
        needed = widths[at] * size
        if at > start and length + needed > width:
            end = at - 1 if piece in _CLOSING and at - start > 1 else at
            lines.append("".join(pieces[start:end]))
            start, length = end, sum(widths[end:at]) * size
        length += needed
    return (*lines, "".join(pieces[start:]))


@lru_cache(maxsize=1024)
def _pieces(text: str) -> tuple[Sequence[str], Sequence[float]]:
    """The text as what may be parted, and the width of each: full-width characters, and up to twelve others."""
    pieces = _PIECE.findall(text)
    return pieces, [wordml.width_of(piece) for piece in pieces]
