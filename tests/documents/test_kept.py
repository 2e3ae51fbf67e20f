"""What templates may read of the ledger, and what a text waits for."""

import pytest

from engagement import without
from gbtool.documents.kept import Kept, missing
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.template import Template
from gbtool.structs import replace


def test_a_record_has_every_field_of_its_form_as_text(lanwan: Facts) -> None:
    record = Kept(lanwan).records("rec-target-assessment")[0]
    assert (record["id"], record["date"], record["form"]) == (
        "LW-IPM-JL-03-03-001",
        "2026-06-02",
        "rec-target-assessment",
    )
    rows = record["rows"]
    assert isinstance(rows, list)
    assert (rows[0]["是否达成"], rows[0]["未达成原因"], rows[0]["实际值"]) == ("是", "", "100")
    assert {"统计周期", "统计日期"} <= set(record["head"])  # type: ignore[call-overload] # a mapping


def test_rows_carry_the_number_and_day_of_their_record(lanwan: Facts) -> None:
    rows = Kept(lanwan).rows("rec-expense-ledger")
    assert (rows[0]["id"], rows[0]["date"]) == ("LW-IPM-TZ-06-001", "2026-05-26")
    assert len(rows) == 16


def test_a_record_of_an_unknown_form_is_shown_as_it_is(lanwan: Facts) -> None:
    strange = Entry(EntryKind.RECORD, "x", "2026-06-01", form="other", data={"head": {"甲": None}, "rows": [{"乙": 1}]})
    facts = replace(lanwan, entries=(strange,))
    (record,) = Kept(facts).records()
    assert (record["head"], record["rows"], record["foot"]) == ({"甲": ""}, [{"乙": "1"}], {})


def test_the_ledger_reaches_to_its_last_record_of_the_clients_own_forms(lanwan_ready: Facts) -> None:
    assert Kept(lanwan_ready).until == "2026-09-21"
    assert Kept(without(lanwan_ready, EntryKind.RECORD)).until == ""


def test_other_entries_come_by_kind(lanwan: Facts) -> None:
    kept = Kept(lanwan)
    assert len(kept.rights("patent")) == 38
    assert len(kept.all("contract")) == 21
    report = kept.last("audit-report")
    assert report is not None
    assert report["id"] == "LW-IPM-BG-02"
    assert kept.last("answer") is None
    with pytest.raises(ValueError, match="nothing"):
        kept.last("nothing")


def test_absences_papers_and_documents_are_there_or_nothing(lanwan: Facts) -> None:
    kept = Kept(lanwan)
    absent = kept.absent("rec-whistle")
    assert absent is not None
    assert absent["confirmed_by"] == "林疏桐"
    assert kept.absent("rec-budget") is None
    paper = kept.paper("ip-manual")
    assert paper is not None
    assert paper["issued"] == "2026-05-15"
    assert kept.paper("report-warning") is None
    assert kept.document("ip-manual") is None
    assert kept.documents() == []


def test_a_text_waits_for_what_the_ledger_lacks_and_says_how_to_give_it(lanwan: Facts) -> None:
    text = Template("reports/x.md.j2", "自带", {"needs": ["rec-budget", "effectiveness", "audit-report"]}, "")
    assert missing((text,), lanwan) == ()
    bare = replace(lanwan, entries=())
    found = {value.key: value for value in missing((text,), bare)}
    assert found["rec-budget"].fix == "gbtool ledger add rec-budget"
    assert found["rec-budget"].question == "台账里的《年度知识产权费用预算表》"
    assert found["audit-report"].fix == "gbtool audit report"
    assert str(found["effectiveness"].place) == "templates/reports/x.md.j2:1"
    assert missing((replace(text, head={}),), bare) == ()
