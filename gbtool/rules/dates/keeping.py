"""Rights, laws, documents and money kept in order (DT-44, DT-45, DT-47, DT-48, DT-51, DT-53, DT-57, DT-59, DT-66)."""

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.fees import surcharge_rate
from gbtool.rules.deadlines.periods import ends, rolled
from gbtool.rules.engine import Fault, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import Dated, after, all_dated, approved_day, at, dated, span
from gbtool.structs import Frozen

LIST_MONTHS = 12
# The rules of checklists/deadlines/ that say how long: grace by what is done, priority by kind of right.
GRACE = {"年费": "PAT-ANN-GRACE", "续展": "TM-GRACE"}
PRIORITY = {"发明": "PAT-PRIO-INV", "实用新型": "PAT-PRIO-INV", "外观设计": "PAT-PRIO-DES", "商标": "TM-PRIO"}
EXAMINED = ("发明", "实用新型")  # 专利法第19条
RECALL_WORKDAYS = 5
ANNUITY, EXTENSION = "年费", "续展"
_OFFICIAL = re.compile(r"年费|官费|续展|注册费|申请费")
_VERSION = re.compile(r"^([A-Z])/?(\d+)$")
_YEARS = re.compile(r"(\d+)\s*年")
_PATENT = re.compile(r"^(ZL)?20\d{10}")


def _row_day(record: Entry, number: int, row: Mapping[str, object], column: str) -> Dated | None:
    day = as_date(row.get(column))
    where = f"第{number}行{column}"
    return Dated(day, f"{record.id} {where}", at(record, f"{where} {day}")) if day else None


@rule("DT-44", of=lambda facts: facts.records("rec-deadline-monitor"))
def handled_in_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Fees and renewals are handled by the last day, or within the time of grace with proof of the surcharge."""
    for number, row in enumerate(record.rows(), 1):
        raw, done = _row_day(record, number, row, "法定截止日"), _row_day(record, number, row, "办理日期")
        if not (raw and done and row.get("事项") in (ANNUITY, EXTENSION)) or row.get("处理意见") == "放弃":
            continue
        last = rolled(raw.day, facts.calendar).last
        grace = facts.deadlines.rules.get(GRACE[str(row.get("事项"))])
        if done.day <= last or grace is None:
            continue
        places, until = (done.place, raw.place), ends(grace, raw.day, facts.calendar).last
        if done.day > until:
            fix = "核对权利是否已经终止；办理了恢复的另附凭证"
            yield Fault(f"{done} 超过 {raw} 后的宽限期（{until}）", places, fix)
        elif not row.get("滞纳金或延迟费凭证号") and not _free(row, raw, done, facts):
            yield Fault(
                f"{done} 晚于截止日（{last}），没有滞纳金或延迟费凭证号", places, "补登凭证号；没有交的尽快补交"
            )


def _free(row: Mapping[str, object], raw: Dated, done: Dated, facts: Facts) -> bool:
    """An annuity that is late in the first tier has no surcharge (PAT-SURCHARGE)."""
    charge = facts.deadlines.rules.get("PAT-SURCHARGE")
    return row.get("事项") == ANNUITY and charge is not None and surcharge_rate(charge, raw.day, done.day) == 0


@rule("DT-45", of=lambda facts: facts.records("rec-abandon", "rec-license-review", "rec-ownership-change"))
def approved_before_disposal(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Abandoning, assigning and licensing are approved before they take effect; a patent licence is filed in time."""
    approved = approved_day(record)
    columns = ("生效日期", "合同生效日期", "登记公告日")
    for effective in itertools.chain.from_iterable(all_dated(record, name) for name in columns):
        if after(facts.effective, effective):
            yield from chain([approved, effective], "先审批，后生效")
    yield from _filed_in_time(record, facts)


def _filed_in_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    head = record.mapping("head")
    effective, filed = dated(record, "合同生效日期"), dated(record, "备案或登记日期")
    licence = str(head.get("交易类型") or "").startswith("许可") and _PATENT.match(str(head.get("标的") or ""))
    if not (licence and effective and after(facts.effective, effective)):
        return
    rule_ = facts.deadlines.rules.get("PAT-LICENSE-FILE")
    last = ends(rule_, effective.day, facts.calendar).last if rule_ else facts.today
    if (filed.day if filed else facts.today) > last:
        what = f"{filed} 晚于" if filed else f"{record.id} 还没有备案，已过"
        places = (filed.place if filed else at(record), effective.place)
        yield Fault(f"{what}专利许可合同生效后三个月（{last}）", places, "尽快办理备案，写明迟延原因")


@rule("DT-47", of=lambda facts: facts.records("reg-laws"))
def law_in_force(record: Entry, facts: Facts) -> Iterator[Fault]:
    """What the list of laws calls in force is so on the day of the list, and the list is checked within a year."""
    day = dated(record, "更新日期") or Dated(record.day or facts.today, record.id, at(record))
    for number, row in enumerate(record.rows(), 1):
        start, end = _row_day(record, number, row, "施行日期"), _row_day(record, number, row, "废止日期")
        name, state = row.get("名称"), row.get("状态")
        if state == "现行有效" and start and start.day > day.day:
            yield Fault(f"《{name}》标“现行有效”，{start.day} 才施行", (start.place, day.place), "改为“尚未施行”")
        elif state == "现行有效" and end and end.day <= day.day:
            yield Fault(f"《{name}》标“现行有效”，{end.day} 已废止", (end.place, day.place), "改为“已废止”")
        elif state == "尚未施行" and start and start.day <= day.day:
            yield Fault(f"《{name}》标“尚未施行”，{start.day} 已施行", (start.place, day.place), "改为“现行有效”")
        checked = _row_day(record, number, row, "上次核对日期")
        if checked and record is facts.records("reg-laws")[-1] and facts.today > add_months(checked.day, LIST_MONTHS):
            yield Fault(
                f"《{name}》{checked.day} 以后超过 12 个月没有核对", (checked.place,), "重新核对清单", soft=True
            )


def _version(text: object) -> tuple[str, int] | None:
    found = _VERSION.match(str(text or "").strip())
    return (found.group(1), int(found.group(2))) if found else None


@rule("DT-48", of=lambda facts: facts.records("rec-doc-change"))
def change_in_order(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A change is asked for, approved, then takes effect; the new version is above the old, which is called in."""
    effective = dated(record, "生效日期")
    yield from chain([dated(record, "申请日期"), approved_day(record), effective])
    head = record.mapping("head")
    old, new = _version(head.get("原版本")), _version(head.get("新版本"))
    if old and new and new <= old:
        places = (at(record, f"原版本 {head.get('原版本')}"), at(record, f"新版本 {head.get('新版本')}"))
        yield Fault(f"新版本 {head.get('新版本')} 不高于原版本 {head.get('原版本')}", places, "核对版本号")
    last = facts.calendar.add_workdays(effective.day, RECALL_WORKDAYS) if effective else None
    for given in facts.records("rec-doc-distribution") if effective and last else ():
        given_head = given.mapping("head")
        if (given_head.get("文件编号"), given_head.get("版本")) != (head.get("编号"), head.get("原版本")):
            continue
        for recalled in all_dated(given, "回收日期"):
            if last and recalled.day > last:
                places = (recalled.place, effective.place if effective else at(record))
                yield Fault(f"旧版 {recalled} 晚于新版实施后五个工作日（{last}）", places, "写明晚收的原因", soft=True)


class _Period(Frozen):
    goal: str
    first: date
    last: date
    record: Entry


def _periods(facts: Facts) -> tuple[_Period, ...]:
    found = []
    for record in facts.records("rec-target-assessment"):
        days = span(record.mapping("head").get("统计周期"))
        found += [_Period(str(row.get("目标")), *days, record) for row in record.rows()] if days else []
    return tuple(sorted(found, key=lambda each: (each.goal, each.first)))


@rule("DT-51", of=lambda facts: facts.records("rec-target-assessment"))
def counted_after_the_period(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Figures are counted after their period ended, and before the review that uses them."""
    days, counted = span(record.mapping("head").get("统计周期")), dated(record, "统计日期")
    if days:
        yield from chain([Dated(days[1], f"{record.id} 周期末", at(record, f"统计周期 {days[1]}")), counted])
    for used in facts.records("rec-review-input"):
        if record.id in str(used.data):
            yield from chain([counted, dated(used, "日期")], "评审用的统计应在输入材料之前做出")


@rule("DT-51", of=lambda facts: tuple(itertools.pairwise(_periods(facts))))
def periods_meet(pair: tuple[_Period, _Period], facts: Facts) -> Fault | None:
    """The periods of one goal follow each other without a hole and without overlap."""
    one, next_ = pair
    if one.goal != next_.goal or next_.first == one.last + timedelta(days=1):
        return None
    what = "重叠" if next_.first <= one.last else "中间空着"
    places = (
        at(one.record, f"统计周期 {one.first}至{one.last}"),
        at(next_.record, f"统计周期 {next_.first}至{next_.last}"),
    )
    return Fault(f"目标“{one.goal}”的两个统计周期{what}", places, "核对统计周期；漏统计的补统计并写明实际日期")


@rule("DT-53", of=lambda facts: facts.records("rec-destroy"))
def kept_long_enough(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Nothing is destroyed before its time, and nothing of a dispute that is still open."""
    disposed = dated(record, "处置日期")
    open_disputes = {
        str(r.mapping("head").get("涉及权利") or ""): r
        for r in facts.records("rec-dispute")
        if str(r.mapping("foot").get("结果") or "审理中") in ("", "审理中", "处理中")
    }
    for number, row in enumerate(record.rows(), 1):
        formed, term = _row_day(record, number, row, "形成日期"), str(row.get("保管期限") or "")
        years = _YEARS.search(term)
        if row.get("处置方式") == "销毁" and term.startswith("永久"):
            yield Fault(f"{record.id} 第{number}行保管期限是永久，却销毁了", (at(record, f"第{number}行"),), "如实说明")
        elif formed and disposed and years and disposed.day < add_months(formed.day, 12 * int(years.group(1))):
            places = (disposed.place, formed.place)
            yield Fault(f"{disposed} 时保管不满{term}（{formed.day} 形成）", places, "如实说明；没有处置的停止处置")
        dispute = open_disputes.get(str(row.get("编号") or "")) if row.get("编号") else None
        if dispute:
            places = (at(record, f"第{number}行"), at(dispute))
            yield Fault(f"{row.get('编号')} 涉及未结的争议 {dispute.id}", places, "争议未结，不处置")


@rule("DT-57", of=lambda facts: facts.records("rec-dispute", "rec-external-docs"))
def answered_in_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    """What came from outside is dealt with after it came and by the day that the law or the letter sets."""
    received = dated(record, "发现或收到日期")
    for number, row in enumerate(record.rows(), 1):
        came = received or _row_day(record, number, row, "取得日期")
        done = _row_day(record, number, row, "日期") or _row_day(record, number, row, "处理完成日期")
        last = _row_day(record, number, row, "法定期限") or _row_day(record, number, row, "处理期限")
        yield from chain([came, done])
        if last:
            until = rolled(last.day, facts.calendar).last
            late = not_after(done, Dated(until, last.what, last.place), "写明逾期的原因和补救")
            if late:
                yield late


@rule("DT-59", of=lambda facts: facts.records("rec-expense-ledger"))
def spent_within_budget(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Money of the budget is spent after the budget was approved, in its year, after the contract or notice."""
    for number, row in enumerate(record.rows(), 1):
        spent = _row_day(record, number, row, "支出日期")
        if not (spent and after(facts.effective, spent)):
            continue
        yield from chain([_row_day(record, number, row, "合同或缴费通知日期"), spent])
        budget = _budget(facts, spent.day.year)
        if budget is None and facts.records("rec-budget"):
            place = at(facts.records("rec-budget")[-1], "预算年度")
            yield Fault(f"{spent} 不在任何一份预算的年度里", (spent.place, place), "核对预算年度", soft=True)
        elif budget and not _OFFICIAL.search(f"{row.get('科目')}{row.get('事项')}"):
            yield from chain([approved_day(budget), spent], "先批预算，后支出")


def _budget(facts: Facts, year: int) -> Entry | None:
    """The first budget of a year."""
    found = facts.records("rec-budget")
    return next((b for b in found if str(b.mapping("head").get("预算年度") or "").startswith(str(year))), None)


@rule("DT-66", of=lambda facts: facts.records("rec-apply-approval"))
def allowed_before_filing_abroad(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Inventions made in China are examined for secrecy before filing abroad; priority is claimed in its months."""
    foot = record.mapping("foot")
    kind, route = str(foot.get("境外权利种类") or ""), foot.get("境外途径")
    abroad, first = dated(record, "境外申请日期"), dated(record, "首次申请日期")
    if abroad and route == "直接向外国" and kind in EXAMINED:
        examined = dated(record, "保密审查准许日期")
        yield from chain([examined, abroad], "先取得保密审查准许，再向外国申请")
        if examined is None:
            yield Fault(
                f"{abroad} 以前没有保密审查准许", (abroad.place, at(record)), "补登准许日期；没有请求的交法务处理"
            )
    if abroad and first and str(foot.get("是否要求优先权")) in ("True", "true", "是") and kind in PRIORITY:
        rule_ = facts.deadlines.rules.get(PRIORITY[kind])
        until = ends(rule_, first.day, facts.calendar).last if rule_ else abroad.day
        if abroad.day > until:
            why = f"{kind}优先权期（到 {until}）"
            yield Fault(f"{abroad} 超过{why}", (abroad.place, first.place), "核对是否仍主张优先权或已办恢复")
