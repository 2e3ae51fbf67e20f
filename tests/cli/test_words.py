"""Typer's own words in Chinese."""

from hypothesis import given, strategies as st
from typer._click.exceptions import BadParameter, ClickException

from gbtool.cli.words import Formatter, explained, fold, width


def test_a_chinese_sign_takes_two_columns() -> None:
    assert width("台账 ledger，") == 13


@given(st.text("台账，。 abc-", max_size=60), st.integers(8, 40))
def test_folding_loses_nothing_and_keeps_the_width(text: str, columns: int) -> None:
    lines = fold(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line) <= columns or " " not in line


def test_a_line_never_begins_with_a_full_stop() -> None:
    assert fold("查条款编号。", 10) == ["查条款编", "号。"]
    assert fold("（甲）“乙”", 6) == ["（甲）", "“乙”"]


def test_an_unknown_complaint_stays_as_it_is() -> None:
    error = explained(ClickException("Something new"))
    assert (error.message, error.fix, error.exit_code) == ("Something new", "", 2)


def test_a_wrong_value_says_which_and_why() -> None:
    assert explained(BadParameter("'x' is not a valid integer.", param_hint="'--port'")).message == (
        "--port 的值不对：“x”不是数字"
    )
    for said, ours in (("1<=x<=64", "0 不在 1 到 64 之间"), ("x>=1", "0 小于 1")):
        error = BadParameter(f"0 is not in the range {said}.", param_hint="'--port'")
        assert explained(error).message == f"--port 的值不对：{ours}"


def test_long_names_get_a_line_of_their_own() -> None:
    formatter = Formatter(width=60)
    formatter.write_dl([("-x", "短"), ("--a-very-long-name-of-an-option 值值值值", "长"), ("-y", "")])
    assert formatter.getvalue().splitlines() == [
        f"-x{' ' * 30}短",
        "--a-very-long-name-of-an-option 值值值值",
        f"{' ' * 32}长",
        "-y",
    ]
