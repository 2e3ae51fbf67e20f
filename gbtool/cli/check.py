"""自相矛盾的地方，和文件里不该有的：别家客户的名称、宏、读不出的文件。"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.findings import WORDS, fault_lines, findings_json
from gbtool.cli.options import HERE, Folder, Json, On
from gbtool.errors import UsageError
from gbtool.model.finding import Finding, Report, Severity, Verdict

if TYPE_CHECKING:
    from gbtool.commands.check import Checked

FIELDS = ("rule", "severity", "document", "path", "place", "message", "fix")
_VERDICTS = {Verdict.READY: "clean", Verdict.NOT_READY: "contradictory", Verdict.NOT_ASSESSED: "not_assessed"}


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[文件|文件夹|代号…]", help="只查这些；默认查这个客户的全部。")
    ] = None,
    *,
    all_clients: Annotated[bool, typer.Option("--all-clients", help="查机构里的每一家客户。")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="把发现写成批注，放进 Word 副本，存到 输出/检查/。")
    ] = False,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """查资料有没有自相矛盾，文件里有没有不该有的；每条都写出在哪里、怎么办。

    不带参数：查这个客户的资料、台账和文件夹里的全部 Word、Excel；带文件、文件夹或代号：只查那些文件。
    有错误时退出码 1；只有提示时 0；什么都没有可查时 1。
    """
    if all_clients:
        if words or annotate:
            raise UsageError("--all-clients 不能和文件、--annotate 一起用", "先查全部，再到那家客户里细查")
        _all(folder, on, json=json)
    else:
        _one(words or (), folder, on, annotate=annotate, json=json)


def _one(words: Iterable[str], folder: Path, on: On, *, annotate: bool, json: bool) -> None:
    from gbtool.commands.check import Request, check
    from gbtool.commands.checks.marks import annotate as written
    from gbtool.commands.workspace import workspace

    work = workspace(folder)
    with show.progress("查文件") as step:
        report = check(work, on, Request(tuple(words), Path(), step))
    copies = written(work, report.findings, on) if annotate else ()
    if json:
        findings = findings_json(ordered(report), FIELDS)
        show.json({"verdict": verdict(report), "findings": findings, "not_assessed": unasked(report)})
    else:
        _show(report)
        for copy in copies:
            show.text(f"批注副本：{copy.path}")
    if verdict(report) != "clean":
        raise typer.Exit(1)


def _all(folder: Path, on: On, *, json: bool) -> None:
    from gbtool.commands.check import check_all

    with show.progress("查文件") as step:
        found = list(check_all(folder, on, step))
    words = [verdict(each.report) if each.report else "unreadable" for each in found]
    worst = next((word for word in ("unreadable", "contradictory", "not_assessed") if word in words), "clean")
    if json:
        show.json(_all_json(found, words, worst))
    else:
        _show_all(found)
    if "unreadable" in words:
        raise typer.Exit(3)
    if worst != "clean":
        raise typer.Exit(1)


def _all_json(found: "list[Checked]", words: list[str], worst: str) -> dict[str, object]:
    findings = [
        {"client": each.folder, **row}
        for each in found
        for row in findings_json(ordered(each.report) if each.report else (), FIELDS)
    ]
    clients = [
        {"client": each.folder, "verdict": word, "error": str(each.error.complaints[0]) if each.error else None}
        for each, word in zip(found, words, strict=True)
    ]
    return {"verdict": worst, "clients": clients, "findings": findings}


def _show_all(found: "list[Checked]") -> None:
    for each in found:
        if each.error:
            show.text(f"{each.folder}　资料读不出，没有查")
            for complaint in each.error.complaints:
                show.text(f"  · {complaint}")
        elif each.report:
            _show(each.report)
        show.text()


def verdict(report: Report) -> str:
    """`contradictory` with an error, `not_assessed` when there was nothing to look at, else `clean`."""
    return _VERDICTS[report.verdict]


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
    for (severity, rule), findings in _grouped(found, lambda each: (each.severity, each.rule)).items():
        show.text()
        show.text(f"{WORDS[severity]}　{rule} {titles[rule]}")
        fault_lines(findings)
    if not found and report.verdict is Verdict.READY:
        show.done("没有发现矛盾。")
    if unasked(report):
        show.text(f"没有可查的内容、不算通过的规则：{'、'.join(unasked(report))}")
    if report.verdict is Verdict.NOT_ASSESSED:
        show.text("还没有可查的内容。")


def _grouped(
    found: Iterable[Finding], key: Callable[[Finding], tuple[Severity, str]]
) -> dict[tuple[Severity, str], list[Finding]]:
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault(key(finding), []).append(finding)
    return groups
