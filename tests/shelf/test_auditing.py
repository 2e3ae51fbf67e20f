from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.checklist import AuditQuestion
from gbtool.shelf import auditing, checklists
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves

ALL = Shelves((SHIPPED,))


@pytest.mark.parametrize("edition", ["2013", "2023"])
def test_every_question_names_a_population_that_there_is(edition: str) -> None:
    questions = checklists.audit_questions(edition, ALL)
    known = auditing.populations(ALL, questions)
    used = {question.population for question in questions} - {""}
    assert {"people", "contracts", "projects", "new-hires", "leavers", "indicators"} <= used <= known.keys()


def test_the_time_of_a_question_is_that_of_its_slowest_method() -> None:
    time = auditing.audit_time(ALL)
    quick, slow = (AuditQuestion("q", "c", (), "问", methods, "", "") for methods in (("询问",), ("询问", "抽样比对")))
    assert (time.of(quick), time.of(slow)) == (3, 4)
    assert time.of(AuditQuestion("q", "c", (), "问", ("别的",), "", "")) == time.minutes
    assert time.reason


def test_what_does_not_fit_is_told_at_once(tmp_path: Path) -> None:
    own = tmp_path / "checklists" / "populations.yaml"
    own.parent.mkdir()
    row = "populations:\n- {id: people, name: 人, unit: 人, sources: [{kind: nobody, shown: [姓名]}]}\n"
    own.write_text(row, encoding="utf-8")
    asked = AuditQuestion("q", "c", (), "问", ("询问",), "", "", population="nothing", take="many")
    with pytest.raises(FileFaults) as refused:
        auditing.populations(Shelves((Shelf("机构", tmp_path), SHIPPED)), (asked,))
    said = "\n".join(each.message for each in refused.value.complaints)
    assert "来源不认识：nobody" in said
    assert "总体“nothing”不在 checklists/populations.yaml 里" in said
    assert "take 应当是数或 all" in said
