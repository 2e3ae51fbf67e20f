"""The rules that GB/T 33251 writes as data: each passes on the university and finds what a small change plants."""

from collections.abc import Callable
from datetime import date

import pytest

from engagement import EXAMPLES, facts_of, put, with_entry
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.own.asking import asked
from gbtool.structs import replace

JL, TZ = "LG-IPM-JL", "LG-IPM-TZ"
Change = Callable[[Facts], Facts]


@pytest.fixture(scope="module")
def university() -> Facts:
    """The university on the day of its application, its manual issued."""
    draft = Document("ip-manual", DocumentKind.MANUAL, "LG-IPM-01", "手册", "A/0", "x", "", "")
    manual = replace(draft, issued="2026-03-30", effective="2026-04-01")
    return replace(facts_of(EXAMPLES / "jialan", date(2026, 10, 20)), documents=(manual,))


def sets(id_: str, *path: str | int, value: object) -> Change:
    """A change of one value in an entry's data."""
    return lambda facts: with_entry(facts, id_, lambda data: put(data, *path, value=value))


def first(kind: EntryKind, **values: object) -> Change:
    """A change of the first entry of a kind."""
    return lambda facts: with_entry(facts, facts.of(kind)[0].id, lambda data: data.update(values))


PLANTED: dict[str, Change] = {
    "UD-01": sets(f"{JL}-05-01-001", "head", "披露日期", value="2026-05-28"),
    "UD-02": sets(f"{JL}-06-04-001", "rows", 0, "公示结束日", value="2026-07-20"),
    "UD-03": sets(f"{JL}-05-02-001", "foot", "声明日期", value="2026-06-04"),
    "UD-04": sets(f"{JL}-06-06-001", "head", "到账日期", value="2023-06-01"),
    "UD-05": sets(f"{TZ}-05-001", "rows", 3, "登记日", value="2026-09-10"),
    "UD-06": sets(f"{JL}-02-03-001", "head", "提醒日期", value="2026-05-20"),
    "UD-07": sets(f"{JL}-04-02-001", "head", "填表日期", value="2026-04-28"),
    "UD-09": first(EntryKind.AUDIT_PLAN, approved={"name": "裴望舒", "date": "2026-03-20"}),
    "UD-10": first(EntryKind.APPLICATION, submitted="2026-06-20"),
    "UD-11": sets(f"{JL}-05-04-001", "head", "拟发布日", value="2026-06-01"),
    "UD-12": sets(f"{JL}-02-04-004", "head", "日期", value="2026-07-15"),
    "UD-13": sets(f"{JL}-02-03-001", "head", "进组日期", value="2026-06-25"),
    "UD-14": sets(f"{JL}-06-01-001", "foot", "批准日期", value="2026-06-16"),
    "UD-15": sets(f"{JL}-04-03-001", "head", "检索日期", value="2026-04-08"),
    "UD-16": sets(f"{JL}-02-01-001", "head", "了解日期", value="2026-06-02"),
    "UD-17": sets(f"{JL}-02-04-001", "head", "日期", value="2026-03-25"),
    "UD-18": sets(f"{JL}-02-02-001", "head", "提醒日期", value="2026-07-13"),
    "UD-19": sets(f"{JL}-04-01-001", "head", "数据截止日", value="2026-04-20"),
    "UD-20": sets(f"{JL}-07-02-001", "rows", 0, "日期", value="2026-06-01"),
    "UD-21": sets(f"{JL}-07-01-002", "head", "送审日期", value="2026-04-27"),
    "UD-22": sets(f"{JL}-04-03-001", "head", "数据截止日", value="2026-04-30"),
    "UC-03": sets(f"{TZ}-03-002", "rows", 0, "专员", value=""),
    "UC-04": sets(f"{JL}-04-05-001", "rows", 0, "完成人", value="邵云舟"),
    "UC-05": sets(f"{JL}-06-06-001", "rows", 0, "金额", value=100000),
    "UC-06": sets(f"{JL}-06-04-001", "foot", "决策会议", value=""),
    "UC-07": sets(f"{JL}-02-03-003", "head", "姓名", value="林子"),
    "UC-08": sets(f"{TZ}-02-002", "rows", 18, "来源项目", value=""),
}
OF_FILES = {"UC-01"}  # tests/screening/test_agreement.py


def test_every_rule_is_planted_or_says_why_nobody_looks(university: Facts) -> None:
    rules = {each.id: each for each in university.own_rules}
    assert {id_ for id_, each in rules.items() if not each.unchecked} == {*PLANTED, *OF_FILES}
    assert {id_ for id_, each in rules.items() if each.unchecked} == {"UD-08", "UC-02", "UC-09", "UC-10"}


@pytest.mark.parametrize("id_", PLANTED)
def test_a_rule_passes_on_the_example_and_finds_what_is_planted(id_: str, university: Facts) -> None:
    rule = next(each for each in university.own_rules if each.id == id_)
    clean = asked(rule, university)
    assert clean.subjects
    assert clean.faults == ()
    (fault, *_) = asked(rule, PLANTED[id_](university)).faults
    assert fault.message
    assert fault.places
