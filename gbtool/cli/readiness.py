"""现在能不能申请：结论、理由、出处、最早哪天。"""

from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.findings import fault_lines, findings_json
from gbtool.cli.options import HERE, Folder, Json, On, Under
from gbtool.model.deadline import SURE
from gbtool.model.finding import Report, Result, Status, Verdict

MARKS = {
    Status.PASSED: "✓ 通过",
    Status.FAILED: "✗ 不通过",
    Status.NOT_ASSESSED: "? 没有可查",
    Status.NOT_APPLICABLE: "– 不适用",
}
_GATES = "按哪道门槛查：certification、full（连要查明的）、external（外审）、after（获证以后）。"


def command(
    *,
    on: On,
    gate: Annotated[str, typer.Option("--gate", metavar="门槛", help=_GATES)] = "certification",
    standard: Under = "",
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """查一个客户在某一天是否就绪，逐条给出理由、出处和怎么办。

    没有查过的不算通过：结论是“就绪”“未就绪”或“未评估”。退出码：就绪 0，否则 1。按几个标准的客户，一个一个地说。
    """
    from gbtool.commands.following import under
    from gbtool.commands.readiness import each_readiness
    from gbtool.commands.workspace import workspace

    first, *others = each_readiness(under(workspace(folder), standard), on, gate)
    if json:
        show.json(as_json(first) | ({"further": [as_json(each) for each in others]} if others else {}))
    else:
        for report in (first, *others):
            _show(report)
    if any(report.verdict is not Verdict.READY for report in (first, *others)):
        raise typer.Exit(1)


def as_json(report: Report) -> dict[str, object]:
    """The report as scripts read it."""
    return {
        "client": report.client,
        **({"standard": report.standard} if report.standard else {}),
        "gate": report.gate,
        "on": report.on.isoformat(),
        "verdict": report.verdict.value,
        "earliest": report.earliest.isoformat() if report.earliest else None,
        "results": [_result(result) for result in report.results],
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "rule": result.rule,
        "title": result.title,
        "status": result.status.value,
        "subjects": result.subjects,
        "source": result.source,
        "confidence": result.confidence,
        "blocks": result.blocks,
        "note": result.note,
        "findings": findings_json(result.findings, ("message", "place", "clause", "fix")),
    }


def _show(report: Report) -> None:
    show.text(f"{report.client}　{report.on}　{report.verdict.word}")
    if report.standard:
        show.text(report.standard)
    if report.earliest and report.verdict is not Verdict.READY:
        show.text(f"运行期最早满足的日子：{report.earliest}")
    show.text()
    show.table(("结果", "要求", "查了", "出处", "把握"), [_row(result) for result in report.results])
    for result in report.results:
        if result.findings or (result.status is Status.NOT_ASSESSED):
            show.text()
            show.text(f"{MARKS[result.status]}　{result.title}{'' if result.blocks else '（只提示）'}")
            fault_lines(result.findings)
            if result.note and not result.findings:
                show.text(f"  {result.note}")
    show.text()
    if report.verdict is Verdict.READY:
        show.done(f"可以申请：{sum(result.subjects for result in report.results)} 项逐项查过，没有不通过的。")
    else:
        show.next_step("gbtool status", "看整体进度")


def _row(result: Result) -> tuple[object, ...]:
    source = result.source.partition("（")[0]
    return (MARKS[result.status], result.title, result.subjects, source, SURE.get(result.confidence, ""))
