"""Each file of the import format: what it becomes, and every way in which it may be wrong, with its line."""

from datetime import date
from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.document import DocumentKind, Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.shelf.ledger_files import read_entries
from gbtool.shelf.records import one_record

TODAY = date(2026, 9, 22)
FIELDS = Fields(
    head=(Field("申请日期", "date"), Field("类型", "choice", ("发明", "外观"))),
    columns=(Field("受奖人", "person"), Field("金额", "money")),
    foot=(Field("结论"),),
    sign=("申请人", "批准"),
)


def specification(id_: str, fields: Fields = FIELDS) -> Specification:
    kind = DocumentKind.RECORD
    return Specification(id_, kind, id_, "JL", "client", "", {}, "ip", "", ("2023",), "monthly", "3y", fields=fields)


KNOWN = {id_: specification(id_) for id_ in ("rec-reward", "ip-manual", "appt-mr")}
RECORD = """\
form: rec-reward
number: LW-IPM-JL-07-10
version: A/0
effective: '2026-05-18'
records:
- id: LW-001
  date: '2026-06-09'
  entered: 2026-06-10
  head: {申请日期: 2026-06-09, 类型: 发明}
  rows:
  - {受奖人: "=cmd|'/c'!A1", 金额: 680}
  foot:
    结论: '& < "'' {{ x }} ../ \U00020bb7'
  sign:
  - {role: 批准, name: 周屿川, date: 2026-06-09}
  note: 更正一次
"""


def read(folder: Path, text: str, name: str = "records/x.yaml") -> list[Entry]:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_entries(path, name, KNOWN, TODAY)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        read(folder, text)
    assert caught.value.exit_code == 3
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_record_is_taken_exactly(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, RECORD)
    assert (entry.kind, entry.id, entry.date, entry.entered, entry.form) == (
        EntryKind.RECORD,
        "LW-001",
        "2026-06-09",
        "2026-06-10",
        "rec-reward",
    )
    assert entry.place == Place("records/x.yaml", 6, "LW-001")
    assert entry.data == {
        "number": "LW-IPM-JL-07-10",
        "version": "A/0",
        "effective": "2026-05-18",
        "head": {"申请日期": "2026-06-09", "类型": "发明"},
        "rows": [{"受奖人": "=cmd|'/c'!A1", "金额": "680"}],
        "foot": {"结论": "& < \"' {{ x }} ../ \U00020bb7"},
        "sign": [{"role": "批准", "name": "周屿川", "date": "2026-06-09"}],
        "note": "更正一次",
    }


def test_a_record_without_its_day_of_entry_is_given_none(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, RECORD.replace("  entered: 2026-06-10\n", ""))
    assert entry.entered == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("form: rec-reward", "form: rec-rewrd", "x.yaml:1：没有表单“rec-rewrd”，是不是想写“rec-reward”？"),
        ("version: A/0", "versoin: A/0", "x.yaml:3：不认识“versoin”，是不是想写“version”？"),
        ("number: LW-IPM-JL-07-10", "form: rec-reward", "x.yaml:2：“form”写了两次，第一次在第 1 行"),
        ("effective: '2026-05-18'", "effective: 五月", "x.yaml:4：“五月”应当写成日期"),
        ("- id: LW-001\n  date", "- date", "x.yaml:6：缺“id”"),
        ("date: '2026-06-09'\n  entered", "date: '2026-02-30'\n  entered", "x.yaml:7：2026-02-30 这一天不存在"),
        (
            "date: '2026-06-09'\n  entered",
            "date: '2026-09-23'\n  entered",
            "x.yaml:7：2026-09-23 在今天（2026-09-22）以后",
        ),
        ("entered: 2026-06-10", "entered: [a]", "x.yaml:8：这里应当是一个值"),
        ("类型: 发明", "类型: 发现", "x.yaml:9：“类型”“发现”不在可选之列：发明、外观"),
        ("申请日期: 2026", "申请期: 2026", "x.yaml:9：不认识“申请期”，是不是想写“申请日期”？"),
        ("金额: 680", "金额: 很多", "x.yaml:11：“金额”“很多”应当是数字"),
        ("  rows:\n  - {", "  rows:\n    {", "这里应当是列表"),
        ("role: 批准", "role: 批谁", "x.yaml:15：签名栏没有“批谁”"),
        ("name: 周屿川, date: 2026-06-09", "name: 周屿川, date: 2027-01-01", "x.yaml:15：2027-01-01 在今天"),
        ("  note: 更正一次", "  closed: 2026-13-01", "x.yaml:16：2026-13-01 这一天不存在"),
        ("records:\n", "records: 无\n", "这里应当是列表"),
        ("form: rec-reward", "form: [rec-reward", "不是合法的 YAML"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RECORD
    text = RECORD.replace(old, new, 1) if "records: 无" not in new else RECORD.split("records:", maxsplit=1)[0] + new
    found = faults(tmp_path, text)
    assert any(said in each for each in found), found


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = RECORD.replace("类型: 发明", "类型: 发现").replace("金额: 680", "金额: 很多").replace("A/0", "A/0\ntitl: x")
    assert len(faults(tmp_path, text)) == 3


def test_a_file_in_gb18030_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(RECORD.replace("\U00020bb7", "").encode("gb18030"))
    with pytest.raises(FileFaults, match=r"x\.yaml:9.*GB18030"):
        read_entries(path, "x.yaml", KNOWN, TODAY)


@pytest.mark.parametrize(
    ("text", "said"), [("", "文件是空的"), ("a: 1", "认不出这是什么文件"), ("- a", "认不出这是什么文件")]
)
def test_a_file_that_is_none_of_the_kinds_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in faults(tmp_path, text)[0]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=r"没有\.yaml：读不出文件"):
        read_entries(tmp_path / "没有.yaml", "没有.yaml", KNOWN, TODAY)


# One record of a form


def test_a_file_may_hold_one_record_without_number(tmp_path: Path) -> None:
    path = tmp_path / "一条.yaml"
    path.write_text("date: 2026-06-09\nhead: {类型: 外观}\n", encoding="utf-8")
    entry = one_record(path, "一条.yaml", KNOWN["rec-reward"], TODAY)
    assert (entry.id, entry.date, entry.data) == ("", "2026-06-09", {"head": {"类型": "外观"}})


@pytest.mark.parametrize(
    ("text", "said"), [("", "文件是空的"), ("head: {}", "缺“date”"), ("date: 2027-01-01", "还没有发生")]
)
def test_one_record_that_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "一条.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults, match=said):
        one_record(path, "一条.yaml", KNOWN["rec-reward"], TODAY)


# What did not happen

ABSENT = """\
title: 本期未发生登记
entries:
- form: rec-reward
  title: 奖励
  period: 2026-05-18至2026-09-21
  result: 本期未发生
  confirmed_how: 核对
  confirmed_by: 林疏桐
  confirmed_on: 2026-09-21
- form: rec-reward
  period: 2026-04
  confirmed_how: 核对
  confirmed_by: 林疏桐
  confirmed_on: 2026-09-21
"""


def test_what_did_not_happen_is_taken(tmp_path: Path) -> None:
    first, second = read(tmp_path, ABSENT)
    assert (first.kind, first.id, first.date, first.form) == (
        EntryKind.ABSENT,
        "absent-rec-reward",
        "2026-09-21",
        "rec-reward",
    )
    assert first.text("confirmed_by") == "林疏桐"
    assert second.id == "absent-rec-reward-2"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("period: 2026-04", "period: 四月", "x.yaml:11：period：“四月”应当写成日期"),
        ("  confirmed_by: 林疏桐\n", "", "x.yaml:3：缺“confirmed_by”"),
        ("form: rec-reward", "form: rec-x", "x.yaml:3：没有表单“rec-x”"),
        ("confirmed_on: 2026-09-21", "confirmed_on: 2026-12-21", "还没有发生"),
    ],
)
def test_what_is_wrong_with_an_absence_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert any(said in each for each in faults(tmp_path, ABSENT.replace(old, new, 1)))


# Papers

PAPERS = """\
standard_edition: '2023'
policy: 源于实研
documents:
- id: ip-manual
  version: A/0
  compiled: {name: 梁若溪, date: 2026-05-08}
  issued: '2026-05-15'
  effective: '2026-05-18'
- id: appt-mr
  date: '2026-03-20'
  signed_by: 周屿川
- id: procedures
  issued: '2026-05-15'
before_system:
- {what: 培训, date: 2026-03-24}
- {what: 检索, start: 2025-03-20}
learning_platform:
- {name: 周屿川, credits_done: 2026-09-10}
application: {submitted: 2026-09-22, body: （示例）}
penalties:
  statement: 无行政处罚
  from: '2025-05-18'
  to: '2026-09-22'
  declared_by: 林疏桐
  date: '2026-09-21'
"""


def test_papers_become_entries_of_their_kinds(tmp_path: Path) -> None:
    found = [(e.kind.value, e.id, e.date, e.form, str(e.place)) for e in read(tmp_path, PAPERS, "documents.yaml")]
    assert found == [
        ("paper", "paper-1-ip-manual", "2026-05-15", "ip-manual", "documents.yaml:4 ip-manual"),
        ("paper", "paper-2-appt-mr", "2026-03-20", "appt-mr", "documents.yaml:9 appt-mr"),
        ("paper", "paper-3-procedures", "2026-05-15", "procedures", "documents.yaml:12 procedures"),
        ("before", "before-1", "2026-03-24", "", "documents.yaml:15 before-1"),
        ("before", "before-2", "2025-03-20", "", "documents.yaml:16 before-2"),
        ("credit", "credit-周屿川", "2026-09-10", "", "documents.yaml:18 credit-周屿川"),
        ("declaration", "policy", "", "", "documents.yaml:2 policy"),
        ("declaration", "penalties", "2026-09-21", "", "documents.yaml:21 penalties"),
        ("application", "application", "2026-09-22", "", "documents.yaml:19 application"),
    ]


def test_a_paper_keeps_its_data_as_it_stands(tmp_path: Path) -> None:
    manual = read(tmp_path, PAPERS)[0]
    assert manual.data["compiled"] == {"name": "梁若溪", "date": "2026-05-08"}


def test_penalties_in_bare_words_are_only_words(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "penalties: 没有\n")
    assert (entry.date, entry.data) == ("", {"statement": "没有"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("policy:", "polcy:", "不认识“polcy”，是不是想写“policy”？"),
        ("id: ip-manual", "id: ip-manuel", "x.yaml:4：没有文件“ip-manuel”，是不是想写“ip-manual”？"),
        ("signed_by", "signd_by", "x.yaml:11：不认识“signd_by”，是不是想写“signed_by”？"),
        ("date: 2026-05-08", "date: 2026-05-32", "x.yaml:6：2026-05-32 这一天不存在"),
        ("effective: '2026-05-18'", "effective: 下周", "x.yaml:8：“下周”应当写成日期"),
        ("- id: appt-mr\n", "- number: 1\n", "x.yaml:9：缺“id”"),
        ("submitted: 2026-09-22", "submitted: 2026-10-22", "还没有发生"),
        ("  declared_by: 林疏桐\n", "", "缺“declared_by”"),
        ("what: 培训, ", "", "缺“what”"),
    ],
)
def test_what_is_wrong_with_papers_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PAPERS
    found = faults(tmp_path, PAPERS.replace(old, new, 1))
    assert any(said in each for each in found), found


# Plans and reports of audit and review

PLAN = """\
document: plan-audit
number: LW-IPM-JH-08
approved: {name: 沈知远, date: 2026-08-14}
start: '2026-08-24'
slots:
- {date: 2026-08-24, from: 09:40, department: 质量部}
"""


def test_a_plan_becomes_an_entry_with_the_day_of_its_approval(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, PLAN)
    assert (entry.kind, entry.id, entry.date, entry.form) == (
        EntryKind.AUDIT_PLAN,
        "LW-IPM-JH-08",
        "2026-08-14",
        "plan-audit",
    )
    assert entry.rows("slots")[0]["from"] == "09:40"


def test_a_report_has_the_day_of_its_issue(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "document: report-audit\nnumber: BG-02\nissued: 2026-09-01\napproved: 2026-08-30\n")
    assert (entry.kind, entry.date) == (EntryKind.AUDIT_REPORT, "2026-09-01")


def test_a_plan_without_days_has_none(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "document: plan-review\nnumber: JH-09\napproved: {name: 周屿川}\n")
    assert entry.date == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("document: plan-audit", "document: plan-adit", "不认识 document“plan-adit”，是不是想写“plan-audit”？"),
        ("slots:", "slot:", "x.yaml:5：不认识“slot”，是不是想写“slots”？"),
        ("number: LW-IPM-JH-08\n", "", "缺“number”"),
        ("{date: 2026-08-24", "{date: 2026-08-32", "x.yaml:6：2026-08-32 这一天不存在"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = faults(tmp_path, PLAN.replace(old, new, 1))
    assert any(said in each for each in found), found
