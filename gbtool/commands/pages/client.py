"""`gbtool page`: how one client stands, for its boss, as one file that a browser opens."""

from collections import Counter
from datetime import date
from pathlib import Path

from gbtool import __version__
from gbtool.commands.gather import gather
from gbtool.commands.pages.overview import overview
from gbtool.commands.pages.writing import put
from gbtool.commands.workspace import OUTPUT, Workspace
from gbtool.documents.pages.gantt import picture
from gbtool.documents.pages.html import page
from gbtool.model.deadline import SURE
from gbtool.model.finding import Status
from gbtool.rules.timeline import timeline
from gbtool.shelf.shipped import shipped

TEMPLATES = ("templates", "pages")


def write_page(work: Workspace, target: Path | None, today: date) -> dict[str, object]:
    """Write a client's page, `输出/进度 <day>.html` unless told otherwise, and give what it shows as plain data.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
        UsageError, Refused, FolderNotWritable: as for `put`.
    """
    facts = gather(work, today)
    found = overview(work, facts)
    path = target or work.folder / OUTPUT / f"进度 {today}.html"
    bars = timeline(facts)
    results = [each for each in found["results"] if each["blocks"]]  # type: ignore[attr-defined] # a list of mappings
    statuses = Counter(str(each["status"]) for each in results)
    shown = {
        **found,
        "version": __version__,
        "drawn": picture([(bar.stage, [bar]) for bar in bars], today),
        "counts": {status.value: statuses[status.value] for status in Status},
        "passed": [each["title"] for each in results if each["status"] == Status.PASSED.value],
        "sure": SURE,
        "word": facts.words,
    }
    put(path, page(shipped(*TEMPLATES), "client.html.j2", shown))
    return {"path": str(path), **found}
