"""Filled Word forms into the ledger, and what was printed from the ledger back into it."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from gbtool.commands import drafts
from gbtool.commands.filling import Filled, draft, form
from gbtool.commands.gather import gather
from gbtool.commands.ledger.listing import listed
from gbtool.commands.ledger.record import keep
from gbtool.commands.records.found import Changed, Request
from gbtool.commands.records.taking import Taken, read, take
from gbtool.commands.workspace import Workspace
from gbtool.documents import drafting, forms, papers
from gbtool.errors import FileFaults, Refused
from gbtool.model.entry import Entry, EntryKind, Signature
from gbtool.word.package import Identity

TODAY = date(2026, 9, 22)
CHECK = "rec-routine-check"


def records(work: Workspace) -> tuple[Entry, ...]:
    return listed(work, [EntryKind.RECORD])


def bring(work: Workspace, path: Path, **request: object) -> Taken:
    asked = Request(**request)  # type: ignore[arg-type] # what a request has
    (taken,) = take(work, read(work, path, asked, TODAY), asked, TODAY)
    return taken


def added(work: Workspace) -> Entry:
    """A record that somebody entered by hand, a day after it happened."""
    specification = form(work, CHECK)
    values = {"检查日期": "2026-09-01", "检查部门": "质量部"}
    signed = (Signature("编制", "林疏桐", "2026-09-02"),)
    filled = Filled("2026-09-02", values, ({"检查内容": "日志", "结果": "符合"},), signed)
    return keep(work, specification, draft(specification, filled, TODAY), TODAY, "")


def printed(work: Workspace, entry: Entry, name: str = "一条.docx") -> Path:
    path = work.folder / name
    path.write_bytes(papers.filled_form(form(work, entry.form), entry, drafts.desk(work, gather(work, TODAY))))
    return path


def blank(work: Workspace, fill: Callable[[Document], object], id_: str = CHECK) -> Path:
    """A form as it is generated, filled by hand."""
    specification = form(work, id_)
    desk = drafts.desk(work, gather(work, TODAY))
    named = Identity(id_, specification.title, specification.number.replace("{company_code}", "LW"), "", "", "", "")
    return edited(drafting.form_file(forms.Form(specification.title, specification.fields), named, desk), work, fill)


def edited(data: bytes, work: Workspace, change: Callable[[Document], object], name: str = "填.docx") -> Path:
    document = docx.Document(io.BytesIO(data))
    change(document)
    path = work.folder / name
    document.save(str(path))
    return path


def fill(document: Document, day: str = "2026年9月1日") -> None:
    head, rows, signatures = document.tables
    head.rows[0].cells[1].text = day
    rows.rows[1].cells[1].text = "日志"
    rows.rows[1].cells[4].text = "√符合 □需改进"
    signatures.rows[0].cells[0].text = "编制：林疏桐\n2026年9月1日"


def test_a_form_filled_by_hand_comes_in_once(work: Workspace) -> None:
    path = blank(work, fill)
    taken = bring(work, path)
    (entry,) = records(work)
    assert (entry.id, entry.date, entry.entered) == ("LW-IPM-JL-22-01-001", "2026-09-01", "2026-09-22")
    assert entry.mapping("head") == {"检查日期": "2026-09-01"}
    assert entry.rows()[0]["结果"] == "符合"
    assert entry.signatures == (Signature("编制", "林疏桐", "2026-09-01"),)
    assert taken.found.remarks == ("发生日期取自“检查日期”",)
    assert str(entry.place) == "填.docx"
    again = bring(work, path)
    assert (again.added, len(again.same), again.known_since) == ((), 1, "2026-09-22")


def test_a_form_that_was_changed_after_it_came_in_is_reported(work: Workspace) -> None:
    bring(work, blank(work, fill))

    def other(document: Document) -> None:
        fill(document)
        _set(document, 1, 1, 1, "台账")

    path = blank(work, other)
    with pytest.raises(Refused, match=r"填\.docx 里有 1 条与台账不同"):
        bring(work, path)
    bring(work, path, changed=Changed.UPDATE)
    assert [entry.rows()[0]["检查内容"] for entry in records(work)] == ["台账"]


def _set(document: Document, table: int, row: int, cell: int, text: str) -> None:
    document.tables[table].rows[row].cells[cell].text = text


def test_what_was_printed_from_the_ledger_is_the_same_again(work: Workspace) -> None:
    entry = added(work)
    taken = bring(work, printed(work, entry))
    assert (taken.added, [each.id for each in taken.same]) == ((), [entry.id])
    assert records(work) == (entry,)


def test_what_was_printed_and_corrected_changes_that_record(work: Workspace) -> None:
    entry = added(work)
    path = edited(printed(work, entry).read_bytes(), work, lambda d: _set(d, 1, 1, 1, "日志三份"))
    with pytest.raises(Refused) as caught:
        bring(work, path)
    assert "与台账里的 LW-IPM-JL-22-01-001 不同：第1条“检查内容”日志 → 日志三份" in str(caught.value.complaints[1])
    bring(work, path, changed=Changed.UPDATE)
    (kept,) = records(work)
    assert kept.rows()[0]["检查内容"] == "日志三份"
    assert (kept.date, kept.entered) == (entry.date, entry.entered)


def test_a_day_that_was_corrected_on_paper_is_the_day(work: Workspace) -> None:
    path = edited(printed(work, added(work)).read_bytes(), work, lambda d: _set(d, 0, 0, 1, "2026-09-03"))
    bring(work, path, changed=Changed.UPDATE)
    assert records(work)[0].date == "2026-09-03"


def test_a_wrong_form_takes_nothing_and_says_everything(work: Workspace) -> None:
    def spoil(document: Document) -> None:
        fill(document, "2026年9月　日")
        _set(document, 1, 1, 4, "还行")
        _set(document, 2, 0, 1, "审核：\n2026年10月1日")

    with pytest.raises(FileFaults) as caught:
        bring(work, blank(work, spoil))
    assert [str(each).split("。")[0] for each in caught.value.complaints] == [
        "填.docx “检查日期”：“2026年9月　日”应当写成日期，如 2026-05-18",
        "填.docx 表格第1条“结果”：“还行”不在可选之列：符合、需改进",
        "填.docx 签名“审核”：有日期，没有姓名",
    ]
    assert records(work) == ()


def test_days_to_come_are_named(work: Workspace) -> None:
    with pytest.raises(FileFaults, match=r"填\.docx：2026-10-01 在今天（2026-09-22）以后"):
        bring(work, blank(work, lambda document: fill(document, "2026-10-01")))


def test_an_empty_form_is_named(work: Workspace) -> None:
    with pytest.raises(FileFaults, match=r"填\.docx：没有填写任何内容"):
        bring(work, blank(work, lambda _: None))


def test_a_form_without_its_own_day_takes_that_of_the_signatures_or_the_option(work: Workspace) -> None:
    def visit(document: Document) -> None:
        rows, signatures = document.tables
        rows.rows[2].cells[3].text = "来访人甲"
        signatures.rows[0].cells[0].text = "登记人：尹初晓"

    path = blank(work, visit, "rec-visitor")
    with pytest.raises(FileFaults, match="说不出是哪天发生的。各签名写同一天，写全日期，或用 --date 给出"):
        bring(work, path)
    assert bring(work, path, date="2026-09-04").added[0].date == "2026-09-04"


def test_what_is_no_form_of_ours_is_named(work: Workspace) -> None:
    path = work.folder / "别的.docx"
    docx.Document().save(str(path))
    with pytest.raises(FileFaults, match=r"别的\.docx：认不出是哪张表单。用 --form 说明"):
        bring(work, path)
    (manual,) = edited(printed(work, added(work)).read_bytes(), work, lambda _: None).parent.glob("填.docx")
    data = manual.read_bytes()
    assert data
    listing = work.folder / "一览.docx"
    desk = drafts.desk(work, gather(work, TODAY))
    listing.write_bytes(papers.register(form(work, CHECK), [*records(work)] * 2, desk))
    with pytest.raises(FileFaults, match="这是从台账导出的一览，不是一条记录"):
        bring(work, listing)


def test_a_document_that_is_no_form_is_named(work: Workspace) -> None:
    def rename(document: Document) -> None:
        fill(document)

    path = blank(work, rename)
    specification = form(work, CHECK)
    named = Identity("ip-manual", "手册", "LW-1", "", "", "", "")
    desk = drafts.desk(work, gather(work, TODAY))
    path.write_bytes(drafting.form_file(forms.Form("手册", specification.fields), named, desk))
    with pytest.raises(FileFaults, match="没有表单“ip-manual”"):
        bring(work, path)


def test_a_table_that_is_not_the_forms_is_told(work: Workspace) -> None:
    def add(document: Document) -> None:
        fill(document)
        document.add_table(1, 1).rows[0].cells[0].text = "附注"

    assert "第4张表不是表单的，没有读" in bring(work, blank(work, add)).found.remarks
