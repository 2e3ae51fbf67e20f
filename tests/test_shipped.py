"""Everything that is shipped loads, refers to what exists, and carries nothing that does not belong."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import meta

from drafted import example_desk, example_facts, kept_facts
from engagement import ROOT, answered
from gbtool.documents.compiling.compile import compiled
from gbtool.documents.jinja import environment
from gbtool.model.condition import names
from gbtool.model.diagnosis import Indicator, Measure, Probe
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.entry import EntryKind
from gbtool.model.period import unknown_in
from gbtool.rules import report
from gbtool.rules.engine import RULES
from gbtool.shelf import (
    catalogue,
    checklists,
    deadlines,
    diagnosis,
    gates,
    own_rules,
    periods,
    questions,
    rule_texts,
    standards,
    templates,
)
from gbtool.shelf.shelves import shelves_of
from gbtool.word.look import layout_of
from gbtool.word.numbering import Lists

SHELVES = shelves_of(None, None)
CATALOGUE = catalogue.catalogue(SHELVES)
BY_ID = {specification.id: specification for specification in CATALOGUE}
QUESTIONS = questions.questions(SHELVES)
ANNEXES = {"annexA", "annexB"}  # not clauses, but documents may answer them
WORDS = catalogue.vocabulary(SHELVES)
EDITIONS = standards.editions(SHELVES, "GB/T 29490")
PERIODS = periods.periods(SHELVES)
# What a client must never read: marks left open, machines, workplaces, and the fictional clients of the examples.
FORBIDDEN = re.compile(r"TODO|FIXME|XXX|【|待补充|/home/|/root/|/work/|岚湾|青屿|衡拓")


def by_id(specification: Specification) -> str:
    """A document as pytest shows it."""
    return specification.id


@pytest.mark.parametrize("specification", CATALOGUE, ids=by_id)
def test_a_document_refers_only_to_what_exists(specification: Specification) -> None:
    records = {id_ for step in specification.steps for id_ in step.records} | set(specification.records)
    assert records <= set(BY_ID)
    assert not specification.parent or specification.parent in BY_ID
    for edition, keys in specification.clauses.items():
        assert set(keys) <= {clause.key for clause in standards.standard(edition, SHELVES)} | ANNEXES
    assert set(names(specification.when)) <= set(QUESTIONS)
    answers = [term for each in specification.titles or {} if "=" in each for term in each.split("&")]
    assert set(names(answers)) <= set(QUESTIONS)
    assert {name for step in specification.steps for way in step.next for name in names(way.only)} <= set(QUESTIONS)
    assert set(specification.variables) <= set(QUESTIONS)
    own = {rule.id for edition in specification.editions for rule in own_rules.written(edition, SHELVES)}
    assert set(specification.date_rules) <= {*rule_texts.rule_texts(SHELVES), *own}
    assert specification.frequency in WORDS.frequencies
    assert specification.retention in WORDS.retention_classes
    assert specification.owner in WORDS.functions
    assert specification.phase in WORDS.ledger_phases
    assert specification.number.startswith("{company_code}-")
    days = {each.name for each in (*specification.fields.head, *specification.fields.foot) if each.type == "date"}
    assert not specification.day or specification.day in days


@pytest.mark.parametrize("specification", [s for s in CATALOGUE if s.steps], ids=by_id)
def test_a_flow_is_one_graph_from_start_to_end(specification: Specification) -> None:
    steps = {step.id: step for step in specification.steps}
    assert {way.to for step in steps.values() for way in step.next} <= set(steps)
    assert [step.type for step in steps.values()].count("start") == 1
    assert all(step.next or step.type == "end" for step in steps.values())
    reached, waiting = set[str](), [next(s.id for s in steps.values() if s.type == "start")]
    while waiting:
        here = waiting.pop()
        waiting += [way.to for way in steps[here].next if way.to not in reached]
        reached.add(here)
    assert reached == set(steps)


def test_the_old_edition_has_no_title_in_words_of_the_new_one() -> None:
    titles = [each.title_in("2013") for each in CATALOGUE if "2013" in each.editions and each.audience == "client"]
    assert [title for title in titles if re.search("合规|成文信息", title)] == []


@pytest.mark.parametrize("edition", standards.editions(SHELVES))
def test_numbers_are_unique_within_a_standard(edition: str) -> None:
    numbers = [s.number for s in CATALOGUE if edition in s.editions]
    assert len(set(numbers)) == len(numbers)


PROCEDURES = [specification for specification in CATALOGUE if specification.kind is DocumentKind.PROCEDURE]
SECTIONS = ["目的", "适用范围", "职责", "工作程序", "相关文件", "相关记录", "修订记录"]


@pytest.mark.parametrize("procedure", PROCEDURES, ids=by_id)
def test_a_procedure_has_its_sections_and_a_flow_chart(procedure: Specification) -> None:
    assert procedure.steps
    for edition in procedure.editions:
        (text,) = templates.parts_of(procedure, edition, SHELVES)
        headings = re.findall(r"^## (\S+)$", text.body, re.MULTILINE)
        assert [heading for heading in headings if heading != "术语"] == SECTIONS
        work = text.body.partition("\n## 工作程序\n")[2].partition("\n### ")[0]
        assert "<!-- figure: flow -->" in work
    decisions = [step for step in procedure.steps if step.type == "decision"]
    assert all(len(step.next) > 1 and all(way.when for way in step.next) for step in decisions)


def test_all_procedures_are_there() -> None:
    assert len([each for each in PROCEDURES if set(EDITIONS) & set(each.editions)]) == 27


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_issue_asks_for_has_its_texts(edition: str) -> None:
    kinds = (DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.FLOW, DocumentKind.APPOINTMENT)
    wanted = [s for s in CATALOGUE if s.kind in kinds and edition in s.editions and s.audience == "client"]
    assert [s.id for s in wanted if not templates.parts_of(s, edition, SHELVES)] == []
    assert len([s for s in wanted if s.kind is DocumentKind.SYSTEM]) == 8
    assert len([s for s in wanted if s.kind is DocumentKind.FLOW]) == 6


@pytest.mark.parametrize("edition", [each for each in standards.editions(SHELVES) if gates.names(each, SHELVES)])
def test_every_rule_of_a_gate_is_coded(edition: str) -> None:
    gate = gates.gate("certification", edition, SHELVES)
    assert report.check_names()
    assert {requirement.rule for requirement in gate.requirements} <= set(RULES)
    assert all(requirement.if_nothing and requirement.source for requirement in gate.requirements)


def test_conditions_and_functions_are_questions_and_words() -> None:
    assert set(WORDS.conditions) <= set(QUESTIONS)
    needed = {name for question in QUESTIONS.values() for name in names(question.when)}
    assert needed <= set(QUESTIONS)
    for edition in EDITIONS:
        functions = {f for share in checklists.matrix(edition, SHELVES) for f in (share.main, *share.with_)}
        assert functions <= {*WORDS.functions}


TEXTS = [path.relative_to(ROOT / "templates").as_posix() for path in sorted((ROOT / "templates").rglob("*.md.j2"))]
MADE = {"doc", "clause", "rule", "who", "other", "top", "mr", "officer", "answers", "standard", "function", "condition"}
MADE |= {"steps", "this", "period", "remind", "_lists", "_made", "schedule", "ledger", "changes", "carried"}
MADE |= {"workday", "months_later", "ahead", "later", "span", "indicators", "firm", "probes"}


def used(name: str, text: str) -> set[str]:
    """The keys by which a template reaches into a name, such as doc['sys-reward'] or 'sys-reward' in doc."""
    return set(re.findall(rf"\b{name}\[['\"]([\w.-]+)['\"]\]", text)) | set(
        re.findall(rf"['\"]([\w.-]+)['\"] (?:not )?in {name}\b", text)
    )


@pytest.mark.no_cover  # how a text is compiled and rendered is measured in tests/documents
@pytest.mark.parametrize("path", TEXTS)
def test_a_text_compiles_and_names_only_what_exists(path: str) -> None:
    found = templates.template(path, SHELVES)
    assert found
    source = compiled(found, layout_of("manual" if "manual/" in path else "system", "articles"))
    unknown = meta.find_undeclared_variables(environment().parse(source))
    own = set(re.findall(r"{%-? *set (\w+)", found.body))  # Jinja counts those set inside a cell or a namespace as well
    assert unknown - set(QUESTIONS) - own <= MADE
    assert used("doc", found.body) <= set(BY_ID)
    assert used("rule", found.body) <= set(deadlines.book(SHELVES).rules)
    assert used("period", found.body) <= set(PERIODS)
    keys = {clause.key for edition in found.editions for clause in standards.standard(edition, SHELVES)}
    assert used("clause", found.body) <= keys


SHOP = [
    {
        "部门": "经营部",
        "负责人": "周屿川",
        "职能": "top,mr,purchasing,sales,aftersales,production,trade,rd",
        "人数": "3",
    },
    {"部门": "知识产权部", "负责人": "梁若溪", "职能": "ip,compliance,hr,admin,it,finance,quality", "人数": "2"},
]


@pytest.mark.no_cover
@pytest.mark.parametrize("path", TEXTS)
def test_in_a_shop_of_two_departments_one_reviews_what_the_other_compiled(path: str) -> None:
    found = templates.template(path, SHELVES)
    assert found
    facts = kept_facts() if found.needs else example_facts()
    desk = example_desk(answered(facts, departments=SHOP, management_rep="周屿川，董事长兼总经理"))
    ours = desk.facts.client.edition in found.editions and found.head["id"] in desk.documents
    if isinstance(found.head.get("approval"), Mapping) and ours:
        names = {"this": desk.documents[str(found.head["id"])], "steps": [], "_lists": Lists(), "_made": lambda _: ""}
        _, *approval = desk.render(found, names)
        assert len(set(approval[:3])) == 3, approval


def test_periods_are_said_once_and_each_is_used() -> None:
    limits = [step.time_limit for specification in CATALOGUE for step in specification.steps]
    statements = (ROOT / "checklists/dates.yaml").read_text(encoding="utf-8")
    assert [limit for limit in limits if unknown_in(limit, PERIODS)] == []
    assert unknown_in(re.sub(r"[{][^a-z]", "", statements), PERIODS) == ()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.md.j2"))]
    rules = [path.read_text(encoding="utf-8") for path in (ROOT / "gbtool/rules").rglob("*.py")]
    everything = "".join([*texts, *limits, statements, *rules])
    written = ("'{}'", '"{}"', "{{{}}}")
    assert [key for key in PERIODS if not any(way.format(key) in everything for way in written)] == []
    assert all(period.value > 0 and period.meaning and period.source for period in PERIODS.values())


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_asks_the_ledger_only_for_what_it_can_hold(path: str) -> None:
    found = templates.template(path, SHELVES)
    assert found
    forms = {specification.id for specification in CATALOGUE if specification.fields}
    assert {each for needed in found.needs for each in needed.split("|")} <= forms | {kind.value for kind in EntryKind}
    assert asked("records|rows|absent", found.body) <= forms
    assert asked("all|last", found.body) <= {kind.value for kind in EntryKind}
    assert asked("paper|document", found.body) <= set(BY_ID)
    assert asked("rights", found.body) <= {"patent", "application", "trademark", "copyright", "trade-secret", "other"}


def asked(names: str, text: str) -> set[str]:
    """What a template asks the ledger for by these names: `ledger.records('rec-budget')`."""
    calls = re.findall(rf"\bledger\.(?:{names})\(([^()]*)\)", text)
    return {each for call in calls for each in re.findall(r"'([\w-]+)'", call)}


PAPERS = [s for s in CATALOGUE if s.kind in (DocumentKind.PLAN, DocumentKind.REPORT)]


@pytest.mark.parametrize("specification", [s for s in PAPERS if not s.made_by], ids=by_id)
def test_a_plan_or_report_has_every_section(specification: Specification) -> None:
    for edition in specification.editions:
        text = "\n".join(part.body for part in templates.parts_of(specification, edition, SHELVES))
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert [section.split("（")[0] for section in specification.sections] == headings


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_document_has_a_text_a_form_or_a_command(edition: str) -> None:
    commands = {"diagnose report", "audit plan", "audit report", "review plan", "review report"}
    for specification in CATALOGUE:
        if edition in specification.editions:
            made = specification.made_by.removeprefix("gbtool ")
            assert made in commands or not made
            assert bool(made) + bool(templates.parts_of(specification, edition, SHELVES) or specification.fields) == 1
            assert not made or specification.trigger
    assert len([each for each in CATALOGUE if set(EDITIONS) & set(each.editions)]) == 190


def test_the_tasks_of_the_schedule_are_dated_by_answers() -> None:
    plans = [specification for specification in CATALOGUE if specification.tasks]
    assert {plan.id for plan in plans} == {"plan-implementation"}
    for task in (task for plan in plans for task in plan.tasks):
        keys = {key for text in (task.start, task.after, task.end, task.before) for key in text.split("|") if key}
        assert {QUESTIONS[key].type.value for key in keys} <= {"date", "period"}
        assert not task.marks or QUESTIONS[task.marks].type.value == "table"
        assert bool(task.marks) != (bool(task.start or task.after) and bool(task.end or task.before))
        assert set(task.documents) <= set(BY_ID)
        assert {task.function, *task.cooperate} <= set(WORDS.functions)
        assert set(names(task.when)) <= set(QUESTIONS)


SCHEME = diagnosis.scheme(SHELVES)


@pytest.mark.parametrize("probe", SCHEME.probes, ids=lambda probe: str(probe.id))
def test_a_question_of_the_diagnosis_names_only_what_exists(probe: Probe) -> None:
    for edition in EDITIONS:
        keys = {clause.key for clause in standards.standard(edition, SHELVES)}
        assert probe.clauses[edition]
        assert set(probe.clauses[edition]) <= keys
    assert set(probe.documents) <= set(BY_ID)
    assert set(probe.ask) <= {*WORDS.functions, "all"}
    assert set(names(probe.when)) <= set(WORDS.conditions)
    assert set(probe.anchors) == {"0", "2", "4"}
    assert probe.question.endswith(("？", "。"))
    assert bool(probe.sample) == ("抽" in probe.question or "随机" in probe.question)


@pytest.mark.parametrize("indicator", diagnosis.indicators(SHELVES).indicators, ids=lambda each: str(each.id))
def test_an_indicator_names_only_what_exists(indicator: Indicator) -> None:
    assert set(indicator.sources) <= set(BY_ID)
    assert set(names(indicator.when)) <= set(WORDS.conditions)
    assert bool(indicator.numerator) == bool(indicator.denominator)
    assert indicator.kind is Measure.COUNT or indicator.numerator
    assert (indicator.unit == "%") == (indicator.kind is Measure.SHARE)


def test_every_text_belongs_to_a_document() -> None:
    belonging = {
        part.path
        for specification in CATALOGUE
        for edition in specification.editions
        for part in templates.parts_of(specification, edition, SHELVES)
    }
    assert set(TEXTS) - belonging == set()


@pytest.mark.parametrize("folder", ["templates", "checklists/gb29490", "checklists/profile", "checklists/diagnosis"])
def test_nothing_shipped_carries_what_does_not_belong(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".yaml", ".j2"):
            text = path.read_text(encoding="utf-8")
            lines = [line for line in text.splitlines() if FORBIDDEN.search(line)]
            examples = path.parent.name == "profile"  # questions show the answers of a fictional company
            assert not lines or (examples and all("岚湾" in line or "青屿" in line for line in lines)), (
                path,
                lines[:3],
            )


def test_no_file_of_the_repository_names_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    places = re.compile(r"/(?:root|home|work)/|\.\./shared")
    for name in listed.stdout.splitlines():
        path = Path(ROOT / name.strip('"'))
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".j2") and path.name != "test_shipped.py" and path.is_file():
            assert not places.search(path.read_text(encoding="utf-8")), name


@pytest.mark.parametrize("key", ["33251-2016", "33250-2016"])
def test_the_rules_speak_of_a_school_or_institute_in_its_own_word(key: str) -> None:
    head = standards.head(key, SHELVES)
    said = [
        text
        for rule in rule_texts.rule_texts(SHELVES, head.words).values()
        if rule.id not in head.not_applied
        for text in (rule.title, rule.statement, *rule.exempt)
    ]
    ours = [text.replace("企业主体自2025-01-01起", "") for text in said]  # since when enterprises use the newer edition
    assert len(ours) > 150
    assert [text for text in ours if "企业" in text or "{企" in text] == []
