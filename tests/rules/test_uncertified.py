"""A standard that is no ground for a certificate: readiness says so, and what pilot and grading ask instead."""

from datetime import date
from pathlib import Path

import pytest

from engagement import answered
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Verdict
from gbtool.rules.engine import ask
from gbtool.rules.gates.known import Known
from gbtool.rules.progress import planned
from gbtool.rules.report import readiness
from gbtool.shelf import gates
from gbtool.shelf.certification import rulebook
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

SHELVES = shelves_of(None, None)
TERMS = rulebook(SHELVES).terms
CLIENT = """company_name: 嘉兴（示例）木格设计有限公司
company_code: MG
entity_type: 企业
standard_edition: 56005-2020
pilot_eligibility: [专精特新小巨人]
pilot_batch: 第二批（2024）
innovation_managers: [林木, 何格]
trial_start: 2026-06-01
rd_spend:
  - {年份: '2023', 研发: 600, 知识产权: 18}
  - {年份: '2024', 研发: 650, 知识产权: 21}
  - {年份: '2025', 研发: 700, 知识产权: 24}
"""


def record(form: str, day: str, foot: dict[str, str] | None = None, **head: str) -> Entry:
    return Entry(EntryKind.RECORD, f"{form} {day}", day, form=form, data={"head": head, "foot": foot or {}})


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """A client of ISO 56005 without a ledger."""
    folder = tmp_path_factory.mktemp("iso")
    (folder / "client.yaml").write_text(CLIENT, "utf-8")
    return gather(workspace(Path(folder)), date(2026, 11, 22))


def test_it_is_said_that_nothing_is_certified_and_what_to_ask(facts: Facts) -> None:
    found = readiness(gates.gate("certification", "56005-2020", SHELVES), facts)
    assert found.verdict is Verdict.NOT_READY
    (fault,) = ask("standard.certifiable", facts).faults
    assert "不是认证依据" in fault.message
    assert "gbtool grade" in fault.fix


def test_a_standard_of_certification_has_nothing_to_say(lanwan: Facts) -> None:
    assert ask("standard.certifiable", lanwan).faults == ()


@pytest.mark.parametrize("name", ["pilot", "grading"])
def test_what_pilot_and_grading_want_is_not_there_at_first(name: str, facts: Facts) -> None:
    assert readiness(gates.gate(name, "56005-2020", SHELVES), facts).verdict is Verdict.NOT_READY


def test_each_form_is_wanted_once(facts: Facts) -> None:
    kept = replace(facts, entries=(record("n-rec-initial", "2026-03-02"),))
    (fault,) = ask("records.kept", kept, {"forms": "n-rec-initial、n-rec-annual"}).faults
    assert "《年度数据填报表》" in fault.message


def test_the_last_self_grading_counts(facts: Facts) -> None:
    no = record("n-rec-selfgrade", "2026-10-01", {"自评结论": "未评"}, 拟申请等级="2")
    yes = record("n-rec-selfgrade", "2026-11-01", {"自评结论": "具备"}, 拟申请等级="2")
    assert "对2级的结论是“未评”" in ask("grade.claimed", replace(facts, entries=(no,))).faults[0].message
    assert ask("grade.claimed", replace(facts, entries=(no, yes))).faults == ()
    assert ask("grade.claimed", facts).subjects == 0


def test_what_programmes_ask_is_found_in_answers_and_forms(facts: Facts) -> None:
    kept = replace(
        facts,
        entries=(
            record("n-rec-initial", "2026-03-02", 测评日期="2026-03-02"),
            record("n-rec-annual", "2026-02-20", {"平台提交日期": "2026-03-01"}, 填报日期="2026-02-20"),
        ),
    )
    known = Known(kept, TERMS, "CN-ISO56005-2023")
    wanted = {
        "client.kinds": ("专精特新「小巨人」企业",),
        "programme.listed": True,
        "assessment.first": date(2026, 3, 2),
        "pilot.started": date(2026, 6, 1),
        "trial.started": date(2026, 6, 1),
        "pilot.reports": (date(2026, 3, 1),),
    }
    assert {name: value.datum for name in wanted if (value := known.get(name))} == wanted
    spent = [value.amount for name in ("spending.research", "spending.rights") if (value := known.get(name))]
    assert spent == [6_500_000, 210_000]
    managers = known.get("innovation.managers")
    assert managers
    assert managers.count == 2


def test_what_is_not_answered_may_be_entered(lanwan: Facts) -> None:
    entered = Entry(EntryKind.FACT, "client.kinds", data={"value": "高新技术企业"})
    known = Known(replace(lanwan, entries=(entered,)), TERMS)
    value = known.get("client.kinds")
    assert value
    assert value.datum == ("高新技术企业",)
    assert Known(lanwan, TERMS).get("spending.research") is None
    assert Known(answered(lanwan, pilot_batch="未列入"), TERMS).get("programme.listed") is not None


def test_what_comes_again_within_a_year_is_due(facts: Facts) -> None:
    kept = replace(facts, entries=(record("n-rec-review", "2025-12-10"), record("n-rec-annual", "2026-02-20")))
    found = {each.what: each.day for each in planned(kept, 120)}
    assert found["年度评审（距上次不超过12个月）"] == date(2026, 12, 10)
    assert found["年度数据填报（日期以当年通知为准）"] == date(2027, 2, 20)
