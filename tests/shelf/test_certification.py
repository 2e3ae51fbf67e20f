"""Published rules of certification: all that were collected, each checked, each fact known, each source named."""

from pathlib import Path

import pytest

from engagement import ROOT
from gbtool.errors import FileFaults
from gbtool.rules.engine import RULES
from gbtool.rules.gates import found, money  # noqa: F401 - importing them registers how facts are found
from gbtool.rules.gates.known import FOUND
from gbtool.rules.gates.outcome import KINDS
from gbtool.rules.report import check_names
from gbtool.shelf import questions, standards
from gbtool.shelf.certification import ASK, rulebook
from gbtool.shelf.gates import gate, names
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves, shelves_of

SHELVES = shelves_of(None, None)
BOOK = rulebook(SHELVES)
FIRST = "rules:\n  - {id: OWN-1, statement: 甲, checks: [{kind: ask, question: 问}]}\n"


def firm(tmp_path: Path, **files: str) -> Shelves:
    """A firm with files of its own beside what is shipped."""
    folder = tmp_path / "checklists" / "certification"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Shelves((Shelf("机构", tmp_path), SHIPPED))


def test_all_rules_are_there_each_with_its_source_and_a_check() -> None:
    assert len(BOOK.rules) == 80
    assert all(rule.statement and rule.checks and rule.sources for rule in BOOK.rules.values())
    assert {name for rule in BOOK.rules.values() for name in rule.sources} <= set(BOOK.sources)
    assert all(len(lines) == len(set(lines)) for lines in BOOK.files.values())


def test_every_check_is_of_a_known_kind_about_known_facts() -> None:
    asked = set(questions.questions(SHELVES))
    assert check_names()
    for rule in BOOK.rules.values():
        for check in rule.checks:
            assert check.kind in KINDS, (rule.id, check.kind)
            wants = (check.fact, *check.facts, check.from_, check.to, check.by, check.count_fact, *check.limits)
            wanted = {name for name in wants if name and not (check.kind == ASK and name == rule.id)}
            assert wanted <= set(BOOK.terms), (rule.id, wanted - set(BOOK.terms))
            assert not check.rule or check.rule in RULES, (rule.id, check.rule)
    for term in BOOK.terms.values():
        assert not term.ledger or term.name in FOUND, term.name
        assert not term.answer or term.answer in asked, term.name
        assert term.ledger or term.answer or term.ask, term.name
    assert set(FOUND) <= set(BOOK.terms)


def test_every_rule_is_asked_by_some_gate() -> None:
    asked: set[str] = {"POL-005"}  # of programmes
    for name, standard in ((name, key) for key in standards.editions(SHELVES) for name in names(key, SHELVES)):
        found_ = gate(name, standard, SHELVES)
        asked |= {rule.id for rule in found_.published} | {r.source.partition("（")[0] for r in found_.requirements}
    assert set(BOOK.rules) - asked == set()


def test_a_firm_adds_rules_and_extends_ours(tmp_path: Path) -> None:
    own = f"{FIRST}  - {{id: APP-001, extends: APP-001, note: 我们核对过}}\n"
    shelves = firm(tmp_path, own=own, facts="facts:\n  - {name: own.fact, title: 自己的, type: count, ask: 问}\n")
    book = rulebook(shelves)
    assert book.rules["OWN-1"].checks[0].fact == "OWN-1"
    assert (book.rules["APP-001"].note, book.rules["APP-001"].checks) == ("我们核对过", BOOK.rules["APP-001"].checks)
    assert (book.terms["own.fact"].title, len(book.terms)) == ("自己的", len(BOOK.terms) + 1)
    assert book.named("自己的") == book.terms["own.fact"]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (FIRST + "  - {id: OWN-1, statement: 乙}\n", "写了两次"),
        ("rules:\n  - {id: OWN-1, extends: APP-01}\n", "extends 的 APP-01 没有"),
        ("rules:\n  - {id: OWN-1, kind: 重}\n", "不在可选之列"),
    ],
)
def test_a_wrong_file_is_a_complaint_with_its_line(tmp_path: Path, own: str, words: str) -> None:
    with pytest.raises(FileFaults, match=rf"own.yaml:\d+.*{words}"):
        rulebook(firm(tmp_path, own=own))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("  - {name: own, title: 自己的, extends: nothing}\n", "extends 的门槛“nothing”没有"),
        ("  - {name: own, title: 自己的, extends: own}\n", "绕了回来"),
        ("  - {name: own, title: 自己的, published: [nothing]}\n", "没有规则或文件“nothing”"),
    ],
)
def test_a_gate_names_gates_and_rules_that_exist(tmp_path: Path, more: str, words: str) -> None:
    path = "checklists/gb29490/2023/gates.yaml"
    own = tmp_path / path
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / path).read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(FileFaults, match=words):
        gate("own", "2023", Shelves((Shelf("机构", tmp_path), SHIPPED)))


def test_empty_shelves_have_no_rules() -> None:
    assert rulebook(Shelves(())).rules == {}
