"""Registers out: xlsx, CSV, JSON, Word; what went out comes back in exactly, whatever it holds."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from drafted import example, example_facts
from engagement import EXAMPLES, entries_of
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.records import giving
from gbtool.commands.records.found import Found, Request
from gbtool.commands.records.giving import give, lines, values
from gbtool.commands.records.settling import settle
from gbtool.commands.records.slots import Part, slots
from gbtool.commands.records.taking import read, take
from gbtool.commands.workspace import Workspace
from gbtool.errors import Refused, UsageError
from gbtool.exchange.books import sheets
from gbtool.exchange.writing import Page, Value, book, csv_text
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger
from gbtool.structs import replace
from hostile import TEXTS

TODAY = date(2026, 9, 22)
FORMS = {s.id: s for s in example_facts().specifications if s.fields}
CHECK = FORMS["rec-routine-check"]


@pytest.fixture
def filled(work: Workspace) -> Workspace:
    """The manufacturer's whole ledger."""
    import_folder(work, EXAMPLES / "lanwan", TODAY)
    return work


def out(work: Workspace, name: str, *forms: str, record: str = "", replace: bool = False) -> Path:
    return give(work, work.folder / name, (forms, record), TODAY, replace=replace).path


# Out and in again


@pytest.mark.parametrize("name", ["台账.xlsx", "检查.csv"])
def test_what_went_out_is_known_when_it_comes_in(filled: Workspace, name: str) -> None:
    path = out(filled, name, *([CHECK.id] if name.endswith("csv") else ()))
    before = filled.ledger.read_bytes()
    asked = Request(CHECK.id if name.endswith("csv") else "")
    taken = take(filled, read(filled, path, asked, TODAY), asked, TODAY)
    assert [(each.added, each.updated) for each in taken if each.added or each.updated] == []
    lines_of_tables = 283
    assert sum(len(each.same) for each in taken) == (289 + lines_of_tables if name.endswith("xlsx") else 5)
    assert filled.ledger.read_bytes() == before


def test_every_record_of_the_example_survives_its_lines() -> None:
    found = entries_of(example(), EXAMPLES / "lanwan", TODAY)
    for entry in (each for each in found if each.kind is EntryKind.RECORD):
        columns = slots(FORMS[entry.form].fields)
        titles = [slot.title for slot in columns]
        assert len(set(titles)) == len(titles)
        assert all(len(line) == len(columns) for line in lines(entry, columns))


def record(texts: list[str]) -> Entry:
    """A record that holds texts in all its parts."""
    one, two, three, four, five = texts
    data: dict[str, object] = {
        "head": {"检查日期": "2026-09-01", "检查人": one},
        "rows": [{"检查内容": two, "问题": three}, {"验证": four, "抽样记录编号": "行二"}],
        "sign": [{"role": "审核", "name": five, "date": ""}],
        "note": one,
    }
    return Entry(EntryKind.RECORD, "A-1", "2026-09-02", "2026-09-03", CHECK.id, data)


HOSTILE = st.lists(TEXTS.filter(bool), min_size=5, max_size=5)


@pytest.mark.no_cover  # a client is read again for each example
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(HOSTILE, st.sampled_from(["a.xlsx", "a.csv"]))
def test_every_text_comes_back_exactly(work: Workspace, texts: list[str], name: str) -> None:
    entry, columns = record(texts), slots(CHECK.fields)
    table: list[list[Value]] = [[slot.title for slot in columns], *lines(entry, columns)]
    path = work.folder / name
    path.write_bytes(book([Page("表", table)], TODAY) if name.endswith("xlsx") else csv_text(table).encode())
    (found,) = read(work, path, Request(CHECK.id), TODAY)
    assert isinstance(found, Found)
    assert found.faults == ()
    (draft,) = found.drafts
    rows = [{key: value for key, value in row.items() if key != "序号"} for row in draft.rows()]
    assert (draft.id, draft.date, draft.text("note")) == ("A-1", "2026-09-02", texts[0])
    assert draft.mapping("head") == entry.mapping("head")
    assert rows == list(entry.rows())
    assert draft.signatures == entry.signatures
    assert [each.id for each in settle(found, [entry]).same] == ["A-1"]


# xlsx


def test_a_register_is_made_for_a_spreadsheet(filled: Workspace) -> None:
    path = out(filled, "台账.xlsx", "rec-training-signin", "rec-expense-ledger", "rec-whistle")
    signin, expense, absent = sheets(path, path.name)
    assert (signin.name, expense.name, absent.name) == ("培训签到表", "知识产权费用支出台账", "本期未发生")
    head = [str(cell) for cell in signin.lines[0][1]]
    assert head[:5] == ["记录编号", "发生日期", "录入日期", "培训主题", "日期"]
    first = dict(zip(head, signin.lines[1][1], strict=False))
    assert isinstance(first["发生日期"], date)
    assert isinstance(first["应到人数"], float)
    assert isinstance(first["记录编号"], str)
    assert absent.lines[1][1][0] == "rec-whistle"
    assert (
        path.read_bytes()
        == out(filled, "又.xlsx", "rec-training-signin", "rec-expense-ledger", "rec-whistle").read_bytes()
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("680", 680),
        ("-0.5", -0.5),
        ("0680", "0680"),
        ("1.50", "1.50"),
        ("nan", "nan"),
        ("1/3", "1/3"),
        ("1" * 16, "1" * 16),
    ],
)
def test_a_number_is_a_number_only_where_it_comes_back_as_it_is(text: str, cell: object) -> None:
    entry = Entry(EntryKind.RECORD, "A", data={"rows": [{"金额": text}]})
    column = next(slot for slot in slots(FORMS["rec-reward"].fields) if slot.name == "金额")
    assert list(lines(entry, [column])) == [[cell]]


def test_values_that_the_form_has_no_place_for_are_told(filled: Workspace) -> None:
    strange = [
        replace(record(["a"] * 5), data={"head": {"旧栏": "x"}, "rows": [{"旧列": "y"}]}),
        Entry(EntryKind.RECORD, "B-1", "2026-09-01", form="rec-gone", data={"head": {"甲": "x"}}),
    ]
    with open_ledger(filled.ledger, write=True) as ledger, ledger.transaction(Action(TODAY, "", "x")) as change:
        entries.put(change, strange)
    given_ = give(filled, filled.folder / "x.xlsx", ((), ""), TODAY, replace=False)
    assert given_.left_out == ("《体系运行日常检查记录》的“旧栏”“旧列”", "《rec-gone》的“甲”")
    assert give(filled, filled.folder / "x.json", ((), ""), TODAY, replace=False).left_out == ()


# CSV, JSON


def test_a_csv_opens_in_excel_and_begins_no_formula(filled: Workspace) -> None:
    entry = record(["=cmd", "+1", "-2+3", "@x", "甲"])
    with open_ledger(filled.ledger, write=True) as ledger, ledger.transaction(Action(TODAY, "", "x")) as change:
        entries.put(change, [entry])
    raw = out(filled, "检查.csv", CHECK.id).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "'=cmd" in text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_json_holds_everything_or_what_is_wanted(filled: Workspace) -> None:
    found = json.loads(out(filled, "a.json", CHECK.id).read_text(encoding="utf-8"))
    assert {entry["form"] for entry in found["entries"]} == {CHECK.id}
    assert values(filled, [CHECK.id], "")["entries"] == found["entries"]
    one = values(filled, [], "LW-IPM-JL-22-01-001")["entries"]
    assert isinstance(one, list)
    assert [entry["id"] for entry in one] == ["LW-IPM-JL-22-01-001"]
    assert "history" in values(filled, [], "")


# Word


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def test_a_record_goes_out_as_the_filled_form(filled: Workspace) -> None:
    path = out(filled, "一条.docx", record="LW-IPM-JL-22-01-001")
    assert "☑" not in text_of(path)
    taken = take(filled, read(filled, path, Request(), TODAY), Request(), TODAY)
    assert [each.id for each in taken[0].same] == ["LW-IPM-JL-22-01-001"]


def test_records_go_out_one_below_the_other_or_in_one_table(filled: Workspace) -> None:
    text = text_of(out(filled, "检查.docx", CHECK.id))
    assert all(f"记录编号：LW-IPM-JL-22-01-00{number}" in text for number in range(1, 6))
    document = docx.Document(str(out(filled, "渠道.docx", "rec-info-channel")))
    rows, signatures = document.tables
    numbers = [row.cells[0].text for row in rows.rows[1:]]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert signatures.rows[0].cells[0].text.startswith("收集人：")


# What is refused


def test_a_file_that_is_there_is_not_overwritten(filled: Workspace) -> None:
    path = out(filled, "a.csv", CHECK.id)
    assert out(filled, "a.csv", CHECK.id) == path
    path.write_text("别的", encoding="utf-8")
    with pytest.raises(Refused, match="已经在那里，没有覆盖"):
        out(filled, "a.csv", CHECK.id)
    assert path.read_text(encoding="utf-8") == "别的"
    out(filled, "a.csv", CHECK.id, replace=True)
    assert path.read_text(encoding="utf-8") != "别的"


def test_what_cannot_be_exported_is_refused(filled: Workspace) -> None:
    for name, forms, said in (
        ("a.pdf", (), "不会写“.pdf”"),
        ("a.csv", (), "一次放一张表单"),
        ("a.docx", (), "一次放一张表单"),
        ("a.csv", ("rec-whistle",), "一次放一张表单，现在是：没有"),
        ("a.xlsx", ("rec-vistor",), "没有表单“rec-vistor”，是不是想写“rec-visitor”"),
    ):
        with pytest.raises(UsageError, match=said):
            out(filled, name, *forms)
    with pytest.raises(UsageError, match="台账里没有记录“x”"):
        out(filled, "a.docx", record="x")
    with pytest.raises(Refused, match="台账里没有这样的记录"):
        out(filled, "a.xlsx", "rec-military")
    assert sorted(path.suffix for path in filled.folder.iterdir() if path.stem == "a") == []


def test_every_part_of_a_record_is_a_column() -> None:
    assert {slot.part for slot in slots(FORMS["rec-training-signin"].fields)} == set(Part)
    assert giving.ABSENT
