"""What the user sees."""

import json
import re
from pathlib import Path

import pytest

from gbtool.cli import show
from gbtool.cli.words import width
from gbtool.errors import Complaint, FileFaults, NotAClientFolder

ROWS = [("8.3.2", "研究开发 & <b>[red]x[/red]", "operation.business.rd"), ("9", "绩效评价" * 12, None)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "interactive", lambda _: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_in_a_pipe_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    show.table(("编号", "标题", "键"), ROWS, title="条款")
    title, head, *lines = capsys.readouterr().out.splitlines()
    assert title == "条款"
    assert head.startswith("编号   标题")
    assert len(lines) == 2
    assert lines[0].startswith("8.3.2  研究开发 & <b>[red]x[/red]  ")
    assert lines[1].endswith("绩效评价")


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_a_table_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show.table(("编号", "标题", "键"), ROWS)
    out = capsys.readouterr().out
    lines = [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in out.splitlines()]
    assert max(width(line.split("\x1b")[0]) for line in lines) <= 80
    assert "[red]x[/red]" in out
    assert out.count("绩效评价") >= 10


@pytest.mark.usefixtures("terminal")
def test_a_table_that_fits_looks_the_same_without_rich(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, marks = ("编号", "名称（“新”）", "结果"), re.compile(r"\x1b\[\d*m")
    for rows in ([("LW-01", "奖励制度…", "没有变化"), ("", "[b]a&b—·×", None)], [("", "", "")], []):
        show.table(columns, rows)
        straight = capsys.readouterr().out
        assert straight.startswith("\x1b[1m编号")
        with monkeypatch.context() as patch:
            patch.setattr(show, "_straight", lambda *_: False)
            show.table(columns, rows)
        assert marks.sub("", straight) == marks.sub("", capsys.readouterr().out)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("cell", ["宽" * 41, "两\n行", "👩‍🔬", "e\u0301"])
def test_rich_lays_out_what_does_not_fit_or_is_unusual(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(show, "_drawn", lambda *given: drawn.append(given))
    show.table(("名",), [(cell,)])
    assert len(drawn) == 1


@pytest.mark.usefixtures("terminal")
def test_no_colour_means_no_colour(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    show.done("好了")
    assert "\x1b[32m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    show.done("好了")
    assert capsys.readouterr().out == "好了\n"


def test_json_is_one_value_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    show.json({"标题": "𠮷 & <", "行": [1, None, True]})
    out = capsys.readouterr().out
    assert json.loads(out) == {"标题": "𠮷 & <", "行": [1, None, True]}
    assert "标题" in out


def test_every_complaint_has_its_place_and_its_fix(capsys: pytest.CaptureFixture[str]) -> None:
    show.error(FileFaults([Complaint("client.yaml:12", "不认识“x”", "删掉它"), Complaint("", "没有", "")]))
    show.error(NotAClientFolder("甲"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[:3] == ["错误：client.yaml:12：不认识“x”", "      删掉它", "错误：没有"]


@pytest.mark.usefixtures("terminal")
def test_a_long_complaint_is_folded_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show.error(FileFaults([Complaint("client.yaml:12", "很长的话，" * 20, "怎么办，" * 20), Complaint("", "短", "")]))
    lines = capsys.readouterr().err.replace("\x1b[31m", "").replace("\x1b[0m", "").splitlines()
    assert max(width(line) for line in lines) <= 80
    assert len(lines) > 4


def test_signs_that_steer_a_terminal_are_not_passed_on(capsys: pytest.CaptureFixture[str]) -> None:
    show.text("岚湾\x1b[2J\x07")
    show.table(("名",), [("岚\x1b]0;x\x07湾",)])
    assert "\x1b" not in capsys.readouterr().out


def test_pairs_leave_out_what_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    show.pairs([("标准", "GB/T 29490"), ("缺口", ""), ("运行期", "第 3 天")])
    assert capsys.readouterr().out == "标准    GB/T 29490\n运行期  第 3 天\n"
    show.pairs([])
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("terminal")
def test_pairs_are_folded_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show.pairs([("标准", "企业知识产权合规管理体系" * 5)])
    lines = capsys.readouterr().out.splitlines()
    assert max(width(line) for line in lines) <= 80
    assert lines[1].startswith(" " * 6)


def test_a_folder_is_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    show.tree("岚湾/", [("client.yaml", "企业情况"), ("文件/", "")])
    assert capsys.readouterr().out.splitlines() == ["岚湾/", "├── client.yaml  企业情况", "└── 文件/"]


def test_the_next_command_may_have_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    show.next_step("gbtool status")
    show.next_step("gbtool status", "看进度")
    assert capsys.readouterr().out == "下一步：gbtool status\n下一步：gbtool status（看进度）\n"


def test_no_bar_is_drawn_in_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(show, "_PATIENCE", -1)
    with show.progress("生成", 2) as step:
        step()
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("terminal")
def test_a_bar_appears_after_a_second(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with show.progress("生成文件", 3) as step:
        monkeypatch.setattr(show, "_PATIENCE", 3600)
        step()
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(show, "_PATIENCE", -1)
        step()
        step()
    assert "生成文件" in capsys.readouterr().err


def test_silence_sends_the_rest_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        show.silence()
        stream.write("没人读")
    assert (tmp_path / "out").read_text(encoding="utf-8") == ""
