"""What a change from outside touches of one client: lists and answers, deadlines, clauses, rules."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from gbtool.model.facts import Facts
from gbtool.model.finding import Report, Status
from gbtool.model.impact import Change, ChangeKind, Touched, What
from gbtool.rules import corrections
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import every

AHEAD = 3 * 366  # days that deadlines are looked for
_SHORT = 40  # characters of what is quoted


def touched(change: Change, facts: Facts, reports: Callable[[], tuple[Report, ...]]) -> Iterator[Touched]:
    """What of the client's data a change touches; `reports` asks the client's rules and gates where that is needed.

    Documents are looked at by those who read files and templates.
    """
    if change.kind is ChangeKind.LAW:
        yield from _lists(change, facts)
        yield from _answers(change, facts)
        yield from _other_articles(change, facts)
    elif change.kind is ChangeKind.CLAUSE:
        yield from _audits(change, facts)
    elif change.kind is ChangeKind.RULE:
        yield from _deadlines(change, facts)
        yield from _verdicts(change, reports())
    elif change.kind is ChangeKind.PERIOD:
        yield from _counted(change, facts)


def _lists(change: Change, facts: Facts) -> Iterator[Touched]:
    """The filled forms and registers that name a law."""
    titles = {each.id: each.title_in(facts.client.edition) for each in facts.specifications}
    found: dict[str, list[str]] = {}
    for record in facts.records():
        hits = [text for text in texts(record.data) if named(text, change)]
        found.setdefault(record.form, []).extend(hits)
    for form, hits in found.items():
        if hits:
            yield Touched(What.LIST, form, titles.get(form, form), f"{len(hits)}处写着它，如“{hits[0][:_SHORT]}”")


def _answers(change: Change, facts: Facts) -> Iterator[Touched]:
    for key, value in facts.client.answers.items():
        hits = [text for text in texts(value) if named(text, change)]
        question = facts.client.questions.get(key)
        if hits:
            yield Touched(What.FACT, key, question.question if question else key, f"写着“{hits[0][:_SHORT]}”")


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)


def named(text: str, change: Change) -> bool:
    """Whether a text names what changes."""
    return any(name in text for name in change.names)


def _other_articles(change: Change, facts: Facts) -> Iterator[Touched]:
    """Deadlines that end after the law changed and follow from other articles of it then."""
    day = change.day
    if day is None:
        return
    for item in every(facts, AHEAD):
        before, after = _cited(item, day - timedelta(days=1)), _cited(item, day)
        if item.act_by >= day and before != after and (named(before, change) or named(after, change)):
            yield _due(item, f"{day} 起依据由“{before}”改为“{after}”")


def _cited(item: Item, day: date) -> str:
    return item.rule.cited(day) if item.rule else ""


def _due(item: Item, reason: str) -> Touched:
    rule = item.rule.id if item.rule else ""
    return Touched(What.DEADLINE, rule, f"{item.what} {item.right}".strip(), reason, item.act_by)


def _deadlines(change: Change, facts: Facts) -> Iterator[Touched]:
    for item in every(facts, AHEAD):
        if item.rule and item.rule.id == change.key:
            yield _due(item, item.source(facts.today))


def _audits(change: Change, facts: Facts) -> Iterator[Touched]:
    """Who carries the clause, and what is still open about it."""
    if facts.standard.key != change.standard:
        return
    for share in facts.shares:
        if share.clause == change.key:
            who = "、".join(each.name for each in facts.client.departments if share.main in each.functions)
            yield Touched(What.AUDIT, change.key, change.title, f"{who or share.main}主责，检查表按新的问")
    clause = facts.standard.clause(change.key)
    for found in corrections.listed(facts):
        if clause and not found.closed and found.basis.startswith(clause.cite_as):
            yield Touched(What.AUDIT, found.number, found.basis, "不符合还没有关闭")


_WORDS = {Status.PASSED: "现在通过", Status.FAILED: "现在不通过", Status.NOT_ASSESSED: "现在没有可查的"}


def _verdicts(change: Change, reports: tuple[Report, ...]) -> Iterator[Touched]:
    """What the rule says of the client now."""
    for result in (each for report in reports for each in report.results if each.rule == change.key):
        if result.status in _WORDS:
            findings = f"，{len(result.findings)} 处" if result.findings else ""
            yield Touched(What.VERDICT, result.rule, result.title, f"{_WORDS[result.status]}{findings}")


def _counted(change: Change, facts: Facts) -> Iterator[Touched]:
    """The rules that count with a period."""
    for id_ in change.rules:
        text = facts.rule_texts.get(id_)
        yield Touched(What.VERDICT, id_, text.title if text else id_, "按它计算")
