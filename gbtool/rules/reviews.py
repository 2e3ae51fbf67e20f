"""What the ledger holds for a management review: figures and counts with their sources, never a judgement."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from gbtool.model.client import Department
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import period
from gbtool.rules.corrections import State
from gbtool.rules.tallies import tally
from gbtool.structs import Frozen

INPUT = "rec-review-input"
MINUTES = "rec-review-minutes"
TRACKING = "rec-review-tracking"
MARK = "【台账数据】"
NONE = "无"

# Which inputs a function reports on where no review plan shares them out.
SHARES: Mapping[str, tuple[str, ...]] = {
    "mr": ("方针目标", "以往措施跟踪"),
    "ip": ("目标完成情况", "内审外审结果", "有效性检验", "争议与举报"),
    "compliance": ("合规义务与评价", "法律法规要求与评价", "风险与机遇"),
    "hr": ("资源与经费", "内外部变化"),
    "finance": ("资源与经费",),
    "rd": ("技术标准趋势",),
    "purchasing": ("风险与机遇",),
    "production": ("改进建议",),
    "quality": ("目标完成情况", "改进建议"),
    "sales": ("经营与新业务计划", "风险与机遇"),
    "trade": ("经营与新业务计划",),
}
# Which records answer an input.
FORMS: Mapping[str, tuple[str, ...]] = {
    "方针目标": ("rec-target-plan", "rec-policy-publicity"),
    "目标完成情况": ("rec-target-assessment",),
    "合规义务与评价": ("rec-compliance-eval", "rec-compliance-review"),
    "法律法规要求与评价": ("rec-compliance-eval", "rec-compliance-review"),
    "风险与机遇": ("rec-risk-assessment", "rec-warning-notice", "rec-market-monitor", "rec-supplier-survey"),
    "资源与经费": ("rec-budget", "rec-expense-ledger", "rec-training-signin", "rec-genuine-software"),
    "经营与新业务计划": ("rec-launch-review", "rec-destination-survey", "rec-expo-summary"),
    "技术标准趋势": ("rec-search-report", "rec-track-search", "rec-issue-collection", "rec-standard-alliance"),
    "争议与举报": ("rec-dispute", "rec-whistle"),
    "内外部变化": ("rec-context", "rec-stakeholder"),
    "改进建议": ("rec-improve-suggestion", "rec-improvement"),
    "有效性检验": ("rec-performance",),
}
_RIGHTS = {
    "patent": "专利",
    "application": "在审申请",
    "trademark": "商标",
    "copyright": "著作权",
    "trade-secret": "商业秘密",
    "other": "其他",
}


class Line(Frozen):
    """One line of a draft: the input, what the ledger says of it, and where it says so."""

    item: str
    content: str
    sources: str

    @property
    def row(self) -> dict[str, object]:
        """The line as a row of the form; the advice is for the department to write."""
        return {"输入项": self.item, "内容": f"{MARK}{self.content}", "数据与证据": self.sources, "建议": ""}


def shares(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """Which inputs each department reports on: as the review plan says, else by its functions."""
    plan = facts.one(EntryKind.REVIEW_PLAN)
    rows = plan.rows("inputs") if plan else ()
    if rows:
        return {str(row.get("department")): _texts(row.get("items")) for row in rows}
    departments = facts.client.departments
    return {each.name: items for each in departments if (items := by_functions(each, facts))}


def shares_to_plan(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """The shares of the last plan, with every input that it gave to nobody given by functions."""
    known = dict(shares(facts))
    given = {item for items in known.values() for item in items}
    for department in facts.client.departments:
        more = tuple(item for item in by_functions(department, facts) if item not in given)
        if more:
            known[department.name] = (*known.get(department.name, ()), *more)
    return known


def by_functions(department: Department, facts: Facts) -> tuple[str, ...]:
    """The inputs of the client's form that the functions of a department report on, each once."""
    form = next((each.fields for each in facts.specifications if each.id == INPUT), None)
    withheld = {choice for field in (form.columns if form else ()) for choice in field.withheld}
    items = dict.fromkeys(facts.standard.head.looked_at(department.functions, SHARES))
    return tuple(item for item in items if item not in withheld)


def lines(department: str, facts: Facts) -> tuple[Line, ...]:
    """What the ledger holds, up to today, for the inputs that a department reports on."""
    return tuple(_line(item, department, facts) for item in shares(facts).get(department, ()))


def _line(item: str, department: str, facts: Facts) -> Line:
    usual = facts.standard.head.usual_input(item)
    found = [*_SPECIAL[usual](facts)] if usual in _SPECIAL else []
    found += [*_targets(department, facts)] if usual == "目标完成情况" else []
    found += [_counted(form, facts) for form in facts.standard.head.answering(item, FORMS.get(item, ()))]
    known = [(text, source) for text, source in found if text]
    if not known:
        return Line(item, f"截至{facts.today}台账里没有这一项的数据，由部门补写", NONE)
    text = "；".join(each for each, _ in known)
    sources = "、".join(dict.fromkeys(source for _, source in known if source))
    return Line(item, f"截至{facts.today}：{text}", sources or NONE)


def _counted(form: str, facts: Facts) -> tuple[str, str]:
    """How many records of a form the operating period has, and their numbers from first to last."""
    records = [r for r in facts.records(form) if not facts.effective or r.date >= facts.effective.isoformat()]
    title = next((s.title_in(facts.client.edition) for s in facts.applicable if s.id == form), "")
    if records:
        ids = [record.id for record in records]
        last = ids[-1].rpartition("-")[2]
        return f"{title or form}{len(ids)}份", ids[0] if len(ids) == 1 else f"{ids[0]}至{last}"
    if period.absent(facts, form, facts.effective or date.min, facts.today):
        return f"{title or form}本期未发生", next(e.id for e in facts.of(EntryKind.ABSENT) if e.form == form)
    return "", ""


def _policy(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.client.text("ip_policy"):
        yield f"方针“{facts.client.text('ip_policy')}”", f"{facts.say('企业')}资料：方针"
    goals = facts.client.rows("annual_targets")
    if goals:
        named = "、".join(f"{row.get('目标')}{row.get('值')}{row.get('单位') or ''}" for row in goals)
        yield f"年度目标{len(goals)}项：{named}", f"{facts.say('企业')}资料：年度目标"


def _targets(department: str, facts: Facts) -> Iterator[tuple[str, str]]:
    """The last figure of each target; only its own where a department has some."""
    goals = facts.client.rows("annual_targets")
    own = {str(row.get("目标")) for row in goals if row.get("责任部门") == department}
    last: dict[str, tuple[str, str]] = {}
    for record in facts.records("rec-target-assessment"):
        for row in (row for row in record.rows() if not own or str(row.get("目标")) in own):
            words = f"{row.get('目标')}目标{row.get('目标值')}、实际{row.get('实际值')}"
            last[str(row.get("目标"))] = (f"{words}（{record.mapping('head').get('统计周期')}）", record.id)
    yield from last.values()


def _audit(facts: Facts) -> Iterator[tuple[str, str]]:
    report = facts.one(EntryKind.AUDIT_REPORT)
    if report is None:
        return
    found = tally(facts)
    closed = sum(each.state in (State.CLOSED, State.VERIFIED) for each in found.nonconformities)
    total, serious = len(found.nonconformities), found.serious
    audit = f"{facts.say('内审')}{report.text('audit')}"
    text = f"{audit}检查{found.checklists}个部门{found.rows}行，不符合{total}项（严重{serious}项）"
    yield f"{text}，已验证{closed}项", report.id
    yield from ((f"{each.number}{each.state}", each.record) for each in found.nonconformities)


def _rights(facts: Facts) -> Iterator[tuple[str, str]]:
    for kind, name in _RIGHTS.items():
        count = sum(right.get("kind") == kind for right in facts.of(EntryKind.RIGHT))
        if count:
            yield f"{name}{count}件", "台账：权利"


def _people(facts: Facts) -> Iterator[tuple[str, str]]:
    if not facts.effective or not facts.of(EntryKind.PERSON):
        return
    people = facts.of(EntryKind.PERSON)
    hired = sum(_within(person.text("入职日"), facts) for person in people)
    left = sum(_within(person.text("离职日"), facts) for person in people)
    yield f"自{facts.effective}起入职{hired}人、离职{left}人", "台账：人员"


def _within(day: str, facts: Facts) -> bool:
    found = as_date(day)
    return bool(found and facts.effective and facts.effective <= found <= facts.today)


def _effectiveness(facts: Facts) -> Iterator[tuple[str, str]]:
    for entry in facts.of(EntryKind.EFFECTIVENESS):
        base, now = entry.mapping("baseline"), entry.mapping("compared")
        spans = f"基准期{base.get('from')}至{base.get('to')}，对比期{now.get('from')}至{now.get('to')}"
        yield f"有效性检验{spans}", entry.text("data") or entry.id


class Tracked(Frozen):
    """A decision as it is followed: its table, its row from 1, what the row says, days overdue."""

    table: Entry
    number: int
    row: Mapping[str, object]
    overdue: int

    @property
    def done(self) -> bool:
        """Whether somebody wrote when it was done."""
        return bool(self.row.get("实际完成日期"))

    @property
    def state(self) -> str:
        """As lists and reports say it."""
        late = f"，逾期{self.overdue}天" if self.overdue else ""
        return "已完成" if self.done else f"没有完成{late}"


def tracked(facts: Facts, before: str = "") -> tuple[Tracked, ...]:
    """The decisions of all reviews, or of those before a day, in order."""
    records = [record for record in facts.records(TRACKING) if not before or record.date < before]
    return tuple(
        Tracked(record, number, row, _late(row, facts.today))
        for record in records
        for number, row in enumerate(record.rows(), 1)
    )


def _late(row: Mapping[str, object], today: date) -> int:
    due = as_date(row.get("计划完成日期"))
    return max((today - due).days, 0) if due and not row.get("实际完成日期") else 0


def former(facts: Facts) -> str:
    """The day of the last review that was reported before the one that is planned, empty where there is none."""
    plan = facts.one(EntryKind.REVIEW_PLAN)
    until = plan.text("review_date") if plan else "9999"
    held = (report.text("review_date") for report in facts.of(EntryKind.REVIEW_REPORT))
    return max((day for day in held if day < until), default="")


def inputs(facts: Facts) -> tuple[Entry, ...]:
    """What departments brought to the review that is under way: after the one before it."""
    last = former(facts)
    return tuple(record for record in facts.records(INPUT) if record.date > last)


def _tracking(facts: Facts) -> Iterator[tuple[str, str]]:
    records = facts.records(TRACKING)
    if not records:
        yield f"台账里没有以往{facts.say('管理评审')}的措施", ""
    for record in records:
        done = sum(bool(row.get("实际完成日期")) for row in record.rows())
        yield f"以往措施{len(record.rows())}项，已完成{done}项", record.id
    for each in tracked(facts):
        if not each.done:
            names = (each.row.get(name) for name in ("决议事项", "责任人", "计划完成日期"))
            yield f"第{each.number}项“{'，'.join(map(str, names))}”{each.state}", each.table.id


_SPECIAL: Mapping[str, Callable[[Facts], Iterator[tuple[str, str]]]] = {
    "方针目标": _policy,
    "内审外审结果": _audit,
    "资源与经费": _rights,
    "内外部变化": _people,
    "有效性检验": _effectiveness,
    "以往措施跟踪": _tracking,
}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, (list, tuple)) else ()


# What stands in the way


def before_audit_report(facts: Facts, day: str = "") -> str:
    """Why there can be no review yet: it follows the report of the audit (DT-22)."""
    report = facts.one(EntryKind.AUDIT_REPORT)
    issued = report.text("issued") if report else ""
    if "DT-22" in facts.standard.head.not_applied:
        return ""
    if not issued:
        return f"还没有{facts.say('内审')}报告；{facts.say('内审')}报告在先，{facts.say('管理评审')}在后（DT-22）"
    return f"评审日 {day} 早于{facts.say('内审')}报告 {issued}（DT-22）" if day and day < issued else ""


def rights(facts: Facts) -> dict[str, object]:
    """The rights by kind and the people as a report counts them."""
    kinds = {"patents": "patent", "trademarks": "trademark", "copyrights": "copyright"}
    found = {name: sum(r.get("kind") == kind for r in facts.of(EntryKind.RIGHT)) for name, kind in kinds.items()}
    employed = sum(_employed(person, facts) for person in facts.of(EntryKind.PERSON))
    return {name: str(number) for name, number in {**found, "employees": employed}.items() if number}


def _employed(person: Entry, facts: Facts) -> bool:
    hired, left = as_date(person.text("入职日")), as_date(person.text("离职日"))
    return not (hired and hired > facts.today) and not (left and left < facts.today)
