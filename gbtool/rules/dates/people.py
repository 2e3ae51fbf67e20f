"""Dates of people: trainings, signers who were there, entry and leave (DT-13 to DT-15, DT-26 to DT-30)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.answers import ROSTER
from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.order import not_after
from gbtool.rules.reading import (
    Dated,
    after,
    at,
    dated,
    employed,
    manual,
    milestone,
    paper_day,
)

PUBLICITY = re.compile("宣贯|手册|程序")
# Fields in which a form names people of the company who were present on the day of the record.
PRESENT = ("参会签到", "签到", "主持人", "记录人", "签名")
NONCOMPETE_MONTHS = 24


def _trainings(facts: Facts) -> tuple[Entry, ...]:
    return facts.records("rec-training-signin")


def _publicity(facts: Facts) -> tuple[Entry, ...]:
    return tuple(record for record in _trainings(facts) if PUBLICITY.search(_topic(record)))


def _topic(record: Entry) -> str:
    return str(record.mapping("head").get("培训主题") or "")


@rule("DT-13", of=_publicity)
def publicity_after_issue(training: Entry, facts: Facts) -> Fault | None:
    """Trainings on the manual and the procedures come after they were issued."""
    return not_after(manual(facts, "issued"), dated(training, "日期"), "手册发布以后才能宣贯；核对培训日期")


@rule("DT-13", of=lambda facts: facts.of(EntryKind.AUDIT_PLAN)[:1])
def publicity_before_audit(plan: Entry, facts: Facts) -> Fault | None:
    """The manual was made known at least once before the first audit."""
    start = milestone(plan, "start", facts)
    days = [day for record in _publicity(facts) if (day := dated(record, "日期"))]
    if start is None or any(day.day <= start.day for day in days):
        return None
    return Fault(
        f"首次{facts.say('内审')}之前没有一次手册、程序宣贯",
        (start.place, "rec-training-signin"),
        f"先宣贯，再{facts.say('内审')}",
    )


@rule("DT-14", of=_trainings)
def training_after_plan(training: Entry, facts: Facts) -> Fault | None:
    """The yearly training plan is approved before the first training of the system."""
    day = dated(training, "日期")
    if not after(facts.effective, day):
        return None
    return not_after(paper_day(facts, "plan-training"), day)


@rule("DT-14", of=lambda facts: facts.records("rec-training-eval"))
def evaluated_after_training(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A training is evaluated after it was held, within the period that the texts set."""
    held, evaluated = dated(record, "日期"), dated(record, "评价日期")
    fault = not_after(held, evaluated)
    if fault:
        yield fault
    within = facts.periods["training.evaluate"]
    last = within.after(held.day, facts.calendar) if held else None
    if held and evaluated and last and evaluated.day > last:
        yield Fault(f"{evaluated} 晚于培训后{within}（{last}）", (evaluated.place, held.place), "写明原因", soft=True)


@rule("DT-15", of=lambda facts: facts.of(EntryKind.AUDIT_PLAN)[:1])
def auditors_appointed_before_audit(plan: Entry, facts: Facts) -> Fault | None:
    """Auditors are appointed before the audit starts."""
    return not_after(paper_day(facts, "appt-auditors"), milestone(plan, "start", facts))


@rule("DT-15", of=lambda facts: facts.client.rows("internal_auditors"))
def auditor_trained(row: Mapping[str, object], facts: Facts) -> Iterator[Fault]:
    """Auditors are trained before their first audit, and better before they are appointed."""
    day = as_date(row.get("培训日期"))
    if day is None:
        return
    place = f"{facts.client.place('internal_auditors')} internal_auditors {row.get('姓名')} 培训日期 {day}"
    trained = Dated(day, f"{row.get('姓名')} {facts.say('内审员')}培训", place)
    start = milestone(facts.one(EntryKind.AUDIT_PLAN), "start", facts)
    hard = not_after(trained, start)
    if hard:
        yield hard
        return
    soft = not_after(trained, paper_day(facts, "appt-auditors"), "先培训再聘任；已经发生的如实说明", soft=True)
    if soft:
        yield soft


@rule("DT-26", of=lambda facts: facts.records() if facts.roster else ())
def signers_were_employed(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Who signs, attends or is trained was employed on that day (people of the roster only)."""
    if record.form.startswith("svc-"):
        return
    roster = facts.people
    seen: set[tuple[str, date]] = set()
    for name, day, what in _present(record):
        terms = roster.get(name)
        if not terms or (name, day) in seen or any(employed(person, day) for person in terms):
            continue
        seen.add((name, day))
        if _leaving(record, terms, day):
            continue
        hired, left = terms[0].text("入职日"), terms[0].text("离职日")
        other = f"离职日 {left}" if left and day > (as_date(left) or day) else f"入职日 {hired}"
        places = (at(record, f"（{day}）{what} {name}"), at(terms[0], f"{name} {other}"))
        yield Fault(f"{record.id}（{day}）{what}有 {name}，当时不在职（{other}）", places, "核对签名和日期，不补签")


def _leaving(record: Entry, terms: tuple[Entry, ...], day: date) -> bool:
    left = max((as_date(person.text("离职日")) or date.min for person in terms), default=date.min)
    return record.form in ("rec-handover", "rec-leave-reminder", "rec-noncompete") and day > left


def _present(record: Entry) -> Iterator[tuple[str, date, str]]:
    for signature in record.signatures:
        day = as_date(signature.date)
        if day:
            yield signature.name, day, signature.role
    if record.day:
        yield from ((name, record.day, field) for name, field in _named(record))
        yield from _signed_rows(record, record.day)


def _named(record: Entry) -> Iterator[tuple[str, str]]:
    for part in ("head", "foot"):
        for field in PRESENT:
            value = record.mapping(part).get(field)
            names = value if isinstance(value, (list, tuple)) else [value]
            yield from ((name, field) for name in names if isinstance(name, str) and name)


def _signed_rows(record: Entry, day: date) -> Iterator[tuple[str, date, str]]:
    for row in record.rows():
        if isinstance(row.get("签名"), str) and row.get("姓名"):
            yield str(row["姓名"]), as_date(row.get("签署日期")) or day, "签名"


@rule("DT-27", of=lambda facts: facts.records("rec-background"))
def background_before_entry(record: Entry, facts: Facts) -> Fault | None:
    """Who enters after the system took effect was looked into before (2013版6.1.4的逻辑)."""
    name = str(record.mapping("head").get("姓名") or "")
    entered = _hired(facts, name)
    if not after(facts.effective, entered):
        return None
    return not_after(dated(record, "调查日期"), entered)


def _hired(facts: Facts, name: str) -> Dated | None:
    for person in facts.people.get(name, ())[::-1]:
        day = as_date(person.text("入职日"))
        if day:
            return Dated(day, f"{name} 入职日", at(person, f"{name} 入职日 {day}"))
    return None


@rule("DT-28", of=lambda facts: facts.records("rec-declaration"))
def declaration_in_time(record: Entry, facts: Facts) -> Fault | None:
    """The declaration is signed as soon as the texts say; who was there before signs after the effective day."""
    name = str(record.mapping("head").get("姓名") or "")
    entered = _hired(facts, name) or dated(record, "入职日期")
    signed = dated(record, "签署日期")
    if not (entered and signed and facts.effective):
        return None
    if after(facts.effective, entered):
        within = facts.periods["staff.declare"]
        last = within.after(entered.day, facts.calendar)
        if last and signed.day > last:
            message = f"{signed} 晚于 {entered} 后{within}（{last}）"
            return Fault(message, (signed.place, entered.place), "写明晚签的原因，不倒签", soft=True)
    elif signed.day < facts.effective:
        places = (signed.place, f"体系实施日 {facts.effective}")
        return Fault(f"{signed} 早于体系实施日，存量人员应在实施后补签", places, "不倒签", soft=True)
    return None


@rule("DT-29", of=lambda facts: facts.records("rec-labor-contract"))
def contract_within_a_month(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A labour contract is signed within a month of entry (劳动合同法第10条)."""
    for row in record.rows():
        entered, signed = as_date(row.get("入职日期")), as_date(row.get("劳动合同签订日期"))
        if entered and signed and facts.effective and entered >= facts.effective and signed > add_months(entered, 1):
            place = at(record, f"{row.get('姓名')} 劳动合同签订日期 {signed}")
            other = at(record, f"{row.get('姓名')} 入职日期 {entered}")
            yield Fault(f"{row.get('姓名')} 的劳动合同晚于入职一个月", (place, other), "核对签订日期", soft=True)


@rule("DT-30", of=lambda facts: facts.records("rec-handover", "rec-leave-reminder"))
def handed_over_before_leaving(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Reminder and hand-over are done by the last working day."""
    name = str(record.mapping("head").get("姓名") or "")
    last = _left(facts, name) or dated(record, "最后工作日") or dated(record, "拟离职日期")
    if last is None:
        return
    for row in record.rows():
        day = as_date(row.get("完成日期"))
        if day and day > last.day:
            what = f"第{row.get('序号')}项{row.get('交接项目')}完成日期 {day}"
            places = (at(record, what), last.place)
            yield Fault(f"{record.id} {what} 晚于 {last}", places, "写明晚交接的原因和期间的控制", soft=True)
    talked = dated(record, "面谈日期")
    if talked and talked.day > last.day:
        yield Fault(f"{talked} 晚于 {last}", (talked.place, last.place), "写明原因", soft=True)


def _left(facts: Facts, name: str) -> Dated | None:
    for person in facts.people.get(name, ()):
        day = as_date(person.text("离职日"))
        if day:
            return Dated(day, f"{name} 离职日", at(person, f"{name} 离职日 {day}"))
    return None


@rule("DT-49", of=lambda facts: facts.client.rows("exhibitions"))
def fair_training_before_opening(row: Mapping[str, object], facts: Facts) -> Fault | None:
    """Who goes to a fair was trained before it opens."""
    opening = as_date(row.get("起"))
    if not (opening and facts.effective and facts.effective <= opening <= facts.today):
        return None
    days = [day for record in _trainings(facts) if "参展" in _topic(record) and (day := dated(record, "日期"))]
    if any(day.day <= opening for day in days):
        return None
    place = f"{facts.client.place('exhibitions')} exhibitions {row.get('展会')} 起 {opening}"
    return Fault(
        f"{row.get('展会')} 开展前没有参展人员培训", (place, "rec-training-signin"), "如实记录，不补造", soft=True
    )


@rule("CN-05", of=lambda facts: facts.client.rows(ROSTER) if facts.of(EntryKind.PERSON) else ())
def one_roster(row: Mapping[str, object], facts: Facts) -> Iterator[Fault]:
    """The roster that client.yaml names gives a person the days and departments that the ledger has."""
    name = str(row.get("姓名") or "")
    terms = facts.people.get(name, ())
    for column in ("入职日", "离职日", "部门"):
        given = str(row.get(column) or "")
        if terms and all(person.text(column) != given for person in terms):
            place = f"{facts.client.place(ROSTER)} {ROSTER} {name} {column} {given or '（空）'}"
            other = at(terms[-1], f"{column} {terms[-1].text(column) or '（空）'}")
            fix = "以台账的为准；名册改过的，重新导入：gbtool ledger import 名册文件"
            yield Fault(f"{name} 的{column}，资料里的名册和台账不一样", (place, other), fix, soft=True)


@rule("CN-05", of=once)
def people_as_in_roster(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Auditors stand in the same department in the client's list and in the roster."""
    for row in facts.client.rows("internal_auditors"):
        terms = facts.people.get(str(row.get("姓名")), ())
        if terms and all(person.text("部门") != row.get("部门") for person in terms):
            place = f"{facts.client.place('internal_auditors')} internal_auditors {row.get('姓名')} {row.get('部门')}"
            other = at(terms[0], f"部门 {terms[0].text('部门')}")
            yield Fault(
                f"{row.get('姓名')} 的部门在名册里是 {terms[0].text('部门')}", (place, other), "以任命文件为准改一致"
            )
