"""What must be the same everywhere: departments, numbers, editions, policy, counts (CN-…)."""

import functools
import re
from collections.abc import Iterator, Mapping

from gbtool.model.document import Document
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.reading import at

COUNTED = {"patents": "patent", "trademarks": "trademark", "copyrights": "copyright"}
# Papers that may name both editions: change-over, gap analysis, history.
BOTH_EDITIONS = ("changeover", "plan-transition", "report-gap-transition", "reg-laws", "rec-external-docs")


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside an entry's data, with the words that lead to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(inner, f"{path} {key}".strip())
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, 1):
            yield from texts(inner, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, value


@rule("CN-03", of=lambda facts: facts.of(EntryKind.AUDIT_PLAN))
def departments_of_the_chart(plan: Entry, facts: Facts) -> Iterator[Fault]:
    """The audit plan names exactly the departments of the client's chart."""
    known = {department.name for department in facts.client.departments}
    planned = {str(slot.get("department")) for slot in plan.rows("slots")}
    place = str(facts.client.place("departments")) or "client.yaml departments"
    for name in sorted(planned - known):
        yield Fault(f"审核计划里的“{name}”不在机构图中", (at(plan, f"slots {name}"), place), "改成机构图上的名称")
    for name in sorted(known - planned):
        yield Fault(f"“{name}”没有排进审核计划", (at(plan, "slots"), f"{place} {name}"), "补审这个部门，或写明范围外")


@rule("CN-04", of=once)
def every_clause_has_its_main(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Every clause that applies is carried by a main function that some department has."""
    for share in facts.shares:
        if facts.client.department_of(share.main) is None and share.main not in ("top", "mr"):
            clause = facts.standard.clause(share.clause)
            title = " ".join(facts.standard.label(clause)) if clause else share.clause
            place = str(facts.client.place("departments")) or "client.yaml departments"
            message = f"条款“{title}”的主责职能 {share.main} 没有部门承担"
            yield Fault(message, (place, f"职能分配 {share.clause}"), "在部门的职能里补上", clause=share.clause)


@rule("CN-06", of=once)
def cited_records_exist(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Record numbers that checklists cite exist in the ledger."""
    code = re.escape(facts.client.code)
    pattern = re.compile(rf"{code}-IPM-(?:JL|TZ)-[A-Z0-9]+(?:-\d+)?-\d{{3}}(?!\d)")
    known = {record.id for record in facts.records()}
    for record in facts.records("rec-audit-checklist", "rec-nc-report"):
        for where, text in texts(record.data):
            for number in sorted(set(pattern.findall(text)) - known):
                yield Fault(
                    f"引用的记录 {number} 不在台账里",
                    (at(record, where), f"台账没有 {number}"),
                    "核对编号，或补登这份记录",
                )


@rule("CN-09", of=lambda facts: (*facts.records(), *facts.of(EntryKind.AUDIT_PLAN), *facts.of(EntryKind.PROGRAMME)))
def one_edition(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """Everything cites the client's edition only."""
    if entry.form in BOTH_EDITIONS:
        return
    place = f"{facts.client.place('standard_edition')} standard_edition {facts.client.edition}"
    found = tuple(texts(entry.data))
    for standard in facts.standards:
        edition, cited = standard.edition, _cited(standard.head.family)
        for where, text in found:
            for year in sorted(set(cited.findall(text)) - {edition}):
                message = f"{entry.id} 引用 {year} 版条款，体系按 {edition} 版建立"
                yield Fault(message, (at(entry, f"{where}：{_around(text, cited)}"), place), f"改引 {edition} 版的条款")


@functools.cache
def _cited(family: str) -> re.Pattern[str]:
    """A standard cited with a year: `GB/T 29490-2023`, `ISO 56005:2020`."""
    return re.compile(r"\s*".join(map(re.escape, family.split())) + r"\s*[—\-–:：]\s*(\d{4})")


@rule("CN-09", of=lambda facts: tuple(d for d in facts.documents if d.holds))
def one_edition_in_force(document: Document, facts: Facts) -> Fault | None:
    """Once the manual of the client's edition has taken effect, no document of another edition is in force."""
    edition, manual = facts.client.edition, facts.document(facts.manual_id)
    begun = manual and manual.holds in facts.client.standards and facts.effective
    if not begun or document.holds in facts.client.standards or (facts.effective and facts.effective > facts.today):
        return None
    places = (document.path or document.id, f"新版手册 {facts.effective} 实施")
    fix = "按新版重新生成、发布，或作废：gbtool changeover --withdraw"
    return Fault(f"《{document.title}》还是 {document.holds} 版，体系已按 {edition} 版实施", places, fix)


def _around(text: str, cited: re.Pattern[str]) -> str:
    found = cited.search(text)
    return text[found.start() : found.end() + 8] if found else text[:30]


@rule("CN-10", of=lambda facts: tuple(e for e in facts.of(EntryKind.PAPER) if e.mapping("facts")))
def counts_as_in_registers(paper: Entry, facts: Facts) -> Iterator[Fault]:
    """The manual counts as many rights as the registers list on its day."""
    as_of = str(paper.mapping("facts").get("as_of") or "")
    for name, kind in COUNTED.items():
        given = str(paper.mapping("facts").get(name) or "")
        listed = [r for r in facts.of(EntryKind.RIGHT) if r.get("kind") == kind and _granted_by(r, as_of)]
        if given.isdigit() and listed and int(given) != len(listed):
            places = (at(paper, f"facts {name} {given}"), f"台账 {kind} {len(listed)}件（截至{as_of}）")
            yield Fault(f"手册写 {name} {given} 件，台账 {len(listed)} 件", places, "核对截至日和台账")


def _granted_by(right: Entry, day: str) -> bool:
    granted = right.text("授权公告日") or right.text("注册公告日") or right.text("登记日")
    return not day or not granted or granted <= day


@rule("CN-11", of=lambda facts: facts.client.rows("annual_targets"))
def target_can_be_counted(row: Mapping[str, object], facts: Facts) -> Iterator[Fault]:
    """A target has a value, a unit, a department of the chart and a period."""
    place = f"{facts.client.place('annual_targets')} annual_targets {row.get('目标')}"
    missing = [name for name in ("目标", "值", "单位", "责任部门", "周期") if row.get(name) in (None, "")]
    if missing:
        yield Fault(f"目标“{row.get('目标')}”缺{'、'.join(missing)}", (place,), "补齐后再分解")
    known = {department.name for department in facts.client.departments}
    if row.get("责任部门") and known and row["责任部门"] not in known:
        chart = str(facts.client.place("departments"))
        yield Fault(f"目标的责任部门“{row['责任部门']}”不在机构图中", (place, chart), "改成机构图上的名称")


@rule("CN-14", of=lambda facts: tuple(e for e in facts.of(EntryKind.DECLARATION) if e.id == "policy"))
def policy_word_for_word(entry: Entry, facts: Facts) -> Fault | None:
    """The policy is the same everywhere, word for word."""
    written, asked = entry.text("statement"), facts.client.text("ip_policy")
    if not (written and asked) or written == asked:
        return None
    place = f"{facts.client.place('ip_policy')} ip_policy {asked}"
    return Fault("方针文字不一致", (at(entry, written), place), "以批准的文字为准，逐字改一致")
