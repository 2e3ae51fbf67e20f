"""`gbtool waive`: rows in the ledger by which a named person lets findings of `gbtool check` pass until a day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gbtool.commands.check import check
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.answers import ROSTER, people
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding
from gbtool.model.waiver import Waiver, waiver_of
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen

_LONGEST = 366  # days: what is let pass is looked at again within a year
_REASON = 4  # signs of a reason that says something


class Wanted(Frozen):
    """What somebody wants to let pass: which rule, in which file or document, with which words; who, why, how long."""

    rule: str
    where: str
    about: str
    by: str
    reason: str
    until: date


def waivers(facts: Facts) -> tuple[Waiver, ...]:
    """All waivers in the ledger, the oldest first."""
    return tuple(waiver_of(entry) for entry in facts.of(EntryKind.WAIVER))


def waive(work: Workspace, wanted: Wanted, today: date) -> tuple[Waiver, tuple[Finding, ...]]:
    """Enter a waiver; it and the findings that it lets pass from now on.

    Raises:
        WrongValues: a name, a reason or an end is missing or out of reach, or it is said of nothing in particular.
        Refused: nothing of the kind is found, or somebody let it pass already.
    """
    facts = gather(work, today)
    faults = tuple(_faults(wanted, facts, today))
    if faults:
        raise WrongValues(faults)
    day = today.isoformat()
    data = {
        "rule": wanted.rule,
        "where": wanted.where,
        "about": wanted.about,
        "by": wanted.by,
        "reason": wanted.reason.strip(),
        "on": day,
        "until": wanted.until.isoformat(),
    }
    entry = Entry(EntryKind.WAIVER, _free(waivers(facts)), day, day, data=data)
    waiver = waiver_of(entry)
    covered = tuple(each for each in check(work, today).findings if waiver.covers(each) and not each.waived)
    if not covered:
        raise Refused(
            f"现在没有 {wanted.rule} 的这样的发现，没有什么可豁免的", "先看 gbtool check --json，照着写 --in 和 --about"
        )
    _keep(work, entry, Action(today, wanted.by, f"豁免 {wanted.rule} {wanted.where} {wanted.about}".strip()))
    return waiver, covered


def end(work: Workspace, id_: str, by: str, today: date) -> Waiver:
    """End a waiver now: the day before is its last.

    Raises:
        UsageError: there is no such waiver.
        Refused: it has ended.
        WrongValues: nobody of this name works here.
    """
    facts = gather(work, today)
    found = next((entry for entry in facts.of(EntryKind.WAIVER) if entry.id == id_), None)
    known = [each.id for each in waivers(facts)]
    if found is None:
        raise UsageError(f"没有豁免“{id_}”{did_you_mean(id_, known)}", "现有的：gbtool waive list")
    faults = tuple(_nobody(by, facts))
    if faults:
        raise WrongValues(faults)
    if waiver_of(found).until < today.isoformat():
        raise Refused(f"{id_} 在 {waiver_of(found).until} 已经到期")
    last = (today - timedelta(days=1)).isoformat()
    entry = Entry(found.kind, found.id, found.date, found.entered, data={**found.data, "until": last, "ended_by": by})
    _keep(work, entry, Action(today, by, f"终止豁免 {id_}"))
    return waiver_of(entry)


def _keep(work: Workspace, entry: Entry, action: Action) -> None:
    with writing(work) as ledger, ledger.transaction(action) as change:
        entries.put(change, [entry])


def _faults(wanted: Wanted, facts: Facts, today: date) -> Iterator[Complaint]:
    if wanted.rule not in facts.rule_texts:
        guess = did_you_mean(wanted.rule, facts.rule_texts)
        yield Complaint("规则", f"没有规则“{wanted.rule}”{guess}", "规则号照 gbtool check 里的写，如 CN-01")
    if not (wanted.where or wanted.about):
        yield Complaint("--in/--about", "要写明豁免哪份文件里的，或哪几个字", "一条规则不能整个豁免")
    yield from _nobody(wanted.by, facts)
    if len(wanted.reason.strip()) < _REASON:
        yield Complaint("--reason", "写清为什么可以放过", "如 已取得对方书面同意引用其名称")
    if not today <= wanted.until <= today + timedelta(days=_LONGEST):
        yield Complaint("--until", f"到期日应当在今天到一年之内：{wanted.until}", "到期以后重新看，再决定")


def _nobody(by: str, facts: Facts) -> Iterator[Complaint]:
    answers = facts.client.answers
    known = [*people(answers), *(str(row.get("姓名") or "") for row in facts.client.rows("consultant_team"))]
    if not by.strip():
        yield Complaint("--by", "不能空着", "写谁决定的")
    elif answers.get(ROSTER) and by not in known:
        yield Complaint("--by", f"名册和顾问里没有“{by}”{did_you_mean(by, known)}", "核对姓名")


def _free(kept: Iterable[Waiver]) -> str:
    taken = {waiver.id for waiver in kept}
    number = len(taken) + 1
    while f"waiver-{number}" in taken:
        number += 1
    return f"waiver-{number}"
