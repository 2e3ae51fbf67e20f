"""Credits, yearly rounds, change-over, certificates, penalties (DT-11, DT-67 to DT-69, DT-71)."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import Dated, at, dated, manual, milestone, paper_day

ROUND_MONTHS = 12
LONG_MONTHS = 15
YEARS_VALID = 3
AUDITOR_CERTIFIED = "内审员证书日期"  # a column of the roster


@rule("DT-11", of=lambda facts: facts.of(EntryKind.CREDIT))
def credits_before_application(credit: Entry, facts: Facts) -> Fault | None:
    """Credits on the learning platform, where a project asks for them, are earned before the application."""
    submitted = milestone(facts.one(EntryKind.APPLICATION), "submitted", facts)
    return not_after(milestone(credit, "credits_done", facts), submitted)


@rule("DT-11", of=lambda facts: tuple(p for p in facts.roster if p.text(AUDITOR_CERTIFIED)))
def auditor_certified_before_audit(person: Entry, facts: Facts) -> Fault | None:
    """An auditor's certificate, where the roster has the day of one, is older than the auditor's first audit."""
    day, name = as_date(person.text(AUDITOR_CERTIFIED)), person.text("姓名")
    plans = sorted(facts.of(EntryKind.AUDIT_PLAN), key=lambda plan: plan.text("start"))
    first = next((plan for plan in plans if any(slot.get("auditor") == name for slot in plan.rows("slots"))), None)
    got = Dated(day, f"{name} {AUDITOR_CERTIFIED}", at(person, f"{AUDITOR_CERTIFIED} {day}")) if day else None
    return not_after(got, milestone(first, "start", facts))


def _rounds(facts: Facts) -> tuple[tuple[str, Dated, Dated], ...]:
    kinds = (
        (EntryKind.AUDIT_PLAN, "start", facts.say("内审")),
        (EntryKind.REVIEW_REPORT, "review_date", facts.say("管理评审")),
    )
    found = []
    for kind, name, what in kinds:
        days = sorted((d for e in facts.of(kind) if (d := milestone(e, name, facts))), key=lambda each: each.day)
        found += [(what, one, next_) for one, next_ in itertools.pairwise(days)]
        if days:
            found.append((what, days[-1], Dated(facts.today, "今天", f"今天 {facts.today}")))
    return tuple(found)


@rule("DT-67", of=_rounds)
def a_round_a_year(pair: tuple[str, Dated, Dated], facts: Facts) -> Fault | None:
    """Audits and reviews are at most twelve months apart, by custom; fifteen weigh more."""
    what, one, next_ = pair
    if next_.day <= add_months(one.day, ROUND_MONTHS):
        return None
    much = "十五个月" if next_.day > add_months(one.day, LONG_MONTHS) else "十二个月"
    return Fault(
        f"{what} {one.day} 以后超过{much}才有下一次（{next_.day}）", (one.place, next_.place), f"安排{what}", soft=True
    )


@rule("DT-68", of=lambda facts: tuple(facts.entries if paper_day(facts, "report-gap-transition") else ())[:1])
def changed_over_in_order(_: Entry, facts: Facts) -> Iterator[Fault]:
    """A change-over goes from the gap report to the new manual, training, audit, review, application."""
    trainings = [d for r in facts.records("rec-training-signin") if "宣贯" in str(r.data) and (d := dated(r, "日期"))]
    steps = [
        paper_day(facts, "report-gap-transition"),
        manual(facts, "issued"),
        min(trainings, key=lambda each: each.day, default=None),
        milestone(facts.one(EntryKind.AUDIT_PLAN), "start", facts),
        milestone(facts.one(EntryKind.REVIEW_REPORT), "review_date", facts),
        milestone(facts.one(EntryKind.APPLICATION), "submitted", facts),
    ]
    yield from chain(
        steps,
        f"换版按差距分析、新手册、培训、{facts.say('内审')}、{facts.say('管理评审')}、申请的次序；已经倒置的如实说明",
    )
    old, new = milestone(facts.paper(facts.manual_id), "withdrawn", facts), manual(facts, "effective")
    if old and new and old.day != new.day:
        yield Fault(f"旧手册 {old.day} 作废，新手册 {new.day} 实施", (old.place, new.place), "两个日期应当相同")


def _surveillance(certificate: Entry) -> list[Dated]:
    value = certificate.get("surveillance")
    days = [day for each in (value if isinstance(value, (list, tuple)) else ()) if (day := as_date(each))]
    return [Dated(d, f"第{n}次监督", at(certificate, f"surveillance {d}")) for n, d in enumerate(sorted(days), 1)]


@rule("DT-69", of=lambda facts: facts.of(EntryKind.APPLICATION))
def watched_every_year(certificate: Entry, facts: Facts) -> Iterator[Fault]:
    """Surveillance within twelve months of the decision and of each other, re-certification before the end."""
    decision, end = milestone(certificate, "decision", facts), milestone(certificate, "cert_end", facts)
    recert = milestone(certificate, "recert_end", facts)
    yield from chain([milestone(certificate, "submitted", facts), milestone(certificate, "stage1", facts)])
    yield from chain(
        [milestone(certificate, "stage1_closed", facts), milestone(certificate, "stage2", facts), decision]
    )
    if recert and end:
        yield from chain([recert, end], "证书到期前完成再认证的现场审核")
    if decision is None:
        return
    visits = _surveillance(certificate)
    for one, next_ in itertools.pairwise([decision, *visits, *_now(facts, end, recert)]):
        if next_.day > add_months(one.day, ROUND_MONTHS):
            yield Fault(
                f"{one} 以后超过十二个月才有监督（{next_}）", (one.place, next_.place), "联系认证机构；可能被暂停"
            )
    start = milestone(certificate, "cert_start", facts)
    if start and end and end.day != add_months(start.day, 12 * YEARS_VALID) - timedelta(days=1):
        yield Fault(
            f"证书止日 {end.day} 不是起日加三年减一日", (end.place, start.place), "以证书载明为准，核对", soft=True
        )


def _now(facts: Facts, end: Dated | None, recert: Dated | None) -> list[Dated]:
    """Today, while the certificate still runs and the next round is neither done nor over."""
    running = end is None or facts.today <= end.day
    return [Dated(facts.today, "今天", f"今天 {facts.today}")] if running and recert is None else []


@rule("DT-71", of=once)
def no_penalty_in_the_window(_: Facts, facts: Facts) -> Iterator[Fault]:
    """No penalty by an authority in the year before the system and up to the application (APP-005)."""
    start = add_months(facts.effective, -12) if facts.effective else None
    end = as_date(getattr(facts.one(EntryKind.APPLICATION), "date", "")) or facts.today
    for record in facts.records("rec-dispute"):
        for number, row in enumerate(record.rows(), 1):
            day = as_date(row.get("日期"))
            if "处罚" in str(row.get("措施")) + str(row.get("阶段")) and _within(day, start, end):
                where = at(record, f"第{number}行 {day}")
                places = (where, f"体系实施日 {facts.effective}")
                yield Fault(
                    f"{day} 有行政处罚，在实施前一年到申请之间", places, "不能声明无处罚；交人判断是否属于受理条件所指"
                )


def _within(day: date | None, start: date | None, end: date) -> bool:
    return bool(day and start and start <= day <= end)
