"""`gbtool portfolio page`: all clients of a firm as one file that a browser opens."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from gbtool import __version__
from gbtool.commands.pages.client import TEMPLATES
from gbtool.commands.pages.writing import put
from gbtool.commands.portfolio.standing import Portfolio
from gbtool.commands.portfolio.views import lines, plain, plain_due
from gbtool.documents.pages.gantt import picture
from gbtool.documents.pages.html import page
from gbtool.model.finding import Verdict
from gbtool.shelf import firms
from gbtool.shelf.shipped import shipped


def write_firm_page(found: Portfolio, target: Path, days: int, asked: str) -> dict[str, object]:
    """Write the page of all clients that were asked for (`asked` says in words which), and give what it shows.

    Raises:
        FileFaults: gbtool.yaml is wrong.
        UsageError, Refused, FolderNotWritable: as for `put`.
    """
    shown = plain(found, days)
    verdicts = Counter(each.verdict.value for each in found.clients)
    listed = lines(found, days)
    rows = [
        {
            "path": line.client.path,
            "short": line.client.short,
            "consultant": line.client.consultant,
            **plain_due(line.due, found.today),
        }
        for line in listed
    ]
    values = {
        **shown,
        "firm": firms.firm(found.firm).name or found.firm.name,
        "asked": asked,
        "ahead": days,
        "version": __version__,
        "verdicts": {each.value: verdicts[each.value] for each in Verdict},
        "late": sum(line.due.late for line in listed),
        "open": sum(each.nonconformities[0] for each in found.clients),
        "consultants": _consultants(found, days),
        "lines": rows,
        "drawn": picture(
            [(f"{each.short or each.name}　{each.stage}", each.bars) for each in found.clients], found.today
        ),
    }
    put(target, page(shipped(*TEMPLATES), "firm.html.j2", values))
    return {"path": str(target), **shown}


def _consultants(found: Portfolio, days: int) -> list[Mapping[str, object]]:
    """How many clients each consultant leads, how they stand, what is due for them."""
    until = found.today + timedelta(days=days)
    rows: list[Mapping[str, object]] = []
    for name in sorted({each.consultant for each in found.clients}):
        own = [each for each in found.clients if each.consultant == name]
        counts = Counter(each.verdict.value for each in own)
        due = sum(len(each.coming(until)) for each in own)
        rows.append({"name": name, "clients": len(own), "due": due, **{v.value: counts[v.value] for v in Verdict}})
    return rows
