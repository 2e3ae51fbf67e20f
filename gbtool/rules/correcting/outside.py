"""What a certification body found, in that body's own time: limits that are not known are asked, never guessed."""

from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.outside.body import Grade, Limit, body_of
from gbtool.rules import corrections
from gbtool.rules.engine import Fault, rule
from gbtool.rules.reading import at
from gbtool.structs import Frozen

BODY, VISIT, GRADE = "开出机构", "审核类别", "性质"
ISSUED, CLOSING = "开出日期", "末次会议日期"
LAST, DAYS, SOURCE = "提交截止日期", "提交期限（天）", "期限出处"
RETURNED = "returned"
UNKNOWN = "认证机构的整改期限"
STATED = "不符合报告载明"


class Due(Frozen):
    """The last day for handing in, None while it is not known; who says so, and what is lacking."""

    last: date | None = None
    source: str = ""
    lacking: str = ""


class Finding(Frozen):
    """A finding of a certification body as lists show it; `late` counts days after the last day."""

    shown: corrections.Nonconformity
    body: str
    visit: str
    due: Due
    submitted: str
    accepted: str
    returned: int
    late: int

    @property
    def open(self) -> bool:
        """Whether the body has not accepted it yet; an observation needs no acceptance."""
        return not self.shown.closed and self.shown.grade != Grade.OBSERVATION


def records(facts: Facts) -> tuple[Entry, ...]:
    """Everything that certification bodies found, in order of date."""
    return tuple(record for record in facts.records(corrections.CORRECTIVE) if corrections.from_outside(record))


def due(record: Entry, facts: Facts) -> Due:
    """Until when a finding is to be answered: as the body wrote on it, else by the body's profile."""
    head = record.mapping("head")
    source, days = str(head.get(SOURCE) or STATED), str(head.get(DAYS) or "")
    issued, last = as_date(head.get(ISSUED)), as_date(head.get(LAST))
    if last:
        return Due(last, source)
    if days.isdigit():
        return Due(issued + timedelta(days=int(days)), source) if issued else Due(None, source, ISSUED)
    if head.get(GRADE) == Grade.OBSERVATION:
        return Due()
    limit = limit_of(record, facts)
    if limit is None or limit.counted_from is None:
        return Due(None, "", UNKNOWN)
    start = as_date(head.get(limit.counted_from.value))
    said = f"{head.get(BODY)}：{limit.counted_from.value}起{limit}（{limit.source}）"
    return Due(limit.last(start), said) if start else Due(None, said, limit.counted_from.value)


def limit_of(record: Entry, facts: Facts) -> Limit | None:
    """What the profile of the body gives for a finding of this stage and grade."""
    head = record.mapping("head")
    body = body_of(str(head.get(BODY) or ""), facts.bodies)
    return body.limit(str(head.get(VISIT) or ""), str(head.get(GRADE) or "")) if body else None


def finding(record: Entry, facts: Facts) -> Finding:
    """A record as lists show it."""
    head = record.mapping("head")
    known, submitted = due(record, facts), corrections.value(record, corrections.SUBMITTED)
    until = as_date(submitted) or facts.today
    return Finding(
        shown=corrections.shown(record, facts.today),
        body=str(head.get(BODY) or ""),
        visit=str(head.get(VISIT) or ""),
        due=known,
        submitted=submitted,
        accepted=corrections.value(record, corrections.ACCEPTED),
        returned=len(record.rows(RETURNED)),
        late=max((until - known.last).days, 0) if known.last else 0,
    )


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Everything that certification bodies found, as lists show it."""
    return tuple(finding(record, facts) for record in records(facts))


def body_now(facts: Facts) -> str:
    """The body of the last application, empty where none is known."""
    application = facts.one(EntryKind.APPLICATION)
    return application.text("body") if application else ""


@rule("DT-70", of=records)
def submitted_in_the_bodys_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    """What a certification body found is answered within that body's time; a time that is not known is not judged."""
    found = finding(record, facts)
    if not found.late or found.due.last is None:
        return
    number, last = found.shown.number, found.due.last
    what = f"{found.submitted} 才提交" if found.submitted else f"到 {facts.today} 还没有提交"
    message = f"{number} {what}，晚于机构规定的期限 {last}"
    yield Fault(message, (at(record, number), found.due.source), "与认证机构联系，写明原因；证书可能被暂停")


@rule("outside.answered", of=lambda facts: tuple(f for f in findings(facts) if f.shown.grade != Grade.OBSERVATION))
def answered_and_accepted(found: Finding, facts: Facts) -> Iterator[Fault]:
    """What a certification body found is handed in within its time and accepted by it."""
    number = found.shown.number
    record = next(each for each in records(facts) if each.id == found.shown.record)
    places = (at(record, number), found.due.source or UNKNOWN)
    if found.late and not found.submitted:
        message = f"{found.body}{found.visit}的 {number} 逾期 {found.late} 天没有提交（截止 {found.due.last}）"
        yield Fault(message, places, "马上与认证机构联系；整改、验证后 gbtool audit outside submit")
    elif found.open and found.due.lacking:
        fix = f"查合同、不符合报告：gbtool audit outside limit {number} --days 天数 --source 出处"
        yield Fault(f"{number} 没有关闭，期限不知道（缺{found.due.lacking}）", places, fix)
    elif found.open:
        message = f"{number} {found.shown.state.value}，机构还没有验收（截止 {found.due.last}）"
        yield Fault(message, places, f"gbtool audit outside list 看走到哪一步；{number} 由机构验收后登记")
