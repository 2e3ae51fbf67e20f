"""What is done for a fictional client of the demo, step by step, each with what was counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.gather import gather
from gbtool.commands.generate import Request, generate
from gbtool.commands.issue import issue, issue_from
from gbtool.commands.ledger.importing import Imported, import_folder
from gbtool.commands.ledger.listing import verified
from gbtool.commands.workspace import Workspace
from gbtool.model.document import FOLDERS, DocumentKind, Outcome
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.model.revision import granted
from gbtool.rules.tallies import tally
from gbtool.store.documents import Signing
from gbtool.structs import Frozen

PAPERS = "documents.yaml"
AUDIT = "audit"
ENTRIES = {
    EntryKind.RECORD: "记录",
    EntryKind.ABSENT: "本期未发生",
    EntryKind.PERSON: "人员",
    EntryKind.RIGHT: "权利",
    EntryKind.CONTRACT: "合同",
    EntryKind.DIAGNOSIS: "诊断打分",
    EntryKind.FIGURE: "指标数据",
}
OTHERS = "审核评审等"


class Step(Frozen):
    """One thing that was done for a client: what, how many, of which kinds, and what else is to be said."""

    title: str
    total: int
    unit: str
    kinds: Mapping[str, int]
    note: str = ""


def steps(work: Workspace, source: Path, today: date, cache: Path | None) -> Iterator[Step]:
    """Generate, issue and import what the example holds; each step is told when it is done.

    Args:
        work: the client, just scaffolded.
        source: the example's folder.
        today: the day on which it is entered.
        cache: where compiled templates lie.

    Raises:
        GbtoolError: as the commands that it runs.
    """
    yield _asked(work, today)
    yield _generated(work, today, cache)
    if (source / PAPERS).is_file():
        issued = issue_from(work, source / PAPERS, today, cache)
        yield Step("批准发布", len(issued.documents), "份", {}, f"手册实施日 {issued.effective}，运行期从这天起算")
        yield _taken(import_folder(work, source, today))
        yield from _renewed(work, today, cache)
        if (source / AUDIT).is_dir():
            yield _audited(work, today)
        yield from _reported(work, today, cache)
        yield _history(work)


def _asked(work: Workspace, today: date) -> Step:
    client = gather(work, today).client
    answered = sum(value is not None for value in client.answers.values())
    return Step("企业情况", answered, "题已答", {}, f"空着 {len(client.open())} 题")


def _generated(work: Workspace, today: date, cache: Path | None) -> Step:
    made = generate(work, today, Request(cache=cache))
    kinds = Counter(FOLDERS[document.kind] for document in made.of(Outcome.NEW))
    waiting = len(made.of(Outcome.OPEN))
    return Step("生成 Word", kinds.total(), "份", kinds, f"另有 {waiting} 份等资料，没有出" if waiting else "")


def _reported(work: Workspace, today: date, cache: Path | None) -> Iterator[Step]:
    made = generate(work, today, Request(kinds=(DocumentKind.REPORT,), cache=cache)).of(Outcome.NEW)
    if made:
        yield Step("生成报告", len(made), "份", {}, "、".join(document.title for document in made) + "，数字取自台账")


def _renewed(work: Workspace, today: date, cache: Path | None) -> Iterator[Step]:
    """The documents whose changes were approved, made and issued in their new versions."""
    facts = gather(work, today)
    changes = {number: each[-1] for number, each in granted(facts).items()}
    waiting = [d for d in facts.documents if d.number in changes and d.version != changes[d.number].new]
    if not waiting:
        return
    generate(work, today, Request(tuple(document.id for document in waiting), cache=cache))
    for document in waiting:
        change = changes[document.number]
        signed = Signing(
            compiled_by=change.asked_by,
            compiled=change.asked,
            approved_by=change.approved_by,
            approved=change.approved,
            issued=change.approved,
            effective=change.effective or change.approved,
        )
        issue(work, (document.id,), signed, today, cache)
    told = "、".join(f"{document.title} {changes[document.number].new}" for document in waiting)
    yield Step("更改换版", len(waiting), "份", {}, told)


def _taken(taken: Imported) -> Step:
    kinds = {name: taken.added.get(kind, 0) for kind, name in ENTRIES.items()}
    total = sum(taken.added.values())
    kinds[OTHERS] = total - sum(kinds.values())
    return Step("登记台账", total, "条", {name: count for name, count in kinds.items() if count})


def _audited(work: Workspace, today: date) -> Step:
    facts = gather(work, today)
    found = tally(facts)
    closed = sum(each.closed for each in found.nonconformities)
    form = facts.standard.head.done_by.get("管理评审")  # the record that stands for the report
    reviewed = max((each.date for each in facts.records(form)), default="") if form else _review(facts)
    what = f"{facts.say('管理评审')}{'' if form else '报告'}"
    note = f"不符合 {len(found.nonconformities)} 项，关闭 {closed} 项；{what} {reviewed}"
    return Step(f"{facts.say('内审')}{facts.say('管评')}", found.rows, "行检查", {}, note)


def _review(facts: Facts) -> str:
    return max((entry.date for entry in facts.of(EntryKind.REVIEW_REPORT)), default="")


def _history(work: Workspace) -> Step:
    checked = verified(work)
    note = "前后相接，没有被改动" if checked.whole else f"有 {len(checked.faults)} 处对不上"
    return Step("核对历史", checked.links, "条", {}, note)
