"""自相矛盾的地方：日期、人员、审核、编号、版本、未答的问题。"""

import typer

from gbtool.cli import show
from gbtool.cli.findings import WORDS, fault_lines, findings_json
from gbtool.cli.options import HERE, Folder, Json, On
from gbtool.model.finding import Finding, Report, Severity, Verdict

FIELDS = ("rule", "severity", "document", "path", "place", "message", "fix")


def command(*, on: On, folder: Folder = HERE, json: Json = False) -> None:
    """查这个客户的资料有没有自相矛盾；每条都写出两处在哪里、怎么办。

    有错误时退出码 1；只有提示时 0；什么都没有可查时 1。
    """
    from gbtool.commands.check import check
    from gbtool.commands.workspace import workspace

    report = check(workspace(folder), on)
    if json:
        findings = findings_json(ordered(report), FIELDS)
        show.json({"verdict": verdict(report), "findings": findings, "not_assessed": unasked(report)})
    else:
        _show(report)
    if verdict(report) != "clean":
        raise typer.Exit(1)


def verdict(report: Report) -> str:
    """`contradictory` with an error, `not_assessed` when there was nothing to look at, else `clean`."""
    words = {Verdict.READY: "clean", Verdict.NOT_READY: "contradictory", Verdict.NOT_ASSESSED: "not_assessed"}
    return words[report.verdict]


def unasked(report: Report) -> list[str]:
    """The rules that had nothing to look at."""
    return [result.rule for result in report.results if not result.subjects]


def ordered(report: Report) -> list[Finding]:
    """The findings in order of harm."""
    harm = list(Severity)
    return sorted(report.findings, key=lambda finding: (harm.index(finding.severity), finding.rule))


def _show(report: Report) -> None:
    found = ordered(report)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    looked = sum(bool(result.subjects) for result in report.results)
    show.text(
        f"{report.client}　{report.on}　错误 {errors} 条，提示 {len(found) - errors} 条（{looked} 条规则有可查的内容）"
    )
    titles = {result.rule: result.title for result in report.results}
    for finding in found:
        show.text()
        show.text(f"{WORDS[finding.severity]}　{finding.rule} {titles[finding.rule]}")
        fault_lines((finding,))
    if not found and report.verdict is Verdict.READY:
        show.done("没有发现矛盾。")
    if unasked(report):
        show.text(f"没有可查的内容、不算通过的规则：{'、'.join(unasked(report))}")
    if report.verdict is Verdict.NOT_ASSESSED:
        show.text("还没有可查的内容。")
