"""One filled form: checked against the form, kept under the next number, entered today whenever it happened."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.filling import Filled, draft, form
from gbtool.commands.ledger.listing import listed
from gbtool.commands.ledger.record import from_file, keep, next_id
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, UsageError, WrongValues
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import Entry, Signature
from gbtool.store import documents
from gbtool.store.database import Action, open_ledger
from gbtool.store.documents import Signing

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 8, 28)
FORM = "rec-reward"


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, tmp_path)
    return workspace(tmp_path)


def filled(day: str = "2026-07-31", **values: object) -> Filled:
    rows = ({"受奖人": "韩泊舟", "金额": "680"},)
    return Filled(day, {"类型": "发明", **values}, rows, (Signature("批准", "周屿川", "2026-07-31"),))


def add(work: Workspace, given: Filled, today: date = TODAY) -> Entry:
    specification = form(work, FORM)
    return keep(work, specification, draft(specification, given, today), today, "杜星野")


def faults(work: Workspace, given: Filled) -> list[str]:
    with pytest.raises(WrongValues) as caught:
        draft(form(work, FORM), given, TODAY)
    assert caught.value.exit_code == 2
    return [str(each) for each in caught.value.complaints]


def test_a_late_record_shows_when_it_happened_and_when_it_was_entered(work: Workspace) -> None:
    kept = add(work, filled())
    assert (kept.id, kept.date, kept.entered) == ("LW-IPM-JL-07-10-001", "2026-07-31", "2026-08-28")
    assert listed(work) == (kept,)


def test_nothing_is_filled_in_that_was_not_given(work: Workspace) -> None:
    kept = add(work, Filled("2026-08-28", {}))
    assert set(kept.data) == {"number", "title"}


def test_head_rows_and_signatures_stand_in_their_places(work: Workspace) -> None:
    data = add(work, filled()).data
    assert data["head"] == {"类型": "发明"}
    assert data["rows"] == [{"受奖人": "韩泊舟", "金额": "680"}]
    assert data["sign"] == [{"role": "批准", "name": "周屿川", "date": "2026-07-31"}]


def test_a_field_of_the_foot_goes_into_the_foot(work: Workspace) -> None:
    specification = form(work, "rec-launch-review")
    entry = draft(specification, Filled("2026-08-01", {"结论": "调整后上市"}), TODAY)
    assert entry.data == {"foot": {"结论": "调整后上市"}}


def test_the_form_that_is_in_force_gives_version_and_effective_day(work: Workspace) -> None:
    made = Document(FORM, DocumentKind.RECORD, "LW-IPM-JL-07-10", "奖励", "A/0", "x.docx", "1", "1", "2023")
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(TODAY, "", "x")) as change,
    ):
        documents.save(change, [made])
        documents.sign(change, {FORM: Signing(issued="2026-05-15", effective="2026-05-18")})
    kept = add(work, filled())
    assert (kept.text("version"), kept.text("effective")) == ("A/0", "2026-05-18")


def test_numbers_go_on_from_the_highest(work: Workspace) -> None:
    assert [add(work, filled()).id[-3:] for _ in range(2)] == ["001", "002"]
    assert next_id("JL-1", ["JL-1-001", "JL-1-007", "JL-10-009", "JL-1-x", "JL-1-2-300"]) == "JL-1-008"
    assert next_id("JL-1", ["JL-1-999"]) == "JL-1-1000"


def test_odd_texts_go_through_exactly(work: Workspace) -> None:
    odd = "& < \" ' {{ x }} ../ =cmd \U00020bb7"
    assert add(work, filled(项目名称=odd)).mapping("head")["项目名称"] == odd


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (filled(""), "--date：“”应当写成日期"),
        (filled("2026-02-30"), "--date：2026-02-30 这一天不存在"),
        (filled("2026-08-29"), "--date：2026-08-29 在今天（2026-08-28）以后，还没有发生"),
        (filled(项目名="x"), "--set：表单没有字段“项目名”，是不是想写“项目名称”？"),
        (filled(授权公告日="昨天"), "--set：“授权公告日”“昨天”应当写成日期"),
        (Filled("2026-08-01", {}, ({"受奖人": "x"}, {"金钱": "1"})), "--row 第2行：表单没有字段“金钱”"),
        (Filled("2026-08-01", {}, ({"金额": "很多"},)), "--row 第1行：“金额”“很多”应当是数字"),
        (Filled("2026-08-01", {}, (), (Signature("批谁", "x", ""),)), "--sign：签名栏没有“批谁”"),
        (Filled("2026-08-01", {}, (), (Signature("批准", "x", "2026-09-01"),)), "--sign 批准：2026-09-01 在今天"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(work: Workspace, given: Filled, said: str) -> None:
    found = faults(work, given)
    assert any(said in each for each in found), found


def test_all_wrong_values_are_said_at_once(work: Workspace) -> None:
    assert len(faults(work, Filled("x", {"甲": "1", "乙": "2"}))) == 3


def test_an_unknown_form_gets_a_guess(work: Workspace) -> None:
    with pytest.raises(UsageError, match="rec-reward") as caught:
        form(work, "rec-rewrd")
    assert caught.value.exit_code == 2


def test_a_document_without_fields_is_no_form(work: Workspace) -> None:
    with pytest.raises(UsageError, match="没有表单“ip-manual”"):
        form(work, "ip-manual")


def test_a_client_without_a_code_has_no_numbers(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\nstandard_edition: '2023'\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="company_code"):
        add(workspace(tmp_path), filled())
    assert not (tmp_path / "ledger.db").exists()


def test_a_record_may_come_from_a_file(work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "一条.yaml"
    path.write_text("date: 2026-08-01\nhead: {类型: 外观设计}\nnote: 补记\n", encoding="utf-8")
    specification = form(work, FORM)
    kept = keep(work, specification, from_file(path, specification, TODAY), TODAY, "")
    assert (kept.id, kept.date, kept.entered) == ("LW-IPM-JL-07-10-001", "2026-08-01", "2026-08-28")
    assert kept.text("note") == "补记"
