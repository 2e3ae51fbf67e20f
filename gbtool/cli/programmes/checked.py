"""How a client against a programme is shown: each rule met, not met or not known, then what to do about it."""

from gbtool.cli import show
from gbtool.cli.readiness import as_json as report_json
from gbtool.commands.programmes.checking import Checked
from gbtool.model.finding import Report, Result, Status, Verdict

_MARKS = {
    Status.PASSED: "✓ 满足",
    Status.FAILED: "✗ 不满足",
    Status.NOT_ASSESSED: "? 未知",
    Status.NOT_APPLICABLE: "– 不适用",
}
_WORDS = {Verdict.READY: "够条件", Verdict.NOT_READY: "不够条件", Verdict.NOT_ASSESSED: "还不能断定"}


def shown(found: Checked) -> None:
    """A table for each way, what is to be done, and the rules that say different things."""
    for number, report in enumerate(found.reports):
        if number:
            show.text()
        _report(report, f"{found.programme.name}（{report.gate}）　{report.client}")
    for one, other in found.conflicts:
        show.text(f"两条说法不一致，由人判断：{one.id} {one.statement} ↔ {other.id} {other.statement}")


def _report(report: Report, name: str) -> None:
    show.text(f"{name}　{report.on}　{_WORDS[report.verdict]}")
    show.text()
    show.table(("结果", "编号", "要求", "情况"), [_row(result) for result in report.results])
    for status, title in ((Status.FAILED, "要做的"), (Status.NOT_ASSESSED, "要查明的")):
        fixes = {
            finding.fix: finding.rule.partition("/")[2] or finding.rule
            for result in report.results
            if result.status is status
            for finding in result.findings
            if finding.fix
        }
        if fixes:
            show.text(f"{title}：")
        for fix, rule in fixes.items():
            show.text(f"  {rule}　{fix}")


def _row(result: Result) -> tuple[str, ...]:
    said = "；".join([*(finding.message for finding in result.findings), *([result.note] if result.note else [])])
    mark = _MARKS[result.status] + ("" if result.blocks else "（提示）")
    return mark, result.rule.partition("/")[2] or result.rule, result.title, said


def as_json(found: Checked) -> dict[str, object]:
    """What was found as scripts read it."""
    pairs = [[{"rule": rule.id, "statement": rule.statement} for rule in pair] for pair in found.conflicts]
    reports = [report_json(report) for report in found.reports]
    return {"programme": found.programme.id, "verdict": found.verdict.value, "routes": reports, "conflicts": pairs}
