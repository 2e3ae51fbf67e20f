"""Dates of the system itself: founding, edition, approval, levels (DT-01 to DT-12, DT-60, DT-64)."""

from collections.abc import Iterator

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import ORDER, Dated, at, dated, manual, milestone, own_day, paper_day, span


def _client_day(facts: Facts, key: str, what: str) -> Dated | None:
    day = as_date(facts.client.text(key))
    return Dated(day, what, f"{facts.client.place(key)} {key} {day}") if day else None


def _papers(facts: Facts) -> tuple[Entry, ...]:
    return facts.of(EntryKind.PAPER)


def _chains(facts: Facts) -> tuple[Entry, ...]:
    return (*_papers(facts), *(e for e in facts.entries if e.kind in PLANS))


PLANS = (
    EntryKind.PROGRAMME,
    EntryKind.AUDIT_PLAN,
    EntryKind.AUDIT_REPORT,
    EntryKind.REVIEW_PLAN,
    EntryKind.REVIEW_REPORT,
    EntryKind.EFFECTIVENESS,
)


@rule("DT-01", of=lambda facts: (*facts.records(), *_papers(facts)))
def not_before_founding(entry: Entry, facts: Facts) -> Fault | None:
    """Nothing of the company is dated before it was founded."""
    day = own_day(entry) or milestone(entry, "date", facts) or milestone(entry, "compiled", facts)
    return not_after(_client_day(facts, "established_date", "成立日期"), day)


@rule("DT-02", of=once)
def edition_fits_day(facts: Facts, _: Facts) -> Iterator[Fault]:
    """The 2023 edition is not cited before its publication (2023年第27号公告)."""
    issued = manual(facts, "issued")
    published = as_date(facts.standard.head.published)
    if issued and published and issued.day < published:
        place = f"{facts.standard.code} 发布日 {published}"
        yield Fault(f"{issued} 早于标准发布日（{published}）", (issued.place, place), "核对手册发布日和所用版本")


@rule("DT-03", of=once)
def diagnosis_before_manual(facts: Facts, _: Facts) -> list[Fault]:
    """Diagnosis begins, is reported, then the manual is issued."""
    period = span(facts.client.text("diagnosis_period"))
    place = str(facts.client.place("diagnosis_period"))
    start = Dated(period[0], "诊断开始", f"{place} {period[0]}") if period else None
    return chain([start, paper_day(facts, "report-diagnosis"), manual(facts, "issued")])


@rule("DT-04", of=once)
def appointed_before_approval(facts: Facts, _: Facts) -> Iterator[Fault]:
    """The IP organisation and the representative exist when the manual is approved; who signs as such was appointed."""
    for document in ("appt-ip-org", "appt-mr"):
        fault = not_after(paper_day(facts, document), manual(facts, "approved"), "任命和机构文件在先，手册批准在后")
        if fault:
            yield fault
    paper = facts.paper("appt-mr")
    appointed = milestone(paper, "date", facts)
    reviewed = manual(facts, "reviewed")
    if paper and appointed and reviewed and appointed.day > reviewed.day and not _earlier_fault(facts, appointed):
        yield Fault(
            f"{reviewed} 早于{facts.say('管理者代表')}任命（{appointed.day}）",
            (reviewed.place, appointed.place),
            "核对任命日期",
        )


def _earlier_fault(facts: Facts, appointed: Dated) -> bool:
    approved = manual(facts, "approved")
    return bool(approved and appointed.day > approved.day)


@rule("DT-05", of=_chains)
def approval_in_order(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """Compiled, reviewed, approved, issued, effective: in this order, the same day at the earliest."""
    days = [milestone(entry, name, facts) for name in ORDER]
    yield from chain(days, "按编制、审核、批准、发布、实施的先后核对；写错的更正")
    known = [day.day for day in days if day]
    if len(known) == len(ORDER) and len(set(known)) == 1 and not _small(facts):
        yield Fault(f"{entry.form} 五个日期都是 {known[0]}", (at(entry),), "核对是否各自真实的日期", soft=True)


def _small(facts: Facts) -> bool:
    count = facts.client.get("employee_count")
    return isinstance(count, int) and count < 20  # noqa: PLR2004 - DT-05 names twenty employees


@rule("DT-06", of=lambda facts: tuple(p for p in _papers(facts) if p.form == "procedures"))
def lower_not_before_manual(paper: Entry, facts: Facts) -> Fault | None:
    """Systems, procedures, flows and forms take effect no earlier than the manual is issued."""
    return not_after(manual(facts, "issued"), milestone(paper, "effective", facts))


@rule("DT-07", of=lambda facts: facts.records())
def record_after_form(record: Entry, facts: Facts) -> Fault | None:
    """A record is not older than the form on which it is written."""
    return not_after(dated(record, "effective"), own_day(record), "实施日以前的事用原始凭证，不用新表单补填")


@rule("DT-08", of=once)
def policy_then_targets(facts: Facts, _: Facts) -> list[Fault]:
    """The policy is issued before the manual; targets are approved, broken down, then counted."""
    policy = paper_day(facts, "appt-policy")
    plans = facts.records("rec-target-plan")
    counts = facts.records("rec-target-assessment")
    broken_down = dated(plans[0], "批准日期") if plans else None
    counted = dated(counts[0], "统计日期") if counts else None
    first = not_after(policy, manual(facts, "issued"))
    return [*([first] if first else []), *chain([policy, broken_down, counted])]


@rule("DT-09", of=lambda facts: facts.records("rec-doc-distribution"))
def handed_out_in_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Controlled copies are handed out from the day of issue until as long after it takes effect as the texts say."""
    issued, effective = manual(facts, "issued"), manual(facts, "effective")
    for row in record.rows():
        day = as_date(row.get("发放日期"))
        if not (day and issued and effective):
            continue
        where = at(record, f"发放日期 {day}")
        within = facts.periods["document.distribute"]
        last = within.after(effective.day, facts.calendar)
        if day < issued.day:
            yield Fault(f"发放日期 {day} 早于 {issued}", (where, issued.place), "核对发放日期")
        elif last and day > last and str(record.mapping("head").get("版本")) == "A/0":
            message = f"发放日期 {day} 晚于实施后{within}（{last}）"
            yield Fault(message, (where, effective.place), "写明晚发的原因", soft=True)


@rule("DT-12", of=lambda facts: tuple(p for p in _papers(facts) if p.mapping("facts")))
def facts_of_that_day(paper: Entry, facts: Facts) -> Fault | None:
    """Numbers in the manual are those of a day not later than its issue."""
    as_of = as_date(paper.mapping("facts").get("as_of"))
    issued = milestone(paper, "issued", facts)
    if not as_of:
        return Fault("手册里的数字没有写截至日", (at(paper, "facts"),), "写明截至哪一天", soft=True)
    return not_after(Dated(as_of, "手册数字截至日", at(paper, f"facts as_of {as_of}")), issued)


@rule("DT-64", of=lambda facts: facts.records())
def not_from_the_future(record: Entry, facts: Facts) -> Fault | None:
    """A record is not written down before what it records happened."""
    entered = as_date(record.entered)
    if not (entered and record.day) or record.day <= entered:
        return None
    places = (at(record, f"日期 {record.day}"), at(record, f"录入 {entered}"))
    return Fault(f"{record.id} 的日期 {record.day} 晚于录入日 {entered}", places, "还没有发生的事不能先记")


@rule("DT-60", of=lambda facts: facts.of(EntryKind.APPLICATION))
def applied_after_review(application: Entry, facts: Facts) -> Fault | None:
    """The application is filed after the report of the management review."""
    report = facts.one(EntryKind.REVIEW_REPORT)
    return not_after(milestone(report, "issued", facts), milestone(application, "submitted", facts))
