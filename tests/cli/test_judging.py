from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from gbtool.cli.judging import judged
from gbtool.model.checklist import Judgement
from gbtool.rules.audits import FACT, JUDGED, QUESTION

ROWS = tuple({"序号": str(n), QUESTION: f"第{n}问：合同审了吗？", "审核方法": ["询问"], JUDGED: ""} for n in (1, 2, 3))


def words(rows: Iterator[Any] | Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(row.get(JUDGED)), str(row.get(FACT, ""))) for row in rows]


def test_every_row_is_asked_and_a_weak_fact_is_asked_again(typed: list[Any]) -> None:
    typed += ["√", "经询问，已明确", "", "韩泊舟，合同7份", "△", "本期没有发生", "不适用", "没有采购"]
    found = judged(ROWS, frozenset({"韩泊舟"}))
    expected = [("符合", "韩泊舟，合同7份"), ("观察项", "本期没有发生"), ("不适用", "没有采购")]
    assert words(found) == expected


def test_what_does_not_conform_is_asked_for_statement_and_document(typed: list[Any]) -> None:
    typed += ["○", "2份没有审", "合同2份签后才审", "CX-10 第5.2款", "停下"]
    found = judged(ROWS, frozenset())
    assert found[0]["不符合事实"] == "合同2份签后才审"
    assert found[0]["依据文件"] == "CX-10 第5.2款"
    assert [row[JUDGED] for row in found] == [Judgement.MINOR.value, "", ""]


def test_ctrl_c_keeps_what_was_answered(typed: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["√", "韩泊舟，合同7份", "√", KeyboardInterrupt]
    found = judged(ROWS, frozenset({"韩泊舟"}))
    assert [bool(row[JUDGED]) for row in found] == [True, False, False]
    assert "还有 2 行，下次接着答" in capsys.readouterr().out


def test_rows_that_are_judged_are_not_asked_again(typed: list[Any]) -> None:
    done = [{**row, JUDGED: "符合", FACT: "合同7份"} for row in ROWS]
    assert judged(done, frozenset()) == done
    assert typed == []
