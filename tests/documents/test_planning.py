"""Which documents, at which paths, and which answers they need."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from drafted import example, example_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import needs, plan
from gbtool.documents.context import context, department, number_of, others, steps
from gbtool.documents.desk import layout_for
from gbtool.errors import FileFaults
from gbtool.model.document import FOLDERS, DocumentKind, Fields, Specification
from gbtool.model.template import Template
from gbtool.structs import replace

PARTS = drafts.parts(example(), "2023")
WORDS = drafts.words(example())
SYSTEM = next(s for s in example_facts().specifications if s.id == "sys-reward")
TEXT = Template(
    "systems/x.md.j2", "自带", {"approval": {"编制": "{{ who.ip.部门 }}"}}, "{% set a = 1 %}\n{{ a }}\n{{ website }}", 3
)


def planned(*templates: Template, specification: Specification = SYSTEM) -> plan.Planned:
    """A document made of these texts."""
    return plan.Planned(specification, "名", "号", "A/0", "文件/x.docx", templates)


def test_a_document_lies_in_the_folder_of_its_kind_under_number_and_title() -> None:
    made = {each.specification.id: each for each in plan.plan(example_facts(), PARTS).documents}
    assert made["sys-reward"].path == "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
    assert made["reg-patents"].path.startswith("文件/台账与清单/LW-IPM-TZ-07 ")
    assert made["svc-visit"].path.startswith("文件/辅导服务/")


def test_a_document_without_a_text_is_counted_not_planned() -> None:
    found = plan.plan(example_facts(), lambda _: ())
    assert all(each.specification.fields for each in found.documents)
    assert "ip-manual" in {specification.id for specification in found.unwritten}


def test_an_unanswered_condition_leaves_a_document_undecided() -> None:
    found = plan.plan(answered(example_facts(), does_import_export=None), PARTS)
    undecided = {specification.id: values for specification, values in found.undecided}
    assert [value.key for value in undecided["flow-import-export"]] == ["does_import_export"]
    assert undecided["flow-import-export"][0].place.file == "templates/procedures/flows/flow-import-export.yaml"


def test_parts_whose_condition_fails_are_left_out() -> None:
    parts = (replace(TEXT, head={"when": ["military"]}), TEXT)
    found = plan.plan(replace(example_facts(), specifications=(SYSTEM,)), lambda _: parts)
    assert found.documents[0].templates == (TEXT,)


def test_two_documents_never_have_one_path() -> None:
    twins = (SYSTEM, replace(SYSTEM, id="other"))
    found = plan.plan(replace(example_facts(), specifications=twins), lambda _: (TEXT,))
    assert found.documents[1].path == "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度 other.docx"


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_file_name_is_legal_on_windows(number: str, title: str) -> None:
    name = plan.file_name(number, title)
    assert not set('<>:"/\\|?*') & set(name)
    assert not any(ord(character) < 32 for character in name)
    assert len(name.encode("utf-16-le")) <= 2 * 120
    assert not name.removesuffix(".docx").endswith((" ", "."))
    assert Path(name).name == name


def test_an_open_answer_is_named_with_the_line_that_uses_it() -> None:
    facts = answered(example_facts(), departments=None, manual_issue_date=None)
    found = {value.key: value for value in needs.open_values(planned(TEXT), facts.client)}
    assert set(found) == {"departments", "manual_issue_date"}
    assert found["departments"].place.file == "templates/systems/x.md.j2"
    assert found["manual_issue_date"].place == SYSTEM.place
    assert found["departments"].question


def test_a_name_set_by_the_text_itself_is_no_need() -> None:
    assert needs.printed_at(TEXT, 4, answered(example_facts(), website=None).client) == ()
    assert [v.key for v in needs.printed_at(TEXT, 5, answered(example_facts(), website=None).client)] == ["website"]


def test_nothing_is_open_where_all_is_answered() -> None:
    assert needs.open_values(planned(TEXT), example_facts().client) == ()


def test_a_form_needs_the_departments() -> None:
    form = replace(SYSTEM, kind=DocumentKind.RECORD, fields=Fields(sign=("批准",)))
    facts = answered(example_facts(), departments=None)
    assert [v.key for v in needs.open_values(planned(specification=form), facts.client)] == ["departments"]


def test_names_for_templates_are_those_of_the_guide() -> None:
    names = context(example_facts(), WORDS)
    assert {"doc", "clause", "rule", "who", "top", "mr", "officer", "answers", "standard", "steps", "this"} <= set(
        names
    )
    assert {"function", "condition"} <= set(names)
    assert set(example_facts().client.questions) <= set(names)
    assert names["standard"] == {
        "code": "GB/T 29490",
        "edition": "2023",
        "cite": "GB/T 29490—2023《企业知识产权合规管理体系 要求》",
        "system": "知识产权合规管理体系",
    }
    assert names["top"] == {"姓名": "周屿川", "职务": "董事长兼总经理"}


def test_a_document_is_cited_by_title_and_number_and_knows_how_long_it_is_kept() -> None:
    found = context(example_facts(), WORDS)["doc"]
    assert isinstance(found, dict)
    assert found["sys-reward"]["cite"] == "《知识产权奖励与利益分配制度》（LW-IPM-ZD-04）"
    assert found["rec-background"]["keep"] == "离职后不少于3年"


def test_numbers_of_published_rules_are_numbers() -> None:
    rules = WORDS.rules
    assert context(example_facts(), WORDS)["rule"] == rules
    assert isinstance(rules["PAT-REWARD"].params["months"], int)
    assert isinstance(rules["PAT-REMUN"].params["transfer_share_min"], float)


def test_every_clause_has_its_documents_and_records() -> None:
    answers = context(example_facts(), WORDS)["answers"]
    assert isinstance(answers, list)
    row = next(each for each in answers if each["key"] == "evaluation.audit")
    assert any(document["id"] == "rec-audit-checklist" for document in row["records"])
    assert all(document["audience"] == "client" for each in answers for document in each["records"])


def test_a_project_team_falls_back_to_research_and_an_expo_to_sales() -> None:
    found = example_facts().carriers
    assert found["project"]["部门"] == "技术中心"
    assert found["expo"]["部门"] == "市场营销部"
    assert department("ext_customs", example_facts(), WORDS) == "海关"


def test_work_is_checked_by_another_department() -> None:
    assert others(example_facts()) == {
        **dict.fromkeys(others(example_facts()), "财务部"),
        "财务部": "综合管理部",
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("经营部", "top,mr,sales"), ("综合部", "ip,hr,finance,admin")],
            {"经营部": "综合部", "综合部": "经营部", "知识产权部": "综合部"},
        ),
        ([("全公司", "top,ip,hr,finance")], {"全公司": "董事长兼总经理", "知识产权部": "全公司"}),
    ],
)
def test_in_a_small_shop_nobody_checks_himself(rows: list[tuple[str, str]], expected: dict[str, str]) -> None:
    departments = [{"部门": name, "职能": functions} for name, functions in rows]
    assert others(answered(example_facts(), departments=departments)) == expected


def test_nobody_stands_for_a_post_that_is_open() -> None:
    names = context(answered(example_facts(), compliance_owner=None, departments=None), WORDS)
    assert names["officer"] is None
    assert names["who"] == {}


def test_steps_carry_departments_and_records() -> None:
    flow = next(s for s in example_facts().specifications if s.id == "flow-rd")
    made = steps(flow, example_facts(), WORDS)
    assert [step["no"] for step in made] == list(range(1, len(made) + 1))
    assert made[0]["responsible"] == "技术中心"
    assert all(record["number"] for step in made for record in step["records"])  # type: ignore[attr-defined] # a list


def test_a_stand_in_does_what_no_department_carries() -> None:
    small = answered(example_facts(), departments=[{"部门": "综合部", "职能": "ip,hr"}])
    assert department("quality", example_facts(), WORDS) == "质量部"
    assert department("quality", small, WORDS) == "综合部"
    assert department("aftersales", small, WORDS) == WORDS.functions.get("aftersales", "aftersales")


def test_many_units_of_a_kind_are_shown_as_the_kind() -> None:
    facts = example_facts()
    head = replace(facts.standard.head, units=("rd", "center"), functions={"center": "研究中心（研究室、实验室）"})
    facts = replace(facts, standard=replace(facts.standard, head=head))
    assert department("center", facts, WORDS) == "研究中心"
    assert department("rd", facts, WORDS) == WORDS.functions["rd"]


@pytest.mark.parametrize(
    ("path", "folder"),
    [("systems/x.md.j2", "systems"), ("institute/manual/x.md.j2", "manual"), ("institute/flows/x.md.j2", "procedures")],
)
def test_a_standard_s_own_texts_look_as_their_folder_says(path: str, folder: str) -> None:
    assert layout_for(Template(path, "自带", {}, "", 1)) == layout_for(Template(f"{folder}/x.md.j2", "自带", {}, "", 1))


def test_time_limits_of_steps_are_periods() -> None:
    flow = next(s for s in example_facts().specifications if s.id == "flow-rd")
    assert "拟发布日10个工作日前送审" in [step["time_limit"] for step in steps(flow, example_facts(), WORDS)]
    wrong = replace(flow, steps=(replace(flow.steps[0], time_limit="收到后{nobody.knows}内"),))
    with pytest.raises(FileFaults) as found:
        steps(wrong, example_facts(), WORDS)
    assert "nobody.knows" in str(found.value)
    assert "flow-rd" in str(found.value)


def test_a_number_follows_its_pattern() -> None:
    assert number_of(SYSTEM, "QY") == "QY-IPM-ZD-04"


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_has_a_folder(kind: DocumentKind) -> None:
    assert FOLDERS[kind]
