"""A report of `check` as it is shown: verdict, findings in order of harm, rules that had nothing to look at."""

from gbtool.cli import show
from gbtool.cli.findings import WORDS, fault_lines
from gbtool.model.finding import Finding, Report, Severity, Verdict

FIELDS = ("rule", "severity", "document", "path", "place", "message", "fix", "waived")
_VERDICTS = {Verdict.READY: "clean", Verdict.NOT_READY: "contradictory", Verdict.NOT_ASSESSED: "not_assessed"}


def verdict(report: Report) -> str:
    """`contradictory` with an error, `not_assessed` when there was nothing to look at, else `clean`."""
    return _VERDICTS[report.verdict]


def unasked(report: Report) -> list[str]:
    """The rules that had nothing to look at."""
    return [result.rule for result in report.results if not result.subjects and not result.note]


def left_out(report: Report) -> dict[str, str]:
    """The rules that the client's standard does not apply, and why."""
    return {result.rule: result.note for result in report.results if not result.subjects and result.note}


def ordered(report: Report) -> list[Finding]:
    """The findings in order of harm, those that somebody let pass at the end."""
    harm = list(Severity)
    return sorted(report.findings, key=lambda each: (bool(each.waived), harm.index(each.severity), each.rule))


def show_report(report: Report) -> None:
    """The report: how many of what, then the findings rule by rule."""
    found = ordered(report)
    errors = sum(finding.counts for finding in found)
    waived = sum(bool(finding.waived) for finding in found)
    looked = sum(bool(result.subjects) for result in report.results)
    show.text(
        f"{report.client}　{report.on}　错误 {errors} 条，提示 {len(found) - errors - waived} 条"
        f"{f'，豁免 {waived} 条' if waived else ''}（{looked} 条规则有可查的内容）"
    )
    titles = {result.rule: result.title for result in report.results}
    for (severity, rule), findings in _grouped(found).items():
        show.text()
        word = "豁免" if all(finding.waived for finding in findings) else WORDS[severity]
        show.text(f"{word}　{rule} {titles[rule]}")
        fault_lines(findings)
    if not found and report.verdict is Verdict.READY:
        show.done("没有发现矛盾。")
    if unasked(report):
        show.text(f"没有可查的内容、不算通过的规则：{'、'.join(unasked(report))}")
    for rule, why in left_out(report).items():
        show.text(f"这个标准不用：{rule}（{why}）")
    if report.verdict is Verdict.NOT_ASSESSED:
        show.text("还没有可查的内容。")


def _grouped(found: list[Finding]) -> dict[tuple[Severity, str], list[Finding]]:
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    return groups
