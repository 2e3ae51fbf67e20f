"""Chains of the business: research, filing, purchase, contracts, market, fairs, trade (DT-31 to DT-42, DT-46)."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.periods import ends
from gbtool.rules.engine import Fault, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import Dated, after, all_dated, approved_day, at, dated, own_day

SEARCHED = ("发明", "实用新型")


def _row_day(facts: Facts, key: str, row: Mapping[str, object], column: str) -> Dated | None:
    """A date of a row of client.yaml with its place."""
    day = as_date(row.get(column))
    name = next((str(row[c]) for c in ("编号", "合同", "展会", "产品", "名称") if row.get(c)), "")
    return Dated(day, f"{name} {column}", f"{facts.client.place(key)} {key} {name} {column} {day}") if day else None


def _by(facts: Facts, form: str, field: str, value: object) -> tuple[Entry, ...]:
    return tuple(e for e in facts.records(form) if value and any(v == str(value) for _, v in e.values(field)))


@rule("DT-31", of=lambda facts: facts.client.rows("rd_projects"))
def searched_before_project(row: Mapping[str, object], facts: Facts) -> Iterator[Fault]:
    """Search, review, start of a project, in this order, for projects started after the system took effect."""
    start = _row_day(facts, "rd_projects", row, "启动")
    if not after(facts.effective, start):
        return
    searches = _by(facts, "rec-search-report", "项目编号", row.get("编号"))
    reviews = _by(facts, "rec-project-review", "编号", row.get("编号"))
    search = dated(searches[0], "检索日期") if searches else None
    report = own_day(searches[0]) if searches else None
    review = dated(reviews[0], "评审日期") if reviews else None
    yield from chain([search, review, start], "先检索、再评审、后启动；已经倒置的如实说明，不改日期")
    late = not_after(report, review, "检索报告应在评审前完成")
    if late and not not_after(search, review):
        yield late


@rule("DT-31", of=lambda facts: facts.records("rec-track-search"))
def tracked_within_project(record: Entry, facts: Facts) -> Fault | None:
    """Follow-up searches lie within the project."""
    number = str(record.mapping("head").get("项目编号") or "")
    row = next((r for r in facts.client.rows("rd_projects") if r.get("编号") == number), None)
    start = _row_day(facts, "rd_projects", row, "启动") if row else None
    return not_after(start, dated(record, "检索日期"))


@rule("DT-32", of=lambda facts: facts.records("rec-search-report", "rec-pre-search"))
def data_before_search(record: Entry, facts: Facts) -> list[Fault]:
    """Data are cut off, searched, reported, in this order."""
    return chain([dated(record, "数据截止日"), dated(record, "检索日期"), own_day(record)])


@rule("DT-33", of=lambda facts: facts.records("rec-outcome-eval"))
def result_after_start(record: Entry, facts: Facts) -> Fault | None:
    """Results of a project are evaluated after it began."""
    number = str(record.mapping("head").get("项目编号") or "")
    row = next((r for r in facts.client.rows("rd_projects") if r.get("编号") == number), None)
    start = _row_day(facts, "rd_projects", row, "启动") if row else None
    return not_after(start, dated(record, "评估日期"))


@rule("DT-34", of=lambda facts: facts.records("rec-apply-approval"))
def approved_before_filing(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Disclosure, search, approval, filing: in this order (design, trademark and copyright: approval before filing)."""
    title, kind = str(record.mapping("head").get("名称") or ""), str(record.mapping("head").get("类型") or "")
    filing = _filing(facts, title) or dated(record, "申请日期")
    if not (filing and after(facts.effective, filing)):
        return
    approved = approved_day(record)
    yield from chain([approved, filing], "审批在先，申请在后")
    if kind in SEARCHED:
        disclosed = next(iter(_by(facts, "rec-disclosure", "名称", title)), None)
        searched = next(iter(_by(facts, "rec-pre-search", "主题", title)), None)
        yield from chain([dated(disclosed, "申报日期"), dated(searched, "检索日期"), approved])


def _filing(facts: Facts, title: str) -> Dated | None:
    for right in facts.of(EntryKind.RIGHT):
        name, day = right.text("名称"), as_date(right.text("申请日"))
        if title and day and (name == title or title in name or name in title):
            return Dated(day, f"{name} 申请日", at(right, f"申请日 {day}"))
    return None


@rule("DT-35", of=lambda facts: facts.records("rec-info-release"))
def approved_before_release(record: Entry, facts: Facts) -> Fault | None:
    """What is made public was approved before."""
    return not_after(approved_day(record), dated(record, "拟发布日期"), "先审批，后发布")


@rule("DT-36", of=lambda facts: facts.records("rec-ownership-proof", "rec-supplier-survey"))
def supplier_checked_before_contract(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Suppliers' rights are checked before a contract is signed after the system took effect."""
    checked = dated(record, "核验日期") or dated(record, "调查日期")
    for contract in facts.of(EntryKind.CONTRACT):
        named = any(value == contract.id for _, value in record.values("合同号"))
        same = (
            contract.text("对方") == str(record.mapping("head").get("供方名称") or "")
            and contract.text("类型") == "采购"
        )
        signed = as_date(contract.text("签订日期"))
        if (named or same) and signed:
            day = Dated(signed, f"{contract.id} 签订日期", at(contract, f"签订日期 {signed}"))
            fault = not_after(checked, day, "先核验，再签订") if after(facts.effective, day) else None
            if fault:
                yield fault


@rule("DT-37", of=lambda facts: facts.of(EntryKind.CONTRACT))
def contract_reviewed_before_signing(contract: Entry, facts: Facts) -> Iterator[Fault]:
    """A contract is reviewed before it is signed."""
    signed = as_date(contract.text("签订日期"))
    day = Dated(signed, f"{contract.id} 签订日期", at(contract, f"签订日期 {signed}")) if signed else None
    if not (day and after(facts.effective, day)):
        return
    reviews = _by(facts, "rec-contract-review", "编号", contract.id)
    review = dated(reviews[0], "审查日期") if reviews else None
    listed = as_date(contract.text("审查日期"))
    review = review or (
        Dated(listed, f"{contract.id} 审查日期", at(contract, f"审查日期 {listed}")) if listed else None
    )
    if review is None:
        yield Fault(
            f"{contract.id} 没有审查记录", (day.place, "rec-contract-review"), "补审并写明是签订后补审", soft=True
        )
        return
    fault = not_after(review, day, "先审查，再签订；已经倒置的如实说明，不改日期")
    if fault:
        yield fault


@rule("DT-37", of=lambda facts: facts.records("rec-contract-change"))
def change_reviewed_before_signing(record: Entry, facts: Facts) -> Fault | None:
    """A change of a contract is reviewed before it is signed."""
    return not_after(own_day(record), dated(record, "变更日期"))


@rule("DT-38", of=lambda facts: facts.client.rows("tech_improvements"))
def improvement_evaluated_first(row: Mapping[str, object], facts: Facts) -> list[Fault]:
    """An improvement is proposed, evaluated, then put into practice."""
    return chain([_row_day(facts, "tech_improvements", row, name) for name in ("提出日", "评估日", "实施日")])


@rule("DT-39", of=lambda facts: facts.client.rows("products_launched"))
def reviewed_before_launch(row: Mapping[str, object], facts: Facts) -> Fault | None:
    """A product is reviewed before it is launched."""
    review = _row_day(facts, "products_launched", row, "审查日")
    return not_after(review, _row_day(facts, "products_launched", row, "上市日"))


@rule("DT-39", of=lambda facts: facts.records("rec-launch-review", "rec-ad-review"))
def reviewed_before_publishing(record: Entry, facts: Facts) -> Fault | None:
    """Launches and advertisements are reviewed before the day that is planned for them."""
    planned = dated(record, "拟上市日期") or dated(record, "拟发布日期")
    return not_after(dated(record, "审查日期") or approved_day(record), planned)


@rule("DT-40", of=lambda facts: facts.client.rows("exhibitions"))
def fair_in_order(row: Mapping[str, object], facts: Facts) -> Iterator[Fault]:
    """Review and material come before the fair opens, monitoring lies within, the summary comes after it closes."""
    opening, closing = (_row_day(facts, "exhibitions", row, name) for name in ("起", "止"))
    name = row.get("展会")
    for form, field in (("rec-expo-review", "审查日期"), ("rec-expo-kit", "准备日期")):
        for record in _by(facts, form, "展会名称", name):
            fault = not_after(dated(record, field), opening, "开展前完成；已经晚了的如实说明")
            if fault:
                yield fault
    for record in _by(facts, "rec-expo-monitor", "展会名称", name):
        yield from chain([opening, dated(record, "日期"), closing])
    for record in _by(facts, "rec-expo-summary", "展会名称", name):
        yield from _summary(dated(record, "总结日期") or own_day(record), closing, facts)


def _summary(summary: Dated | None, closing: Dated | None, facts: Facts) -> Iterator[Fault]:
    yield from chain([closing, summary])
    within = facts.periods["expo.summary"]
    last = within.after(closing.day, facts.calendar) if closing else None
    if summary and closing and last and summary.day > last:
        yield Fault(f"{summary} 晚于闭展后{within}（{last}）", (summary.place, closing.place), "写明原因", soft=True)


@rule("DT-41", of=lambda facts: facts.records("rec-ie-review"))
def reviewed_before_customs(record: Entry, facts: Facts) -> Fault | None:
    """Import or export is reviewed before it is declared to customs."""
    review, declared = dated(record, "审查日期"), dated(record, "报关日期")
    return not_after(review, declared, "先审查，后报关") if after(facts.effective, declared) else None


@rule("DT-41", of=lambda facts: facts.records("rec-destination-survey"))
def destination_surveyed_recently(record: Entry, facts: Facts) -> Fault | None:
    """A survey of a destination is not older than the texts allow."""
    surveyed, lasting = dated(record, "调查日期"), facts.periods["destination.renew"]
    last = lasting.after(surveyed.day, facts.calendar) if surveyed else None
    if surveyed is None or last is None or facts.today <= last:
        return None
    return Fault(f"{surveyed} 已过{lasting}", (surveyed.place, f"今天 {facts.today}"), "更新目的地调查", soft=True)


@rule("DT-42", of=lambda facts: facts.records("reg-customs"))
def recordal_within_right(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A customs recordal ends no later than its right, and after ten years at most (知识产权海关保护条例第10条)."""
    for row in record.rows():
        end, start = as_date(row.get("备案失效日")), as_date(row.get("备案生效日"))
        if end is None:
            continue
        where = at(record, f"第{row.get('序号')}行备案失效日 {end}")
        right = _right_end(facts, str(row.get("注册号或专利号") or "")) or _named_end(record, row)
        if right and end > right.day:
            message = f"备案失效日 {end} 晚于 {right}"
            yield Fault(message, (where, right.place), "备案随基础权利到期；续展后再办备案续展")
        if start and end > add_months(start, 120):
            yield Fault(f"备案失效日 {end} 超过生效后十年", (where, at(record, f"备案生效日 {start}")), "核对备案证书")


def _right_end(facts: Facts, number: str) -> Dated | None:
    for right in facts.of(EntryKind.RIGHT):
        if number and number in (right.text("注册号"), right.text("专利号"), right.text("申请号")):
            name = "专用期至" if right.text("专用期至") else "届满日"
            day = as_date(right.text(name))
            return Dated(day, f"{number} {name}", at(right, f"{name} {day}")) if day else None
    return None


def _named_end(record: Entry, row: Mapping[str, object]) -> Dated | None:
    day = as_date(row.get("基础权利到期日"))
    return Dated(day, "基础权利到期日", at(record, f"基础权利到期日 {day}")) if day else None


@rule("DT-46", of=lambda facts: facts.records("rec-reward"))
def rewarded_in_time(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A grant is rewarded after it is published and within three months, or as the system says (细则第92、93条)."""
    number = str(record.mapping("head").get("申请号或登记号") or "")
    granted = _granted(facts, number) or dated(record, "授权公告日")
    if granted is None:
        return
    reward = facts.deadlines.rules.get("PAT-REWARD")
    last = ends(reward, granted.day, facts.calendar).last if reward else date.max
    late = [paid for paid in all_dated(record, "发放日期") if paid.day > last]
    if late:
        message = f"{late[0]} 晚于 {granted} 后三个月（{last}）"
        yield Fault(message, (late[0].place, granted.place), "写明晚发的原因；制度另有期限的写明")
    for paid in all_dated(record, "发放日期"):
        yield from chain([granted, approved_day(record), paid])


def _granted(facts: Facts, number: str) -> Dated | None:
    for right in facts.of(EntryKind.RIGHT):
        day = as_date(right.text("授权公告日"))
        if (
            number
            and day
            and number in (right.text("申请号"), right.text("专利号"), right.text("专利号").removeprefix("ZL"))
        ):
            return Dated(day, f"{number} 授权公告日", at(right, f"授权公告日 {day}"))
    return None
