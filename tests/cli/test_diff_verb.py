"""How edits and conflicts are shown: by generate, by diff, for people and for scripts."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import edited
from edited import opened
from engagement import EXAMPLES
from gbtool.cli.app import app

REWARD = "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
LONG = "她补充一句很长的话" * 20


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """The manufacturer with one system, made."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    assert run(tmp_path, "generate", "sys-reward").exit_code == 0
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    """A command on a fixed day."""
    return CliRunner().invoke(app, [*words, "-C", str(folder), "--on", "2026-05-15"])


def worked_on(folder: Path) -> None:
    """She changes an amount and adds to a paragraph, and the client's answer changes."""
    path, answers = folder / REWARD, folder / "client.yaml"
    hand = opened(path.read_bytes())
    edited.write(hand.paragraph("6000元/件"), "9000元/件")
    edited.append(next(p for p in hand.paragraphs if len(edited.text(p)) > 60), LONG)
    edited.embolden(hand.paragraphs[-1])
    path.write_bytes(hand.saved())
    text = answers.read_text("utf-8").replace("6000元/件", "8000元/件").replace("2000元/件", "2500元/件")
    answers.write_text(text, "utf-8")


def test_generate_shows_conflicts_with_all_texts_and_how_to_settle_them(client: Path) -> None:
    worked_on(client)
    shown = run(client, "generate", "sys-reward")
    assert shown.exit_code == 0
    for words in (
        "有冲突，保留手改",
        "原来：6000元/件",
        "文件：9000元/件",
        "新稿：8000元/件",
        "输出/新稿/制度",
        "输出/旧稿/",
    ):
        assert words in shown.stdout
    assert "gbtool generate sys-reward --take theirs" in shown.stdout
    assert "2500元/件" not in shown.stdout
    assert "手工改过，保留" in run(client, "generate", "sys-reward", "--take", "theirs").stdout


def test_generate_gives_conflicts_to_scripts(client: Path) -> None:
    worked_on(client)
    (row,) = json.loads(run(client, "generate", "sys-reward", "--json").stdout)["documents"]
    assert row["outcome"] == "conflict"
    assert [each["theirs"] for each in row["conflicts"]] == ["9000元/件"]
    assert row["copy"].startswith("输出/旧稿/2026-05-15/")
    assert row["beside"].startswith("输出/新稿/")


def test_many_conflicts_are_cut_short_in_generate(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_on(client)
    monkeypatch.setattr("gbtool.cli.documents.edits._MOST", 0)
    shown = run(client, "generate", "sys-reward")
    assert "共 1 处，全部见 gbtool diff sys-reward" in shown.stdout
    assert "都在 输出/旧稿/" in shown.stdout


def test_diff_lists_documents_and_shows_each_passage(client: Path) -> None:
    assert "没有手改过的文件" in run(client, "diff").stdout
    assert "没有手改过的地方" in run(client, "diff", "sys-reward").stdout
    worked_on(client)
    listed = run(client, "diff")
    assert listed.exit_code == 1
    assert "手改过的文件 1 份" in listed.stdout
    shown = run(client, "diff", "sys-reward")
    assert shown.exit_code == 1
    for words in ("手改　", "（格式）", "新稿改　", "冲突　", "新稿：2500元/件", "文件：……", "--take ours"):
        assert words in shown.stdout
    (row,) = json.loads(run(client, "diff", "sys-reward", "--json").stdout)["documents"]
    assert {each["side"] for each in row["differences"]} == {"theirs", "ours", "conflict"}


def test_diff_says_where_only_the_layout_changed_and_why_nothing_can_be_compared(client: Path) -> None:
    path = client / REWARD
    hand = opened(path.read_bytes())
    run_ = next(hand.paragraphs[6].iter(f"{edited.W}r"))
    run_.insert(0, run_.makeelement(f"{edited.W}br", {f"{edited.W}type": "page"}))
    path.write_bytes(hand.saved())
    assert "只改过版面" in run(client, "diff", "sys-reward").stdout
    path.write_bytes(b"locked")
    shown = run(client, "diff", "sys-reward")
    assert shown.exit_code == 0
    assert "打不开" in shown.stdout
    assert "打不开" in run(client, "generate", "sys-reward").stdout


def test_a_side_without_documents_is_wrong_usage(client: Path) -> None:
    assert run(client, "generate", "--take", "ours").exit_code == 2
