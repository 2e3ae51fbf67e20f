"""Standards, gates, catalogue and checklists as they stand on the shelves; the nearest wins."""

from pathlib import Path

import pytest

from gbtool.errors import FileFaults, UsageError
from gbtool.model.document import DocumentKind
from gbtool.shelf import calendars, catalogue, checklists, gates, questions, rule_texts, standards
from gbtool.shelf.shelves import SHIPPED, Shelves, client_above, firm_above, shelves_of
from gbtool.structs import values_of

ROOT = Path(__file__).parent.parent.parent
SHELVES = shelves_of(None, None)
CLAUSES = "checklists/gb29490/2023/clauses.yaml"


def firm_with(folder: Path, path: str, text: str) -> Shelves:
    """The shelves of a firm that overrides one file."""
    file = folder / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return shelves_of(None, folder)


def test_a_firm_corrects_number_and_title_of_a_clause(tmp_path: Path) -> None:
    text = "clauses:\n  - key: operation.business.rd\n    number: 8.3.9\n    title: 研发\n"
    found = standards.standard("2023", firm_with(tmp_path, CLAUSES, text)).clause("operation.business.rd")
    assert found
    assert (found.cite, found.confirmed, found.confidence) == ("8.3.9 研发", True, "high")
    shipped = standards.standard("2023", SHELVES).clause("operation.business.rd")
    assert shipped
    assert shipped.cite == "8 研究开发"


def test_a_correction_of_an_unknown_clause_is_a_complaint(tmp_path: Path) -> None:
    shelves = firm_with(tmp_path, CLAUSES, "clauses:\n  - key: no.such\n    title: x\n")
    with pytest.raises(FileFaults, match=r"没有条款键“no\.such”"):
        standards.standard("2023", shelves)


def test_an_unknown_edition_names_the_known_ones() -> None:
    with pytest.raises(FileFaults, match="2013、2023"):
        standards.standard("2033", SHELVES)


def test_an_unconfirmed_clause_folds_into_the_one_above() -> None:
    standard = standards.standard("2023", SHELVES)
    duty = standard.clause("leadership.commitment.duty")
    policy = standard.clause("leadership.policy")
    assert duty
    assert policy
    assert standard.fold(duty).key == "leadership.commitment"
    assert standard.fold(policy) is policy
    assert standard.clause("no.such") is None


def test_the_system_has_the_name_of_its_edition() -> None:
    assert standards.standard("2023", SHELVES).system == "知识产权合规管理体系"
    assert standards.standard("2013", SHELVES).system == "知识产权管理体系"


def test_every_clause_of_2013_leads_somewhere_in_2023() -> None:
    old, new = standards.standard("2013", SHELVES), standards.standard("2023", SHELVES)
    changes = standards.changes(SHELVES, "GB/T 29490")
    assert {c.key for c in old if c.auditable} <= {change.before for change in changes}
    known = {clause.key for clause in new} | {"annexA", "annexB"}
    assert {key for change in changes for key in change.after} <= known


def test_a_gate_joins_rules_with_their_published_source() -> None:
    gate = gates.gate("certification", "2023", SHELVES)
    period = next(r for r in gate.requirements if r.rule == "period.months")
    assert (period.values, period.confidence) == ({"months": "3"}, "high")
    assert period.source.startswith("APP-001（")
    with pytest.raises(FileFaults, match="没有名为“x”的门槛"):
        gates.gate("x", "2023", SHELVES)


def test_a_guide_says_what_to_ask_instead_of_a_gate_that_it_has_not() -> None:
    with pytest.raises(FileFaults, match="ISO 56005:2020 不是认证依据") as caught:
        gates.gate("surveillance", "56005-2020", SHELVES)
    assert "gbtool figures" in caught.value.complaints[0].fix


def test_a_gate_with_an_unknown_source_is_a_complaint(tmp_path: Path) -> None:
    text = "gates:\n  - name: own\n    title: t\n    requirements:\n      - {rule: audit.done, title: t, source: X-1}\n"
    with pytest.raises(FileFaults, match="没有出处“X-1”"):
        gates.gate("own", "2023", firm_with(tmp_path, "checklists/gb29490/2023/gates.yaml", text))


def test_the_catalogue_holds_190_documents_of_29490_in_order() -> None:
    found = [each for each in catalogue.catalogue(SHELVES) if {"2013", "2023"} & set(each.editions)]
    assert len(found) == 190
    assert found[0].id == "ip-manual"
    assert found[0].title_in("2013") == "知识产权手册"
    assert [s.kind for s in found[1:9]] == [DocumentKind.SYSTEM] * 8


def test_a_document_that_stands_twice_is_a_complaint(tmp_path: Path) -> None:
    text = (Path(SHIPPED.folder) / "templates/records/rec-scope.yaml").read_text(encoding="utf-8")
    with pytest.raises(FileFaults, match="重复"):
        catalogue.catalogue(firm_with(tmp_path, "templates/records/again.yaml", text))


def test_a_missing_vocabulary_is_a_complaint() -> None:
    with pytest.raises(FileFaults, match="找不到文件"):
        catalogue.vocabulary(Shelves(()))


def test_questions_have_unique_keys_and_a_first_sitting() -> None:
    everything = questions.questions(SHELVES)
    found = {key: question for key, question in everything.items() if not question.standards}
    assert len(found) == 132
    assert 20 <= sum(question.first for question in found.values()) <= 30
    assert all(question.group in "ABCDEFG" for question in found.values())
    assert sum(question.standards == ("56005-2020",) for question in everything.values()) == 13


def test_empty_shelves_give_nothing() -> None:
    empty = Shelves(())
    assert standards.changes(empty, "GB/T 29490") == ()
    assert checklists.matrix("2023", empty) == ()
    assert checklists.audit_questions("2023", empty) == ()
    assert rule_texts.rule_texts(empty) == {}


def test_rules_of_dates_and_consistency_are_texts() -> None:
    texts = rule_texts.rule_texts(SHELVES)
    assert len([name for name in texts if name.startswith(("DT-", "CN-"))]) == 96
    assert all(values_of(text)[:4] for text in texts.values())


def test_holidays_have_chinese_names() -> None:
    names = set(calendars.work_calendar().holidays.values())
    assert {"元旦", "春节", "端午节", "国庆节"} <= names
    assert all("一" <= name[0] <= "鿿" for name in names)


def test_the_nearest_client_and_firm_are_found(tmp_path: Path) -> None:
    firm, client = tmp_path / "firm", tmp_path / "firm" / "客户"
    (client / "文件").mkdir(parents=True)
    (firm / "gbtool.yaml").write_text("name: 示例\n", encoding="utf-8")
    (client / "client.yaml").write_text("", encoding="utf-8")
    assert (client_above(client / "文件"), firm_above(client)) == (client, firm)
    shelves = shelves_of(client, firm)
    assert [shelf.name for shelf in shelves.shelves] == ["客户", "机构", "自带"]
    assert client_above(tmp_path) is None


OWN = """key: demo-2030
code: DB 00/T 1-2030
title: 示例标准
in_force_from: '2030-01-01'
status: 虚构
confidence: high
system: 示例管理体系
audience: [示例单位]
"""


def test_every_standard_says_what_it_is_and_how_sure_that_is() -> None:
    heads = {head.key: head for head in standards.heads(SHELVES)}
    assert {"2013", "2023", "33251-2016", "33250-2016", "56005-2020"} <= set(heads)
    assert all(
        head.status and head.confidence in ("high", "medium", "low") and head.audience for head in heads.values()
    )
    assert heads["56005-2020"].cite == "ISO 56005:2020《创新管理 知识产权管理指南》"
    assert not heads["56005-2020"].certifiable
    assert standards.editions(SHELVES, "GB/T 29490") == ("2013", "2023")
    for key in heads:
        numbers = {clause.number for clause in standards.standard(key, SHELVES)}
        assert all(clause.cite_as in numbers for clause in standards.standard(key, SHELVES))


def test_a_number_that_nobody_could_confirm_is_cited_by_the_level_above() -> None:
    committee = standards.standard("33251-2016", SHELVES).find("5.6")
    assert [(clause.number, clause.cite_as, clause.confirmed) for clause in committee] == [("5.6", "5", False)]


def test_the_usual_standard_is_the_one_for_the_entity(tmp_path: Path) -> None:
    assert standards.usual(SHELVES) == standards.usual(SHELVES, "企业") == "2023"
    assert standards.usual(SHELVES, "高等学校") == "33251-2016"
    assert standards.usual(firm_with(tmp_path, "checklists/demo/2030/standard.yaml", OWN), "示例单位") == "demo-2030"
    with pytest.raises(FileFaults, match="没有一个标准"):
        standards.usual(Shelves(()))


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("2023", "2023"),
        ("GB/T 29490-2013", "2013"),
        ("gb/t29490—2013", "2013"),
        ("33251", "33251-2016"),
        ("29490", "2023"),
    ],
)
def test_a_standard_is_meant_by_key_code_or_number(word: str, key: str) -> None:
    assert standards.named(word, SHELVES).key == key


def test_a_year_of_several_standards_asks_for_more() -> None:
    with pytest.raises(UsageError, match="指的标准有几个"):
        standards.named("2016", SHELVES)


def test_two_standards_of_one_key_are_a_complaint(tmp_path: Path) -> None:
    shelves = firm_with(tmp_path, "checklists/demo/2030/standard.yaml", OWN.replace("demo-2030", "'2023'"))
    with pytest.raises(FileFaults, match="重复"):
        standards.heads(shelves)


def test_a_standard_without_clauses_is_a_complaint(tmp_path: Path) -> None:
    shelves = firm_with(tmp_path, "checklists/demo/2030/standard.yaml", OWN)
    with pytest.raises(FileFaults, match="找不到文件"):
        standards.standard("demo-2030", shelves)


def test_a_standard_asks_a_question_of_another_too(tmp_path: Path) -> None:
    head = "checklists/gb33251/2016/standard.yaml"
    text = (ROOT / head).read_text("utf-8")
    shelves = firm_with(tmp_path, head, f"{text}asks: [committee_like_body]\n")
    asked = questions.questions(shelves)["committee_like_body"]
    assert set(asked.standards) >= {"33250-2016", "33251-2016"}
    assert asked.relevant({"standard_edition": "33251-2016"})
    assert not asked.relevant({"standard_edition": "2023"})


def test_a_question_that_nobody_has_cannot_be_asked_too(tmp_path: Path) -> None:
    head = "checklists/gb33251/2016/standard.yaml"
    text = (ROOT / head).read_text("utf-8")
    shelves = firm_with(tmp_path, head, f"{text}asks: [committee_like_bodi]\n")
    with pytest.raises(FileFaults, match="asks 里没有这个问题：committee_like_bodi"):
        questions.questions(shelves)
