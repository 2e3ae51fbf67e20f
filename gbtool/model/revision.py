"""Versions of documents: A/0, A/1, B/0, and the change requests that lead from one to the next."""

import re
from collections.abc import Mapping

from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.structs import Frozen

FORM = "rec-doc-change"
_PATTERN = re.compile(r"^([A-Z])/(\d{1,3})$")
_LAST = "Z"


class Revision(Frozen):
    """A change of a document: from which version to which, where and why, asked and approved by whom when (ISO)."""

    id: str
    number: str
    old: str
    new: str
    where: str
    what: str
    asked: str
    asked_by: str
    approved: str
    approved_by: str
    effective: str

    @property
    def granted(self) -> bool:
        """Whether somebody approved it."""
        return bool(self.approved and self.approved_by)


def raised(version: str, *, major: bool = False) -> str | None:
    """The next version: A/0, A/1, and B/0 when it is made anew; None where the version is written another way."""
    found = _PATTERN.match(version)
    if not found or (major and found.group(1) == _LAST):
        return None
    return f"{chr(ord(found.group(1)) + 1)}/0" if major else f"{found.group(1)}/{int(found.group(2)) + 1}"


def order(version: str) -> tuple[str, int]:
    """By what versions are sorted; one that is written another way comes first."""
    found = _PATTERN.match(version)
    return (found.group(1), int(found.group(2))) if found else ("", 0)


def revisions(facts: Facts) -> tuple[Revision, ...]:
    """The changes of all documents, granted or not, in order of version."""
    return tuple(sorted(map(_revision, facts.records(FORM)), key=lambda each: (order(each.new), each.id)))


def granted(facts: Facts) -> Mapping[str, tuple[Revision, ...]]:
    """The granted changes by the number of their document, in order of version."""
    found: dict[str, tuple[Revision, ...]] = {}
    for each in revisions(facts):
        if each.granted and each.new:
            found[each.number] = (*found.get(each.number, ()), each)
    return found


def _revision(entry: Entry) -> Revision:
    head, foot = entry.mapping("head"), entry.mapping("foot")
    asked = next((s for s in entry.signatures if s.role == "申请人"), None)
    approved = next((s for s in entry.signatures if s.role == "批准"), None)
    return Revision(
        entry.id,
        str(head.get("编号") or ""),
        str(head.get("原版本") or ""),
        str(head.get("新版本") or ""),
        "；".join(str(row.get("更改位置")) for row in entry.rows() if row.get("更改位置")),
        "；".join(str(row.get("更改后")) for row in entry.rows() if row.get("更改后")),
        str(head.get("申请日期") or entry.date),
        asked.name if asked else "",
        approved.date if approved else "",
        approved.name if approved else "",
        str(foot.get("生效日期") or ""),
    )
