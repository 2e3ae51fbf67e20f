"""`gbtool audit report`: counts, nonconformities and distribution from one list, as an entry and as Word."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.audit_checklist import FOLDER
from gbtool.commands.drafts import desk
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.documents import papers, placing
from gbtool.documents.desk import Desk
from gbtool.errors import Refused
from gbtool.model.checklist import Judgement
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger


@dataclass(frozen=True, slots=True)
class Signed:
    """Who compiled and approved a report, when it is issued, and the conclusion in the auditors' own words."""

    compiled_by: str
    approved_by: str
    issued: date
    conclusion: str


@dataclass(frozen=True, slots=True)
class Reported:
    """The report as the ledger keeps it and the Word files that were made."""

    report: Entry
    files: tuple[str, ...]


def report(work: Workspace, signed: Signed, today: date, cache: Path | None) -> Reported:
    """The report of the audit that is under way.

    Raises:
        Refused: there is no plan, a department has no checklist, or a row no judgement.
    """
    facts = gather(work, today)
    plan = audits.plan_of(facts)
    if plan is None:
        raise Refused("还没有审核计划", "先排计划：gbtool audit plan")
    unaudited = [d.name for d in facts.client.departments if audits.filled(facts, d.name) is None]
    if unaudited:
        raise Refused(f"还没有检查表的部门：{'、'.join(unaudited)}", "审完并登记：gbtool audit answer 文件")
    entry = _entry(facts, plan, signed, today)
    files = _files(work, facts, entry, desk(work, facts, cache))
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, signed.approved_by, "批准内部审核报告")) as change,
        placing.placed({work.folder / name: data for name, data in files.items()}, ()),
    ):
        entries.put(change, [entry])
    return Reported(entry, tuple(files))


def _entry(facts: Facts, plan: Entry, signed: Signed, today: date) -> Entry:
    rows = [row for record in audits.checklists(facts) for row in record.rows()]
    judged = Counter(each.value for row in rows if (each := Judgement.read(str(row.get(audits.JUDGED)))))
    numbers = [str(each.mapping("head").get("编号")) for each in audits.reports(facts)]
    number, day = f"{facts.client.code}-IPM-BG-02", signed.issued.isoformat()
    data: dict[str, object] = {
        "document": "report-audit",
        "number": number,
        "audit": plan.text("audit"),
        "audit_start": plan.text("start"),
        "audit_end": plan.text("end"),
        "compiled": {"name": signed.compiled_by, "date": day},
        "approved": {"name": signed.approved_by, "date": day},
        "issued": day,
        "counts": {"checklists": str(len(audits.checklists(facts))), "rows": str(len(rows))}
        | {word: str(count) for word, count in judged.items()}
        | {"nonconformities": str(len(numbers))},
        "nonconformities": numbers,
        "conclusion": signed.conclusion,
    }
    return Entry(EntryKind.AUDIT_REPORT, number, day, today.isoformat(), data=data)


def _files(work: Workspace, facts: Facts, entry: Entry, table: Desk) -> Mapping[str, bytes]:
    """The Word files, under a name that is free: what is there is never written over."""
    form = next(s for s in facts.specifications if s.id == audits.NONCONFORMITY)
    wanted = {"内部审核报告": papers.paper(_paper(facts, entry), table)} | {
        f"不符合项报告 {each.mapping('head').get('编号')}": papers.filled_form(form, each, table)
        for each in audits.reports(facts)
    }
    return {_free(work, name): data for name, data in wanted.items()}


def _free(work: Workspace, name: str) -> str:
    names = (f"{FOLDER}/{name}{suffix}.docx" for suffix in ("", *(f"（{n}）" for n in range(2, 1000))))
    return next(each for each in names if not (work.folder / each).exists())


def _paper(facts: Facts, entry: Entry) -> papers.Paper:
    plan = audits.plan_of(facts)
    slots = plan.rows("slots") if plan else ()
    counts = entry.mapping("counts")
    judged = "，".join(f"{word.value}{counts.get(word.value, '0')}行" for word in Judgement)
    found = audits.reports(facts)
    blocks = (
        papers.Heading("审核概况"),
        papers.Text(
            f"依据{facts.standard.cite}、本企业手册与程序、适用的法律和合同，于{entry.text('audit_start')}至"
            f"{entry.text('audit_end')}审核{counts.get('checklists')}个部门，共{counts.get('rows')}行：{judged}。"
            "审核是抽样，没有抽到不等于没有。"
        ),
        papers.Heading("审核组与分工"),
        papers.Table(
            ("日期", "时间", "部门", "被审核人", "内审员"),
            tuple(
                (
                    str(slot.get("date") or ""),
                    f"{slot.get('from') or ''}-{slot.get('to') or ''}",
                    str(slot.get("department") or ""),
                    "、".join(str(name) for name in _list(slot.get("auditees"))),
                    str(slot.get("auditor") or ""),
                )
                for slot in slots
            ),
        ),
        papers.Heading("不符合与分布"),
        _nonconformities(found),
        _distribution(facts, found),
        papers.Heading("结论"),
        papers.Text(entry.text("conclusion")),
        papers.Signatures(("编制", "批准")),
    )
    return papers.Paper("report-audit", "内部审核报告", entry.id, blocks, facts.client.text("doc_version"), entry.date)


def _list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def _nonconformities(found: tuple[Entry, ...]) -> papers.Block:
    if not found:
        return papers.Text("本次审核没有不符合。")
    rows = tuple(
        (
            str(each.mapping("head").get("编号")),
            str(each.mapping("head").get("受审核部门")),
            audits.without_key(str(row.get("不符合的条款与文件"))),
            str(row.get("不符合事实描述")),
            str(row.get("性质")),
        )
        for each in found
        for row in each.rows()[:1]
    )
    return papers.Table(("编号", "部门", "条款与文件", "事实", "性质"), rows)


def _distribution(facts: Facts, found: tuple[Entry, ...]) -> papers.Block:
    held = Counter(str(each.mapping("head").get("受审核部门")) for each in found)
    rows = tuple((d.name, str(held.get(d.name, 0)) if held.get(d.name) else "无") for d in facts.client.departments)
    return papers.Table(("部门", "不符合项数"), (*rows, ("合计", str(len(found)))))
