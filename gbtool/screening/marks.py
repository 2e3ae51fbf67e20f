"""CN-02: signs that somebody meant to fill in: marks of templates, crosses, hints in brackets, lines, broken links."""

import re
from collections.abc import Iterator
from itertools import islice

from gbtool.model.piece import Piece, Spot
from gbtool.screening.desk import Found, marked
from gbtool.structs import Frozen, field

_SIGNED = re.compile(r"签字|签名|盖章|签收|日期|[年月日]|√|□|☐")
_NUMBERING = re.compile(r"编号规则|编码规则|编号方法|编号格式|顺序号|流水号|代号|型号|规格")
_HINTS = (
    "名称|全称|简称|填写|填入|姓名|日期|年份|部门|岗位|职务|地址|编号|产品|代码|代号|电话|法定代表人|管理者代表|"
    "最高管理者|总经理|信用代码|主营业务|经营范围|行业|人数|金额|数量|内容|描述|说明"
)
_WHAT = rf"[\u3400-\u9fff，、/]{{0,12}}(?:{_HINTS})[\u3400-\u9fff，、/]{{0,8}}"
_TEXTS = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.CELL})


class _Mark(Frozen):
    """How something left open is written, what to say; `always` also in blank forms, `unless` the text says this."""

    pattern: re.Pattern[str]
    message: str
    fix: str = "写成真实的内容"
    always: bool = False
    unless: re.Pattern[str] | None = field(default=None)


_MARKS = (
    _Mark(
        re.compile(
            r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\}\}|\{%|%\}|[{｛]\s*[{｛].{0,60}?[}｝]\s*[}｝]|\$\{[^{}]{0,60}\}"
            r"|\{[a-z][a-z0-9_.]{2,40}\}|\[\[[^\[\]]{1,60}\]\]|«[^»]{0,60}»|<<[^<>]{1,60}>>",
            re.DOTALL,
        ),
        "模板的标记没有填上",
        "重新生成，或把这里写成真实的内容",
        always=True,
    ),
    _Mark(
        re.compile(
            r"(?<![A-Za-z0-9Ａ-Ｚ×\-])(?:[XxＸｘ]{2,}|[×]{2,}|[＊*]{3,})(?![A-Za-z0-9])|[XxＸｘ×]{2,}(?=[-—–]IPM)"
            r"|(?:19|20)[XxＸｘ×*＊]{2}(?![A-Za-z0-9])|(?<![A-Za-z0-9Ａ-Ｚ×\-])[XxＸｘ×](?=[年月日])|[*＊]{2}(?=公司|企业|部门|有限)"
        ),
        "占位的叉没有换成真实的内容",
        "写成真实的内容；产品型号里的除外",
        unless=_NUMBERING,
    ),
    _Mark(re.compile(r"某某|某公司某|[甲乙]某某"), "“某某”没有换成真实的内容"),
    _Mark(re.compile(r"【[^】]{0,40}】"), "【】里的提示没有换成真实的内容", "写成真实的内容，去掉【】"),
    _Mark(
        re.compile(
            rf"[\[［〔〈<＜]\s*{_WHAT}\s*[\]］〕〉>＞]|[（(]\s*(?:请?填写|请?填入|(?:公司|企业|单位)(?:名称|全称|简称))\s*[）)]"
        ),
        "括号里的提示没有换成真实的内容",
        "写成真实的内容，去掉括号",
    ),
    _Mark(re.compile(r"[_＿]{3,}"), "留着空的横线", "填上，或删去这一句", unless=_SIGNED),
    _Mark(
        re.compile(
            r"错误[！!]\s*(?:未|文档|不能|无效|没有|链接|书签|引用)[^。\n]{0,20}"
            r"|Error! (?:Reference|Bookmark|No |Not )[^.\n]{0,40}|#(?:REF!|NAME\?|VALUE!|DIV/0!|NULL!)"
        ),
        "引用断了",
        "重新插入引用；在 Word 里按 F9 更新域，在 Excel 里改正公式",
        always=True,
    ),
    _Mark(
        re.compile(r"(?<!\d)(?:0000[-/.年]0{1,2}|1900[-/.年]0?1[-/.月]0{1,2})(?!\d)"),
        "日期是表格里的空值",
        "写真实的日期，没有的写“无”",
        always=True,
    ),
    _Mark(re.compile(r"[�]|锟斤拷|烫烫烫|屯屯屯"), "乱码", "找回原来的文字", always=True),
)
_MOST = 100  # of one kind in one piece
_NOTHING = frozenset({"None", "nan", "NaN", "null", "NULL", "undefined", "NaT"})


def marks(piece: Piece, *, blank: bool) -> Iterator[Found]:
    """The signs in a piece; in a blank form lines, crosses and hints are as they should be."""
    for mark in _MARKS:
        if blank and not mark.always:
            continue
        if mark.unless is None or not mark.unless.search(piece.text):
            for match in islice(mark.pattern.finditer(piece.text), _MOST):
                yield Found(mark.message, mark.fix, piece, marked(piece, *match.span()))
    if piece.spot in _TEXTS and piece.text.strip() in _NOTHING:
        yield Found("程序留下的空值", "写成真实的内容，没有的写“无”", piece)
