"""The rules of a gate before an application: edition, period, audit, review, documents, declarations."""

from collections.abc import Iterator
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.checklist import Judgement
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import audits, corrections, evidence, period
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.reading import at, dated, milestone, own_day

BASE_KINDS = (DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.FLOW, DocumentKind.APPOINTMENT)


@rule("edition.accepted", of=lambda facts: (facts.client.edition,) if facts.client.edition else ())
def edition_is_accepted(edition: str, facts: Facts, first: str = "", last: str = "") -> Fault | None:
    """An application on this day is accepted under this edition (2023年第27号公告)."""
    start, end = as_date(first), as_date(last)
    place = f"{facts.client.place('standard_edition')} standard_edition {edition}"
    if end and facts.today > end:
        message = f"{edition} 版自 {end} 以后不能申请认证"
        return Fault(
            message,
            (place, f"申请日 {facts.today}"),
            f"按现行版换版：重写、重新运行、重新{facts.say('内审')}和{facts.say('管评')}",
        )
    if start and facts.today < start:
        return Fault(f"{edition} 版从 {start} 起才能申请", (place, f"申请日 {facts.today}"), "等到这一天")
    return None


@rule("period.months", of=lambda facts: (facts.effective,) if facts.effective else ())
def period_is_long_enough(effective: date, facts: Facts, months: int) -> Fault | None:
    """So many calendar months lie between the effective day and the application."""
    earliest = add_months(effective, months)
    if facts.today >= earliest:
        return None
    left = (earliest - facts.today).days
    message = f"运行期从 {effective} 起算，到 {facts.today} 不满 {months} 个月，还差 {left} 天"
    return Fault(message, (f"实施日 {effective}", f"申请日 {facts.today}"), f"最早 {earliest} 递交")


@rule("period.records", of=period.months)
def month_has_records(month: period.Span, facts: Facts) -> Fault | None:
    """Every whole month of the period holds records."""
    if not month.empty:
        return None
    return Fault(f"{month.name} 没有任何记录", (f"运行期 {facts.effective} 起",), "查明原因，如实登记；不补造")


@rule("period.periodic", of=period.months)
def periodic_records_are_there(month: period.Span, facts: Facts) -> Iterator[Fault]:
    """No weekly or monthly record is missing in a whole month of the period (DT-56)."""
    for due in month.missing:
        places = (f"{due.form} 缺 {month.name}", f"运行期 {facts.effective} 起")
        fix = f"如实登记；确未发生的：gbtool ledger absent {due.form}"
        yield Fault(f"{month.name} 没有《{due.title}》", places, fix)


@rule("audit.done", of=lambda facts: facts.of(EntryKind.AUDIT_REPORT))
def audit_is_reported(report: Entry, facts: Facts) -> Iterator[Fault]:
    """An internal audit lies inside the period and is reported."""
    start, end = milestone(report, "audit_start", facts), milestone(report, "audit_end", facts)
    issued = milestone(report, "issued", facts)
    if issued is None:
        yield Fault(f"{facts.say('内审')}报告没有批准发布日期", (at(report, "issued"),), "批准并发布报告")
    if start and facts.effective and start.day < facts.effective:
        places = (start.place, f"实施日 {facts.effective}")
        yield Fault(
            f"{facts.say('内审')} {start.day} 早于体系实施日 {facts.effective}",
            places,
            f"运行以后重新{facts.say('内审')}",
        )
    if end and end.day > facts.today:
        yield Fault(
            f"{facts.say('内审')}到 {end.day} 才结束",
            (end.place, f"申请日 {facts.today}"),
            f"{facts.say('内审')}结束以后再申请",
        )


@rule("audit.coverage", of=lambda facts: facts.clauses if facts.of(EntryKind.AUDIT_PLAN) else ())
def clause_is_audited(clause: object, facts: Facts) -> Fault | None:
    """Every applicable clause was audited; an unconfirmed one counts with the clause above."""
    key = getattr(clause, "key", "")
    if audits.covered(key, audited_clauses(facts), facts):
        return None
    node = facts.standard.clause(key)
    plan = facts.of(EntryKind.AUDIT_PLAN)[-1]
    cite = " ".join(facts.standard.label(node)) if node else key
    message = f"条款“{cite}”没有审到：检查表里没有判定过的行"
    return Fault(message, (at(plan, "slots"), f"职能分配 {key}"), "补审这个条款", clause=key)


def audited_clauses(facts: Facts) -> frozenset[str]:
    """The clause keys of the rows that were judged; what a plan only announces was not audited."""
    return frozenset(
        audits.key_of(row)
        for record in facts.records(audits.CHECKLIST)
        for row in record.rows()
        if Judgement.read(str(row.get(audits.JUDGED) or ""))
    )


@rule("audit.departments", of=lambda facts: facts.client.departments if facts.of(EntryKind.AUDIT_PLAN) else ())
def department_is_audited(department: object, facts: Facts) -> Fault | None:
    """Every department has a checklist."""
    name = getattr(department, "name", "")
    done = {str(r.mapping("head").get("受审核部门")) for r in facts.records("rec-audit-checklist")}
    if name in done:
        return None
    place = str(facts.client.place("departments"))
    return Fault(f"{name} 没有审核检查表", ("rec-audit-checklist", f"{place} {name}"), "补审这个部门")


@rule("audit.evidence", of=lambda facts: facts.records("rec-audit-checklist"))
def conformity_names_its_evidence(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Every row is judged, and every 符合 names a record, a number, a date or a person."""
    people = evidence.names(facts)
    for number, row in enumerate(record.rows(), 1):
        wrong = evidence.complaint(row, people)
        if wrong:
            where = f"第{row.get('序号') or number}行"
            yield Fault(f"{where}{wrong}", (at(record, where),), "写出看到的文件、编号、日期、人名或数量")


@rule("nonconformities.closed", of=lambda facts: facts.records("rec-nc-report"))
def nonconformity_is_closed(record: Entry, facts: Facts) -> Fault | None:
    """A nonconformity has cause, correction, corrective action, evidence and another person's verification."""
    number, missing = corrections.number_of(record), corrections.missing(record)
    if missing:
        return Fault(f"{number} 没有关闭，缺{'、'.join(missing)}", (at(record, number),), "完成整改，由另一人验证")
    verified = dated(record, "验证日期")
    if verified and verified.day > facts.today:
        return Fault(f"{number} 到 {verified.day} 才验证", (verified.place, f"申请日 {facts.today}"), "验证以后再申请")
    return None


@rule("review.done", of=lambda facts: facts.of(EntryKind.REVIEW_REPORT)[-1:])
def review_follows_audit(report: Entry, facts: Facts) -> Iterator[Fault]:
    """The last management review, chaired by the top manager, follows the last audit report."""
    held, issued = milestone(report, "review_date", facts), milestone(report, "issued", facts)
    audit = milestone(facts.one(EntryKind.AUDIT_REPORT), "issued", facts)
    if issued is None:
        yield Fault(f"{facts.say('管理评审')}报告没有批准发布日期", (at(report, "issued"),), "批准并发布报告")
    if held and audit and held.day < audit.day:
        yield Fault(
            f"{facts.say('管理评审')}（{held.day}）早于{facts.say('内审')}报告（{audit.day}）",
            (held.place, audit.place),
            f"{facts.say('内审')}报告以后重新评审",
        )
    if issued and issued.day > facts.today:
        yield Fault(
            f"{facts.say('管理评审')}报告 {issued.day} 才发布",
            (issued.place, f"申请日 {facts.today}"),
            "发布以后再申请",
        )
    yield from _chair(facts)


def _chair(facts: Facts) -> Iterator[Fault]:
    top = facts.client.post("top_manager")
    plan = facts.one(EntryKind.REVIEW_PLAN)
    chair = plan.text("chair") if plan else ""
    if plan and top and chair and chair != top.name:
        place = f"{facts.client.place('top_manager')} top_manager {top.name}"
        yield Fault(
            f"{facts.say('管理评审')}由 {chair} 主持，不是{facts.say('最高管理者')}",
            (at(plan, f"chair {chair}"), place),
            f"由{facts.say('最高管理者')}主持",
        )


def _decided(facts: Facts) -> tuple[Entry, ...]:
    """The last record with which the standard says that its review is over."""
    form = facts.standard.head.done_by.get("管理评审")
    return facts.records(form)[-1:] if form and facts.of(EntryKind.AUDIT_REPORT) else ()


@rule("review.recorded", of=_decided)
def decided_after_audit(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Where a record stands for the review, the last one follows the last audit report and was held by today."""
    held = own_day(record)
    audit = milestone(facts.one(EntryKind.AUDIT_REPORT), "issued", facts)
    if held and audit and held.day < audit.day:
        message = f"最近一次{facts.say('管理评审')}（{held.day}）早于{facts.say('内审')}报告（{audit.day}）"
        yield Fault(message, (held.place, audit.place), f"{facts.say('内审')}报告以后再开会作决定，登记纪要")
    if held and held.day > facts.today:
        places = (held.place, f"申请日 {facts.today}")
        yield Fault(f"{facts.say('管理评审')}到 {held.day} 才开", places, "开过以后再申请")


def _base(facts: Facts) -> tuple[Specification, ...]:
    """What the standard that is asked about wants issued: in a client of several, not what only another wants."""
    mine = (each for each in facts.applicable if facts.standard.key in each.editions)
    return tuple(each for each in mine if each.kind in BASE_KINDS and each.audience == "client")


@rule("documents.issued", of=_base)
def document_is_issued(specification: Specification, facts: Facts) -> Fault | None:
    """Manual, systems, flows and appointments were generated, approved and issued."""
    title = specification.title_in(facts.client.edition)
    document = facts.document(specification.id)
    if document is None:
        return Fault(f"《{title}》还没有生成", (specification.id,), f"gbtool generate {specification.id}")
    if not document.in_force:
        return Fault(f"《{title}》还没有发布", (document.path or specification.id,), f"gbtool issue {specification.id}")
    if not document.holds_for(*facts.client.standards):
        fix = f"gbtool generate {specification.id}，再 gbtool issue"
        return Fault(f"《{title}》在用的还是 {document.holds} 版", (document.path or specification.id,), fix)
    if not document.present:
        return Fault(f"《{title}》的文件不见了", (document.path,), f"找回文件，或 gbtool generate {specification.id}")
    return None


@rule("penalties.none", of=lambda facts: tuple(d for d in facts.of(EntryKind.DECLARATION) if d.id == "penalties")[-1:])
def penalties_declared_none(declaration: Entry, facts: Facts, months: int) -> Iterator[Fault]:
    """A named person declared on a day that nobody was punished from a year before the system until now."""
    place = at(declaration)
    by, on = declaration.text("declared_by"), as_date(declaration.text("date"))
    if not by or on is None:
        fix = "gbtool ledger declare penalties --by 姓名 --on 日期"
        yield Fault("“无行政处罚”没有写明由谁在哪天声明", (place,), fix)
    first, last = as_date(declaration.text("from")), as_date(declaration.text("to"))
    needed = add_months(facts.effective, -months) if facts.effective else None
    if needed and (first is None or first > needed):
        yield Fault(
            f"声明没有覆盖到 {needed}（体系实施前 {months} 个月）", (place, f"实施日 {facts.effective}"), "重新声明"
        )
    if last is None or last < facts.today:
        yield Fault(
            f"声明只到 {last or '（没有写）'}，申请日是 {facts.today}", (place, f"申请日 {facts.today}"), "重新声明"
        )


@rule("credits.done", of=lambda facts: facts.of(EntryKind.CREDIT))
def credits_before_application(credit: Entry, facts: Facts) -> Fault | None:
    """Credits on the learning platform were earned before the application."""
    done = as_date(credit.text("credits_done"))
    if done and done <= facts.today:
        return None
    return Fault(f"{credit.text('name')} 的学分还没有完成", (at(credit),), "完成学习")


@rule("effectiveness.baseline", of=lambda facts: facts.of(EntryKind.EFFECTIVENESS))
def baseline_is_there(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """The effectiveness test compares figures before and after: the same periods as its table, a number of each."""
    fix = "补齐两期数据：gbtool audit effectiveness report；贯标前的事后补不出来"
    if not (entry.mapping("baseline") and entry.mapping("compared")):
        yield Fault("有效性检验缺贯标前或贯标后的数据", (at(entry),), fix)
        return
    table = next((record for record in facts.records("rec-performance") if record.id == entry.text("data")), None)
    if table is None:
        yield Fault(f"有效性检验引的数据表“{entry.text('data')}”台账里没有", (at(entry, "data"),), fix)
        return
    for name, part in (("基准期", "baseline"), ("统计期", "compared")):
        period = f"{entry.mapping(part).get('from')}至{entry.mapping(part).get('to')}"
        if str(table.mapping("head").get(name)) != period:
            message = f"检验的期间 {period} 与数据表的{name}不同"
            yield Fault(message, (at(entry, part), at(table, name)), "两处改成一样")
    if not any(
        row.get("基准期数值") not in (None, "") and row.get("本期数值") not in (None, "") for row in table.rows()
    ):
        yield Fault(f"{table.id} 没有一个指标有前后两个数", (at(table),), fix)


@rule("rights.some", of=once)
def some_right_is_there(facts: Facts, _: Facts) -> Fault | None:
    """The client has at least one right."""
    if facts.of(EntryKind.RIGHT):
        return None
    return Fault("台账里没有一件知识产权", ("台账 right",), "登记权利；一件都没有的，申请可能被拒")
