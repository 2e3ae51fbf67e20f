"""Who was where when, and what an audit saw of which day (DT-10, DT-55, DT-58, DT-65)."""

import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import date

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.engine import Fault, rule
from gbtool.rules.order import not_after
from gbtool.rules.reading import Dated, at, dated, manual, own_day
from gbtool.structs import Frozen

_NAMES = re.compile(r"[、，,；;\s]+")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")
_NUMBERED = re.compile(r"[A-Z]{2,4}-[A-Z0-9-]+-\d{3}")
_EARLY = ("洽谈", "接洽", "诊断", "访谈")


class Appointment(Frozen):
    """Somebody at something, from minute to minute of a day."""

    name: str
    day: date
    first: int
    last: int
    what: str
    entry: Entry

    def meets(self, other: "Appointment") -> bool:
        """Whether two appointments of one person share a minute."""
        return self.day == other.day and self.first < other.last and other.first < self.last


@rule("DT-10", of=lambda facts: facts.records("rec-training-signin"))
def early_training_says_its_subject(record: Entry, facts: Facts) -> Fault | None:
    """A training before the manual was issued can only be on the standard or general knowledge; its topic says so."""
    held, issued = dated(record, "日期"), manual(facts, "issued")
    topic = str(record.mapping("head").get("培训主题") or "").strip()
    if topic or not (held and issued and held.day < issued.day):
        return None
    return Fault(
        f"{held} 早于 {issued}，没有写培训主题", (held.place, issued.place), "写明是标准知识还是宣贯", soft=True
    )


@rule("DT-55", of=lambda facts: facts.records(audits.CHECKLIST))
def evidence_of_the_period(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Records that an auditor saw are of days between the effective day and the audit, or marked as older."""
    known = {each.id: each for each in facts.records()}
    day = dated(record, "审核日期")
    for row in record.rows():
        fact = str(row.get(audits.FACT) or "")
        for number in _NUMBERED.findall(fact):
            formed = own_day(known[number]) if number in known else None
            late = not_after(formed, day, "核对记录编号和审核日期")
            if late:
                yield late
            early = formed and facts.effective and formed.day < facts.effective and "体系建立前" not in fact
            if early and formed:
                places = (at(record, f"第{row.get('序号')}行"), formed.place)
                yield Fault(f"审核引用的 {number} 早于实施日 {facts.effective}", places, "注明“体系建立前”", soft=True)


def appointments(facts: Facts) -> tuple[Appointment, ...]:
    """Everybody's appointments with hours: trainings, meetings, audits; a consultant's visit takes part in them."""
    found: list[Appointment] = []
    for record in facts.records("rec-training-signin"):
        people = [record.mapping("head").get("讲师"), *(row.get("姓名") for row in record.rows())]
        found += _of(record, "日期", people)
    for record in facts.records("rec-communication"):
        people = [record.mapping("head").get("主持人"), record.mapping("foot").get("参会签到")]
        found += _of(record, "时间", people)
    for plan in facts.of(EntryKind.AUDIT_PLAN):
        for slot in plan.rows("slots"):
            found += _hours(plan, as_date(slot.get("date")), slot.get("time"), [str(slot.get("auditor") or "")])
    return tuple(sorted(found, key=lambda each: (each.name, each.day, each.first)))


def _of(record: Entry, field: str, people: Iterable[object]) -> list[Appointment]:
    day = dated(record, field)
    return _hours(record, day.day if day else None, record.mapping("head").get("起止时间"), _names(people))


def _names(values: Iterable[object]) -> list[str]:
    texts = (str(v) for value in values for v in (value if isinstance(value, (list, tuple)) else (value,)) if v)
    return list(dict.fromkeys(name for text in texts for name in _NAMES.split(text) if name))


def _hours(entry: Entry, day: date | None, hours: object, names: Iterable[str]) -> list[Appointment]:
    found = _HOURS.search(str(hours or ""))
    if not (day and found):
        return []
    first, last = (int(found.group(n)) * 60 + int(found.group(n + 1)) for n in (1, 3))
    return [Appointment(name, day, first, last, f"{entry.id} {found.group()}", entry) for name in names]


def _pairs(found: Iterable[Appointment]) -> tuple[tuple[Appointment, Appointment], ...]:
    """Every two appointments of one person on one day, from different entries."""
    days = itertools.groupby(found, key=lambda each: (each.name, each.day))
    pairs = itertools.chain.from_iterable(itertools.combinations(list(group), 2) for _, group in days)
    return tuple((one, other) for one, other in pairs if one.entry is not other.entry)


@rule("DT-58", of=lambda facts: _pairs(appointments(facts)))
def not_in_two_places(pair: tuple[Appointment, Appointment], facts: Facts) -> Fault | None:
    """Nobody is at two trainings, meetings or audits at the same hour."""
    one, other = pair
    if not one.meets(other):
        return None
    places = (at(one.entry, f"{one.name} {one.day} {one.what}"), at(other.entry, f"{other.name} {other.what}"))
    return Fault(f"{one.name} {one.day} 同一时段在 {one.what} 和 {other.what}", places, "核对起止时间和签到")


@rule("DT-65", of=lambda facts: facts.records("svc-visit"))
def visited_under_contract(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A consultant's visits lie within the contract, talks and diagnosis before it excepted."""
    visit, place = dated(record, "服务日期"), str(facts.client.place("contract_sign_date"))
    signed, ends = (as_date(facts.client.text(key)) for key in ("contract_sign_date", "contract_end_date"))
    early = any(word in str(record.rows()) for word in _EARLY)
    if signed and not early:
        fault = not_after(Dated(signed, "辅导合同签订日", f"{place} contract_sign_date {signed}"), visit)
        if fault:
            yield fault
    if ends:
        fault = not_after(visit, Dated(ends, "辅导合同终止日", f"{place} contract_end_date {ends}"))
        if fault:
            yield fault


@rule("DT-65", of=lambda facts: _pairs(_visits(facts)))
def consultant_in_one_place(pair: tuple[Appointment, Appointment], facts: Facts) -> Fault | None:
    """A consultant is not on two visits at the same hour."""
    one, other = pair
    if not one.meets(other):
        return None
    places = (at(one.entry, one.what), at(other.entry, other.what))
    return Fault(f"{one.name} {one.day} 同一时段有两次辅导", places, "核对起止时间")


def _visits(facts: Facts) -> list[Appointment]:
    found: list[Appointment] = []
    for record in facts.records("svc-visit"):
        found += _of(record, "服务日期", [record.mapping("head").get("辅导人员")])
    return sorted(found, key=lambda each: (each.name, each.day, each.first))
