"""Every edition of GB/T 29490 has a sound matrix and enough good audit questions."""

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml

ROOT = Path(__file__).parent.parent
EDITIONS = sorted(path.parent for path in (ROOT / "checklists/gb29490").glob("*/matrix.yaml"))
METHODS = {"询问", "查文件", "查记录", "现场观察", "系统查询", "抽样比对"}
BANNED_PHRASES = """高度重视 切实加强 不断完善 进一步提升 全面推进 扎实开展 积极探索 充分发挥 有效防范 保驾护航
    赋能 抓手 闭环 全方位 多层次 全生命周期 做大做强 行稳致远 核心竞争力 再上新台阶 添砖加瓦 意义重大
    众所周知 随着知识经济 为了更好地 相关部门 有关人员 等相关工作 按照相关规定 适宜性、充分性 以人为本
    第一动力 及时 定期 适时 必要时 应当加强 保证不侵权 台帐 管代"""
FUNCTION_NAMES = """top mr ip compliance hr finance rd purchasing production quality sales aftersales trade
    admin it"""
BANNED = BANNED_PHRASES.split()
FUNCTIONS = FUNCTION_NAMES.split()
ALWAYS = {"top", "mr", "ip", "compliance", "hr", "finance", "admin", "it"}
EXISTS = {
    "rd": "has_rd",
    "purchasing": "has_procurement",
    "production": "has_production|has_outsourced_production",
    "sales": "has_sales",
    "aftersales": "has_sales",
    "trade": "does_import_export",
}
DEEPER = {  # research, contracts, people, secrecy
    "2013": ("operation.project", "operation.rd", "basic.contract", "resources.people.", "basic.secrecy"),
    "2023": ("operation.business.project", "operation.business.rd", "operation.business.contract",
             "support.resources.people", "support.competence", "support.awareness", "operation.basic.tradesecret"),
}  # fmt: skip
OTHER_EDITION = {
    "2013": ("合规义务", "不合格", "成文信息", "禁止性行为", "合规管理体系", "合规审查"),
    "2023": ("管理规范", "法律法规和其他要求", "不符合"),
}

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda path: path.name)


def load(path: Path) -> Any:  # noqa: ANN401  YAML is anything
    """Read a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def auditable(edition: Path) -> list[str]:
    """List the keys of the auditable clauses in order."""
    return [clause["key"] for clause in load(edition / "clauses.yaml")["clauses"] if clause["auditable"]]


def matrix(edition: Path) -> list[dict[str, Any]]:
    """Read the function-clause matrix."""
    entries: list[dict[str, Any]] = load(edition / "matrix.yaml")["matrix"]
    return entries


def questions(edition: Path) -> list[dict[str, Any]]:
    """Read the questions of every function."""
    files = sorted((edition / "audit").glob("*.yaml"))
    return list(chain.from_iterable(load(path)["questions"] for path in files))


def taking_part(entry: dict[str, Any]) -> set[str]:
    """Name the functions that answer for a clause."""
    return set(FUNCTIONS) if "all" in entry["with"] else {entry["main"], *entry["with"]}


def asked_of(question: dict[str, Any]) -> set[str]:
    """Name the functions that are asked a question."""
    return set(FUNCTIONS) if question["functions"] == ["all"] else set(question["functions"])


def certain(question: dict[str, Any], entry: dict[str, Any], function: str) -> bool:
    """Tell whether a question is asked wherever the clause applies and the function exists."""
    return set(question.get("when", [])) <= {*entry["when"], EXISTS.get(function)}


def texts(question: dict[str, Any]) -> list[str]:
    """List the sentences of a question."""
    return [question[part] for part in ("question", "sample", "evidence")]


@each_edition
def test_every_auditable_clause_is_in_the_matrix_once_and_in_order(edition: Path) -> None:
    """The matrix has one entry for each auditable clause."""
    assert [entry["clause"] for entry in matrix(edition)] == auditable(edition)


@each_edition
def test_main_function_exists_wherever_the_clause_applies(edition: Path) -> None:
    """A main function is either at every client or implied by the condition of its entry."""
    for entry in matrix(edition):
        assert entry["main"] in ALWAYS or EXISTS.get(entry["main"]) in entry["when"], entry


@each_edition
def test_main_function_does_not_cooperate_with_itself(edition: Path) -> None:
    """The co-operating functions are known, different and without the main one."""
    for entry in matrix(edition):
        assert entry["main"] not in entry["with"], entry
        assert set(entry["with"]) <= {*FUNCTIONS, "all"}, entry
        assert len(set(entry["with"])) == len(entry["with"]), entry


@each_edition
def test_every_pair_has_two_questions_and_three_where_it_matters(edition: Path) -> None:
    """Each clause asks each of its functions twice, whatever the client's conditions; of four subjects three times."""
    asked = questions(edition)
    few = {
        (entry["clause"], function): count
        for entry in matrix(edition)
        for function in taking_part(entry)
        if (
            count := sum(
                question["clause"] == entry["clause"]
                and function in asked_of(question)
                and certain(question, entry, function)
                for question in asked
            )
        )
        < (3 if entry["clause"].startswith(DEEPER[edition.name]) else 2)
    }
    assert not few


@each_edition
def test_no_question_is_outside_the_matrix(edition: Path) -> None:
    """Each question has a known clause and asks only functions that answer for it."""
    entries = {entry["clause"]: entry for entry in matrix(edition)}
    for question in questions(edition):
        assert asked_of(question) <= taking_part(entries[question["clause"]]), question["id"]


@each_edition
def test_ids_are_unique(edition: Path) -> None:
    """No two questions of an edition share an id."""
    ids = Counter(question["id"] for question in questions(edition))
    assert not [name for name, count in ids.items() if count > 1]


@each_edition
def test_conditions_and_functions_are_in_the_vocabulary(edition: Path) -> None:
    """Conditions and functions are words of the vocabulary."""
    words = load(ROOT / "templates/vocabulary.yaml")
    assert set(FUNCTIONS) <= words["functions"].keys()
    conditions = [entry["when"] for entry in matrix(edition)] + [q.get("when", []) for q in questions(edition)]
    for term in chain.from_iterable(conditions):
        assert set(term.split("|")) <= words["conditions"].keys(), term


@each_edition
def test_file_holds_the_questions_of_its_function(edition: Path) -> None:
    """A question lies in the file of the first function that it asks."""
    for path in (edition / "audit").glob("*.yaml"):
        for question in load(path)["questions"]:
            assert question["functions"][0] == {"each": "all"}.get(path.stem, path.stem), question["id"]
    assert {path.stem for path in (edition / "audit").glob("*.yaml")} == {*FUNCTIONS, "each"}


@each_edition
def test_methods_are_from_the_list(edition: Path) -> None:
    """Each question is looked into by at least one of the six methods."""
    for question in questions(edition):
        assert question["method"], question["id"]
        assert set(question["method"]) <= METHODS, question["id"]


@each_edition
def test_sentences_are_templates_without_banned_phrases(edition: Path) -> None:
    """Sentences are valid Jinja, say something and use the words of their own edition."""
    engine = jinja2.Environment(autoescape=True)
    for question in questions(edition):
        for text in texts(question):
            engine.parse(text)
            found = [word for word in (*BANNED, *OTHER_EDITION[edition.name]) if word in text]
            assert not found, (question["id"], found)
            assert len(text) > 10, question["id"]


@each_edition
def test_no_question_is_asked_twice(edition: Path) -> None:
    """No two questions of an edition have the same wording."""
    wordings = Counter(question["question"] for question in questions(edition))
    assert not [wording for wording, count in wordings.items() if count > 1]
