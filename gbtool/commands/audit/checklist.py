"""`gbtool audit checklist`: a checklist for each department, as Word to print and as a file to fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, gather, keeping, numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents import asking
from gbtool.documents.papers import paper
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.model.checklist import AuditQuestion, Checklist
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.shelf import checklists, dumping, reader

EVIDENCE = "应看的证据"
NOTE = """\
{department}的内审检查表答案。逐行填“{fact}”和“{judged}”，其余不用改，填完：
# gbtool audit answer {department} --from 本文件
# 判定写：符合、一般不符合、严重不符合、观察项、不适用（或 √ ○ × △）。判符合要写出看到的文件、编号、日期、人名或数量。
# 判不符合的行可以另加两项：“不符合事实: …”（不写就用审核记录）、“依据文件: …”（违反了本企业哪份文件的哪一款）。"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A department's checklist and what became of its two files."""

    checklist: Checklist
    written: tuple[keeping.Written, ...]


def sheets(
    work: Workspace, departments: Sequence[str], today: date, *, again: bool = False, cache: Path | None = None
) -> tuple[Sheet, ...]:
    """Checklists of these departments, of all when none is named, as files.

    Raises:
        UsageError: there is no such department.
        FileFaults: a question needs an answer that nobody gave; every one at once.
        FolderNotWritable: nothing was changed.
    """
    facts = gather.gather(work, today)
    wanted = [known(name, facts) for name in departments]
    desk = drafts.desk(work, facts, cache)
    plan = audits.plan_of(facts)
    result: list[Sheet] = []
    papers = keeping.Papers(work, again)
    for each in made(work, facts, asking.asker(desk)):
        if wanted and each.department not in wanted:
            continue
        before = len(papers.written)
        sheet = audit_papers.sheet(each, plan, facts)
        papers.word(keeping.AUDIT, f"{sheet.number} {sheet.title} {each.department}", paper(sheet, desk))
        papers.text(keeping.AUDIT, f"答案 {each.department}", answers(each, facts))
        result.append(Sheet(each, tuple(papers.written[before:])))
    keeping.keep(work, None, (), papers)
    return tuple(result)


def known(name: str, facts: Facts) -> str:
    """A department of the client.

    Raises:
        UsageError: there is none of this name; with a guess.
    """
    names = [department.name for department in facts.client.departments]
    if name not in names:
        listed = f"机构图上有：{'、'.join(names) or '（还没有部门）'}"
        raise UsageError(f"没有部门“{name}”{reader.did_you_mean(name, names)}", listed)
    return name


def made(work: Workspace, facts: Facts, asked: asking.Asked) -> tuple[Checklist, ...]:
    """The checklists of all departments in this client's words.

    Raises:
        FileFaults: a question needs an answer that nobody gave; every missing answer once.
    """
    faults: dict[str, Complaint] = {}

    def render(question: AuditQuestion) -> tuple[str, str, str]:
        try:
            return asked(question)
        except FileFaults as fault:
            faults.update({each.message: each for each in fault.complaints if each.message not in faults})
            return "", "", ""

    questions = checklists.audit_questions(facts.standard.key, work.shelves)
    found = tuple(audits.checklist(each, questions, facts, render) for each in facts.client.departments)
    if faults:
        raise FileFaults(faults.values())
    return found


def head(department: str, facts: Facts) -> dict[str, object]:
    """The head of a checklist, as far as the plan knows it."""
    slots = audits.slots_of(audits.plan_of(facts), department)
    own = next(d for d in facts.client.departments if d.name == department)
    people = next((slot.get("auditees") for slot in slots), None)
    names = people if isinstance(people, (list, tuple)) else audits.auditees(own, facts)
    return {
        "受审核部门": department,
        "被审核人": "、".join(str(name) for name in names),
        "内审员": "、".join(dict.fromkeys(str(slot.get("auditor") or "") for slot in slots)),
        "审核日期": str(slots[0].get("date") or "") if slots else "",
        "时间段": "、".join(f"{slot.get('from')}-{slot.get('to')}" for slot in slots),
    }


def rows(each: Checklist, facts: Facts) -> list[dict[str, object]]:
    """The rows of a checklist, still to be judged."""
    return [
        {
            "序号": str(row.number),
            audits.CLAUSE: audits.cited(row.clause, facts),
            audits.QUESTION: row.question,
            "审核方法": list(row.method),
            "抽样计划": row.sample,
            EVIDENCE: row.evidence,
            audits.FACT: "",
            audits.JUDGED: "",
        }
        for row in each.rows
    ]


def answers(each: Checklist, facts: Facts) -> str:
    """The file to fill: the format in which records are imported."""
    about: Mapping[str, object] = head(each.department, facts)
    record = {
        "id": f"{numbering.number_of(audits.CHECKLIST, facts)}-待编",
        "date": about["审核日期"],
        "head": dict(about),
        "rows": rows(each, facts),
        "sign": [
            {"role": "内审员", "name": about["内审员"], "date": about["审核日期"]},
            {"role": "受审核部门确认", "name": "", "date": ""},
        ],
    }
    data = {"form": audits.CHECKLIST, **numbering.about(audits.CHECKLIST, facts), "records": [record]}
    return dumping.dumped(data, NOTE.format(department=each.department, fact=audits.FACT, judged=audits.JUDGED))
