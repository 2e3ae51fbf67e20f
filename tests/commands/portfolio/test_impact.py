"""What a change touches: a law, a clause, a rule, a period, a template, the style; nothing that it does not."""

from datetime import date
from pathlib import Path

import pytest

from engagement import Demo
from firm import RUNNING, SPOILED, small_firm
from gbtool.commands.generate import Request as Generating, generate
from gbtool.commands.portfolio import impact as module
from gbtool.commands.portfolio.changes import change_of, upcoming
from gbtool.commands.portfolio.impact import Impact, Impacts, Job, Request, impact, look
from gbtool.commands.workspace import workspace
from gbtool.errors import FileFaults, UsageError
from gbtool.model.impact import ChangeKind, What
from gbtool.workers.run import Lost

DAY = date(2026, 11, 22)
LAW = date(2027, 1, 1)
BIG, SMALL, NEW = "岚湾流控", "青屿软件", "衡拓科贸"


def found(firm: Path, key: str) -> Impacts:
    return impact(firm, DAY, key, Request())


def of(impacts: Impacts, path: str) -> Impact:
    return next(each for each in impacts.clients if each.path == path)


def test_the_trademark_law_of_2027(demonstrated: Demo) -> None:
    impacts = found(demonstrated.folder, "商标法")
    assert (impacts.change.kind, impacts.change.day) == (ChangeKind.LAW, LAW)
    assert [each.path for each in impacts.touched] == [BIG, SMALL]
    big = of(impacts, BIG)
    assert {"ip-manual", "sys-ip-warning"} <= {each.id for each in big.of(What.DOCUMENT)}
    assert "reg-laws" in {each.id for each in big.of(What.LIST)}
    renewals = [each for each in big.of(What.DEADLINE) if each.id == "TM-RENEW"]
    assert renewals
    assert all(each.day and each.day >= LAW and "第44条" in each.reason for each in renewals)
    assert not of(impacts, NEW).touched


@pytest.mark.parametrize(
    "word", ["商标法@2027-01-01", "商标法2026修订", "中华人民共和国商标法 2026", "商标法（2026修订）"]
)
def test_a_law_is_named_in_many_ways(word: str, demonstrated: Demo) -> None:
    assert change_of(word, demonstrated.folder) == change_of("商标法", demonstrated.folder)


def test_an_older_version_has_its_own_day(demonstrated: Demo) -> None:
    assert change_of("商标法@2019-11-01", demonstrated.folder).day == date(2019, 11, 1)
    assert change_of("商标法实施条例", demonstrated.folder).title == "商标法实施条例2014修订"


def test_a_clause_touches_what_answers_it_in_its_standard_only(demonstrated: Demo) -> None:
    impacts = found(demonstrated.folder, "2023:leadership.policy")
    assert {each.path for each in impacts.touched} == {BIG, SMALL, NEW}
    big = of(impacts, BIG)
    assert "appt-policy" in {each.id for each in big.of(What.DOCUMENT)}
    assert "主责" in big.of(What.AUDIT)[0].reason
    assert not found(demonstrated.folder, "2013:management.planning").touched
    assert change_of("33251：5.2", demonstrated.folder).standard == "33251-2016"
    assert change_of("GB/T 29490-2023:5.2", demonstrated.folder).key == "leadership.policy"


def test_rules_of_periods_and_of_checks(demonstrated: Demo) -> None:
    renewals = found(demonstrated.folder, "TM-RENEW")
    assert {each.id for each in of(renewals, BIG).touched} == {"TM-RENEW"}
    dated = found(demonstrated.folder, "DT-13")
    assert dated.change.note == "行业的做法"
    assert change_of("DT-29", demonstrated.folder).note == "劳动合同法第10条（用工之日起一个月内）"
    assert [(each.what, each.reason) for each in of(dated, BIG).touched] == [(What.VERDICT, "现在通过")]
    gate = found(demonstrated.folder, "period.months")
    assert of(gate, BIG).of(What.VERDICT)


def test_a_period_touches_texts_and_rules(demonstrated: Demo) -> None:
    impacts = found(demonstrated.folder, "contract.review")
    assert {each.what for each in of(impacts, BIG).touched} == {What.DOCUMENT}
    counted = of(found(demonstrated.folder, "document.distribute"), BIG)
    assert counted.of(What.VERDICT)


def test_a_template_by_its_document_or_its_path(demonstrated: Demo) -> None:
    by_id = found(demonstrated.folder, "proc-rd")
    by_path = found(demonstrated.folder, "templates/procedures/proc-rd.md.j2")
    assert [each.id for each in of(by_id, BIG).touched] == ["proc-rd"]
    assert [each.id for each in of(by_path, BIG).touched] == ["proc-rd"]
    form = found(demonstrated.folder, "rec-communication")
    assert {each.path for each in form.touched} == {BIG, SMALL, NEW}


def test_what_a_client_has_of_its_own_is_not_touched(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING)
    generate(workspace(firm / RUNNING), DAY, Generating(("sys-reward", "rec-communication")))
    assert len(of(found(firm, "style"), RUNNING).touched) == 2
    assert len(of(found(firm, "sys-reward"), RUNNING).touched) == 1
    shipped = workspace(firm / RUNNING).shelves
    own = firm / RUNNING / "templates" / "systems"
    own.mkdir(parents=True)
    text, style = (shipped.find(f"templates/{name}") for name in ("systems/sys-reward.md.j2", "style.docx"))
    assert text
    assert style
    (own / "sys-reward.md.j2").write_bytes(text[1].read_bytes())
    assert not of(found(firm, "sys-reward"), RUNNING).touched
    (firm / RUNNING / "templates" / "style.docx").write_bytes(style[1].read_bytes())
    assert not of(found(firm, "style"), RUNNING).touched


def test_the_broken_one_is_named_and_a_lost_one_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = small_firm(tmp_path / "机构")
    impacts = found(firm, "商标法")
    assert [each.path for each in impacts.broken] == [SPOILED]
    monkeypatch.setattr(module, "run", lambda _, jobs, __: ((n, Lost("没了")) for n in range(len(jobs))))
    assert len(found(firm, "商标法").broken) == 3

    def refused(_: Path) -> object:
        raise PermissionError(13, "no")

    monkeypatch.setattr(module, "workspace", refused)
    assert "没有权限" in str(look(Job("甲", firm, impacts.change, DAY)).complaints[0])


@pytest.mark.parametrize("word", ["商标发", "2023:nothing", "2023:99.9", "3033:5", "", "../../etc/passwd"])
def test_a_word_that_means_nothing_is_refused(word: str, demonstrated: Demo) -> None:
    with pytest.raises(UsageError):
        change_of(word, demonstrated.folder)


def test_laws_that_are_about_to_change_are_offered(demonstrated: Demo, tmp_path: Path) -> None:
    assert [each.day for each in upcoming(demonstrated.folder, DAY)] == [LAW]
    assert not upcoming(demonstrated.folder, date(2030, 1, 1))
    firm = small_firm(tmp_path / "机构", RUNNING)
    (firm / "checklists").mkdir()
    (firm / "checklists" / "laws.yaml").write_text("laws: [\n", encoding="utf-8")
    with pytest.raises(FileFaults):
        upcoming(firm, DAY)
