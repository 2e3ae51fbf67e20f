"""A published rule asked of a client: met, missed, not known or not for this client, with its reason."""

from collections.abc import Iterable, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.finding import Finding, Result, Severity, Status
from gbtool.model.outside.published import Check, Published, When
from gbtool.model.standards.words import Words
from gbtool.rules.gates import days, found, pilot, sums, things  # noqa: F401 - importing a family registers it
from gbtool.rules.gates.known import Known, said
from gbtool.rules.gates.outcome import KINDS, Outcome, unknown

ENTITY = "client.entity_type"
_WORST = (Status.FAILED, Status.NOT_ASSESSED, Status.PASSED, Status.NOT_APPLICABLE)


def judged(rules: Iterable[Published], known: Known) -> tuple[Result, ...]:
    """Every rule asked of the client."""
    return tuple(judge(rule, known) for rule in rules)


def judge(rule: Published, known: Known) -> Result:
    """One rule asked of the client on its day.

    Raises:
        FileFaults: a check has a kind that gbtool does not know.
    """
    aside = _aside(rule, known)
    if aside:
        return _result(rule, known, (Outcome(Status.NOT_APPLICABLE, aside),))
    lacking = [ENTITY] if rule.applies_to_entity else []
    lacking += [rule.applies.fact] if rule.applies else []
    if any(known.get(name) is None for name in lacking):
        return _result(rule, known, (unknown(known, *lacking),))
    outcomes = [asked(check, rule, known) for check in rule.checks if _holds(check.when, known)]
    return _result(rule, known, outcomes or (Outcome(Status.NOT_APPLICABLE, "这家客户用不上"),))


def asked(check: Check, rule: Published, known: Known) -> Outcome:
    """One check of a rule.

    Raises:
        FileFaults: gbtool does not know its kind.
    """
    if check.kind not in KINDS:
        known_kinds = "、".join(sorted(KINDS))
        raise FileFaults([Complaint(str(check.place), f"不认识检查方式“{check.kind}”", f"可用的：{known_kinds}")])
    return KINDS[check.kind](check, known)


def _aside(rule: Published, known: Known) -> str:
    """Why a rule says nothing about this client on this day; empty where it does."""
    if not rule.in_force.on(known.facts.today):
        return f"{known.facts.today} 不施行"
    entity = known.get(ENTITY)
    if entity and rule.applies_to_entity and entity.texts[0] not in rule.applies_to_entity:
        return f"只对{'、'.join(rule.applies_to_entity)}"
    if rule.applies is None or known.get(rule.applies.fact) is None or _holds(rule.applies, known):
        return ""
    value = known.get(rule.applies.fact)
    return f"{known.title(rule.applies.fact)}：{said(value.datum) if value else ''}"


def _holds(when: When | None, known: Known) -> bool:
    """Whether a condition holds; a fact that nobody knows holds nothing."""
    if when is None:
        return True
    value = known.get(when.fact)
    return value is not None and any(text in when.values for text in value.texts)


def binding(rule: Published, known: Known) -> bool:
    """Whether missing the rule ends the way; a gate under a condition only where one of its facts is a yes."""
    if rule.gate_when:
        values = (known.get(name) for name in rule.gate_when)
        return any(value is not None and value.datum is True for value in values)
    return rule.binding


def _result(rule: Published, known: Known, outcomes: Iterable[Outcome]) -> Result:
    found_ = tuple(outcomes)
    status = min((each.status for each in found_), key=_WORST.index)
    blocks = binding(rule, known) and not all(each.soft for each in found_ if each.status is Status.FAILED)
    if status is not Status.FAILED:
        blocks = binding(rule, known)
    told = [each for each in found_ if each.status in (Status.FAILED, Status.NOT_ASSESSED)]
    note = "；".join(each.message for each in found_ if each.message and each not in told)
    return Result(
        rule=rule.id,
        title=known.facts.words.said(rule.name),
        status=status,
        subjects=sum(each.status in (Status.PASSED, Status.FAILED) for each in found_),
        source=f"{rule.id}（{'、'.join(rule.sources)}）",
        confidence=rule.confidence.value,
        findings=tuple(_finding(rule, each, known.facts.words, blocks=blocks) for each in told),
        blocks=blocks,
        note=note,
    )


def _finding(rule: Published, outcome: Outcome, words: Words, *, blocks: bool) -> Finding:
    severity = Severity.WARN if outcome.soft or not blocks else Severity.ERROR
    if outcome.status is Status.NOT_ASSESSED:
        severity = Severity.INFO
    asked_ = "；".join(rule.find_out) if outcome.status is Status.NOT_ASSESSED else ""
    fix = "；".join(part for part in (asked_, outcome.fix) if part)
    return Finding(rule.id, severity, words.said(outcome.message), outcome.places, fix=words.said(fix))


def conflicts(rules: Mapping[str, Published], results: Iterable[Result]) -> tuple[tuple[Published, Published], ...]:
    """Pairs of rules that say different things where at least one of them was asked: both are shown."""
    asked_ = {result.rule for result in results if result.status is not Status.NOT_APPLICABLE}
    pairs = {
        tuple(sorted((rule.id, other))): (rule, rules[other])
        for rule in rules.values()
        for other in rule.conflicts
        if rule.id in asked_ and other in rules
    }
    return tuple(pairs[key] for key in sorted(pairs))
