"""gbtool.yaml: the firm's name and its thresholds, each with a reason; the folders of its clients."""

from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.firm import Firm
from gbtool.shelf.firms import clients_below, firm


def written(folder: Path, text: str) -> Path:
    """A firm's folder."""
    (folder / "gbtool.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_firm_says_its_names_and_thresholds(tmp_path: Path) -> None:
    text = (
        "name: 渝知辅导\nalso: [渝知咨询, '']\nportfolio: {x: 1}\nlikeness:\n"
        "  template: {most: 60%, reason: 本机构要求}\n  facts: {least: '5', reason: 多写事实}\n  copied:\n"
    )
    found = firm(written(tmp_path, text))
    assert (found.name, found.also) == ("渝知辅导", ("渝知咨询",))
    assert {name: limit.value for name, limit in found.likeness.items()} == {"template": 0.6, "facts": 5.0}
    assert str(found.likeness["template"].place) == "gbtool.yaml:5"


def test_no_firm_and_an_empty_file_say_nothing(tmp_path: Path) -> None:
    assert firm(None) == Firm()
    assert firm(written(tmp_path, "")) == Firm()
    assert firm(written(tmp_path, "also: 渝知\n")).also == ("渝知",)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("template: {most: 0.6}", "没有写理由"),
        ("template: {most: 很多, reason: x}", "不是数"),
        ("template: {most: 3, reason: x}", "不是数"),
        ("facts: {least: -1, reason: x}", "不是数"),
        ("facts: {reason: x}", "缺 most"),
    ],
)
def test_a_threshold_without_number_or_reason_is_refused(line: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=word):
        firm(written(tmp_path, f"name: x\nlikeness:\n  {line}\n"))


def test_a_folder_that_cannot_be_read_has_no_clients(tmp_path: Path) -> None:
    assert clients_below(tmp_path / "无") == ()
