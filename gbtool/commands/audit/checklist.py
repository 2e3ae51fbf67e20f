"""`gbtool audit checklist`: a checklist for each department, as Word to print and as a file to fill."""

from datetime import date
from pathlib import Path

from gbtool.commands import drafts, gather, keeping, numbering
from gbtool.commands.audit import papers as audit_papers, workbook
from gbtool.commands.workspace import Workspace
from gbtool.documents import asking
from gbtool.documents.papers import paper
from gbtool.errors import Complaint, FileFaults, Refused, UsageError
from gbtool.model.checklist import AuditQuestion, Checklist
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.auditing import sampling
from gbtool.shelf import auditing, checklists, reader
from gbtool.shelf.written import dumping
from gbtool.structs import Frozen, replace

NOTE = """\
{department}的{内审}检查表答案。逐行填“{fact}”和“{judged}”，其余不用改，填完：
# gbtool audit answer {department} --from 本文件
# 判定写：符合、一般不符合、严重不符合、观察项、不适用（或 √ ○ × △）。判符合要写出看到的文件、编号、日期、人名或数量。
# 判不符合的行可以另加两项：“不符合事实: …”（不写就用审核记录）、“依据文件: …”（违反了自己的哪份文件的哪一款）。"""


class Wanted(Frozen):
    """Which departments' checklists, all when none is named, and the seed of their samples, the audit's if None."""

    departments: tuple[str, ...] = ()
    seed: int | None = None


class Sheet(Frozen):
    """A department's checklist and what became of its files."""

    checklist: Checklist
    written: tuple[keeping.Written, ...]


def sheets(
    work: Workspace, wanted: Wanted, today: date, *, again: bool = False, cache: Path | None = None
) -> tuple[Sheet, ...]:
    """Checklists as files: Word to print, a workbook and a YAML file to fill.

    Raises:
        UsageError: there is no such department.
        FileFaults: a question needs an answer that nobody gave; every one at once.
        FolderNotWritable: nothing was changed.
    """
    facts = gather.gather(work, today)
    names = [known(name, facts) for name in wanted.departments]
    desk = drafts.desk(work, facts, cache)
    plan = audits.plan_of(facts)
    result: list[Sheet] = []
    papers = keeping.Papers(work, again, facts.words)
    for each in made(work, facts, asking.asker(desk), wanted.seed):
        if names and each.department not in names:
            continue
        before = len(papers.written)
        sheet = audit_papers.sheet(each, plan, facts)
        papers.word(keeping.AUDIT, f"{sheet.number} {sheet.title} {each.department}", paper(sheet, desk))
        papers.book(keeping.AUDIT, f"检查表 {each.department}", workbook.filled(each, facts))
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


def made(work: Workspace, facts: Facts, asked: asking.Asked, seed: int | None = None) -> tuple[Checklist, ...]:
    """The checklists of all departments in this client's words, samples drawn with a seed, that of the audit if None.

    Raises:
        Refused: the standard has no questions for them.
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
    known = sampling.seed_of(facts) if seed is None else seed
    draw = sampling.Drawer(facts, auditing.populations(work.shelves, questions), known).draw
    checklists_ = (audits.checklist(each, questions, facts, render, draw) for each in facts.client.departments)
    found = tuple(replace(each, seed=known) for each in checklists_)
    if not any(each.rows for each in found):
        fix = "机构自己写 audit/ 的问题和 matrix.yaml，放在自己书架的同名位置"
        raise Refused(f"{facts.standard.cite} 没有可问的问题，出不了检查表", fix)
    if faults:
        raise FileFaults(faults.values())
    return found


def rows(each: Checklist, facts: Facts) -> list[dict[str, object]]:
    """The rows of a checklist, still to be judged."""
    return [
        {
            "序号": str(row.number),
            audits.CLAUSE: audits.cited(row.clause, facts),
            audits.QUESTION: row.question,
            "审核方法": list(row.method),
            audits.SAMPLING: row.plan,
            audit_papers.EVIDENCE: row.evidence,
            audits.FACT: "",
            audits.JUDGED: "",
        }
        for row in each.rows
    ]


def answers(each: Checklist, facts: Facts) -> str:
    """The file to fill: the format in which records are imported."""
    about = audits.head(each.department, facts)
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
    note = facts.words.said(NOTE).format(department=each.department, fact=audits.FACT, judged=audits.JUDGED)
    return dumping.dumped(data, note)
