"""Entries read their own data; places say where; verdicts come from results alone."""

from datetime import date

import pytest

from gbtool.model.checklist import Judgement
from gbtool.model.client import Client
from gbtool.model.condition import holds, names, unanswered
from gbtool.model.entry import Entry, EntryKind, Signature, as_date
from gbtool.model.finding import Finding, Report, Result, Severity, Status, Verdict
from gbtool.model.place import Place

RECORD = Entry(
    EntryKind.RECORD,
    "A-1",
    "2026-05-20",
    data={
        "head": {"日期": "2026-05-20"},
        "rows": [{"姓名": "甲"}, "x"],
        "foot": None,
        "sign": [{"role": "批准", "name": "乙"}],
    },
)


def test_an_entry_reads_its_parts() -> None:
    assert RECORD.day == date(2026, 5, 20)
    assert RECORD.get("foot") is None
    assert RECORD.text("note") == ""
    assert RECORD.mapping("foot") == {}
    assert RECORD.rows() == ({"姓名": "甲"},)
    assert RECORD.rows("head") == ()
    assert RECORD.signatures == (Signature("批准", "乙", ""),)
    assert list(RECORD.values("姓名")) == [("第1行", "甲")]
    assert list(RECORD.values("日期")) == [("head", "2026-05-20")]


@pytest.mark.parametrize("text", ["", None, "2026-02-30", "明天"])
def test_what_is_no_date_is_none(text: object) -> None:
    assert as_date(text) is None


def test_a_place_reads_as_file_line_and_item() -> None:
    assert [str(Place("a")), str(Place("a", 3)), str(Place("a", 3, "b")), str(Place("a", None, "b"))] == [
        "a",
        "a:3",
        "a:3 b",
        "a b",
    ]


def test_conditions_hold_when_every_term_does() -> None:
    facts = {"a": True, "b": False, "c": None}
    assert holds(("a", "b|a"), facts)
    assert not holds(("b", "a"), facts)
    assert holds((), facts)
    assert names(("a|b", "c")) == ("a", "b", "c")
    assert unanswered(("a|c", "c|b", "d"), facts) == ("c", "d")


def test_judgements_are_read_from_words_and_marks() -> None:
    assert Judgement.read("√") is Judgement.CONFORMS
    assert Judgement.read(" 一般不符合 ") is Judgement.MINOR
    assert Judgement.read("好") is None
    assert [each.mark for each in Judgement] == ["√", "○", "×", "△", "不适用"]


def test_a_client_reads_posts_and_departments() -> None:
    rows = [{"部门": "技术中心", "负责人": "甲", "职能": "rd, it", "人数": 3}, {"部门": "综合部", "人数": "多"}]
    client = Client({"departments": rows, "top_manager": "周屿川,总经理", "established_date": "2012-06-18"}, {}, {})
    found = client.department_of("it")
    assert found
    assert (found.name, found.size, client.departments[1].size) == ("技术中心", 3, None)
    assert client.department_of("hr") is None
    post = client.post("top_manager")
    assert post
    assert (post.name, post.title) == ("周屿川", "总经理")
    assert client.post("management_rep") is None
    assert client.date("established_date") == date(2012, 6, 18)
    assert client.date("manual_issue_date") is None
    assert client.rows("top_manager") == ()
    assert client["top_manager"] == "周屿川,总经理"


def report(*results: tuple[Status, bool]) -> Report:
    """A report of rules with these outcomes."""
    found = tuple(Result("r", "", status, 1, blocks=blocks) for status, blocks in results)
    return Report("c", "g", date(2026, 1, 1), found)


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ([], Verdict.NOT_ASSESSED),
        ([(Status.NOT_APPLICABLE, True)], Verdict.NOT_ASSESSED),
        ([(Status.PASSED, True)], Verdict.READY),
        ([(Status.PASSED, True), (Status.NOT_APPLICABLE, True)], Verdict.READY),
        ([(Status.PASSED, True), (Status.NOT_ASSESSED, True)], Verdict.NOT_ASSESSED),
        ([(Status.NOT_ASSESSED, True), (Status.FAILED, True)], Verdict.NOT_READY),
        ([(Status.PASSED, True), (Status.FAILED, False)], Verdict.READY),
    ],
)
def test_the_verdict_comes_from_the_results(results: list[tuple[Status, bool]], verdict: Verdict) -> None:
    assert report(*results).verdict is verdict
    assert verdict.word in ("就绪", "未就绪", "未评估")


def test_a_finding_names_both_places() -> None:
    assert Finding("r", Severity.ERROR, "m", ("a", "b")).place == "a ↔ b"
