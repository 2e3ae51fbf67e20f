"""Waivers: a named person lets a finding pass, for a reason, until a day; it is shown all the same."""

from collections.abc import Iterable

from gbtool.model.entry import Entry
from gbtool.model.finding import Finding, Result, Status
from gbtool.structs import Frozen, replace


class Waiver(Frozen):
    """A row of the ledger: findings of `rule`, `where` (path or id of a document) and `about` (words of what is found).

    `on` and `until` are the first and the last day, ISO text; empty `where` or `about` ask for nothing.
    """

    id: str
    rule: str
    where: str
    about: str
    by: str
    reason: str
    on: str
    until: str

    def holds(self, day: str) -> bool:
        """Whether it counts on a day, ISO text."""
        return self.on <= day <= self.until

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is one of those that it lets pass."""
        here = not self.where or self.where in (finding.path, finding.document)
        words = "\n".join((finding.message, *finding.places))
        return finding.rule == self.rule and here and self.about in words

    @property
    def words(self) -> str:
        """Who, why, until when, in one line."""
        return f"{self.by} {self.on}：{self.reason}（至 {self.until}，{self.id}）"


def waiver_of(entry: Entry) -> Waiver:
    """The waiver in an entry of the ledger."""
    return Waiver(entry.id, *(entry.text(name) for name in ("rule", "where", "about", "by", "reason", "on", "until")))


def waived(results: Iterable[Result], waivers: Iterable[Waiver], day: str) -> tuple[Result, ...]:
    """The results with the findings marked that somebody let pass; a rule fails only by those that are left."""
    holding = [waiver for waiver in waivers if waiver.holds(day)]
    return tuple(_marked(result, holding) if holding and result.findings else result for result in results)


def _marked(result: Result, waivers: list[Waiver]) -> Result:
    findings = tuple(_let_pass(finding, waivers) for finding in result.findings)
    if findings == result.findings:
        return result
    failed = result.status is Status.FAILED and not any(finding.counts for finding in findings)
    return replace(result, findings=findings, status=Status.PASSED if failed else result.status)


def _let_pass(finding: Finding, waivers: list[Waiver]) -> Finding:
    found = next((waiver for waiver in waivers if waiver.covers(finding)), None)
    return replace(finding, waived=found.words) if found else finding
