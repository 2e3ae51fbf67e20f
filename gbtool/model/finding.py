"""Findings and the one report from which table, JSON, verdict and exit code are computed."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from gbtool.structs import Frozen, field, replace


class Severity(StrEnum):
    """How much harm a finding does, worst first."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Status(StrEnum):
    """What became of one rule."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """The answer; nothing checked is not a pass."""

    READY = "ready"
    NOT_READY = "not_ready"
    NOT_ASSESSED = "not_assessed"

    @property
    def word(self) -> str:
        """As the user reads it."""
        return {"ready": "就绪", "not_ready": "未就绪", "not_assessed": "未评估"}[self.value]


class Finding(Frozen):
    """One thing found: by which rule, how bad, what, where (both sides, when two things contradict), what to do.

    `anchor` is the part of a Word file and the paragraph in it, as `word/document.xml#12`, for a mark in a copy;
    `waived` is who let it pass, why and until when.
    """

    rule: str
    severity: Severity
    message: str
    places: tuple[str, ...] = ()
    document: str = ""
    path: str = ""
    clause: str = ""
    fix: str = ""
    anchor: str = ""
    waived: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is an error that nobody let pass."""
        return self.severity is Severity.ERROR and not self.waived

    @property
    def place(self) -> str:
        """Both places in one line."""
        return " ↔ ".join(self.places)


class Result(Frozen):
    """One rule: at how many things it looked, what it found, where it comes from and how sure that is."""

    rule: str
    title: str
    status: Status
    subjects: int
    source: str = ""
    confidence: str = ""
    findings: tuple[Finding, ...] = ()
    blocks: bool = True
    note: str = ""


def joined(results: Iterable[Result]) -> tuple[Result, ...]:
    """Results with one for each rule: what several questions of a rule looked at and found, together."""
    found: dict[str, Result] = {}
    for result in results:
        before = found.get(result.rule)
        found[result.rule] = result if before is None else _together(before, result)
    return tuple(found.values())


def _together(first: Result, second: Result) -> Result:
    worst = (Status.FAILED, Status.NOT_ASSESSED, Status.PASSED, Status.NOT_APPLICABLE)
    return replace(
        first,
        status=min(first.status, second.status, key=worst.index),
        subjects=first.subjects + second.subjects,
        findings=(*first.findings, *second.findings),
    )


class Report(Frozen):
    """What the rules of a gate found about a client on a day; `earliest` is the first day that time alone allows.

    `standard` is the one of several under which one looked.
    """

    client: str
    gate: str
    on: date
    results: tuple[Result, ...] = ()
    earliest: date | None = None
    facts: tuple[str, ...] = field(default=())
    standard: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the rules."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def verdict(self) -> Verdict:
        """Not ready when a rule that blocks failed, not assessed when one could not look, else ready."""
        blocking = [result.status for result in self.results if result.blocks]
        if Status.FAILED in blocking:
            return Verdict.NOT_READY
        decided = [status for status in blocking if status is not Status.NOT_APPLICABLE]
        if not decided or Status.NOT_ASSESSED in decided:
            return Verdict.NOT_ASSESSED
        return Verdict.READY
