"""Each kind of check: met, missed, not known; the sentence carries the figures."""

from datetime import date
from typing import Any

import pytest

from gbtool.errors import FileFaults
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Status
from gbtool.model.outside.published import Check, FactTerm, FactType, Line, Published, Weight, When
from gbtool.rules.gates.judging import judge
from gbtool.rules.gates.known import Known, expected, read
from gbtool.rules.gates.outcome import KINDS
from gbtool.structs import replace

DAY, YES, COUNT, SUM, TEXT, LIST, DAYS = FactType
TERMS = {
    name: FactTerm(name, title, type_)
    for name, title, type_ in (
        *(("a", "甲日", DAY), ("b", "乙日", DAY), ("c", "丙日", DAY), ("y", "有", YES), ("z", "另有", YES)),
        *(("n", "几件", COUNT), ("m", "要几件", COUNT), ("s", "金额", SUM), ("t", "上限", SUM), ("u", "上限二", SUM)),
        *(("w", "说法", TEXT), ("l", "清单", LIST), ("ds", "几日", DAYS)),
    )
}
MET, MISSED, OPEN, ASIDE = Status.PASSED, Status.FAILED, Status.NOT_ASSESSED, Status.NOT_APPLICABLE
TABLE = (Line(months=3, result="可以"), Line(months=9, result="再审"), Line(result="不批"))
BY = (Line(("x",), to="2024-12-31"), Line(("x", "y"), from_="2025-01-01", to="2025-12-31"))

CASES: list[tuple[str, dict[str, Any], dict[str, str], Status, str]] = [
    ("at_least", {"from_": "a", "to": "b", "months": 3}, {"a": "2022-07-01", "b": "2022-10-01"}, MET, "满 3 个月"),
    ("at_least", {"from_": "a", "to": "b", "months": 3}, {"a": "2022-07-01", "b": "2022-09-30"}, MISSED, "还差 1 天"),
    ("at_least", {"from_": "a", "to": "b", "years": 1}, {"a": "2019-06-20", "b": "2020-06-19"}, MISSED, "2020-06-20"),
    ("at_least", {"from_": "a", "to": "b", "years": 1, "days": 2}, {"a": "2019-06-20"}, OPEN, "乙日"),
    ("within", {"from_": "a", "to": "b", "months": 12}, {"a": "2026-11-22"}, OPEN, "还有 365 天"),
    ("within", {"from_": "a", "to": "b", "months": 12}, {"a": "2025-11-01"}, MISSED, "已过 21 天"),
    ("within", {"from_": "a", "to": "b", "months": 12}, {"a": "2025-11-01", "b": "2026-11-01"}, MET, "最迟 2026-11-01"),
    ("within", {"from_": "a", "to": "b", "months": 12}, {"a": "2025-11-01", "b": "2026-11-02"}, MISSED, "晚了 1 天"),
    ("within", {"from_": "a", "to": "b", "months": 12}, {}, OPEN, "甲日"),
    ("within", {"from_": "a", "to": "b", "months_fact": "n"}, {"a": "2025-11-01"}, OPEN, "几件"),
    ("within", {"from_": "a", "to": "b", "months_fact": "n"}, {"a": "2025-11-01", "n": "13"}, OPEN, "2026-12-01"),
    ("on_or_before", {"fact": "a", "day": "2022-10-31"}, {"a": "2022-11-02"}, MISSED, "晚了 2 天"),
    ("on_or_before", {"fact": "a", "to": "b"}, {"a": "2022-10-20", "b": "2022-10-31"}, MET, "甲日 2022-10-20"),
    ("on_or_before", {"fact": "a", "to": "b"}, {"a": "2022-10-20"}, OPEN, "乙日"),
    ("on_or_after", {"fact": "a", "day": "2019-01-01"}, {"a": "2019-01-01"}, MET, "2019-01-01"),
    ("on_or_after", {"fact": "a", "day": "2019-01-01"}, {"a": "2018-12-31"}, MISSED, "2018-12-31"),
    ("on_or_after", {"fact": "a", "day": "2019-01-01"}, {}, OPEN, "甲日"),
    ("in_order", {"facts": ("a", "b", "c")}, {"a": "2026-01-01", "c": "2026-02-01"}, MET, "丙日 2026-02-01"),
    ("in_order", {"facts": ("a", "b")}, {"a": "2026-03-01", "b": "2026-02-01"}, MISSED, "甲日 2026-03-01 晚于"),
    ("in_order", {"facts": ("a", "b")}, {"a": "2026-03-01"}, OPEN, "乙日"),
    ("spaced", {"fact": "ds", "months": 12}, {"ds": "2025-12-01、2026-11-01"}, MET, "下一次最迟 2027-11-01"),
    ("spaced", {"fact": "ds", "months": 12}, {"ds": "2024-01-01、2025-12-01"}, MISSED, "超过 12 个月"),
    ("spaced", {"fact": "ds", "months": 12}, {"ds": "2025-11-01"}, MISSED, "已过 21 天"),
    ("spaced", {"fact": "ds", "months": 12}, {"ds": "无"}, OPEN, "几日"),
    ("in_year", {"fact": "a", "by": "b", "years": -1}, {"a": "2025-03-01", "b": "2026-05-01"}, MET, "2025 年内"),
    ("in_year", {"fact": "a", "by": "b", "years": -1}, {"a": "2026-03-01", "b": "2026-05-01"}, MISSED, "2025 年内"),
    ("in_year", {"fact": "a", "by": "b"}, {"a": "2026-03-01"}, OPEN, "乙日"),
    ("ends_on", {"from_": "a", "to": "b", "years": 3}, {"a": "2025-12-04", "b": "2028-12-03"}, MET, "2028-12-03"),
    ("ends_on", {"from_": "a", "to": "b", "years": 3}, {"a": "2025-12-04", "b": "2028-12-04"}, MISSED, "2028-12-03"),
    ("ends_on", {"from_": "a", "to": "b", "years": 3}, {"a": "2025-12-04"}, OPEN, "乙日"),
    ("buckets", {"from_": "a", "to": "b", "table": TABLE}, {"a": "2026-09-22"}, MET, "可以"),
    ("buckets", {"from_": "a", "to": "b", "table": TABLE}, {"a": "2026-05-22", "b": "2026-09-01"}, MISSED, "再审"),
    ("buckets", {"from_": "a", "to": "b", "table": TABLE}, {"a": "2026-01-22"}, MISSED, "不批"),
    ("buckets", {"from_": "a", "to": "b", "table": TABLE}, {}, OPEN, "甲日"),
    ("allowed", {"fact": "w", "by": "a", "table": BY}, {"w": "y", "a": "2025-03-01"}, MET, "y"),
    ("allowed", {"fact": "w", "by": "a", "table": BY}, {"w": "y", "a": "2024-03-01"}, MISSED, "只能是 x"),
    ("allowed", {"fact": "w", "by": "a", "table": BY}, {"w": "y", "a": "2026-03-01"}, ASIDE, "没有写到"),
    ("allowed", {"fact": "w", "by": "a", "table": BY}, {"w": "y"}, OPEN, "甲日"),
    ("count_at_least", {"fact": "n", "count": 3}, {"n": "3"}, MET, "至少 3"),
    ("count_at_least", {"fact": "l", "count": 3}, {"l": "x、y"}, MISSED, "差 1"),
    ("count_at_least", {"fact": "n", "count_fact": "m"}, {"n": "2"}, OPEN, "要几件"),
    ("count_at_least", {"fact": "n", "count_fact": "m"}, {"n": "2", "m": "2"}, MET, "至少 2"),
    ("any_count", {"counts": {"n": 1, "l": 2}}, {"n": "0", "l": "x、y"}, MET, "清单 2/2"),
    ("any_count", {"counts": {"n": 1, "l": 2}}, {"n": "0"}, OPEN, "不知道/2"),
    ("any_count", {"counts": {"n": 1, "l": 2}}, {"n": "0", "l": "无"}, MISSED, "没有一项够数"),
    ("all_of", {"fact": "l", "values": ("x", "y")}, {"l": "x、y、z"}, MET, "2 项里有 2 项"),
    ("all_of", {"fact": "l", "values": ("x", "y")}, {"l": "x"}, MISSED, "缺 y"),
    ("all_of", {"fact": "l", "values": ("x",), "count_fact": "m"}, {"l": "x"}, OPEN, "要几件"),
    ("all_of", {"fact": "l", "values": ("x",)}, {}, OPEN, "清单"),
    ("one_of", {"fact": "w", "values": ("x",)}, {"w": "x"}, MET, "说法：x"),
    ("one_of", {"fact": "w", "values": ("x",)}, {"w": "y"}, MISSED, "应当是 x"),
    ("one_of", {"fact": "w", "values": ("x",)}, {}, OPEN, "说法"),
    ("none_of", {"fact": "l"}, {"l": "无"}, MET, "清单：无"),
    ("none_of", {"fact": "l"}, {"l": "R1"}, MISSED, "R1"),
    ("none_of", {"fact": "l", "values": ("R2",)}, {"l": "R1"}, MET, "R1"),
    ("none_of", {"fact": "l"}, {}, OPEN, "清单"),
    ("yes", {"facts": ("y", "z")}, {"y": "是", "z": "是"}, MET, "有：是"),
    ("yes", {"fact": "y"}, {"y": "否"}, MISSED, "有：否"),
    ("yes", {"facts": ("y", "z")}, {"y": "是"}, OPEN, "另有"),
    ("no", {"fact": "y"}, {"y": "否"}, MET, "有：否"),
    ("no", {"fact": "y"}, {"y": "是"}, MISSED, "有：是"),
    ("no", {"fact": "y"}, {}, OPEN, "有"),
    ("not_both", {"facts": ("y", "z")}, {"y": "是", "z": "是"}, MISSED, "只能有一样"),
    ("not_both", {"facts": ("y", "z")}, {"y": "是", "z": "否"}, MET, "有"),
    ("not_both", {"facts": ("y", "z")}, {"y": "是"}, OPEN, "另有"),
    ("ask", {"fact": "y", "question": "问？"}, {}, OPEN, "要人判断：问？"),
    ("ask", {"fact": "y", "question": "问？"}, {"y": "是"}, MET, "是"),
    ("ask", {"fact": "y", "question": "问？"}, {"y": "否"}, MISSED, "为否"),
    ("amount_at_least", {"fact": "s", "amount": "50000"}, {"s": "50000.00"}, MET, "不低于 50000 元"),
    ("amount_at_least", {"fact": "s", "amount": "50000"}, {"s": "49999.99"}, MISSED, "49999.99"),
    ("amount_at_least", {"fact": "s", "amount": "50000"}, {}, OPEN, "金额"),
    ("amount_cap", {"fact": "s", "limits": ("t", "u")}, {"s": "28000", "t": "28000", "u": "36000"}, MET, "上限 28000"),
    ("amount_cap", {"fact": "s", "limits": ("t", "u")}, {"s": "28000.01", "t": "28000", "u": "36000"}, MISSED, "0.01"),
    ("amount_cap", {"fact": "s", "limits": ("t", "u")}, {"s": "1", "t": "28000"}, OPEN, "上限二"),
    ("amount_cap", {"fact": "s", "limits": ("t", "u")}, {"s": "0"}, MET, "0 元"),
    ("estimate", {"fact": "n", "base": (1000, 2000), "each": 4000}, {"n": "3"}, MET, "= 15000 元"),
    ("estimate", {"fact": "n", "base": (1000, 2000), "each": 4000}, {}, OPEN, "几件"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[3].value}")
def test_a_kind_of_check(case: tuple[str, dict[str, Any], dict[str, str], Status, str], lanwan: Facts) -> None:
    kind, values, given, status, words = case
    outcome = KINDS[kind](Check(kind, **values), Known(lanwan, TERMS, given=given))
    assert (outcome.status, words in outcome.message) == (status, True), outcome


def test_every_kind_has_a_case_that_is_met_missed_and_open() -> None:
    elsewhere = {"filled", "coded"}
    seen = {kind for kind, *_ in CASES}
    assert seen == set(KINDS) - elsewhere
    shown = {(kind, status) for kind, _, _, status, _ in CASES}
    assert {kind for kind in seen if (kind, MISSED) not in shown} == {"estimate"}
    assert {kind for kind in seen if (kind, OPEN) not in shown} == set()


def test_forms_and_coded_rules_are_asked(lanwan: Facts) -> None:
    known = Known(lanwan, TERMS)
    report = Check("filled", form="rec-nc-report", values=("性质",))
    assert KINDS["filled"](report, known).status is MET
    assert "缺 没有的栏" in KINDS["filled"](replace(report, values=("没有的栏",)), known).message
    assert KINDS["filled"](replace(report, form="rec-none"), known).status is ASIDE
    assert KINDS["coded"](Check("coded", rule="audit.coverage"), known).status is MET
    asked = Check("coded", rule="penalties.none", counts={"months": 600})
    missed = KINDS["coded"](asked, known)
    assert missed.status is MISSED
    assert "（共 2 处）" in missed.message
    assert KINDS["coded"](Check("coded", rule="DT-70"), known).status in (OPEN, MET)


def rule(**values: object) -> Published:
    """A gate that asks whether there is something."""
    return replace(Published("R-1", "要有", checks=(Check("yes", fact="y"),)), **values)  # as given


def test_a_rule_is_asked_of_those_whom_it_concerns(lanwan: Facts) -> None:
    entity = FactTerm("client.entity_type", "主体", TEXT, answer="entity_type")
    known = Known(lanwan, {**TERMS, entity.name: entity})
    assert judge(rule(), known).status is OPEN
    assert judge(rule(applies_to_entity=("高等学校",)), known).note == "只对高等学校"
    assert judge(rule(applies_to_entity=("企业",)), replace(known, given={"y": "否"})).status is MISSED
    nameless = judge(rule(applies_to_entity=("企业",)), Known(lanwan, TERMS))
    assert nameless.findings[0].message.endswith("client.entity_type")
    assert judge(rule(applies=When("z", ("是",))), known).findings[0].message.endswith("另有")
    assert judge(rule(applies=When("z", ("是",))), replace(known, given={"z": "否"})).note == "另有：否"
    assert judge(rule(applies=When("z", ("是",))), replace(known, given={"z": "是", "y": "是"})).status is MET
    aside = judge(rule(checks=(Check("yes", fact="y", when=When("z", ("是",))),)), known)
    assert (aside.status, aside.note) == (ASIDE, "这家客户用不上")


def test_a_gate_under_a_condition_only_warns_without_it(lanwan: Facts) -> None:
    known = Known(lanwan, TERMS, given={"y": "否"})
    bound = rule(gate_when=("z",))
    assert not judge(bound, known).blocks
    assert judge(bound, replace(known, given={"y": "否", "z": "是"})).blocks
    assert not judge(rule(kind=Weight.WARNING), known).blocks
    assert not judge(rule(kind=Weight.DEADLINE, normative="custom"), known).blocks
    assert judge(rule(kind=Weight.CAP, normative="policy"), known).blocks
    soft = Check("ends_on", from_="a", to="b", years=3)
    mismatch = judge(rule(checks=(soft,)), replace(known, given={"a": "2025-12-04", "b": "2028-12-04"}))
    assert (mismatch.status, mismatch.blocks) == (MISSED, False)


def test_a_rule_whose_number_nobody_published_asks_for_it(lanwan: Facts) -> None:
    result = judge(rule(find_out=("机构的天数",)), Known(lanwan, TERMS, scope="P"))
    assert result.findings[0].fix == "机构的天数；gbtool ledger fact y=… --basis 依据"
    own = {"y": replace(TERMS["y"], per_programme=True, ask="看通知")}
    assert "gbtool ledger fact P/y=…" in judge(rule(), Known(lanwan, own, scope="P")).findings[0].fix


def test_a_kind_that_nobody_coded_is_a_complaint(lanwan: Facts) -> None:
    with pytest.raises(FileFaults, match="不认识检查方式“magic”"):
        judge(rule(checks=(Check("magic"),)), Known(lanwan, TERMS))


def test_facts_are_read_by_their_type(lanwan: Facts) -> None:
    assert read(TERMS["s"], "28,000.50元") is not None
    assert read(TERMS["s"], "28000.505") is None
    assert read(TERMS["s"], "NaN") is None
    assert read(TERMS["s"], "很多") is None
    assert read(TERMS["n"], "三") is None
    assert read(TERMS["y"], "没有") is False
    assert read(TERMS["ds"], "2026-01-01、2026-02-30") is None
    assert read(TERMS["l"], "") is None
    assert read(TERMS["w"], "") is None
    assert expected(TERMS["s"]).startswith("金额")
    assert expected(replace(TERMS["w"], choices=("甲", "乙"))) == "甲、乙"
    entries = (Entry(EntryKind.FACT, "y", data={"value": "否"}), Entry(EntryKind.FACT, "P/y", data={"value": "是"}))
    own, other = Known(replace(lanwan, entries=entries), TERMS, "P"), Known(replace(lanwan, entries=entries), TERMS)
    values = [known.get("y") for known in (own, other)]
    assert [value.datum for value in values if value] == [True, False]
    assert date(2026, 11, 22) == lanwan.today
