"""What the document set asks for is there: sections, fields, places to sign, records; a business that is not there."""

import re
from functools import cache

import pytest
import yaml

from drafted import CACHE, example, example_facts
from engagement import ROOT, answered
from gbtool.commands import drafts
from gbtool.documents.desk import Desk
from gbtool.model.document import DocumentKind, Specification
from gbtool.shelf import catalogue, standards, templates
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace
from gbtool.word.numbering import Lists

SHELVES = shelves_of(None, None)
EDITIONS = standards.editions(SHELVES, "GB/T 29490")
CATALOGUE = {each.id: each for each in catalogue.catalogue(SHELVES) if set(EDITIONS) & set(each.editions)}
ASKED = yaml.safe_load((ROOT / "tests/data/document-set.yaml").read_text("utf-8"))["documents"]
WITH_STEPS = [each for each in CATALOGUE.values() if each.steps]
# The review reads the records of others; they are listed where they are made.
READS_OTHERS = {"proc-review"}


def text_of(specification: Specification, edition: str) -> str:
    """The texts of a document in an edition, as they are written."""
    return "\n".join(part.body for part in templates.parts_of(specification, edition, SHELVES))


def test_every_document_asked_for_is_in_the_catalogue() -> None:
    assert {asked["id"] for asked in ASKED} == set(CATALOGUE)


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: str(each["id"]))
def test_a_document_has_what_is_asked_for(asked: dict[str, list[str]]) -> None:
    ours = CATALOGUE[str(asked["id"])]
    assert set(asked.get("when", [])) <= {*ours.when}
    assert set(asked.get("records", [])) <= set(ours.records)
    for part in ("head", "columns", "foot"):
        names = [field.name for field in getattr(ours.fields, part)]
        assert [name for name in asked.get(part, []) if name not in names] == []
    assert [role for role in asked.get("sign", []) if role not in ours.fields.sign] == []
    for edition in [] if ours.made_by else ours.editions:
        headings = re.findall(r"^#+ (.+)$", text_of(ours, edition), re.MULTILINE)
        assert [each for each in asked.get("sections", []) if not any(each in heading for heading in headings)] == []


@pytest.mark.parametrize("specification", WITH_STEPS, ids=lambda each: str(each.id))
def test_a_step_says_who_does_it_by_when_and_what_it_leaves(specification: Specification) -> None:
    for step in specification.steps:
        if step.type == "activity":
            assert (step.function, step.time_limit) > ("", ""), step.name
            assert step.records or step.outputs, step.name


PROCEDURES = [each for each in CATALOGUE.values() if each.kind is DocumentKind.PROCEDURE]


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: str(each.id))
def test_the_records_of_a_procedure_are_those_that_its_text_uses(procedure: Specification) -> None:
    for edition in procedure.editions:
        body, _, listing = text_of(procedure, edition).partition("\n## 相关记录\n")
        used = set(re.findall(r"doc\['((?:rec|reg)-[\w-]+)'\]\.cite", body))
        listed = set(re.findall(r"'((?:rec|reg)-[\w-]+)'", listing))
        assert listed - set(re.findall(r"'((?:rec|reg)-[\w-]+)'", body)) == set()
        assert procedure.id in READS_OTHERS or used - listed == set()


# A business that the client does not have: the answers, the clauses that go with it, how the scope names it, a duty.
ABSENT: dict[str, tuple[dict[str, object], tuple[str, ...], str, str]] = {
    "研发": (
        {"has_rd": False, "has_outsourced_rd": False, "rd_projects": []},
        ("project", "rd"),
        "立项与研究开发",
        "跟踪检索",
    ),
    "生产": (
        {"has_production": False, "has_outsourced_production": False},
        ("production",),
        "生产",
        "先审合同，约定权属",
    ),
    "采购": ({"has_procurement": False}, ("purchase",), "采购", "索取新件"),
    "销售": ({"has_sales": False, "attends_exhibitions": False}, ("sales",), "销售和售后", "宣传资料用前送审"),
    "进出口": ({"does_import_export": False, "import_export_markets": []}, ("trade",), "进出口", "报关"),
}
PARTS = ("01-scope", "92-appendix-c", "94-appendix-e", "95-appendix-f")
DUTIES = {"2013": "2013/05-management", "2023": "2023/05-leadership"}


@cache
def scope_and_matrix(business: str, edition: str) -> tuple[str, str, Desk]:
    """The scope, and the lists of clauses and records, of a manufacturer without a business."""
    answers = ABSENT[business][0]
    facts = answered(example_facts(), standard_edition=edition, **answers)
    facts = replace(facts, standard=standards.standard(edition, SHELVES))
    desk = drafts.desk(example(), facts, CACHE)
    names = {"this": desk.documents["ip-manual"], "_lists": Lists(), "_made": lambda _: ""}
    paths = (f"manual/{part}.md.j2" for part in (*PARTS, DUTIES[edition]))
    scope, *rest = (desk.render(found, names)[0] for path in paths if (found := templates.template(path, SHELVES)))
    return scope, "".join(rest), desk


@pytest.mark.parametrize("edition", standards.editions(SHELVES, "GB/T 29490"))
@pytest.mark.parametrize("business", ABSENT)
def test_what_a_client_does_not_do_is_nowhere_and_the_scope_says_why(business: str, edition: str) -> None:
    _, keys, reason, duty = ABSENT[business]
    scope, matrix, desk = scope_and_matrix(business, edition)
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", scope, re.DOTALL)
    assert any(f">{reason}<" in row for row in rows)
    assert duty not in matrix
    gone = [each for id_, each in CATALOGUE.items() if id_ not in desk.documents and edition in each.editions]
    assert gone
    assert [each.id for each in gone if each.number.format(company_code="LW") in matrix] == []
    ends = tuple(f".{key}" for key in keys)
    lost = [each for each in standards.standard(edition, SHELVES) if each.key.endswith(ends)]
    assert [each.key for each in lost if f"{each.cite_as} {each.title}<" in matrix] == []


@pytest.mark.parametrize("path", ["manual/92-appendix-c", "plans/plan-annual", "plans/plan-audit-program"])
def test_a_department_without_a_function_has_no_empty_table_or_cell(path: str) -> None:
    """Of it too is said what it delivers and what an auditor looks at: what is said of every department."""
    rows = [
        *example_facts().client.rows("departments"),
        {"部门": "安全环保部", "负责人": "丁一航", "职能": "", "人数": 3},
    ]
    desk = drafts.desk(example(), answered(example_facts(), departments=rows), CACHE)
    names = {"this": desk.documents["ip-manual"], "_lists": Lists(), "_made": lambda _: ""}
    found = templates.template(f"{path}.md.j2", SHELVES)
    assert found is not None
    body = desk.render(found, names)[0]
    assert ">安全环保部<" in body
    tables = [
        re.findall(r"<w:tr[ >].*?</w:tr>", each, re.DOTALL)
        for each in re.findall(r"<w:tbl>.*?</w:tbl>", body, re.DOTALL)
    ]
    assert min(len(rows) for rows in tables) > 1
    (own,) = [row for table in tables for row in table if ">安全环保部<" in row] or [""]
    assert all(re.search(">[^<]", cell) for cell in re.findall(r"<w:tc>.*?</w:tc>", own, re.DOTALL))


def test_a_client_that_changes_over_gets_both_editions_side_by_side() -> None:
    """The last appendix of the manual is for those who were certified to the edition before."""
    (appendix,) = [part for part in templates.parts_of(CATALOGUE["ip-manual"], "2023", SHELVES) if part.conditions]
    facts = answered(example_facts(), changes_over=True, cert_history="2021年取得2013版证书")
    desk = drafts.desk(example(), facts, CACHE)
    names = {"this": desk.documents["ip-manual"], "_lists": Lists(), "_made": lambda _: ""}
    xml = desk.render(appendix, names)[0]
    assert appendix.conditions == ("changes_over",)
    assert {"2021年取得2013版证书", "知识产权奖励与利益分配制度"} <= set(
        re.findall("2021年取得2013版证书|知识产权奖励与利益分配制度", xml)
    )
