"""check --all-clients: every client of the firm in turn."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gbtool.cli import show
from gbtool.cli.checking.checked import FIELDS, ordered, show_report, verdict
from gbtool.cli.findings import findings_json
from gbtool.cli.options import On

if TYPE_CHECKING:
    from gbtool.commands.check import Checked


def check_every_client(folder: Path, on: On, *, json: bool) -> None:
    """Check them all; the worst verdict is the exit code."""
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
            show_report(each.report)
        show.text()
