"""What Jinja says of a mark that does not work, in Chinese: the name or sign it met, never its own English."""

import re
from collections.abc import Callable

from jinja2 import TemplateSyntaxError, UndefinedError

from gbtool.errors import Complaint, FileFaults

_FIRST, _LAST = "\u4e00", "\u9fff"  # of the Chinese characters
_PLACES: dict[str, str] = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
}
_ABSENT = r"has no (?:attribute|element) '?([^']+)'?"
# compiled when something is wrong, not with every command
_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"'([^']+)' is undefined", lambda m: f"没有“{m[1]}”这个名字"),
    (r"(?:list|tuple) object has no element (-?\d+)", lambda m: _nth(int(m[1]))),
    (_ABSENT, lambda m: f"这里没有“{m[1]}”这一项"),
    (r"access to attribute '([^']+)'", lambda m: f"不许用“{m[1]}”"),
    (r"No (?:filter|test) named '([^']+)'", lambda m: f"没有“{m[1]}”这个过滤器或判断"),
    (r"unknown tag '([^']+)'", lambda m: f"不认识“{m[1]}”这个标记"),
    (r"[Uu]nexpected end of template", lambda _: "少了 endif、endfor 一类的结尾"),
    (r"unexpected char '(.)'", lambda m: f"多了符号“{m[1]}”"),
    (r"expected token '([^']+)', got '([^']+)'", lambda m: f"“{_place(m[2])}”的地方应当是“{_place(m[1])}”"),
    (r"unexpected '([^']+)'", lambda m: f"不该有“{m[1]}”"),
    (r"by zero", lambda _: "除数是零"),
)


class NothingToPrint(UndefinedError):
    """A template prints an answer that nobody gave."""

    def __init__(self) -> None:
        super().__init__("要印出的资料没有填")


def misspelt(where: str, error: Exception) -> FileFaults:
    """A mark of a template that cannot be read."""
    return FileFaults([Complaint(where, f"模板的标记写错了（{in_chinese(error)}）")])


def in_chinese(error: Exception) -> str:
    """What is wrong, as a part of a sentence; what nobody translated yet is called an expression that gives nothing."""
    text = (error.message or "") if isinstance(error, TemplateSyntaxError) else str(error)
    if any(_FIRST <= each <= _LAST for each in text) and "'" not in text:
        return text
    for pattern, say in _SAID:
        found = re.search(pattern, text)
        if found:
            return say(found)
    return "标记写得不完整" if isinstance(error, TemplateSyntaxError) else "这个表达式算不出来"


def absent_in(error: Exception) -> str:
    """The item that a text asked of something that does not have it; nothing where that is not what is wrong."""
    found = re.search(_ABSENT, str(error))
    return found[1] if found else ""


def _place(token: str) -> str:
    return _PLACES.get(token, token)


def _nth(index: int) -> str:
    return f"列表里没有第 {index + 1} 项" if index >= 0 else "列表是空的"
