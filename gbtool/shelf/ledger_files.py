"""A YAML file of the ledger's import format, whichever it is, to entries."""

from datetime import date
from pathlib import Path

from gbtool.errors import Complaint, FileFaults
from gbtool.model.entry import Entry
from gbtool.shelf import papers, records, surveys
from gbtool.shelf.reader import Reading, compose
from gbtool.shelf.records import Specifications

_SHAPES = (
    "records（记录）、entries（本期未发生）、documents（文件日期）、answers（诊断打分）、figures（基准数据）"
    "或 document（审核、评审的计划和报告）"
)


def read_entries(path: Path, name: str, known: Specifications, today: date) -> list[Entry]:
    """The entries that a file gives.

    Raises:
        FileFaults: it cannot be read, is not YAML, or does not fit; every complaint with its line.
    """
    root = compose(path, name)
    if root is None:
        raise FileFaults([Complaint(name, "文件是空的")])
    reading = Reading(name)
    keys = {key for key, _, _ in Reading(name).pairs(root)}
    if "records" in keys or "form" in keys:
        found = records.records(reading, root, known, today)
    elif "entries" in keys:
        found = records.absences(reading, root, known, today)
    elif "document" in keys:
        found = papers.report(reading, root)
    elif keys & set(surveys.TOP):
        found = surveys.surveys(reading, root)
    elif keys & set(papers.TOP):
        found = papers.papers(reading, root, known, today)
    else:
        raise FileFaults([Complaint(f"{name}:1", f"认不出这是什么文件：没有 {_SHAPES}")])
    reading.done()
    return found
