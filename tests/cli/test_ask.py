"""Questions at the terminal."""

from collections.abc import Callable, Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from gbtool.cli import ask

DOWN = "\x1b[B"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_nobody_is_asked_without_a_terminal() -> None:
    assert not ask.possible()


def test_a_line_is_taken_without_spaces_around(keys: PipeInput) -> None:
    keys.send_text(" 岚湾 \r")
    assert ask.line("简称？") == "岚湾"


def test_a_wrong_line_is_asked_again(keys: PipeInput) -> None:
    keys.send_text("ab\r\x7f\x7fAB\r")
    assert ask.line("代号？", lambda text: None if text.isupper() else "要大写") == "AB"


def test_an_empty_line_is_never_wrong(keys: PipeInput) -> None:
    keys.send_text("\r")
    assert ask.line("代号？", lambda _: "错") == ""


def test_known_words_are_offered(keys: PipeInput) -> None:
    keys.send_text("梁若溪\r")
    assert ask.line("谁？", None, ["梁若溪", "方可宁"]) == "梁若溪"


def test_one_of_some_is_chosen(keys: PipeInput) -> None:
    keys.send_text(f"{DOWN}\r")
    assert ask.one("版本？", [("2023", 1), ("2013", 2)]) == 2


def test_several_are_chosen(keys: PipeInput) -> None:
    keys.send_text(f" {DOWN}{DOWN} \r")
    assert ask.several("体系？", [("甲", "a"), ("乙", "b"), ("丙", "c")]) == ["a", "c"]


def test_yes_and_no(keys: PipeInput) -> None:
    keys.send_text("\r")
    assert ask.sure("继续？")
    keys.send_text(f"{DOWN}\r")
    assert not ask.sure("继续？")


def a_line() -> object:
    return ask.line("？")


def several() -> object:
    return ask.several("？", [("甲", 1)])


def yes() -> object:
    return ask.sure("？")


@pytest.mark.parametrize("asked", [a_line, several, yes])
def test_ctrl_c_is_no_answer(keys: PipeInput, asked: Callable[[], object]) -> None:
    keys.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        asked()
