"""Typer's own words in Chinese: headings of its help and what it says of wrong usage."""

import re
import unicodedata
from collections.abc import Sequence

from typer._click.exceptions import ClickException
from typer._click.formatting import HelpFormatter

from gbtool.errors import UsageError

_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 …"}
_NOTES = {
    "Show this message and exit.": "显示本说明。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    ";required]": "；必填]",
}
_TYPED = re.compile(r"^([^-\s].*?) <[\w\[\]|]+>$")  # an argument with its English type, as Typer 0.29 names it
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"No such option: (\S+)(?: Did you mean (\S+?)\?)?.*", "没有选项“{0}”"),
    (r"No such command '(.*?)'.*", "没有命令“{0}”"),
    (r"Missing argument '(.*)'.*", "缺少参数 {0}"),
    (r"Missing option '(.*)'.*", "缺少选项 {0}"),
    (r"Missing command.*", "还要写明子命令"),
    (r"Got unexpected extra argument\S* \((.*)\)", "多了参数：{0}"),
    (r"Option '--standard' requires an argument.*", "选项 --standard 后面要有值；写 --standard 列出，看有哪些标准"),
    (r"Option '(.*)' requires an argument.*", "选项 {0} 后面要有值"),
    (r"Option '(.*)' does not take a value.*", "选项 {0} 后面不带值"),
    (r"Invalid value for '?(.*?)'?: (.*)", "{0} 的值不对：{1}"),
)
_VALUES: tuple[tuple[str, str], ...] = (
    (r"'(.*)' is not a valid (?:integer|int|float).*", "“{0}”不是数字"),
    (r"(\S+) is not in the range (\S+)<=x<=(\S+)\.", "{0} 不在 {1} 到 {2} 之间"),
    (r"(\S+) is not in the range x>=(\S+)\.", "{0} 小于 {1}"),
    (r"'(.*)' is not one of (.*)\.", "“{0}”不在可选之列：{1}"),
    (r"(?:File|Directory|Path) '(.*)' does not exist.*", "{0} 不存在"),
    (r"(?:File|Directory|Path) '(.*)' is a (?:directory|file).*", "{0} 的类型不对"),
)
_PIECES = re.compile(r"[（“《]*(?:[!-~]+|[^!-~\s])[，。；：、）？！”》]*|\s+")


def width(text: str) -> int:
    """How many columns a text takes in a terminal: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def fold(text: str, columns: int) -> list[str]:
    """A text in lines of so many columns: broken between Chinese signs or at spaces, never before a full stop."""
    lines: list[str] = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and width(lines[-1]) + width(piece.rstrip()) > columns:
            lines.append("")
        if not (piece.isspace() and not lines[-1]):
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def chinese(text: str) -> str:
    """What Typer adds to a help text, in Chinese."""
    for english, ours in _NOTES.items():
        text = text.replace(english, ours)
    return text


class Formatter(HelpFormatter):
    """Help with Chinese headings and columns that allow for the width of Chinese signs."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        for english, ours in _USAGE.items():
            args = args.replace(english, ours)
        args = re.sub(r"\{([^{}|]+)\}", r"\1", re.sub(r"\[\[(.+?)\]\](?:\.\.\.)?", r"[\1]", args))
        self.write(f"{prefix or '用法：'}{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        """A heading such as 选项."""
        self.write(f"{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, folded."""
        indent = " " * self.current_indent
        for line in text.splitlines():
            parts = fold(line.strip(), self.width - len(indent))
            self.write("".join(f"{indent}{part}".rstrip() + "\n" for part in parts))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two columns: names and what they mean."""
        rows = [(_TYPED.sub(r"\1", name), meaning) for name, meaning in rows]
        left = min(max((width(name) for name, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, meaning in rows:
            lines = fold(chinese(meaning), self.width - left - len(indent))
            gap = " " * (left - width(name)) if width(name) + col_spacing <= left else f"\n{indent}{' ' * left}"
            self.write(f"{indent}{name}{gap}{lines[0]}\n".replace(f"{gap}\n", "\n"))
            self.write("".join(f"{indent}{' ' * left}{line}\n" for line in lines[1:]))


def explained(error: ClickException) -> UsageError:
    """What Typer says of wrong usage, as one of our errors."""
    context = getattr(error, "ctx", None)
    fix = f"用法见 {context.command_path} --help" if context else ""
    return UsageError(_translated(error.format_message(), _FAULTS), fix)


def _translated(message: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, ours in table:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return ours.format(*(_translated(part or "", _VALUES) for part in found.groups()))
    return message
