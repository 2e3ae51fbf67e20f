"""How a standard says audit, review and posts, and what it does not have."""

from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.standards.words import USUAL, Words
from gbtool.shelf import standards
from gbtool.shelf.shelves import shelves_of

OWN = Words({"内审": "检查监督", "内审员": "检查人员", "审核": "检查", "管理者代表": None}, {"审核方法": "怎么查"})


def test_a_word_is_the_standard_s_own_or_the_usual_one() -> None:
    assert (OWN["内审"], OWN["管理评审"], Words()["内审"]) == ("检查监督", "管理评审", "内审")
    assert OWN.said("{内审}在先，{管理评审}在后；{contract.submit}") == "检查监督在先，管理评审在后；{contract.submit}"
    assert tuple(OWN) == USUAL
    with pytest.raises(KeyError):
        OWN["生产"]


def test_a_post_that_a_standard_lacks_is_not_named() -> None:
    assert not OWN.has("管理者代表")
    assert OWN.either("管理者代表", "最高管理者") == "最高管理者"
    assert OWN.either("管理者代表") == "管理者代表"
    assert Words().either("管理者代表", "最高管理者") == "管理者代表"


def test_fields_of_forms_follow_the_words_but_a_signature_of_any_document_stays() -> None:
    told = {name: OWN.label(name) for name in ("受审核部门", "内审员", "审核", "批准", "审核方法", "管理者代表意见")}
    assert told == {
        "受审核部门": "受检查部门",
        "内审员": "检查人员",
        "审核": "审核",
        "批准": "批准",
        "审核方法": "怎么查",
        "管理者代表意见": "管理者代表意见",
    }
    assert Words().label("内审员") == "内审员"


def test_a_word_that_no_text_asks_for_is_a_complaint(tmp_path: Path) -> None:
    folder = tmp_path / "checklists" / "own" / "1"
    folder.mkdir(parents=True)
    head = "key: own\ncode: T 1-2030\ntitle: t\nin_force_from: '2030-01-01'\nstatus: s\nconfidence: low\nsystem: 体系\n"
    (folder / "standard.yaml").write_text(head + "terms: {内部审查: 检查, 管理者代表: null}\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="没有通用的词“内部审查”，是不是想写“内部审核”"):
        standards.heads(shelves_of(None, tmp_path))
    (folder / "standard.yaml").write_text(head + "terms: {管理者代表: null}\n", encoding="utf-8")
    (own,) = (each for each in standards.heads(shelves_of(None, tmp_path)) if each.key == "own")
    assert not own.words.has("管理者代表")
