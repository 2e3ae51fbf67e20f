"""Facts that the answers and the ledger show, each with its place; what they do not show is not known."""

from datetime import date

import pytest

from engagement import without
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.gates import found, known
from gbtool.rules.gates.known import FOUND, Known, Value, said
from gbtool.shelf.certification import rulebook
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

TERMS = rulebook(shelves_of(None, None)).terms
CERTIFICATE = {"submitted": "2026-09-22", "decision": "2026-10-20", "cert_start": "2026-10-20", "edition": "2023"}


def of(facts: Facts, name: str) -> Value | None:
    """A fact of a client."""
    return Known(facts, TERMS).get(name)


def datum(facts: Facts, name: str) -> object:
    """What is known of a fact; None where nothing is."""
    value = of(facts, name)
    return value.datum if value else None


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_fact_of_a_client_has_a_place_or_is_not_known(name: str, lanwan: Facts, qingyu: Facts) -> None:
    empty = replace(lanwan, entries=(), documents=())
    for facts in (lanwan, qingyu, empty):
        value = of(facts, name)
        assert value is None or said(value.datum) is not None


def test_the_manufacturer_as_rules_see_it(lanwan: Facts) -> None:
    assert datum(lanwan, "system.effective") == date(2026, 5, 18)
    assert datum(lanwan, "system.issued") == date(2026, 5, 15)
    assert datum(lanwan, "diagnosis.reported") == date(2026, 4, 10)
    assert datum(lanwan, "application.date") == date(2026, 9, 22)
    assert datum(lanwan, "audits.days") == (date(2026, 8, 25),)
    assert datum(lanwan, "review.held") == date(2026, 9, 11)
    assert datum(lanwan, "client.entity_type") == "企业"
    assert datum(lanwan, "engagement.standard") == "GB/T 29490"
    assert datum(lanwan, "certificate.status") == "没有证书"
    assert datum(lanwan, "organisation.unit") is True
    count = of(lanwan, "rights.active")
    assert count
    assert count.count > 40
    phases = of(lanwan, "ledger.phases")
    assert phases
    assert set(phases.texts) == {"知识产权管理方针", "目标", "资源管理", "运行控制", "合同管理", "检查分析和改进"}
    package = of(lanwan, "application.package")
    assert package
    assert {"内部审核全套记录", "管理评审全套记录", "知识产权清单"} <= set(package.texts)


def test_roles_have_their_credits_when_all_their_people_have(lanwan: Facts) -> None:
    roles = of(lanwan, "credits.roles")
    assert roles
    assert {"最高管理者", "管理者代表"} <= set(roles.texts)
    assert of(without(lanwan, EntryKind.CREDIT), "credits.roles") is None
    one = next(e for e in lanwan.of(EntryKind.CREDIT) if e.text("name") == "沈知远")
    fewer = of(replace(lanwan, entries=tuple(e for e in lanwan.entries if e is not one)), "credits.roles")
    assert fewer
    assert "管理者代表" not in fewer.texts


def test_what_came_after_the_certificate_is_counted(lanwan: Facts) -> None:
    assert of(lanwan, "since.models") is None
    given = Entry(EntryKind.APPLICATION, "application", "2026-09-22", data={**CERTIFICATE, "cert_start": "2020-01-01"})
    entries = (*without(lanwan, EntryKind.APPLICATION).entries, given)
    later = of(replace(lanwan, entries=entries), "since.models")
    assert later
    assert later.count > 0


def test_documents_of_a_kind_and_a_part_of_the_package_that_somebody_entered(lanwan: Facts) -> None:
    named = ("sys-reward", DocumentKind.SYSTEM, "1", "奖励", "A/0", "文件/奖励.docx", "", "")
    system = Document(*named, issued="2026-05-15")
    data = {"value": "认证申请书、组织简介和主要业务流程"}
    noted = Entry(EntryKind.FACT, "application.package", "2026-09-01", data=data)
    facts = replace(lanwan, documents=(system,), entries=(*lanwan.entries, noted))
    assert datum(facts, "systems.in_force") == ("sys-reward",)
    assert datum(facts, "organisation.rules") is True
    assert datum(facts, "documents.in_force") == ("sys-reward",)
    package = of(facts, "application.package")
    assert package
    assert "认证申请书" in package.texts


def test_money_and_grants_by_level(lanwan: Facts) -> None:
    grant = Entry(EntryKind.GRANT, "g", "2026-10-01", data={"金额": "100", "级别": "市", "状态": "已到账"})
    facts = replace(lanwan, entries=(*lanwan.entries, grant))
    assert datum(facts, "awards.city") is True
    assert datum(facts, "awards.province") is None
    assert datum(facts, "awards.before") is True


def test_the_body_of_nobody_is_no_body(lanwan: Facts) -> None:
    assert found.profile(lanwan) is None  # nobody described it
    assert found.profile(without(lanwan, EntryKind.APPLICATION)) is None
    assert known.said((date(2026, 1, 1), date(2026, 2, 1))) == "2026-01-01、2026-02-01"
    assert Value("文字").count == 0
    assert Value("文字").amount == 0
