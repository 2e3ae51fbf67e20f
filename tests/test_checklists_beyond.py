"""Every standard beside GB/T 29490 that has a matrix asks enough about each clause, of those who answer for it."""

import re
from collections import Counter

import pytest

from gbtool.model.checklist import AuditQuestion
from gbtool.shelf import auditing, catalogue, checklists, questions, standards
from gbtool.shelf.seen import seen_by
from gbtool.shelf.shelves import shelves_of
from test_checklists import BANNED, METHODS

SHELVES = shelves_of(None, None)
OF_29490 = standards.editions(SHELVES, "GB/T 29490")
KEYS = [key for key in standards.editions(SHELVES) if key not in OF_29490 and checklists.audit_questions(key, SHELVES)]
QUESTIONS = questions.questions(SHELVES)
FEWEST = 2

each_standard = pytest.mark.parametrize("key", KEYS)


def texts(question: AuditQuestion) -> str:
    """All that a question says."""
    return f"{question.question}{question.sample}{question.evidence}".replace("法定期限", "")


@each_standard
def test_every_auditable_clause_is_in_the_matrix_once_and_in_order(key: str) -> None:
    auditable = [clause.key for clause in standards.standard(key, SHELVES) if clause.auditable]
    assert [share.clause for share in checklists.matrix(key, SHELVES)] == auditable


@each_standard
def test_every_function_is_asked_twice_about_each_of_its_clauses(key: str) -> None:
    asked = checklists.audit_questions(key, SHELVES)
    few = [
        (share.clause, function)
        for share in checklists.matrix(key, SHELVES)
        for function in {share.main, *share.with_}
        if sum(q.clause == share.clause and bool({"all", function} & set(q.functions)) for q in asked) < FEWEST
    ]
    assert few == []


@each_standard
def test_questions_are_sound(key: str) -> None:
    asked = checklists.audit_questions(key, SHELVES)
    shares = {share.clause: {share.main, *share.with_} for share in checklists.matrix(key, SHELVES)}
    functions = catalogue.vocabulary(SHELVES).functions
    documents = {each.id for each in seen_by((key,), SHELVES) if key in each.editions}
    assert auditing.populations(SHELVES, asked)
    assert [name for name, count in Counter(q.question for q in asked).items() if count > 1] == []
    assert len({q.id for q in asked}) == len(asked)
    for question in asked:
        assert set(question.functions) <= shares[question.clause], question.id
        assert set(question.functions) <= {*functions, "all"}, question.id
        assert question.method, question.id
        assert set(question.method) <= METHODS, question.id
        assert set(question.when) <= set(QUESTIONS), question.id
        assert [word for word in BANNED if word in texts(question)] == [], question.id
        assert set(re.findall(r"doc\['([\w-]+)'\]", texts(question))) <= documents, question.id


@each_standard
def test_file_holds_the_questions_of_its_function(key: str) -> None:
    for question in checklists.audit_questions(key, SHELVES):
        stem = question.place.file.rpartition("/")[2].removesuffix(".yaml")
        assert question.functions[0] == {"each": "all"}.get(stem, stem), question.id
