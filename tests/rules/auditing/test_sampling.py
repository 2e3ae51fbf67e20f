from engagement import answered, without
from gbtool.model.checklist import AuditQuestion
from gbtool.model.client import Department
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.model.population import Population, Sample, Source
from gbtool.rules.auditing import sampling
from gbtool.rules.auditing.sampling import Drawer
from gbtool.shelf import auditing
from gbtool.shelf.shelves import SHIPPED, Shelves
from gbtool.structs import replace

KNOWN = auditing.populations(Shelves((SHIPPED,)))


def question(
    population: str = "", evidence: str = "", take: str = "", clause: str = "support.awareness"
) -> AuditQuestion:
    return AuditQuestion(
        "q", clause, ("all",), "问什么？", ("询问",), "抽3", evidence, population=population, take=take
    )


def department(facts: Facts, name: str) -> Department:
    return next(each for each in facts.client.departments if each.name == name)


def drawn(facts: Facts, asked: AuditQuestion, name: str = "技术中心", seed: int = 7) -> Sample:
    found = Drawer(facts, KNOWN, seed).draw(department(facts, name), asked)
    assert found is not None
    return found


def test_the_same_seed_draws_the_same_and_another_another(lanwan: Facts) -> None:
    first, again = drawn(lanwan, question("people")), drawn(lanwan, question("people"))
    assert first == again
    assert first.total > 20
    assert len(first.drawn) == 3
    assert {drawn(lanwan, question("people"), seed=seed).drawn for seed in range(9)} != {first.drawn}


def test_a_department_is_sampled_from_its_own_people_the_main_one_from_all(lanwan: Facts) -> None:
    own = drawn(lanwan, question("people", take="all"))
    assert own.said == f"技术中心的在职人员 {own.total} 人（台账）"
    assert own.taken == f"全看，共 {own.total} 人"
    every = drawn(lanwan, question("people", take="all"), "综合管理部")
    assert every.total > own.total
    leavers = drawn(lanwan, question("leavers", take="all"))
    assert leavers.taken == "全看：康立夏（结构工程师，2026-07-31离职）"
    nobody = drawn(lanwan, question("leavers"), "财务部")
    assert nobody.said == "财务部的运行期内离职的人员：台账里没有；没有发生的，写明怎么确认的"
    assert (nobody.taken, nobody.whole) == ("", False)


def test_contracts_belong_to_the_department_of_who_handles_them(lanwan: Facts) -> None:
    clause = "operation.business.contract"
    every = drawn(lanwan, question("contracts", take="all", clause=clause), "知识产权部")
    own = drawn(lanwan, question("contracts", take="all", clause=clause), "采购部")
    assert 0 < own.total < every.total
    bare = without(lanwan, EntryKind.CONTRACT)
    assert drawn(bare, question("contracts", clause=clause), "知识产权部").where == "企业资料"


def test_projects_and_rights_are_named(lanwan: Facts) -> None:
    projects = drawn(lanwan, question("projects", take="all"))
    assert "LW26-03 低噪声阀芯（在研）" in projects.drawn or any(n.startswith("LW26-03") for n in projects.drawn)
    assert drawn(lanwan, question("patents"), "知识产权部").total == 38
    assert drawn(lanwan, question("secrets", take="2"), "知识产权部").taken.startswith("随机 2 项：LW-S")


def test_without_a_population_the_first_form_with_records_counts(lanwan: Facts) -> None:
    evidence = "{{ doc['rec-whistle'].number }}、{{ doc['rec-contract-review'].number }}"
    found = drawn(lanwan, question(evidence=evidence))
    assert found.population == "合同知识产权条款审查表"
    assert all(name.startswith("LW-IPM-JL-15-01-") for name in found.drawn)
    rows = drawn(lanwan, question(evidence="{{ doc['reg-risks'].number }}"))
    assert (rows.unit, len(rows.drawn)) == ("行", 3)
    assert all(len(name) <= sampling.LONGEST + 1 for name in rows.drawn)
    none = drawn(lanwan, question(evidence="{{ doc['rec-whistle'].number }}"))
    assert none.total == 0
    assert Drawer(lanwan, KNOWN, 1).draw(department(lanwan, "技术中心"), question(evidence="看现场")) is None


def test_the_seed_is_that_of_the_audit(lanwan: Facts) -> None:
    assert sampling.seed_of(lanwan) == sampling.seed_of(lanwan)
    assert sampling.seed_of(without(lanwan, EntryKind.AUDIT_PLAN)) != sampling.seed_of(lanwan)


def test_conditions_are_filled_empty_or_equal(lanwan: Facts) -> None:
    rows = [{"名称": "甲", "类": "一"}, {"名称": "乙", "类": "二"}, {"名称": "丙", "类": ""}, {"名称": ""}]
    facts = answered(lanwan, contracts=rows)
    source = Source(("名称", "（{类}）"), answer="contracts")

    def names(*where: str) -> tuple[str, ...]:
        population = Population("p", "合同", "份", (source,), where)
        found = Drawer(facts, {"p": population}, 1).draw(department(facts, "技术中心"), question("p", take="all"))
        return found.drawn if found else ()

    assert names("类=一") == ("甲（一）",)
    assert names("类") == ("乙（二）", "甲（一）")
    assert names("-类", "名称") == ("丙",)


def test_without_a_manual_the_period_has_no_beginning(lanwan: Facts) -> None:
    facts = replace(lanwan, documents=(), entries=tuple(e for e in lanwan.entries if e.form != "ip-manual"))
    assert drawn(facts, question("new-hires", take="all"), "综合管理部").total > 100


def test_a_member_may_be_named_by_what_the_head_of_its_record_says(lanwan: Facts) -> None:
    trainings = Population(
        "trainings", "培训", "次", sources=(Source(form="rec-training-signin", shown=("培训主题", "（{日期}）")),)
    )
    found = Drawer(lanwan, {"trainings": trainings}, 7).draw(
        department(lanwan, "综合管理部"), question("trainings", take="all")
    )
    assert found
    assert found.total == len(lanwan.records("rec-training-signin"))
