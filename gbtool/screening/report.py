"""All screens over all files: one result for each rule."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from gbtool.model.finding import Finding, Result, Severity, Status, joined
from gbtool.model.identity import Identity
from gbtool.model.piece import FileRead
from gbtool.screening import editions, hygiene, laws, left_open, limits, others, repeats
from gbtool.screening.agreement import figures, frames, references, words
from gbtool.screening.bounding import MOST, bounded
from gbtool.screening.desk import Desk, Seen
from gbtool.screening.stream import stream
from gbtool.structs import Frozen

Screen = Callable[[FileRead, Desk], Iterable[Finding]]


class CaseKind(StrEnum):
    """What a file is: it decides what is asked of it."""

    DOCUMENT = "document"
    EVIDENCE = "evidence"  # somebody else's paper: other names than the client's are no wonder
    PAST = "past"  # a copy of what was, or a document out of force: it need not agree with what is
    DATA = "data"  # client.yaml and the ledger
    NAMED = "named"  # of which only the name was looked at


class Case(Frozen):
    """A file to be screened, and what it is."""

    read: FileRead
    kind: CaseKind = CaseKind.DOCUMENT


SCREENS: dict[str, tuple[Screen, ...]] = {
    left_open.RULE: (left_open.left_open,),
    editions.RULE: (editions.editions,),
    laws.RULE: (laws.laws,),
    hygiene.RULE: (hygiene.hygiene,),
    limits.READABLE: (limits.readable,),
    limits.INERT: (limits.inert,),
}
ANY_FILE = frozenset({limits.READABLE})  # what is asked of evidence too
OF_ITS_DAY = frozenset({editions.RULE, laws.RULE})  # what is not asked of what was


Agreement = Callable[[FileRead, Desk], Iterable[Seen]]
AGREEMENTS: tuple[Agreement, ...] = (
    references.references,
    references.applicable,
    references.covered,
    frames.frames,
    frames.contents,
    words.words,
    words.foreign,
    figures.departments,
    figures.matrix,
    figures.policy,
)


def screen(cases: Sequence[Case], desk: Desk, clients: Sequence[Identity] = ()) -> tuple[Result, ...]:
    """What all screens find in files, one result for each rule; `clients` are those whose names were looked for."""
    found: dict[str, list[Finding]] = {others.RULE: [], **{rule: [] for rule in SCREENS}}
    for case in cases:
        flow = stream(case.read.pieces)
        found[others.RULE] += others.other_clients(case.read, flow, desk)
        if case.kind in (CaseKind.DOCUMENT, CaseKind.PAST):
            found[others.RULE] += bounded(others.strangers(case.read, desk))
        for rule, screens in SCREENS.items():
            if rule in ANY_FILE or _asked(rule, case.kind):
                found[rule] += (each for ask in screens for each in bounded(ask(case.read, desk)))
    if any(case.kind is CaseKind.DATA for case in cases):
        found[repeats.RULE] = list(repeats.repeated(desk.facts.records(), desk))
    found[others.UNREAD] = list(others.unread(clients, desk))
    subjects = sum(case.kind in (CaseKind.DOCUMENT, CaseKind.EVIDENCE, CaseKind.PAST) for case in cases)
    general = (_result(rule, findings, subjects, desk) for rule, findings in found.items())
    return joined(sorted((*general, *agreed(cases, desk)), key=lambda result: result.rule))


def _asked(rule: str, kind: CaseKind) -> bool:
    """Whether a rule is asked of a kind of papers."""
    return kind is CaseKind.DOCUMENT or (kind is CaseKind.PAST and rule not in OF_ITS_DAY)


def agreed(cases: Sequence[Case], desk: Desk) -> tuple[Result, ...]:
    """Whether documents agree with the lists, the facts and one another; each rule counts what it looked at."""
    reads = [case.read for case in cases if case.kind is CaseKind.DOCUMENT]
    texts = [case.read for case in cases if case.kind in (CaseKind.DOCUMENT, CaseKind.DATA)]
    looked: dict[str, int] = {}
    found: dict[str, list[Finding]] = {}
    for seen in (
        *(each for read in reads for ask in AGREEMENTS for each in _few(ask(read, desk))),
        *references.unique(reads, desk),
        *references.cited(reads, desk),
        *figures.counts(texts, desk),
    ):
        if isinstance(seen, str):
            looked[seen] = looked.get(seen, 0) + 1
        else:
            found.setdefault(seen.rule, []).append(seen)
    rules = dict.fromkeys((*looked, *found))
    return tuple(_result(rule, found.get(rule, []), looked.get(rule, 0), desk) for rule in rules)


def _few(seen: Iterable[Seen]) -> Iterator[Seen]:
    """What was looked at, and the findings bounded."""
    found: list[Finding] = []
    for each in seen:
        if isinstance(each, str):
            yield each
        elif len(found) <= MOST:
            found.append(each)
    yield from bounded(found)


def _result(rule: str, findings: Sequence[Finding], subjects: int, desk: Desk) -> Result:
    text = desk.facts.rule_texts.get(rule)
    errors = any(each.severity is Severity.ERROR for each in findings)
    status = Status.FAILED if errors else Status.PASSED if subjects else Status.NOT_APPLICABLE
    title, basis = (text.title, text.basis) if text else (rule, "")
    return Result(rule, title, status, subjects, basis, "", tuple(findings))
