"""What the consultancy did: visits, hours, deliverables in a month, and what it promised against what was done."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.reading import at
from gbtool.structs import Frozen

VISIT, DELIVERY, REQUEST, FREQUENCY = "svc-visit", "svc-delivery", "svc-doc-request", "svc-frequency"
OTHERS = ("svc-kickoff", "svc-interview", "svc-joint-review", "svc-mock-audit", "svc-questionnaire")
NONE = ("", "无", "没有", "/", "-")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")


class Visit(Frozen):
    """One visit: when, how, how long (None where nobody wrote it), by whom, with whom, what was done and is next."""

    id: str
    day: date
    way: str
    time: str
    hours: float | None
    consultants: str
    people: str
    work: tuple[str, ...]
    made: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    rating: str
    signed: str
    place: str

    @property
    def remark(self) -> str:
        """What is to be looked at: hours that are not there or longer than the visit, nobody who signed."""
        found = _HOURS.search(self.time)
        first, last = ((int(found[n]) * 60 + int(found[n + 1])) / 60 for n in (1, 3)) if found else (0.0, 24.0)
        lacking = [word for word, value in (("时长", self.hours), ("企业签字", self.signed)) if not value]
        if lacking:
            return f"缺{'、'.join(lacking)}"
        return f"时长 {self.hours:g} 比起止时间长" if self.hours and self.hours > last - first else ""


class Delivered(Frozen):
    """A document that was handed over: day, name, number, version, copies."""

    day: date
    name: str
    number: str
    version: str
    copies: str


class Asked(Frozen):
    """What the client was asked for and has not given yet."""

    name: str
    department: str
    by: date
    place: str


class Promise(Frozen):
    """A stage of the contract: how many visits and hours were promised, which were made, how it stands."""

    stage: str
    first: date | None
    last: date | None
    planned: int | None
    hours: float | None
    done: tuple[date, ...]
    spent: float
    deliverables: str
    state: str


class Month(Frozen):
    """The service of a month up to its end, or up to today where it is not over; sums since the contract began."""

    name: str
    until: date
    visits: tuple[Visit, ...]
    others: tuple[tuple[date, str, str], ...]
    delivered: tuple[Delivered, ...]
    asked: tuple[Asked, ...]
    promises: tuple[Promise, ...]
    visits_so_far: int
    hours_so_far: float

    @property
    def hours(self) -> float:
        """The hours of the month, as far as they were written."""
        return sum(visit.hours or 0 for visit in self.visits)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the consultant should put right before the sheet goes out."""
        return tuple(f"{visit.id}：{visit.remark}" for visit in self.visits if visit.remark)


def month(facts: Facts, name: str) -> Month:
    """The service of a calendar month such as `2026-10`."""
    first = date.fromisoformat(f"{name}-01")
    until = min(add_months(first, 1) - timedelta(days=1), facts.today)
    so_far = [visit for visit in visits(facts) if visit.day <= until]
    return Month(
        name=name,
        until=until,
        visits=tuple(visit for visit in so_far if visit.day >= first),
        others=tuple(_others(facts, first, until)),
        delivered=tuple(_delivered(facts, first, until)),
        asked=tuple(_asked(facts, until)),
        promises=promises(facts, until),
        visits_so_far=len(so_far),
        hours_so_far=sum(visit.hours or 0 for visit in so_far),
    )


def visits(facts: Facts) -> tuple[Visit, ...]:
    """All visits in order of day."""
    return tuple(_visit(record, day) for record in facts.records(VISIT) if (day := record.day))


def _visit(record: Entry, day: date) -> Visit:
    head, foot, rows = record.mapping("head"), record.mapping("foot"), record.rows()
    problems = tuple((_text(row, "问题"), _text(row, "下一步与责任人")) for row in rows)
    return Visit(
        id=record.id,
        day=day,
        way=_text(head, "方式"),
        time=_text(head, "起止时间"),
        hours=_number(foot.get("时长")),
        consultants=_text(head, "辅导人员"),
        people=_text(head, "企业参加人"),
        work=tuple(text for row in rows if (text := _text(row, "辅导内容"))),
        made=tuple(text for row in rows if (text := _text(row, "完成的文件或记录")) not in NONE),
        problems=tuple(pair for pair in problems if any(part not in NONE for part in pair)),
        rating=_text(foot, "企业评价"),
        signed=_text(foot, "企业签字"),
        place=at(record),
    )


def _text(mapping: Mapping[str, object], name: str) -> str:
    value = mapping.get(name)
    return "、".join(str(each) for each in value) if isinstance(value, (list, tuple)) else str(value or "")


def _number(value: object) -> float | None:
    try:
        return float(str(value)) if value not in (None, "") else None
    except ValueError:
        return None


def _others(facts: Facts, first: date, until: date) -> Iterator[tuple[date, str, str]]:
    titles = {s.id: s.title for s in facts.specifications}
    for record in facts.records(*OTHERS):
        if record.day and first <= record.day <= until:
            yield record.day, record.text("title") or titles.get(record.form, record.form), record.id


def _delivered(facts: Facts, first: date, until: date) -> Iterator[Delivered]:
    for record in facts.records(DELIVERY):
        if record.day and first <= record.day <= until:
            for row in record.rows():
                parts = (_text(row, name) for name in ("文件名称", "编号", "版本", "份数"))
                yield Delivered(record.day, *parts)


def _asked(facts: Facts, until: date) -> Iterator[Asked]:
    """Requests whose day has come and that are not fulfilled by then."""
    for record in facts.records(REQUEST):
        for row in record.rows():
            by, came = as_date(row.get("要求日期")), as_date(row.get("收到日期"))
            if by and by <= until and (came is None or came > until):
                yield Asked(_text(row, "资料名称"), _text(row, "提供部门"), by, at(record, f"第{row.get('序号')}行"))


def promises(facts: Facts, until: date) -> tuple[Promise, ...]:
    """What was promised for each stage and what was done by a day.

    Where the ledger has no promises of the contract, as the list says that the consultant keeps.
    """
    entries = facts.of(EntryKind.PROMISE)
    if entries:
        made = [visit for visit in visits(facts) if visit.day <= until]
        return tuple(_promise(entry, made, until) for entry in entries)
    lists = [record for record in facts.records(FREQUENCY) if record.day and record.day <= until]
    return tuple(_listed(row) for row in lists[-1].rows()) if lists else ()


def _promise(entry: Entry, made: list[Visit], until: date) -> Promise:
    first, last = as_date(entry.text("起")), as_date(entry.text("止"))
    planned, hours = _number(entry.text("次数")), _number(entry.text("小时"))
    mine = [v for v in made if (first is None or v.day >= first) and (last is None or v.day <= last)]
    done, spent = tuple(visit.day for visit in mine), sum(visit.hours or 0 for visit in mine)
    lacking = (("次", (planned or 0) - len(done)), ("小时", (hours or 0) - spent))
    short = "、".join(f"{number:g}{unit}" for unit, number in lacking if number > 0)
    state = _state(first, last, until, f"差{short}" if short else "")
    count = int(planned) if planned is not None else None
    return Promise(entry.text("阶段"), first, last, count, hours, done, spent, entry.text("交付物"), state)


def _state(first: date | None, last: date | None, until: date, short: str) -> str:
    if first and until < first:
        return "未到"
    if not short:
        return "已兑现"
    return f"进行中，还{short}" if last is None or until <= last else short


def _listed(row: Mapping[str, object]) -> Promise:
    planned, done = _number(row.get("计划次数")), _number(row.get("实际次数"))
    short = (planned or 0) - (done or 0)
    told = _text(row, "差异说明") or (f"差{short:g}次" if short > 0 else "已兑现")
    days = tuple(day for text in re.split("[、，,;；\\s]+", _text(row, "日期清单")) if (day := as_date(text)))
    count = int(planned) if planned is not None else None
    return Promise(_text(row, "阶段"), None, None, count, None, days, 0.0, _text(row, "交付物"), told)
