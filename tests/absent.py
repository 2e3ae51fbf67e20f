"""Clients that lack one business, and every text that they would read, for tests."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from drafted import example, example_desk, example_facts, texts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import asking, drafting, forms, kept, matrix, plan
from gbtool.documents.context import FORMS, steps
from gbtool.documents.desk import Desk
from gbtool.model.condition import holds
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.shelf import checklists, standards
from gbtool.structs import Frozen, replace
from gbtool.word.numbering import Lists

BUSINESSES = Path(__file__).parent / "data" / "businesses.yaml"
WORK = example()
_WIDTH = 9000


class Absent(Frozen):
    """A business that a client does not have: what it answers, who does nothing any more, whose words must not stand.

    `words` and `allowed` are regular expressions: what is allowed is taken out of a text before the words are sought.
    `kept` are documents that say what is done should it come to that, each with the reason.
    """

    name: str
    answers: Mapping[str, object]
    functions: tuple[str, ...]
    words: re.Pattern[str]
    allowed: re.Pattern[str]
    kept: Mapping[str, str]


@cache
def businesses(file: Path = BUSINESSES) -> tuple[Absent, ...]:
    """The businesses of tests/data/businesses.yaml, or of another file."""
    data = yaml.safe_load(file.read_text("utf-8"))
    always = data["allowed"]
    return tuple(
        Absent(
            each["business"],
            each["answers"],
            tuple(each.get("functions", ())),
            re.compile("|".join(each["words"])),
            re.compile("|".join((*always, *each.get("allowed", ())))),
            each.get("kept", {}),
        )
        for each in data["businesses"]
    )


def client_without(absent: Absent, edition: str, having: Facts | None = None) -> Facts:
    """The manufacturer, or another client, without a business: answers about it fall away, its words stand nowhere."""
    facts = having or example_facts()
    answers = {**facts.client.answers, **absent.answers, "standard_edition": edition}
    for key, question in facts.client.questions.items():
        if question.when and not holds(question.when, answers) and key not in absent.answers:
            answers[key] = None
    departments = [_without(row, absent.functions) for row in facts.client.rows("departments")]
    answers["departments"] = [row for row in departments if row["职能"]]
    cleaned = {key: _cleaned(value, absent.words) for key, value in answers.items()}
    standard = standards.standard(edition, WORK.shelves)
    shares = checklists.matrix(edition, WORK.shelves)
    return answered(replace(facts, standard=standard, matrix=shares), **cleaned)


def _without(row: Mapping[str, object], functions: tuple[str, ...]) -> dict[str, object]:
    left = [each for each in str(row["职能"]).split(",") if each not in functions]
    return {**row, "职能": ",".join(left)}


def _cleaned(value: object, words: re.Pattern[str]) -> object:
    """A client's answer as it would be without this business: the word gone, the rest as it was."""
    if isinstance(value, Mapping):
        return {key: _cleaned(each, words) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each, words) for each in value]
    return words.sub("某项", value) if isinstance(value, str) else value


def read(facts: Facts) -> Iterator[tuple[str, str]]:
    """Every paragraph, cell, step and audit question of a client, each with the id of its document."""
    desk = example_desk(facts)
    yield from written(facts, desk)
    yield from (("matrix", text) for text in texts(matrix.matrix(facts, _WIDTH)))
    yield from _asked(facts, desk)


def written(facts: Facts, desk: Desk, ids: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Every title, paragraph and cell of a client's documents, or of some, each with the id of its document."""
    for planned in plan.plan(facts, drafts.parts(WORK, facts.client.edition)).documents:
        if ids and planned.specification.id not in ids:
            continue
        yield planned.specification.id, planned.title
        if planned.specification.kind in FORMS:
            form = drafting.form(planned, desk)
            yield from ((planned.specification.id, text) for text in texts(forms.body(form)))
        elif not kept.missing(planned.templates, facts):
            yield from ((planned.specification.id, text) for text in _said(planned, desk))


def _said(planned: plan.Planned, desk: Desk) -> Iterator[str]:
    specification = planned.specification
    made = steps(specification, desk.facts, desk.words) if specification.steps else []
    yield from (f"{step['name']} {step['no']}" for step in made)
    names = {
        "this": desk.documents.get(specification.id, {}),
        "steps": made,
        "_lists": Lists(),
        "_made": lambda _: "",
    }
    for template in planned.templates:
        yield from texts(desk.render(template, names)[0])


def _asked(facts: Facts, desk: Desk) -> Iterator[tuple[str, str]]:
    questions = checklists.audit_questions(facts.standard.key, WORK.shelves)
    render = asking.asker(desk)
    for department in facts.client.departments:
        for row in audits.checklist(department, questions, facts, render).rows:
            yield from ((f"audit {row.id}", text) for text in (row.question, row.sample, row.evidence))


def left_over(absent: Absent, edition: str, having: Facts | None = None) -> list[tuple[str, str, str]]:
    """Where the words of a business stand though the client does not have it: document, word, text."""
    found: dict[tuple[str, str, str], None] = {}
    for id_, text in read(client_without(absent, edition, having)):
        if id_ in absent.kept:
            continue
        for word in absent.words.findall(absent.allowed.sub("", text)):
            found[(id_, word, text)] = None
    return list(found)
