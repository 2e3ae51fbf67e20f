"""Steps of a flow are told in the words of the client's business."""

import re

import pytest

from absent import WORK
from drafted import example_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents.context import steps
from gbtool.documents.telling import told
from gbtool.model.condition import names
from gbtool.model.document import Specification, Step, Told
from gbtool.model.facts import Facts

STEP = Step("A1", "activity", "检索", "rd", inputs=("课题",), outputs=("报告",))
ALL = tuple(each for each in example_facts().specifications if each.told)


def one(facts: Facts, *ways: Told) -> Step:
    """The step as it is told to a client."""
    return told((STEP,), ways, facts.client)[0]


def test_the_first_way_that_fits_is_told_and_what_it_leaves_out_stays() -> None:
    software = Told("A1", ("is_software",), "查组件", inputs=("组件名单",))
    other = Told("A1", (), "查专利")
    assert one(example_facts("qingyu"), software, other).name == "查组件"
    assert one(example_facts("qingyu"), software, other).outputs == ("报告",)
    assert one(example_facts(), software, other).name == "查专利"
    assert one(example_facts(), Told("A2", (), "别的")) == STEP


def test_facts_stand_in_it_lists_joined_and_columns_once() -> None:
    way = Told("A1", (), inputs=("{search_tools}", "{key_tech_fields.分类号}", "{website}", "{english_name.列}"))
    found = one(answered(example_facts(), website=None), way)
    assert found.inputs == (
        "、".join(example_facts().client.answers["search_tools"]),  # type: ignore[arg-type] # a list of texts
        "、".join(dict.fromkeys(str(row["分类号"]) for row in example_facts().client.rows("key_tech_fields"))),
        "",
        "",
    )


@pytest.mark.parametrize("specification", ALL, ids=lambda each: str(each.id))
def test_ways_of_telling_name_steps_and_questions_that_exist(specification: Specification) -> None:
    ids = {step.id for step in specification.steps}
    questions = set(example_facts().client.questions)
    for way in specification.told:
        assert way.id in ids
        assert set(names(way.when)) <= questions
        assert set(re.findall(r"\{([a-z_]+)", "".join((way.name, *way.inputs, *way.outputs)))) <= questions
    kinds = {way.when for way in specification.told}
    assert len({(way.id, way.when) for way in specification.told}) == len(specification.told)
    assert len(kinds) > 1


@pytest.mark.parametrize("name", ["lanwan", "qingyu", "hengtuo"])
def test_no_step_is_told_with_a_gap(name: str) -> None:
    facts, words = example_facts(name), drafts.words(WORK)
    for specification in (each for each in facts.applicable if each.told):
        for step in steps(specification, facts, words):
            said = [step["name"], *step["inputs"], *step["outputs"]]  # type: ignore[misc] # lists of texts
            assert all(said), step
            assert not any("{" in str(each) or str(each).startswith("、") for each in said), step
