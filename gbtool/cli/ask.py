"""Questions at the terminal; nothing asks when there is none, and Ctrl-C is never an answer."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

_T = TypeVar("_T")
Check = Callable[[str], str | None]
LATER = "以后再答"


def possible() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def line(question: str, check: Check | None = None, words: Sequence[str] = ()) -> str:
    """A line of text; a wrong one is refused at once with the reason; `words` are offered while typing."""
    import questionary

    def fits(text: str) -> bool | str:
        return (check(text) if check and text.strip() else None) or True

    if words:
        asked = questionary.autocomplete(question, list(words), validate=fits, qmark="?", match_middle=True)
    else:
        asked = questionary.text(question, validate=fits, qmark="?")
    return cast("str", asked.unsafe_ask()).strip()


def secret(question: str) -> str:
    """A line that is not shown while it is typed."""
    import questionary

    return cast("str", questionary.password(question, qmark="?").unsafe_ask())


def one(question: str, choices: Sequence[tuple[str, _T]]) -> _T:
    """One of some choices, each with its words."""
    import questionary

    options = [questionary.Choice(words, value=number) for number, (words, _) in enumerate(choices)]
    asked = questionary.select(question, options, qmark="?", instruction="（方向键选，回车定）")
    return choices[int(asked.unsafe_ask())][1]


def several(question: str, choices: Sequence[tuple[str, _T]]) -> list[_T]:
    """Any of some choices."""
    import questionary

    options = [questionary.Choice(words, value=number) for number, (words, _) in enumerate(choices)]
    asked = questionary.checkbox(question, options, qmark="?", instruction="（空格选，回车定，可多选）")
    return [choices[number][1] for number in asked.unsafe_ask()]


def sure(question: str) -> bool:
    """Whether to go on."""
    return one(question, [("是", True), ("否", False)])
