"""Running the rules: `check` asks all of them, `readiness` those of a gate; both give one report."""

from datetime import date

from gbtool.model.answers import ROSTER, complaint
from gbtool.model.calendar import add_months
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding, Report, Result, Severity, Status
from gbtool.model.gate import Gate, Requirement, RuleText
from gbtool.model.standards.own import OwnRule
from gbtool.rules import (  # noqa: F401 - importing a family registers its rules
    agreement,
    consistency,
    readiness as _readiness_rules,
    rights,
    signing,
    standing,
)
from gbtool.rules.correcting import agreeing, outside, recurrence  # noqa: F401 - importing a family registers its rules
from gbtool.rules.dates import (  # noqa: F401 - importing a family registers its rules
    audits as _audits,
    business,
    certificates,
    innovation,
    keeping,
    obligations,
    people,
    presence,
    records,
    system,
)
from gbtool.rules.engine import RULES, Answer, Fault, ask, rule
from gbtool.rules.gates import judging
from gbtool.rules.gates.known import Known
from gbtool.rules.grading import uncertified  # noqa: F401 - importing a family registers its rules
from gbtool.rules.own.asking import asked as own_asked

OWN_TEXTS = {
    "CHK-PATENT": RuleText("CHK-PATENT", "error", "专利申请号校验位", "专利申请号末位按国家标准算出"),
    "FIT": RuleText("FIT", "error", "资料前后对得上", "资料里写的人在人员名册里，部门在部门表里"),
    "LATE": RuleText("LATE", "warn", "事后补录", "录入晚于形成或最后签字五个工作日以上的标出"),
    "REVIEW": RuleText("REVIEW", "error", "待复核的文件", "在用的文件依据的资料、条款变了，有人复核或换版"),
    "OPEN": RuleText("OPEN", "warn", "未答的问题", "生成文件所必需的问题还没有回答"),
}
_WORST = (Severity.ERROR, Severity.WARN, Severity.INFO)


@rule("OPEN", of=lambda facts: facts.client.open())
def question_is_answered(question: object, facts: Facts) -> Fault | None:
    """A required question that is relevant is answered."""
    if not getattr(question, "required", False):
        return None
    key, text = getattr(question, "key", ""), getattr(question, "question", "")
    return Fault(f"还没有回答：{text}", (f"client.yaml {key}",), f"gbtool profile set {key}=…", soft=True)


@rule("FIT", of=lambda facts: tuple(key for key, value in facts.client.answers.items() if value))
def answer_fits_the_others(key: str, facts: Facts) -> Fault | None:
    """People and departments that an answer names are in the roster and in the list of departments."""
    client = facts.client
    question = client.questions.get(key)
    roster = {ROSTER: [person.data for person in facts.roster]} if client.rows(ROSTER) else {}
    wrong = complaint(question, client.get(key), {**client.answers, **roster}) if question else None
    if wrong is None:
        return None
    places = (str(client.place(key)), "client.yaml people_roster、departments")
    return Fault(f"{key}：{wrong}", places, f"核对姓名、部门，改名册或 gbtool profile set {key}=…")


def check_names() -> tuple[str, ...]:
    """The rules that `check` asks: those without a dot, in order."""
    return tuple(sorted(name for name in RULES if "." not in name))


def text_of(name: str, facts: Facts) -> RuleText:
    """What a rule says and how severe it is."""
    return facts.rule_texts.get(name) or OWN_TEXTS.get(name) or RuleText(name, "error", name, "")


def finding(name: str, fault: Fault, severity: Severity) -> Finding:
    """A fault with its rule."""
    return Finding(
        rule=name,
        severity=severity,
        message=fault.message,
        places=fault.places,
        document=fault.document,
        path=fault.path,
        clause=fault.clause,
        fix=fault.fix,
    )


def check(facts: Facts) -> Report:
    """All rules of dates and consistency; errors block, warnings are shown."""
    general = (_checked(text_of(name, facts), ask(name, facts), facts) for name in check_names())
    own = (_checked(own_text(each), own_asked(each, facts), facts) for each in facts.own_rules)
    return Report(facts.client.name, "check", facts.today, (*general, *own))


def own_text(own: OwnRule) -> RuleText:
    """What a rule of the client's standard says; why nobody can look stands for what it rests on."""
    return RuleText(own.id, own.severity, own.title, own.statement, own.unchecked or own.basis, own.exempt)


def _checked(text: RuleText, answer: Answer, facts: Facts) -> Result:
    name, hard = text.id, Severity(text.severity)
    found = [
        finding(name, fault, max(hard, Severity.WARN, key=_WORST.index) if fault.soft else hard)
        for fault in answer.faults
    ]
    errors = any(each.severity is Severity.ERROR for each in found)
    status = Status.FAILED if errors else Status.PASSED if answer.subjects else Status.NOT_APPLICABLE
    why = facts.standard.head.not_applied.get(name, "")
    return Result(name, text.title, status, answer.subjects, text.basis, "", tuple(found), note=why)


@rule("dates.order", of=lambda facts: tuple(r for r in check(facts).results if r.subjects))
def nothing_contradicts(result: Result, facts: Facts) -> list[Fault]:
    """No rule of dates or consistency finds an error."""
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    return [Fault(f"{e.rule} {e.message}", e.places, e.fix, clause=e.clause) for e in errors]


def readiness(gate: Gate, facts: Facts) -> Report:
    """The rules of a gate, with source and confidence, and the earliest day that the period allows."""
    results = tuple(_required(requirement, facts) for requirement in gate.requirements)
    asked = judging.judged(gate.published, Known(facts, gate.book.terms))
    return Report(facts.client.name, gate.name, facts.today, (*results, *asked), earliest(gate, facts))


def earliest(gate: Gate, facts: Facts) -> date | None:
    """The effective day and the months that the gate asks for."""
    months = [int(r.values["months"]) for r in gate.requirements if r.rule == "period.months" and "months" in r.values]
    return add_months(facts.effective, max(months)) if facts.effective and months else None


def _required(requirement: Requirement, facts: Facts) -> Result:
    if not _in_force(requirement, facts.today):
        return _result(requirement, Answer(0, ()), Status.NOT_APPLICABLE, "这一天不适用")
    answer = ask(requirement.rule, facts, requirement.values, requirement.place)
    if answer.faults:
        return _result(requirement, answer, Status.FAILED)
    if answer.subjects:
        return _result(requirement, answer, Status.PASSED)
    if requirement.none_is_fine and _audited(facts):
        return _result(requirement, answer, Status.PASSED, requirement.none_is_fine)
    return _result(requirement, answer, Status.NOT_ASSESSED, f"没有可查的内容，不算通过。{requirement.if_nothing}")


def _audited(facts: Facts) -> bool:
    return bool(facts.records("rec-audit-checklist"))


def _result(requirement: Requirement, answer: Answer, status: Status, note: str = "") -> Result:
    severity = Severity.ERROR if requirement.blocks else Severity.WARN
    return Result(
        rule=requirement.rule,
        title=requirement.title,
        status=status,
        subjects=answer.subjects,
        source=requirement.source,
        confidence=requirement.confidence,
        findings=tuple(finding(requirement.rule, fault, severity) for fault in answer.faults),
        blocks=requirement.blocks,
        note=note,
    )


def _in_force(requirement: Requirement, day: date) -> bool:
    first, last = requirement.in_force_from, requirement.in_force_to
    return not (first and day.isoformat() < first) and not (last and day.isoformat() > last)
