"""What rules leave alone: unknown dates, outsiders, projects from before the system, marks abroad."""

from collections.abc import Callable
from datetime import date

import pytest

from engagement import answered, put, with_entry, without
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.place import Place
from gbtool.rules.engine import ask
from gbtool.rules.reading import all_dated, approved_day, at, manual, own_day, span
from gbtool.rules.rights import check_digit
from gbtool.structs import replace

JL = "LW-IPM-JL"
Change = Callable[[Facts], Facts]


def sets(id_: str, *path: str | int, value: object) -> Change:
    """A change of one value in an entry's data."""
    return lambda facts: with_entry(facts, id_, lambda data: put(data, *path, value=value))


SILENT: list[tuple[str, Change]] = [
    ("DT-09", sets(f"{JL}-04-01-001", "rows", 0, "发放日期", value="")),
    ("DT-13", lambda facts: without(facts, EntryKind.AUDIT_PLAN)),
    ("DT-15", lambda facts: answered(facts, internal_auditors=[{"姓名": "甲", "部门": "乙", "培训日期": ""}])),
    ("DT-18", sets(f"{JL}-23-01-001", "head", "日期", value="")),
    ("DT-26", lambda facts: without(facts, EntryKind.PERSON)),
    ("DT-26", sets(f"{JL}-06-01-001", "sign", 0, "name", value="（示例）顾问甲")),
    ("DT-26", lambda facts: with_entry(facts, f"{JL}-06-01-001", lambda _: None, date="")),
    ("DT-27", sets(f"{JL}-07-05-001", "head", "姓名", value="没有入职的人")),
    ("DT-28", sets(f"{JL}-07-06-001", "foot", "签署日期", value="")),
    ("DT-30", sets(f"{JL}-07-09-001", "head", "姓名", value="没有这个人")),
    ("DT-31", sets(f"{JL}-17-03-001", "head", "项目编号", value="别的项目")),
    ("DT-33", sets(f"{JL}-17-05-001", "head", "项目编号", value="别的项目")),
    ("DT-34", sets(f"{JL}-09-02-001", "head", "申请日期", value="")),
    ("DT-40", sets(f"{JL}-20-08-001", "head", "总结日期", value="")),
    ("DT-42", sets("LW-IPM-TZ-14-001", "rows", 0, "备案失效日", value="")),
    ("DT-43", sets("trademark-99001407", "注册公告日", value="")),
    ("DT-43", sets("patent-ZL201419900013.1", "类型", value="别的")),
    ("DT-46", sets(f"{JL}-07-10-001", "head", "授权公告日", value="")),
    ("DT-49", lambda facts: answered(facts, exhibitions=[{"展会": "以后的展会", "起": "2027-03-01"}])),
    (
        "DT-52",
        lambda facts: with_entry(
            answered(facts, work_calendar="单休"), f"{JL}-01-01-001", lambda _: None, date="2026-05-23"
        ),
    ),
    ("DT-52", lambda facts: with_entry(facts, f"{JL}-17-04-001", lambda _: None, date="2026-06-19")),
    ("DT-54", sets(f"{JL}-22-03-001", "head", "基准期", value="")),
    ("LATE", lambda facts: with_entry(facts, f"{JL}-01-01-001", lambda _: None, entered="")),
    ("CN-09", sets("LW-IPM-TZ-01-001", "head", "更新人", value="GB/T 29490—2013")),
]


@pytest.mark.parametrize(("name", "change"), SILENT, ids=[f"{name}-{n}" for n, (name, _) in enumerate(SILENT)])
def test_what_is_not_known_accuses_nobody(name: str, change: Change, lanwan: Facts) -> None:
    assert ask(name, change(lanwan)).faults == ()


def test_a_background_check_before_the_system_is_left_alone(lanwan: Facts) -> None:
    early = with_entry(lanwan, "LW0187", lambda data: put(data, "入职日", value="2026-05-01"))
    assert ask("DT-27", early).faults == ()


def test_a_design_of_before_june_2021_has_ten_years(lanwan: Facts) -> None:
    def change(data: dict[str, object]) -> None:
        data.update(
            {
                "类型": "外观设计",
                "申请日": "2021-05-31",
                "公开日": "",
                "授权公告日": "2021-12-01",
                "届满日": "2031-05-30",
            }
        )

    assert ask("DT-43", with_entry(lanwan, "patent-ZL201419900013.1", change)).faults == ()


def test_the_issued_document_dates_the_system_when_no_paper_does(lanwan: Facts) -> None:
    document = Document(
        "ip-manual", DocumentKind.MANUAL, "n", "t", "A/0", "p.docx", "", "", issued="2026-05-15", effective="2026-05-18"
    )
    bare = replace(lanwan, entries=(), documents=(document,))
    assert bare.effective == date(2026, 5, 18)
    issued = manual(bare, "issued")
    assert issued
    assert (issued.day, issued.place) == (date(2026, 5, 15), "p.docx issued 2026-05-15")
    assert manual(bare, "compiled") is None
    assert manual(replace(bare, documents=()), "issued") is None
    assert replace(bare, documents=()).effective is None


def test_reading_of_entries() -> None:
    entry = Entry(
        EntryKind.RECORD, "X-1", data={"head": {"日期": "2026-02-30"}, "date": "2026-01-02"}, place=Place("a.yaml", 3)
    )
    assert at(entry, "head") == "a.yaml:3 X-1 head"
    assert at(Entry(EntryKind.RECORD, "X-1")) == "X-1"
    assert list(all_dated(entry, "日期")) == []
    assert [dated.day for dated in all_dated(entry, "date")] == [date(2026, 1, 2)]
    assert own_day(entry) is None
    assert approved_day(entry) is None
    assert span("2026-01-02") == (date(2026, 1, 2), date(2026, 1, 2))
    assert span("以后") is None


@pytest.mark.parametrize(("twelve", "digit"), [("201419900013", "1"), ("201719900039", "X"), ("202029900156", "3")])
def test_check_digits_of_application_numbers(twelve: str, digit: str) -> None:
    assert check_digit(twelve) == digit
