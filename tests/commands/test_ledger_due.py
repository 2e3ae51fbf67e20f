"""What is due from a real folder: lines of tables, what was done, whole firms, calendar files."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from engagement import EXAMPLES
from gbtool.commands.ledger import calendar, done, due, people, rows
from gbtool.commands.ledger.done import Deed
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, FolderNotWritable, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.rules.deadlines.items import State
from gbtool.store import entries
from gbtool.store.database import open_ledger

TODAY = date(2026, 11, 22)
PATENT = {"专利号": "ZL1", "名称": "甲", "类型": "发明", "申请日": "2020-03-15", "上次缴费年度": "6"}


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A firm with two clients and a folder that is none."""
    folder = tmp_path / "机构"
    for name in ("甲客户", "丙组/乙客户"):
        (folder / name).mkdir(parents=True)
        shutil.copy(EXAMPLES / "hengtuo" / "client.yaml", folder / name)
    (folder / "gbtool.yaml").write_text("name: 机构\n", encoding="utf-8")
    (folder / "别的").mkdir()
    return folder


@pytest.fixture
def work(firm: Path) -> Workspace:
    return workspace(firm / "甲客户")


def kept(work: Workspace, kind: EntryKind) -> list[Entry]:
    with open_ledger(work.ledger) as ledger:
        return list(entries.read(ledger, kind))


def write(work: Workspace, table: str, values: dict[str, str]) -> rows.Written:
    return rows.write_row(work, table, values, TODAY, "梁若溪")


def items(work: Workspace, day: date = TODAY, days: int = 200) -> list[tuple[str, str]]:
    return [(item.right, item.what) for item in due.due(work.folder, day, days).listing.items]


# --- lines of tables -------------------------------------------------------------------------------------------------


def test_a_line_is_new_then_changed_then_the_same(work: Workspace) -> None:
    assert write(work, "patents", PATENT).outcome == "new"
    changed = write(work, "patents", {"专利号": "ZL1", "上次缴费年度": "7"})
    assert (changed.outcome, changed.entry.text("名称"), changed.entry.text("kind")) == ("changed", "甲", "patent")
    assert write(work, "patents", {"专利号": "ZL1", "上次缴费年度": "7"}).outcome == "same"
    assert len(kept(work, EntryKind.RIGHT)) == 1


def test_a_line_goes_by_the_rules_of_the_import(work: Workspace) -> None:
    with pytest.raises(UsageError, match=r"没有表“patnets”.*patents"):
        write(work, "patnets", PATENT)
    with pytest.raises(WrongValues, match="没有列“申请曰”，是不是想写“申请日”"):
        write(work, "patents", {**PATENT, "申请曰": "2020-03-15"})
    with pytest.raises(WrongValues, match="“申请日”"):
        write(work, "patents", {**PATENT, "申请日": "2020-02-30"})
    with pytest.raises(WrongValues, match="“名称”是空的"):
        write(work, "patents", {"专利号": "ZL1"})
    with pytest.raises(WrongValues, match="认不出是哪一条"):
        write(work, "patents", {"名称": "甲"})
    with pytest.raises(WrongValues, match="不收秘密的内容"):
        write(work, "trade-secrets", {"代号": "S01", "配方": "硅 3 %"})
    assert not work.ledger.exists() or kept(work, EntryKind.RIGHT) == []


def test_a_person_may_be_hired_again(work: Workspace) -> None:
    first = write(work, "roster", {"工号": "1", "姓名": "甲一", "入职日": "2020-01-01", "离职日": "2023-01-01"})
    again = write(work, "roster", {"工号": "1", "姓名": "甲一", "入职日": "2026-01-01"})
    assert (first.entry.id, again.entry.id, again.outcome) == ("1", "1-2026-01-01", "new")
    left = write(work, "roster", {"姓名": "甲一", "离职日": "2026-09-30"})
    assert (left.entry.id, left.outcome) == ("1-2026-01-01", "changed")
    assert len(kept(work, EntryKind.PERSON)) == 2


def test_a_roster_with_a_person_twice_comes_in_and_a_secret_with_its_content_does_not(
    work: Workspace, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("姓名,工号,入职日\n甲一,1,2020-01-01\n甲一,1,2026-01-01\n", encoding="utf-8")
    import_folder(work, roster, TODAY)
    assert [entry.id for entry in kept(work, EntryKind.PERSON)] == ["1", "1-2026-01-01"]
    secrets = tmp_path / "trade-secrets.csv"
    secrets.write_text("代号,密级,秘密内容\nS01,核心,硅\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="不收列“秘密内容”"):
        import_folder(work, secrets, TODAY)


def test_a_notice_is_one_that_is_known_and_its_day_is_when_it_happened(work: Workspace) -> None:
    written = write(work, "notices", {"权利编号": "ZL1", "事项": "驳回决定", "收到日": "2026-11-02"})
    assert (written.entry.id, written.entry.date) == ("ZL1-驳回决定-2026-11-02", "2026-11-02")
    assert items(work) == [("ZL1", "请求复审或起诉（驳回决定）")]
    assert items(work, date(2026, 11, 1)) == []
    with pytest.raises(WrongValues, match="不认识事项“驳回”"):
        write(work, "notices", {"权利编号": "ZL1", "事项": "驳回", "收到日": "2026-11-02"})
    with pytest.raises(WrongValues, match="送达方式没有“快递”"):
        write(work, "notices", {"权利编号": "ZL1", "事项": "驳回决定", "送达方式": "快递"})
    write(work, "notices", {"权利编号": "ZL1", "事项": "驳回决定", "收到日": "2026-11-02", "办结日": "2026-11-20"})
    assert items(work) == []


# --- done ------------------------------------------------------------------------------------------------------------


def test_what_is_done_is_due_no_more_and_the_next_year_is(work: Workspace) -> None:
    write(work, "patents", PATENT)
    found = done.done(work, Deed("1", "2026-03-10", amount=2000, voucher="P-7", by="梁若溪"), TODAY)
    assert (found.entry.id, found.entry.date, found.remarks) == ("ZL1/2026-03-15/PAT-ANN", "2026-03-10", ())
    assert found.entry.data["year"] == "7"
    assert items(work) == [("ZL1", "缴第8年度年费")]
    second = done.done(work, Deed("ZL1", "2026-11-20", year="8"), TODAY)
    assert second.entry.id == "ZL1/2027-03-15/PAT-ANN"
    assert items(work) == []


def test_too_little_is_told_and_topped_up(work: Workspace) -> None:
    write(work, "patents", PATENT)
    short = done.done(work, Deed("ZL1", "2026-03-10", amount=1500), TODAY)
    assert "还差 500 元" in short.remarks[0]
    rest = done.done(work, Deed("ZL1", "2026-05-10", amount=600), TODAY)
    assert rest.entry.id.endswith("/2")
    assert rest.remarks == ()
    assert items(work) == [("ZL1", "缴第8年度年费")]


def test_what_was_done_late_or_cannot_be_meant_is_said(work: Workspace) -> None:
    write(work, "patents", PATENT)
    write(work, "notices", {"权利编号": "ZL1", "事项": "驳回决定", "收到日": "2026-03-02"})
    write(work, "other-ip", {"名称": "a.cn", "类型": "域名", "到期": "2026-11-01"})
    with pytest.raises(UsageError, match=r"几项期限.*") as several:
        done.done(work, Deed("ZL1", "2026-03-10"), TODAY)
    assert "PAT-ANN-DUE" in several.value.fix
    assert "PAT-REEXAM" in several.value.fix
    late = done.done(work, Deed("ZL1", "2026-06-03", rule="PAT-REEXAM"), TODAY)
    assert late.remarks == ("办理日 2026-06-03 晚于截止日 2026-06-02",)
    domain = done.done(work, Deed("a.cn", "2026-11-02"), TODAY)
    assert len(domain.remarks) == 2
    with pytest.raises(UsageError, match="没有这一项期限"):
        done.done(work, Deed("ZL1", "2026-06-03", rule="TM-RENEW"), TODAY)
    with pytest.raises(UsageError, match=r"“b\.cn”没有要办的期限"):
        done.done(work, Deed("b.cn", "2026-06-03"), TODAY)
    with pytest.raises(WrongValues, match="还没有发生"):
        done.done(work, Deed("ZL1", "2026-12-03"), TODAY)


# --- firms -----------------------------------------------------------------------------------------------------------


def test_all_clients_of_a_firm_and_a_broken_one_is_named(firm: Path, work: Workspace) -> None:
    write(work, "patents", PATENT | {"上次缴费年度": "7"})
    write(workspace(firm / "丙组/乙客户"), "other-ip", {"名称": "a.cn", "类型": "域名", "到期": "2026-11-01"})
    found = due.of_firm(work.folder, TODAY, 120)
    assert [each.folder for each in found.clients] == ["乙客户", "甲客户"]
    assert [folder for folder, _ in due.ordered(found, TODAY)] == ["乙客户", "甲客户"]
    (firm / "甲客户/client.yaml").write_text("company_name: [", encoding="utf-8")
    again = due.of_firm(firm, TODAY, 90)
    assert [each.folder for each in again.clients] == ["乙客户"]
    assert [each.client for each in again.broken] == ["甲客户"]
    assert again.broken[0].named()[0].where.startswith("甲客户/client.yaml")


def test_without_a_firm_or_a_client_there_is_nothing_to_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"没有 gbtool\.yaml"):
        due.clients(tmp_path)
    (tmp_path / "gbtool.yaml").write_text("name: 机构\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有客户文件夹"):
        due.clients(tmp_path)


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("90", 90), ("2w", 14), ("6m", 186), ("1Y", 366)])
def test_spans(text: str, days: int) -> None:
    assert due.span(text) == days


@pytest.mark.parametrize("text", ["", "0d", "-3", "90天", "9" * 9])
def test_no_span(text: str) -> None:
    with pytest.raises(UsageError, match="不是天数"):
        due.span(text)


def test_an_item_as_plain_data_has_its_sources(work: Workspace) -> None:
    write(work, "patents", PATENT)
    found = due.due(work.folder, date(2026, 3, 1), 90)
    plain = due.plain(found.listing.items[0], date(2026, 3, 1), found.book)
    assert plain["sources"] == ["专利法实施细则（2023修订）", "专利审查指南 第五部分第九章（年费、滞纳金）"]
    assert (plain["rule"], plain["confidence"], plain["due"]) == ("PAT-ANN-DUE", "high", date(2026, 3, 16))
    write(work, "other-ip", {"名称": "某地茶", "类型": "地理标志", "到期": "2026-04-01"})
    own = due.due(work.folder, date(2026, 3, 20), 90)
    item = next(i for i in own.listing.items if i.rule is None)
    assert due.plain(item, TODAY, own.book)["confidence"] is None
    write(work, "patents", {"专利号": "ZL1", "上次缴费年度": ""})
    missing = due.due(work.folder, TODAY, 90)
    assert due.plain(missing.listing.missing[0], TODAY, missing.book)["raw"] is None
    assert missing.listing.missing[0].state(TODAY) is State.MISSING


# --- calendars -------------------------------------------------------------------------------------------------------


def test_a_calendar_has_whole_days_alarms_and_the_same_bytes(work: Workspace, tmp_path: Path) -> None:
    write(work, "patents", PATENT | {"名称": "阀芯，一种\n对中；方法𠮷"})
    target = tmp_path / "期限.ics"
    made = calendar.write(work.folder, target, date(2026, 2, 1), 60, everyone=False)
    first = target.read_bytes()
    assert made.events == 1
    event = Calendar.from_ical(first).walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2026, 3, 15)
    assert event.decoded("dtend") == date(2026, 3, 16)
    assert "缴第7年度年费" in str(event["summary"])
    assert "阀芯，一种\n对中；方法𠮷" in str(event["description"])
    assert "最后一天 2026-03-16" in str(event["description"])
    assert len(event.walk("VALARM")) == 3
    calendar.write(work.folder, target, date(2026, 2, 1), 60, everyone=False)
    assert target.read_bytes() == first
    calendar.write(work.folder, target, date(2026, 4, 20), 200, everyone=False)
    late = Calendar.from_ical(target.read_bytes()).walk("VEVENT")[0]
    assert late["uid"] == event["uid"]
    assert late.decoded("dtstart") == date(2026, 9, 15)
    calendar.write(work.folder, target, date(2026, 9, 20), 60, everyone=False)
    assert Calendar.from_ical(target.read_bytes()).walk("VEVENT") == []


def test_the_calendar_of_a_firm_names_the_clients(firm: Path, work: Workspace, tmp_path: Path) -> None:
    write(work, "patents", PATENT | {"上次缴费年度": "7"})
    (firm / "丙组/乙客户/client.yaml").write_text("x: 1\n", encoding="utf-8")
    made = calendar.write(firm, tmp_path / "全部.ics", TODAY, 366, everyone=True)
    assert (made.events, [each.client for each in made.broken]) == (1, ["乙客户"])
    with pytest.raises(FileFaults):
        calendar.write(firm / "丙组/乙客户", tmp_path / "一家.ics", TODAY, 366, everyone=False)


def test_a_calendar_never_takes_the_place_of_another_file(work: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "我的.ics"
    target.write_text("BEGIN:VCALENDAR\nPRODID:someone\n", encoding="utf-8")
    with pytest.raises(Refused, match="没有覆盖"):
        calendar.write(work.folder, target, TODAY, 366, everyone=False)
    with pytest.raises(UsageError, match=r"\.ics"):
        calendar.write(work.folder, tmp_path / "日历.txt", TODAY, 366, everyone=False)
    blocked = tmp_path / "文件"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(FolderNotWritable):
        calendar.write(work.folder, blocked / "日历.ics", TODAY, 366, everyone=False)


# --- people ----------------------------------------------------------------------------------------------------------


def test_people_on_a_day(work: Workspace) -> None:
    write(
        work, "roster", {"工号": "1", "姓名": "甲一", "部门": "综合部", "入职日": "2020-01-01", "离职日": "2023-01-01"}
    )
    write(work, "roster", {"工号": "1", "姓名": "甲一", "部门": "综合部", "入职日": "2026-01-01"})
    write(work, "roster", {"工号": "2", "姓名": "乙二", "部门": "综合部", "入职日": "2026-12-01"})
    write(work, "positions", {"姓名": "甲一", "部门": "综合部", "岗位": "文员", "起": "2026-01-01", "可签": "法务"})
    write(work, "renames", {"原名": "综合部", "新名": "行政部", "起": "2026-11-01"})
    found = people.people(work, TODAY)
    assert [(person.name, person.terms, person.roles) for person in found.people] == [
        ("甲一", (("2026-01-01", ""),), ("法务",))
    ]
    assert found.renamed == (("综合部", "行政部", "2026-11-01"),)
    both = people.people(work, TODAY, "甲一").people[0]
    assert both.terms == (("2020-01-01", "2023-01-01"), ("2026-01-01", ""))
    assert [person.name for person in people.people(work, TODAY, signing=True).people] == ["甲一"]
    assert people.people(work, date(2025, 1, 1)).people == ()
    with pytest.raises(UsageError, match="名册里没有“甲三”"):
        people.people(work, TODAY, "甲三")
    with pytest.raises(WrongValues, match="“部门”是空的"):
        write(work, "positions", {"姓名": "甲一", "起": "2026-01-01"})
