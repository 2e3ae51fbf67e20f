"""Forms of a client that gave a business up: what it no longer has is not taken in, what it recorded stays."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from drafted import texts
from gbtool.commands import drafts
from gbtool.commands.filling import Filled, draft, form
from gbtool.commands.gather import gather
from gbtool.commands.ledger.listing import listed
from gbtool.commands.ledger.record import keep
from gbtool.commands.records.found import Request
from gbtool.commands.records.giving import give
from gbtool.commands.records.taking import Taken, read, take
from gbtool.commands.workspace import Workspace
from gbtool.documents import drafting, forms, papers
from gbtool.errors import FileFaults, WrongValues
from gbtool.exchange.writing import Page, book
from gbtool.model.entry import Entry, EntryKind
from gbtool.word.package import Identity

TODAY = date(2026, 9, 22)
RISKS, BUDGET = "rec-risk-assessment", "rec-budget"


def ended(work: Workspace) -> None:
    """The client gives its research up."""
    path = work.folder / "client.yaml"
    text = path.read_text("utf-8").replace("has_rd: true", "has_rd: false")
    path.write_text(text.replace("has_outsourced_rd: true", "has_outsourced_rd: false"), "utf-8")


def risk(work: Workspace, business: str) -> Entry:
    """A record of a risk of this business."""
    specification = form(work, RISKS)
    filled = Filled("2026-09-01", {"评估日期": "2026-09-01"}, ({"业务环节": business, "风险描述": "外泄"},))
    return keep(work, specification, draft(specification, filled, TODAY), TODAY, "")


def blank(work: Workspace, id_: str) -> bytes:
    """A form as it is generated."""
    specification, desk = form(work, id_), drafts.desk(work, gather(work, TODAY))
    named = Identity(id_, specification.title, specification.number.replace("{company_code}", "LW"), "", "", "", "")
    return drafting.form_file(forms.Form(specification.title, specification.fields), named, desk)


def bring(work: Workspace, path: Path, **request: object) -> Taken:
    asked = Request(**request)  # type: ignore[arg-type] # what a request has
    (taken,) = take(work, read(work, path, asked, TODAY), asked, TODAY)
    return taken


def kept_form(work: Workspace, id_: str, fill: Callable[[Document], object]) -> Path:
    """A form that was printed while the business was there, filled by hand after it ended."""
    document = docx.Document(io.BytesIO(blank(work, id_)))
    ended(work)
    fill(document)
    path = work.folder / "填.docx"
    document.save(str(path))
    return path


def assessed(ticks: str) -> Callable[[Document], object]:
    def fill(document: Document) -> None:
        document.tables[0].rows[0].cells[1].text = "2026年9月1日"
        heads = [cell.text for cell in document.tables[1].rows[0].cells]
        document.tables[1].rows[1].cells[heads.index("业务环节")].text = ticks

    return fill


def test_an_empty_form_does_not_offer_it(work: Workspace) -> None:
    ended(work)
    specification = form(work, RISKS)
    said = "".join(texts(forms.body(forms.Form(specification.title, specification.fields))))
    assert "合同、信息发布" in said
    assert "研发" not in said
    assert "占研发经费比例" not in form(work, BUDGET).fields.names


def test_typing_it_is_refused_with_the_answer_to_change(work: Workspace) -> None:
    ended(work)
    with pytest.raises(WrongValues) as caught:
        risk(work, "研发")
    assert "先改资料（has_rd、has_outsourced_rd）" in str(caught.value.complaints[0])


@pytest.mark.parametrize("ticks", ["□人力 □研发 ☑合同", "合同"])
def test_a_form_that_was_printed_before_is_read_where_its_box_is_empty(work: Workspace, ticks: str) -> None:
    (entry,) = bring(work, kept_form(work, RISKS, assessed(ticks))).added
    assert entry.rows()[0]["业务环节"] == "合同"


def test_and_refused_where_it_is_ticked(work: Workspace) -> None:
    with pytest.raises(FileFaults, match="是这家客户没有的"):
        bring(work, kept_form(work, RISKS, assessed("☑研发 □合同")))


@pytest.mark.parametrize(("share", "fault"), [("", ""), ("3%", "“占研发经费比例”：是这家客户没有的业务填的")])
def test_a_field_of_it_may_stand_there_empty(work: Workspace, share: str, fault: str) -> None:
    def fill(document: Document) -> None:
        document.tables[0].rows[0].cells[1].text = "2027"
        document.tables[0].rows[0].cells[3].text = "2026年9月1日"
        document.tables[2].rows[0].cells[3].text = share

    path = kept_form(work, BUDGET, fill)
    if fault:
        with pytest.raises(FileFaults) as caught:
            bring(work, path)
        assert fault in str(caught.value.complaints[0])
    else:
        assert bring(work, path).added[0].mapping("head")["预算年度"] == "2027"


def test_what_was_recorded_is_printed_exported_and_read_again(work: Workspace) -> None:
    entry = risk(work, "研发")
    ended(work)
    path = work.folder / "一条.docx"
    path.write_bytes(papers.filled_form(form(work, RISKS), entry, drafts.desk(work, gather(work, TODAY))))
    assert bring(work, path).same == (entry,)
    table = work.folder / "风险.xlsx"
    assert give(work, table, ((RISKS,), ""), TODAY, replace=False).left_out == ()
    assert bring(work, table, form=RISKS).same == (entry,)
    assert listed(work, [EntryKind.RECORD]) == (entry,)


def test_a_table_with_it_is_refused_by_its_cell(work: Workspace) -> None:
    ended(work)
    path = work.folder / "风险.xlsx"
    path.write_bytes(
        book([Page("风险", [["评估日期", "业务环节", "风险描述"], ["2026-09-01", "研发", "外泄"]])], TODAY)
    )
    with pytest.raises(FileFaults, match=r"第2行.*是这家客户没有的"):
        bring(work, path, form=RISKS)


def test_its_form_names_are_those_of_the_desk(work: Workspace) -> None:
    assert drafting.form_names(forms.Form("甲", form(work, BUDGET).fields))["foot"] == {
        "合计": "",
        "占研发经费比例": "　　　　%",
    }
