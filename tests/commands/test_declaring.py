"""本期未发生 and declarations: said by a named person, about days that are over, never against a record."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.ledger.declaring import Absence, Penalties, absent, declare_penalties, whole_days
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.ledger.listing import listed, shown
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import Refused, UsageError, WrongValues
from gbtool.model.entry import EntryKind
from gbtool.structs import replace

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 8, 3)
ABSENCE = Absence("rec-whistle", "2026-07", "月末开信箱并查专用邮箱均为零", "林疏桐")
CLEAN = Penalties("林疏桐", "2025-05-18", "2026-08-03")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, tmp_path)
    return workspace(tmp_path)


def test_what_did_not_happen_is_entered_with_how_and_by_whom(work: Workspace) -> None:
    entry = absent(work, ABSENCE, TODAY)
    assert listed(work) == (entry,)
    assert (entry.kind, entry.id, entry.form, entry.date) == (
        EntryKind.ABSENT,
        "absent-rec-whistle",
        "rec-whistle",
        "2026-08-03",
    )
    assert entry.text("period") == "2026-07-01至2026-07-31"
    assert (entry.text("confirmed_by"), entry.text("confirmed_on")) == ("林疏桐", "2026-08-03")


def test_another_period_is_another_entry(work: Workspace) -> None:
    ids = [absent(work, replace(ABSENCE, period=f"2026-0{month}"), TODAY).id for month in (5, 6, 7)]
    assert ids == ["absent-rec-whistle", "absent-rec-whistle-2", "absent-rec-whistle-3"]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2026-02", "2026-02-01至2026-02-28"),
        ("2026-05至2026-06", "2026-05-01至2026-06-30"),
        ("2026-05-18", "2026-05-18至2026-05-18"),
        ("2026-05-18至2026-06-02", "2026-05-18至2026-06-02"),
        ("2026-13", "2026-13至2026-13"),
    ],
)
def test_a_month_is_all_of_its_days(period: str, days: str) -> None:
    assert whole_days(period) == days


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"period": ""}, "--period：不能空着"),
        ({"period": "七月"}, "--period：“七月”应当写成日期"),
        ({"period": "2026-13"}, "--period"),
        ({"period": "2026-08"}, "2026-08-31 在今天（2026-08-03）以后，这段时间还没有过完"),
        ({"period": "2026-07-01至2026-06-01"}, "早于起日"),
        ({"how": " "}, "--how：不能空着"),
        ({"by": ""}, "--by：不能空着"),
        ({"by": "林疏同"}, "--by：人员名册里没有“林疏同”，是不是想写“林疏桐”？"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(work: Workspace, change: dict[str, str], said: str) -> None:
    with pytest.raises(WrongValues) as caught:
        absent(work, replace(ABSENCE, **change), TODAY)
    assert said in str(caught.value)
    assert not work.ledger.exists()


def test_an_unknown_form_gets_a_guess(work: Workspace) -> None:
    with pytest.raises(UsageError, match="rec-whistle"):
        absent(work, replace(ABSENCE, form="rec-whistel"), TODAY)


def test_what_has_a_record_did_happen(work: Workspace) -> None:
    import_folder(work, EXAMPLES / "lanwan" / "records" / "rec-reward.yaml", date(2026, 9, 22))
    with pytest.raises(Refused, match="LW-IPM-JL-07-10-001") as caught:
        absent(work, replace(ABSENCE, form="rec-reward", period="2026-06"), TODAY)
    assert caught.value.exit_code == 1


def test_a_declaration_names_who_and_when(work: Workspace) -> None:
    entry = declare_penalties(work, CLEAN, TODAY)
    assert (entry.kind, entry.id, entry.date) == (EntryKind.DECLARATION, "penalties", "2026-08-03")
    assert entry.data == {
        "statement": "2025-05-18至2026-08-03无知识产权行政处罚",
        "from": "2025-05-18",
        "to": "2026-08-03",
        "declared_by": "林疏桐",
        "date": "2026-08-03",
    }


def test_the_words_may_be_ones_own(work: Workspace) -> None:
    entry = declare_penalties(work, replace(CLEAN, statement="未受处罚", basis="官网查询"), TODAY)
    assert (entry.text("statement"), entry.text("basis")) == ("未受处罚", "官网查询")


def test_a_new_declaration_takes_the_place_of_the_old_which_the_history_keeps(work: Workspace) -> None:
    declare_penalties(work, CLEAN, TODAY)
    declare_penalties(work, replace(CLEAN, to="2026-09-01"), date(2026, 9, 1))
    ((entry, changes),) = shown(work, "penalties")
    assert entry.text("to") == "2026-09-01"
    assert [change.entered for change in changes] == ["2026-08-03", "2026-09-01"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": ""}, "--by：不能空着"),
        ({"by": "某某"}, "人员名册里没有“某某”"),
        ({"to": "2026-08-04"}, "还没有过完"),
        ({"from_": "2025-02-30"}, "2025-02-30 这一天不存在"),
        ({"from_": "2026-09-01"}, "早于起日"),
        ({"from_": ""}, "--from/--to"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(work: Workspace, change: dict[str, str], said: str) -> None:
    with pytest.raises(WrongValues) as caught:
        declare_penalties(work, replace(CLEAN, **change), TODAY)
    assert said in str(caught.value)
    assert not work.ledger.exists()


def test_without_a_roster_nobody_is_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    assert declare_penalties(workspace(tmp_path), replace(CLEAN, by="某某"), TODAY).text("declared_by") == "某某"
