"""`gbtool audit checklist`: a checklist for each department as Word to print and as a file to fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.drafts import desk
from gbtool.commands.gather import gather
from gbtool.commands.workspace import OUTPUT, Workspace
from gbtool.documents import papers, placing, strings
from gbtool.documents.desk import Desk
from gbtool.errors import UsageError
from gbtool.model.checklist import AuditQuestion, Checklist
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.shelf import checklists
from gbtool.shelf.dumping import dumped
from gbtool.shelf.reader import did_you_mean

FOLDER = f"{OUTPUT}/内审"
HEADS = ("序号", "条款", "审核内容（问题）", "审核方法与抽样", "应看的证据", "审核记录（事实）", "判定")
SHARES = (3, 8, 16, 14, 16, 20, 5)


@dataclass(frozen=True, slots=True)
class Printed:
    """A department's checklist and the files that were made; those that were there already are kept as they were."""

    checklist: Checklist
    made: tuple[str, ...]
    kept: tuple[str, ...]


def checklist_files(
    work: Workspace, departments: Sequence[str], today: date, cache: Path | None
) -> tuple[Printed, ...]:
    """Checklists for these departments, for all when none is named.

    Raises:
        UsageError: there is no such department.
        FolderNotWritable: nothing was changed.
    """
    facts = gather(work, today)
    names = [department.name for department in facts.client.departments]
    for name in departments:
        if name not in names:
            raise UsageError(f"没有部门“{name}”{did_you_mean(name, names)}")
    table = desk(work, facts, cache)
    result, files = [], {}
    for each in made_up(work, facts, table):
        if not departments or each.department in departments:
            wanted = {**_word(each, facts, table), **_answers(each, facts)}
            fresh = {name: data for name, data in wanted.items() if not (work.folder / name).exists()}
            files.update({work.folder / name: data for name, data in fresh.items()})
            result.append(Printed(each, tuple(fresh), tuple(name for name in wanted if name not in fresh)))
    with placing.placed(files, ()):
        pass
    return tuple(result)


def made_up(work: Workspace, facts: Facts, table: Desk) -> tuple[Checklist, ...]:
    """The checklists of all departments with the questions as this client reads them."""
    questions = checklists.audit_questions(facts.standard.edition, work.shelves)
    write = strings.writer(table.names)

    def render(question: AuditQuestion) -> tuple[str, str, str]:
        return write(question.question), write(question.sample), write(question.evidence)

    return tuple(audits.checklist(each, questions, facts, render) for each in facts.client.departments)


def head(each: Checklist, facts: Facts) -> Mapping[str, object]:
    """The head of a checklist, from the plan where there is one."""
    slot: Mapping[str, object] = next(iter(audits.slots_of(audits.plan_of(facts), each.department)), {})
    people = slot.get("auditees")
    return {
        "受审核部门": each.department,
        "被审核人": "、".join(str(name) for name in people) if isinstance(people, list) else each.head,
        "内审员": str(slot.get("auditor") or ""),
        "审核日期": str(slot.get("date") or ""),
        "时间段": f"{slot['from']}-{slot['to']}" if slot.get("from") and slot.get("to") else "",
    }


def _word(each: Checklist, facts: Facts, table: Desk) -> Mapping[str, bytes]:
    number = f"{facts.client.code}-IPM-JL-23-02"
    about = "　".join(f"{name}：{value or '　　　　'}" for name, value in head(each, facts).items())
    rows = tuple(
        (
            str(row.number),
            f"{row.cite} {row.title}",
            row.question,
            f"{'、'.join(row.method)}：{row.sample}",
            row.evidence,
            "",
            "",
        )
        for row in each.rows
    )
    blocks = (
        papers.Text(about),
        papers.Text(f"审核准则：{facts.standard.cite}，本企业手册与程序，适用的法律和合同"),
        papers.Table(HEADS, rows, SHARES),
        papers.Text(
            "判定：√ 符合　○ 一般不符合　× 严重不符合　△ 观察项　不适用；符合的写出看到的文件、编号、日期、人名或数量。"
        ),
        papers.Signatures(("内审员", "受审核部门确认")),
    )
    paper = papers.Paper(
        audits.CHECKLIST, "内部审核检查表", number, blocks, facts.client.text("doc_version"), wide=True
    )
    return {f"{FOLDER}/检查表 {each.department}.docx": papers.paper(paper, table)}


def _answers(each: Checklist, facts: Facts) -> Mapping[str, bytes]:
    rows = [
        {
            "序号": str(row.number),
            audits.CLAUSE: audits.cited(row.clause, facts),
            audits.QUESTION: row.question,
            "审核方法": list(row.method),
            "抽样计划": row.sample,
            audits.FACT: "",
            audits.JUDGED: "",
        }
        for row in each.rows
    ]
    note = "审核时填“审核记录”和“判定”，填完：gbtool audit answer 本文件"
    text = dumped({"form": audits.CHECKLIST, "head": dict(head(each, facts)), "rows": rows}, note)
    return {f"{FOLDER}/检查表 {each.department}.yaml": text.encode("utf-8")}
