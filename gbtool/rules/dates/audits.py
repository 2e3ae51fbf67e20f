"""Dates and people of audit and management review (DT-16 to DT-25, DT-61, CN-21)."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis.comparing import alike, days
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import Dated, at, dated, milestone, span, title_of

TURNED = "折"  # 按年折算、折年


def _plans(facts: Facts) -> tuple[Entry, ...]:
    return facts.of(EntryKind.AUDIT_PLAN)


def _reports(facts: Facts) -> tuple[Entry, ...]:
    return facts.of(EntryKind.AUDIT_REPORT)


def _nonconformities(facts: Facts) -> tuple[Entry, ...]:
    return facts.records("rec-nc-report")


def number_of(record: Entry) -> str:
    """The number of a nonconformity report."""
    return str(record.mapping("head").get("编号") or record.id)


def _plan_of(facts: Facts, day: date | None) -> Entry | None:
    """The audit plan whose period holds a day, else the last plan before it."""
    plans = [plan for plan in _plans(facts) if day and (as_date(plan.text("start")) or date.max) <= day]
    return plans[-1] if plans else next(iter(_plans(facts)), None)


@rule("DT-16", of=_plans)
def planned_before_audit(plan: Entry, facts: Facts) -> Iterator[Fault]:
    """Programme, plan, audit: in this order, the plan handed out as far ahead as the texts say."""
    programme = milestone(facts.one(EntryKind.PROGRAMME), "issued", facts)
    start = milestone(plan, "start", facts)
    yield from chain([programme, milestone(plan, "approved", facts), start])
    handed = milestone(plan, "distributed", facts)
    notice = facts.periods["audit.notice"]
    latest = notice.before(start.day, facts.calendar) if start else None
    if handed and start and latest and handed.day > latest:
        message = f"审核计划 {handed.day} 发放，距审核开始（{start.day}）不足{notice}"
        yield Fault(message, (handed.place, start.place), "下次提前发放；程序另有规定的写明", soft=True)


def _slots(facts: Facts) -> tuple[tuple[Entry, Mapping[str, object]], ...]:
    return tuple((plan, slot) for plan in _plans(facts) for slot in plan.rows("slots"))


@rule("DT-17", of=_slots)
def independent(pair: tuple[Entry, Mapping[str, object]], facts: Facts) -> Iterator[Fault]:
    """A slot lies within the audit, and nobody audits his own department (IA-003)."""
    plan, slot = pair
    department, auditor = str(slot.get("department") or ""), str(slot.get("auditor") or "")
    where = at(plan, f"slots {department} auditor {auditor}")
    for person in facts.people.get(auditor, ()):
        if person.text("部门") == department:
            message = f"{auditor} 审核本部门（{department}）"
            yield Fault(message, (where, at(person, f"{auditor} 部门 {department}")), "换人审核，或请外部人员")
    if auditor in _names(slot.get("auditees")):
        yield Fault(f"{auditor} 同时是被审核人", (where, at(plan, f"slots {department} auditees")), "换人审核")
    day, start, end = as_date(slot.get("date")), as_date(plan.text("start")), as_date(plan.text("end"))
    if day and start and end and not start <= day <= end:
        yield Fault(
            f"{department} 的审核日 {day} 不在审核期内", (where, at(plan, f"start {start} end {end}")), "核对日程"
        )


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, (list, tuple)) else ()


@rule("DT-17", of=_plans)
def nobody_twice_at_once(plan: Entry, facts: Facts) -> Iterator[Fault]:
    """An auditor's slots do not overlap."""
    slots = sorted(plan.rows("slots"), key=lambda s: (str(s.get("auditor")), str(s.get("date")), str(s.get("from"))))
    for first, second in itertools.pairwise(slots):
        same = all(first.get(name) == second.get(name) for name in ("auditor", "date"))
        if same and first.get("to") and second.get("from") and str(second["from"]) < str(first["to"]):
            places = tuple(
                at(plan, f"slots {s.get('department')} {s.get('from')}-{s.get('to')}") for s in (first, second)
            )
            yield Fault(f"{first.get('auditor')} 同一时间审两个部门", places, "调开时段")


@rule("DT-18", of=lambda facts: facts.records("rec-audit-meeting"))
def meetings_open_and_close(record: Entry, facts: Facts) -> Fault | None:
    """The opening meeting is on the first day of the audit, the closing meeting on the last."""
    plan = _plan_of(facts, record.day)
    wanted = milestone(plan, {"首次": "start", "末次": "end"}.get(str(record.mapping("head").get("会议")), ""), facts)
    held = dated(record, "日期")
    if not (wanted and held) or wanted.day == held.day:
        return None
    return Fault(f"{held} 与 {wanted} 不是同一天", (held.place, wanted.place), "核对会议日期")


@rule("DT-18", of=lambda facts: facts.records("rec-audit-checklist"))
def checklist_in_its_slot(record: Entry, facts: Facts) -> Fault | None:
    """A checklist is dated as its slot in the plan."""
    plan = _plan_of(facts, record.day)
    department = record.mapping("head").get("受审核部门")
    slots = [slot for slot in plan.rows("slots") if slot.get("department") == department] if plan else []
    day = dated(record, "审核日期")
    if not (plan and slots and day) or any(as_date(slot.get("date")) == day.day for slot in slots):
        return None
    where = at(plan, f"slots {department} {slots[0].get('date')}")
    return Fault(f"{day} 与计划的审核日（{slots[0].get('date')}）不一致", (day.place, where), "核对检查表日期")


@rule("DT-19", of=_nonconformities)
def nonconformity_in_order(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Found within the audit, due after it was found, verified after it was done, by another person."""
    found, due = dated(record, "发现日期"), dated(record, "计划完成日期")
    done, verified = dated(record, "实际完成日期"), dated(record, "验证日期")
    yield from chain([found, due])
    yield from chain([done, verified])
    plan = _plan_of(facts, found.day if found else None)
    start, end = milestone(plan, "start", facts), milestone(plan, "end", facts)
    if found and start and end and not start.day <= found.day <= end.day:
        yield Fault(f"{found} 不在审核期内（{start.day}至{end.day}）", (found.place, start.place), "核对发现日期")
    verifier, owner = str(record.mapping("foot").get("验证人") or ""), record.text("responsible")
    if verifier and verifier == owner:
        places = (at(record, f"{number_of(record)} 验证人 {verifier}"), at(record, f"responsible {owner}"))
        yield Fault(f"{number_of(record)} 由整改责任人 {owner} 自己验证", places, "由另一人验证")


@rule("DT-20", of=_nonconformities)
def cause_before_measure(record: Entry, facts: Facts) -> Iterator[Fault]:
    """The cause is analysed before the corrective action is complete, and the action is in time."""
    cause, done = dated(record, "cause_date"), dated(record, "实际完成日期")
    due, verified = dated(record, "计划完成日期"), dated(record, "验证日期")
    yield from chain([cause, done, verified])
    late = not_after(done, due, "逾期的须有延期批准")
    if late and (not record.text("extended") or record.rows("extensions")):  # who has leave until a day keeps it
        yield late


@rule("DT-21", of=_reports)
def report_after_closing(report: Entry, facts: Facts) -> Iterator[Fault]:
    """The report comes after the closing meeting, within the period that the texts set."""
    end, issued = milestone(report, "audit_end", facts), milestone(report, "issued", facts)
    fault = not_after(end, issued)
    if fault:
        yield fault
    within = facts.periods["audit.report"]
    last = within.after(end.day, facts.calendar) if end else None
    if end and issued and last and issued.day > last:
        yield Fault(f"{issued} 晚于末次会议后{within}（{last}）", (issued.place, end.place), "写明原因", soft=True)


@rule("DT-22", of=lambda facts: facts.of(EntryKind.REVIEW_PLAN))
def review_after_audit_report(plan: Entry, facts: Facts) -> Iterator[Fault]:
    """The management review is held after the audit report, its plan handed out as far ahead as the texts say."""
    review, approved = milestone(plan, "review_date", facts), milestone(plan, "approved", facts)
    issued = [found for each in _reports(facts) if (found := milestone(each, "issued", facts))]
    earlier = [each for each in issued if review and each.day <= review.day]
    report = earlier[-1] if earlier else next(iter(issued), None)
    for first in (report, approved):
        fault = not_after(first, review, f"{facts.say('内审')}报告在先，{facts.say('管理评审')}在后")
        if fault:
            yield fault
    notice = facts.periods["review.notice"]
    latest = notice.before(review.day, facts.calendar) if review else None
    if approved and review and latest and approved.day > latest:
        yield Fault(f"{approved} 距评审不足{notice}", (approved.place, review.place), "下次提前", soft=True)
    if report and review and review.day > add_months(report.day, 12):
        yield Fault(
            f"{review} 距所引{facts.say('内审')}超过十二个月",
            (review.place, report.place),
            f"重新{facts.say('内审')}",
            soft=True,
        )


@rule("DT-23", of=lambda facts: facts.records("rec-review-input"))
def input_before_review(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Inputs are dated before the review, and their figures before them."""
    review = milestone(facts.one(EntryKind.REVIEW_PLAN), "review_date", facts)
    yield from chain([dated(record, "data_until"), dated(record, "日期"), review])


@rule("DT-24", of=lambda facts: facts.of(EntryKind.REVIEW_REPORT))
def review_report_after_meeting(report: Entry, facts: Facts) -> Iterator[Fault]:
    """The review's report comes after the meeting, within the period that the texts set."""
    held, issued = milestone(report, "review_date", facts), milestone(report, "issued", facts)
    fault = not_after(held, issued)
    if fault:
        yield fault
    within = facts.periods["review.report"]
    last = within.after(held.day, facts.calendar) if held else None
    if held and issued and last and issued.day > last:
        yield Fault(f"{issued} 晚于会议后{within}（{last}）", (issued.place, held.place), "写明原因", soft=True)


@rule("DT-25", of=lambda facts: facts.records("rec-review-tracking"))
def decisions_after_review(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Decisions of the review are due after it."""
    held = [found for plan in facts.of(EntryKind.REVIEW_PLAN) if (found := milestone(plan, "review_date", facts))]
    mine = [found for found in held if record.day and found.day <= record.day]
    review = max(mine or held, key=lambda found: found.day, default=None)
    for row in record.rows():
        due = as_date(row.get("计划完成日期"))
        if due and review and due < review.day:
            place = at(record, f"第{row.get('序号')}项计划完成日期 {due}")
            yield Fault(
                f"第{row.get('序号')}项措施期限 {due} 早于 {review}", (place, review.place), "核对期限", soft=True
            )


@rule("DT-61", of=_plans)
def a_month_before_audit(plan: Entry, facts: Facts) -> Fault | None:
    """The first audit starts no sooner after the system took effect than the texts say."""
    start, wait = milestone(plan, "start", facts), facts.periods["audit.first"]
    first = wait.after(facts.effective, facts.calendar) if facts.effective else None
    if start is None or first is None or start.day >= first:
        return None
    places = (start.place, f"体系实施日 {facts.effective}")
    return Fault(
        f"{start} 距实施日不足{wait}，样本不够", places, f"推迟{facts.say('内审')}，或在报告中写明样本的局限", soft=True
    )


@rule("CN-21", of=_plans)
def auditors_signed_in(plan: Entry, facts: Facts) -> Iterator[Fault]:
    """Each auditor signed in at the meetings, and each audited department has a checklist."""
    signed = {str(row.get("姓名")) for record in facts.records("rec-audit-meeting") for row in record.rows()}
    checked = {str(record.mapping("head").get("受审核部门")) for record in facts.records("rec-audit-checklist")}
    for slot in plan.rows("slots"):
        auditor, department = str(slot.get("auditor")), str(slot.get("department"))
        where = at(plan, f"slots {department} {auditor}")
        if signed and auditor not in signed:
            yield Fault(
                f"{facts.say('内审员')} {auditor} 没有在首末次会议签到", (where, "rec-audit-meeting"), "核对签到记录"
            )
        if checked and department not in checked:
            yield Fault(f"受审部门 {department} 没有检查表", (where, "rec-audit-checklist"), "补做审核，不补造检查表")


@rule("DT-54", of=lambda facts: facts.records("rec-performance"))
def figures_before_and_after(record: Entry, facts: Facts) -> Iterator[Fault]:
    """The baseline ends when the system takes effect, the compared period begins then."""
    base, now = span(record.mapping("head").get("基准期")), span(record.mapping("head").get("统计期"))
    if not (base and now and facts.effective):
        return
    effective = Dated(facts.effective, "体系实施日", f"体系实施日 {facts.effective}")
    ends = Dated(base[1], f"{record.id} 基准期截止", at(record, f"基准期 {base[1]}"))
    begins = Dated(now[0], f"{record.id} 统计期开始", at(record, f"统计期 {now[0]}"))
    yield from chain([ends, effective, begins])
    rows = "".join(str(row.get("说明")) for row in record.rows())
    tests = "".join(test.text("method") for test in facts.of(EntryKind.EFFECTIVENESS) if test.text("data") == record.id)
    if not alike(base, now) and TURNED not in rows + tests:
        message = f"{record.id} 基准期{days(base)}天、统计期{days(now)}天，没有写按年折算"
        yield Fault(message, (ends.place, begins.place), "件数、金额按年折算并写在说明里；比率不折算")


@rule("DT-54", of=lambda facts: facts.of(EntryKind.EFFECTIVENESS))
def report_after_its_figures(test: Entry, facts: Facts) -> Iterator[Fault]:
    """The baseline ends when the system takes effect, the other period begins then and is over before the report."""
    base, now = as_date(test.mapping("baseline").get("to")), as_date(test.mapping("compared").get("from"))
    last = as_date(test.mapping("compared").get("to"))
    ends = Dated(base, f"{test.id} 基准期截止", at(test, f"baseline {base}")) if base else None
    begins = Dated(now, f"{test.id} 对比期开始", at(test, f"compared {now}")) if now else None
    over = Dated(last, f"{test.id} 对比期截止", at(test, f"compared {last}")) if last else None
    effective = Dated(facts.effective, "体系实施日", f"体系实施日 {facts.effective}") if facts.effective else None
    yield from chain([ends, effective, begins])
    yield from chain([over, milestone(test, "issued", facts)])


@rule("CN-05", of=once)
def one_person_does_not_do_all(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Who compiled a plan or report does not also approve it."""
    for entry in facts.entries:
        compiled, approved = str(entry.mapping("compiled").get("name")), str(entry.mapping("approved").get("name"))
        if entry.mapping("compiled") and entry.mapping("approved") and compiled == approved:
            yield Fault(f"{title_of(entry, facts)} 由 {compiled} 编制又批准", (at(entry),), "由另一人批准", soft=True)
