"""Questions, scoring and indicators from shelves: the nearest wins, faults are told with their place."""

from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.shelf import diagnosis
from gbtool.shelf.shelves import Shelf, Shelves, shelves_of

SHIPPED = shelves_of(None, None)
QUESTION = """\
dimension: 保密
questions:
  - id: DQ-42
    question: 秘密在哪里？
    ask: [ip]
    evidence: [清单]
    anchors: {'0': 说不清, '2': 口头知道, '4': 齐全}
    weight: 2
    clauses: {'2023': [operation.basic.tradesecret], '2013': []}
    documents: []
"""


def shelves(folder: Path, files: dict[str, str]) -> Shelves:
    """A firm's shelf with these files before the shipped one."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Shelves((Shelf("机构", folder), *SHIPPED.shelves))


def test_a_firm_asks_its_own_questions_of_a_dimension(tmp_path: Path) -> None:
    own = shelves(tmp_path, {"checklists/diagnosis/questions/k-secrecy.yaml": QUESTION})
    found = diagnosis.scheme(own)
    assert [probe.id for probe in found.probes if probe.dimension == "保密"] == ["DQ-42"]
    assert len(found.probes) == 57


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("id: DQ-42", "id: DQ-01"), "DQ-01 写了两次"),
        (("weight: 2", "weight: 0"), "DQ-42 的权重应当是正整数"),
        (("'2': 口头知道, ", ""), "DQ-42 没有写 2 分的样子"),
        (("ask: [ip]", "asked: [ip]"), "不认识“asked”"),
    ],
)
def test_a_question_that_does_not_fit_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    own = shelves(tmp_path, {"checklists/diagnosis/questions/k-secrecy.yaml": QUESTION.replace(*change)})
    with pytest.raises(FileFaults, match=said):
        diagnosis.scheme(own)


def test_levels_begin_at_nought(tmp_path: Path) -> None:
    text = "scale: {}\nrules: []\nlevels: [{min: 10, name: 起步, advice: 先做}]\nmethod: []\n"
    with pytest.raises(FileFaults, match="没有从 0 分起的等级"):
        diagnosis.scheme(shelves(tmp_path, {"checklists/diagnosis/scoring.yaml": text}))


def test_indicators_stand_once(tmp_path: Path) -> None:
    shipped = SHIPPED.find(diagnosis.INDICATORS)
    assert shipped
    text = shipped[1].read_text(encoding="utf-8").replace("id: EI-02", "id: EI-01")
    with pytest.raises(FileFaults, match="EI-01 写了两次"):
        diagnosis.indicators(shelves(tmp_path, {diagnosis.INDICATORS: text}))


def test_without_any_shelf_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="找不到文件"):
        diagnosis.indicators(Shelves((Shelf("空", tmp_path),)))
