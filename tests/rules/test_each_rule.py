"""Each rule of dates and consistency: it passes on the clean example and finds what a small change plants."""

from collections.abc import Callable
from datetime import date

import pytest

from engagement import answered, put, with_entry, without
from gbtool.model.checklist import Share
from gbtool.model.document import Document, DocumentKind, Doubt
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.engine import RULES, ask
from gbtool.rules.report import check, check_names
from gbtool.structs import replace

Change = Callable[[Facts], Facts]
JL = "LW-IPM-JL"
CASES_ELSEWHERE = tuple(f"ND-0{number}" for number in range(1, 8))  # test_innovation_dates.py


def sets(id_: str, *path: str | int, value: object) -> Change:
    """A change of one value in an entry's data."""
    return lambda facts: with_entry(facts, id_, lambda data: put(data, *path, value=value))


def dated(id_: str, day: str, entered: str = "") -> Change:
    """A change of the day (and of the day of entry) of an entry."""
    return lambda facts: with_entry(facts, id_, lambda _: None, date=day, **({"entered": entered} if entered else {}))


def answers(**values: object) -> Change:
    """A change of the client's answers."""
    return lambda facts: answered(facts, **values)


def row(facts: Facts, key: str, number: int, **values: object) -> Facts:
    """A change of one row of a table answer."""
    rows = [dict(each) for each in facts.client.rows(key)]
    rows[number].update(values)
    return answered(facts, **{key: rows})


def drops(form: str) -> Change:
    """Facts without the records of a form."""
    return lambda facts: without(facts, form=form)


def signs(id_: str, role: str, name: str) -> Change:
    """A change of who signed a record in a role."""

    def change(data: dict[str, object]) -> None:
        found = data["sign"]
        assert isinstance(found, list)
        data["sign"] = [{**each, "name": name} if each["role"] == role else each for each in found]
        assert data["sign"] != found, f"{id_} has no {role}"

    return lambda facts: with_entry(facts, id_, change)


def _doubted(doubt: Doubt) -> Change:
    """A system in force about which there is a doubt."""
    document = Document(
        "sys-reward", DocumentKind.SYSTEM, "LW-IPM-ZD-04", "制度", "A/0", "制度.docx", "", "", issued="2026-05-15"
    )
    return lambda facts: replace(facts, documents=(document,), doubts={document.id: (doubt,)})


def added(entry: Entry) -> Change:
    """Facts with one entry more."""
    return lambda facts: replace(facts, entries=(*facts.entries, entry))


def renamed(old: str, new: str, day: str) -> Change:
    """A department that got another name."""
    return added(Entry(EntryKind.DEPARTMENT, old, day, data={"原名": old, "新名": new, "起": day}))


def post(name: str, **values: str) -> Change:
    """A post of somebody."""
    return added(Entry(EntryKind.POSITION, name, data={"姓名": name, **values}))


def approved_document(name: str) -> Document:
    """The manual as somebody approved and issued it."""
    return Document(
        *("ip-manual", DocumentKind.MANUAL, "LW-IPM-01", "手册", "A/0", "文件/手册.docx", "", ""),
        approved_by=name,
        approved="2026-05-14",
        issued="2026-05-15",
        effective="2026-05-18",
    )


def _unowned(facts: Facts) -> Facts:
    return replace(facts, matrix=(Share("leadership.policy", "it-does-not-exist"),))


def _unasked(facts: Facts) -> Facts:
    return answered(facts, ip_policy=None)


FACT = "审核记录（看到的事实、文件编号、日期、人名）"


def record(form: str, sign: str = "2026-06-15", **data: object) -> Change:
    """Facts with one more filled form."""
    signed = {"sign": [{"role": "批准", "name": "沈知远", "date": sign}], **data}
    entry = Entry(EntryKind.RECORD, f"{form}-999", "2026-06-15", "2026-06-15", form, signed)
    return lambda facts: replace(facts, entries=(*facts.entries, entry))


def paper(document: str, **data: object) -> Change:
    """Facts with one more paper."""
    entry = Entry(EntryKind.PAPER, f"paper-{document}", form=document, data=data)
    return lambda facts: replace(facts, entries=(*facts.entries, entry))


def certificate(**more: object) -> Change:
    """The application went on to a certificate."""
    days = {"decision": "2026-12-10", "cert_start": "2026-12-10", "cert_end": "2029-12-09"}

    return lambda facts: with_entry(facts, "application", lambda data: data.update({**days, **more}))


def _kept(formed: str, term: str, **more: str) -> dict[str, str]:
    return {"形成日期": formed, "保管期限": term, "处置方式": "销毁", **more}


def _abroad(route: str, **days: str) -> dict[str, object]:
    return {"境外途径": route, "境外权利种类": "发明", "是否要求优先权": True, **days}


def _outside(**more: str) -> dict[str, object]:
    return {"来源": "外审", "开出日期": "2026-06-15", "提交期限（天）": 30, **more}


def _certified(facts: Facts, day: str) -> Facts:
    auditor = next(p for p in facts.of(EntryKind.PERSON) if p.text("姓名") == "柳映秋")
    return with_entry(facts, auditor.id, lambda data: put(data, "内审员证书日期", value=day))


def _left_by_the_ledger(facts: Facts) -> Facts:
    """The ledger says that somebody left, the roster of client.yaml does not."""
    person = next(p for p in facts.of(EntryKind.PERSON) if p.text("姓名") == "柳映秋")
    return with_entry(facts, person.id, lambda data: put(data, "离职日", value="2026-12-31"))


def _two_visits(facts: Facts) -> Facts:
    first = facts.records("svc-visit")[0]
    again = replace(first, id=f"{first.id}-x")
    return replace(facts, entries=(*facts.entries, again))


# Rule -> changes, each of which must make it find something.
def _unturned(facts: Facts) -> Facts:
    """Two periods of different length, and nobody says that counts are turned into years."""
    silent = sets("LW-IPM-BG-04", "method", value="")(facts)
    return sets(f"{JL}-22-03-001", "rows", 0, "说明", value="本期3件")(silent)


def _again(facts: Facts) -> Facts:
    """A certification body finds what the audit found in August."""
    head = {"责任部门": "采购部", "条款": "8（operation.business.purchase）", "开出日期": "2026-10-20"}
    return record("rec-corrective", head={"来源": "外审", **head})(facts)


FAULTY: dict[str, list[Change]] = {
    "NC-01": [_again],
    "NC-02": [record("rec-corrective", head=_outside(提交日期="2026-06-01"))],
    "CHK-PATENT": [
        sets("patent-ZL201419900013.1", "专利号", value="ZL12"),
        sets("application-202419901313.5", "申请号", value="202419901313.6"),
    ],
    "CN-03": [
        sets("LW-IPM-JH-08", "slots", 0, "department", value="不存在的部门"),
    ],
    "CN-04": [_unowned],
    "CN-05": [
        lambda facts: row(facts, "internal_auditors", 0, 部门="财务部"),
        sets("LW-IPM-JH-08", "compiled", "name", value="沈知远"),
        _left_by_the_ledger,
    ],
    "CN-06": [sets(f"{JL}-23-03-001", "foot", "原因分析", value="见 LW-IPM-JL-18-02-099")],
    "CN-09": [sets(f"{JL}-23-02-001", "rows", 0, "标准条款", value="GB/T 29490-2013 5.1")],
    "CN-10": [sets("paper-8-ip-manual", "facts", "patents", value="40")],
    "CN-11": [
        lambda facts: row(facts, "annual_targets", 0, 单位=""),
        lambda facts: row(facts, "annual_targets", 0, 责任部门="营销中心"),
    ],
    "CN-12": [sets(f"{JL}-23-02-001", "rows", 0, FACT, value="符合要求，已落实")],
    "CN-19": [lambda facts: row(facts, "contracts", 1, 对方信用代码="91500109MA0XDF001E")],
    "CN-23": [drops("rec-training-eval")],
    "CN-25": [
        added(Entry(EntryKind.ABSENT, "absent-x", form="rec-pre-search", data={"period": "2026-01-01至2026-12-31"}))
    ],
    "CN-14": [sets("policy", "statement", value="源于实研，权责分明，用权有据，守约致远。")],
    "CN-21": [sets(f"{JL}-23-02-001", "head", "受审核部门", value="别的部门")],
    "CN-22": [
        sets(f"{JL}-23-04-001", "rows", 0, "合计", value="7"),
        sets("LW-IPM-BG-02", "nonconformities", value=["LW-NC-2026-01"]),
        sets("LW-IPM-BG-02", "counts", "nonconformities", value="4"),
        sets(f"{JL}-23-03-001", "head", "编号", value="LW-NC-2026-11"),
        sets("LW-IPM-BG-03", "nonconformities_closed", value=["LW-NC-2026-09"]),
        sets(f"{JL}-24-01-001", "rows", 2, value={"输入项": "内审外审结果", "内容": "内审不符合4项，均已关闭"}),
    ],
    "DT-10": [
        lambda facts: sets(f"{JL}-07-02-001", "head", "培训主题", value="")(
            sets(f"{JL}-07-02-001", "head", "日期", value="2026-04-20")(facts)
        )
    ],
    "DT-11": [
        sets("credit-周屿川", "credits_done", value="2026-10-01"),
        lambda facts: _certified(facts, "2026-08-25"),
    ],
    "DT-44": [
        sets(f"{JL}-10-01-001", "rows", 0, "办理日期", value="2026-07-10"),
        sets(f"{JL}-10-01-001", "rows", 0, "办理日期", value="2027-01-10"),
    ],
    "DT-45": [
        record("rec-abandon", sign="2026-07-02", foot={"生效日期": "2026-07-01"}),
        record(
            "rec-license-review",
            head={"交易类型": "许可出", "标的": "ZL202419900100.X"},
            foot={"合同生效日期": "2026-06-30", "备案或登记日期": "2026-10-10"},
        ),
        record(
            "rec-license-review",
            head={"交易类型": "许可出", "标的": "ZL202419900100.X"},
            foot={"合同生效日期": "2026-06-01"},
        ),
    ],
    "DT-47": [
        sets("LW-IPM-TZ-01-001", "rows", 0, "施行日期", value="2027-01-01"),
        sets("LW-IPM-TZ-01-001", "rows", 0, "废止日期", value="2026-05-01"),
        sets("LW-IPM-TZ-01-001", "rows", 0, "状态", value="尚未施行"),
        lambda facts: replace(facts, today=date(2027, 10, 1)),
    ],
    "DT-48": [
        sets(f"{JL}-04-02-001", "head", "申请日期", value="2026-12-01"),
        sets(f"{JL}-04-02-001", "head", "新版本", value="A/0"),
        lambda facts: sets(f"{JL}-04-01-001", "rows", 0, "回收日期", value="2026-12-30")(
            sets(f"{JL}-04-02-001", "head", "编号", value="LW-IPM-01")(
                sets(f"{JL}-04-02-001", "head", "原版本", value="A/0")(facts)
            )
        ),
    ],
    "DT-51": [
        sets(f"{JL}-03-03-001", "head", "统计日期", value="2026-05-30"),
        sets(f"{JL}-03-03-002", "head", "统计周期", value="2026-06-10至2026-06-30"),
        sets(f"{JL}-03-03-002", "head", "统计周期", value="2026-05-20至2026-06-30"),
        lambda facts: sets(f"{JL}-24-01-001", "note", value=f"引用 {JL}-03-03-007")(
            sets(f"{JL}-03-03-007", "head", "统计日期", value="2026-09-08")(facts)
        ),
    ],
    "DT-53": [
        record("rec-destroy", head={"处置日期": "2026-08-01"}, rows=[_kept("2024-08-01", "3年")]),
        record("rec-destroy", head={"处置日期": "2026-08-01"}, rows=[_kept("2020-08-01", "永久")]),
        record("rec-destroy", head={"处置日期": "2026-08-01"}, rows=[_kept("2020-08-01", "3年", 编号="99001407")]),
    ],
    "DT-55": [
        sets(f"{JL}-23-02-001", "rows", 0, FACT, value=f"看了 {JL}-24-01-001"),
        lambda facts: sets(f"{JL}-23-02-001", "rows", 0, FACT, value=f"看了 {JL}-01-01-001")(
            dated(f"{JL}-01-01-001", "2026-05-01")(facts)
        ),
    ],
    "DT-57": [
        sets(f"{JL}-13-01-001", "rows", 1, "日期", value="2026-09-22"),
        sets(f"{JL}-13-01-001", "rows", 0, "日期", value="2026-06-01"),
        sets(f"{JL}-05-01-002", "rows", 0, "处理完成日期", value="2027-01-20"),
    ],
    "DT-58": [
        lambda facts: sets(f"{JL}-06-01-001", "head", "起止时间", value="10:00-11:00")(
            sets(f"{JL}-06-01-001", "head", "时间", value="2026-05-20")(facts)
        )
    ],
    "DT-59": [
        sets("LW-IPM-TZ-06-002", "rows", 0, "支出日期", value="2026-05-18"),
        sets("LW-IPM-TZ-06-002", "rows", 0, "支出日期", value="2027-05-18"),
        sets("LW-IPM-TZ-06-002", "rows", 0, "合同或缴费通知日期", value="2026-07-01"),
    ],
    "DT-65": [
        answers(contract_sign_date="2026-06-01"),
        answers(contract_end_date="2026-06-01"),
        _two_visits,
    ],
    "DT-66": [
        record("rec-apply-approval", foot=_abroad("直接向外国", 境外申请日期="2026-07-01")),
        record(
            "rec-apply-approval", foot=_abroad("直接向外国", 境外申请日期="2026-07-01", 保密审查准许日期="2026-08-01")
        ),
        record("rec-apply-approval", foot=_abroad("PCT", 境外申请日期="2027-08-02", 首次申请日期="2026-07-01")),
    ],
    "DT-67": [
        lambda facts: replace(facts, today=date(2027, 9, 1)),
        lambda facts: replace(facts, today=date(2028, 9, 1)),
    ],
    "DT-68": [
        paper("report-gap-transition", approved="2026-06-30"),
        lambda facts: sets("paper-8-ip-manual", "withdrawn", value="2026-05-01")(
            paper("report-gap-transition", approved="2026-03-30")(facts)
        ),
    ],
    "DT-63": [
        renamed("质量部", "品质部", "2026-04-01"),
        renamed("旧质量部", "质量部", "2026-11-01"),
    ],
    "SG-01": [
        signs(f"{JL}-07-10-001", "财务", "杜星野"),
        signs(f"{JL}-07-05-001", "部门负责人", "汪念一"),
        signs(f"{JL}-07-10-001", "知识产权部门", "汪念一"),
        post("邹明澈", 部门="综合管理部", 起="2012-01-01"),
    ],
    "SG-02": [
        signs(f"{JL}-24-02-001", "最高管理者", "沈知远"),
        added(
            Entry(
                *(EntryKind.RECORD, f"{JL}-24-03-999", "2026-09-16", "2026-09-16", "rec-review-tracking"),
                {"sign": [{"role": "管理者代表", "name": "梁若溪", "date": "2026-09-16"}]},
            )
        ),
        sets("paper-16-appt-auditors", "date", value="2026-08-30"),
    ],
    "SG-03": [
        sets("paper-8-ip-manual", "approved", "name", value="沈知远"),
        sets("paper-7-appt-policy", "signed_by", value="梁若溪"),
        lambda facts: replace(facts, documents=(approved_document("沈知远"),)),
    ],
    "SG-04": [signs(f"{JL}-04-02-001", "批准", "汪念一")],
    "DT-69": [
        certificate(surveillance=["2028-01-05"]),
        certificate(recert_end="2030-01-01"),
        certificate(cert_end="2029-12-01"),
        certificate(stage1="2026-09-01"),
        lambda facts: replace(certificate()(facts), today=date(2028, 3, 1)),
    ],
    "DT-70": [
        record("rec-corrective", head=_outside(提交日期="2026-08-01")),
        record("rec-corrective", head=_outside()),
    ],
    "DT-71": [sets(f"{JL}-13-01-001", "rows", 0, "措施", value="收到行政处罚决定")],
    "DT-01": [dated(f"{JL}-01-01-001", "2011-01-01"), dated("paper-3-appt-mr", "2010-01-01")],
    "DT-02": [sets("paper-8-ip-manual", "issued", value="2023-01-01")],
    "DT-03": [
        answers(diagnosis_period="2026-04-20至2026-05-01"),
        sets("paper-6-report-diagnosis", "date", value="2026-06-01"),
    ],
    "DT-04": [
        sets("paper-2-appt-ip-org", "date", value="2026-05-20"),
        sets("paper-3-appt-mr", "date", value="2026-05-13"),
    ],
    "DT-05": [
        sets("paper-8-ip-manual", "approved", "date", value="2026-05-11"),
        lambda facts: _all_days(facts, "2026-05-15"),
    ],
    "DT-06": [sets("paper-10-procedures", "effective", value="2026-05-01")],
    "DT-07": [dated(f"{JL}-01-01-001", "2026-05-01")],
    "DT-08": [
        sets("paper-7-appt-policy", "date", value="2026-06-20"),
        sets(f"{JL}-03-02-001", "head", "批准日期", value="2026-07-20"),
    ],
    "DT-09": [
        sets(f"{JL}-04-01-001", "rows", 0, "发放日期", value="2026-05-10"),
        sets(f"{JL}-04-01-001", "rows", 0, "发放日期", value="2026-06-30"),
    ],
    "DT-12": [
        sets("paper-8-ip-manual", "facts", "as_of", value="2026-06-01"),
        sets("paper-8-ip-manual", "facts", "as_of", value=""),
    ],
    "DT-13": [drops("rec-training-signin")],
    "DT-14": [
        sets("paper-14-plan-training", "date", value="2026-06-20"),
        sets(f"{JL}-07-03-001", "foot", "评价日期", value="2026-06-01"),
        sets(f"{JL}-07-03-001", "foot", "评价日期", value="2026-10-01"),
    ],
    "DT-15": [
        sets("paper-16-appt-auditors", "date", value="2026-08-30"),
        lambda facts: row(facts, "internal_auditors", 0, 培训日期="2026-08-30"),
        lambda facts: row(facts, "internal_auditors", 0, 培训日期="2026-06-20"),
    ],
    "DT-16": [
        sets("LW-IPM-JH-07", "issued", value="2026-08-20"),
        sets("LW-IPM-JH-08", "distributed", value="2026-08-21"),
    ],
    "DT-17": [
        sets("LW-IPM-JH-08", "slots", 1, "auditor", value="贺闻笙"),
        sets("LW-IPM-JH-08", "slots", 0, "date", value="2026-08-27"),
        sets("LW-IPM-JH-08", "slots", 1, "auditor", value="柳映秋"),
    ],
    "DT-18": [
        sets(f"{JL}-23-01-001", "head", "日期", value="2026-08-25"),
        sets(f"{JL}-23-02-001", "head", "审核日期", value="2026-08-26"),
    ],
    "DT-19": [
        sets(f"{JL}-23-03-001", "head", "发现日期", value="2026-08-28"),
        sets(f"{JL}-23-03-001", "foot", "验证日期", value="2026-08-30"),
        sets(f"{JL}-23-03-001", "foot", "计划完成日期", value="2026-08-20"),
    ],
    "DT-20": [
        sets(f"{JL}-23-03-001", "cause_date", value="2026-09-02"),
        sets(f"{JL}-23-03-001", "foot", "计划完成日期", value="2026-08-29"),
    ],
    "DT-21": [
        sets("LW-IPM-BG-02", "issued", value="2026-08-20"),
        sets("LW-IPM-BG-02", "issued", value="2026-09-20"),
    ],
    "DT-22": [
        sets("LW-IPM-JH-09", "review_date", value="2026-08-30"),
        sets("LW-IPM-JH-09", "approved", "date", value="2026-09-10"),
        sets("LW-IPM-JH-09", "review_date", value="2027-12-01"),
    ],
    "DT-23": [
        sets(f"{JL}-24-01-001", "data_until", value="2026-09-08"),
        sets(f"{JL}-24-01-001", "head", "日期", value="2026-09-12"),
    ],
    "DT-24": [
        sets("LW-IPM-BG-03", "issued", value="2026-09-10"),
        sets("LW-IPM-BG-03", "issued", value="2026-10-30"),
    ],
    "DT-25": [sets(f"{JL}-24-03-001", "rows", 0, "计划完成日期", value="2026-09-01")],
    "DT-26": [
        sets(f"{JL}-07-06-001", "sign", 0, "date", value="2026-05-20"),
        sets(f"{JL}-06-01-005", "foot", "参会签到", value=["康立夏"]),
        sets(f"{JL}-09-04-001", "rows", 0, "签署日期", value="2001-01-02"),
    ],
    "DT-27": [sets(f"{JL}-07-05-001", "head", "调查日期", value="2026-06-05")],
    "DT-28": [
        sets(f"{JL}-07-06-001", "foot", "签署日期", value="2026-07-20"),
        lambda facts: sets(f"{JL}-07-06-001", "foot", "签署日期", value="2026-05-01")(_declares(facts, "梁若溪")),
    ],
    "DT-29": [sets(f"{JL}-07-04-001", "rows", 0, "劳动合同签订日期", value="2026-07-15")],
    "DT-30": [
        sets(f"{JL}-07-09-001", "rows", 0, "完成日期", value="2026-08-05"),
        sets(f"{JL}-07-08-001", "head", "面谈日期", value="2026-08-05"),
    ],
    "DT-31": [
        sets(f"{JL}-17-02-001", "head", "评审日期", value="2026-05-20"),
        dated(f"{JL}-17-01-001", "2026-06-03"),
        sets(f"{JL}-17-03-001", "head", "检索日期", value="2026-06-01"),
    ],
    "DT-32": [sets(f"{JL}-17-01-001", "head", "数据截止日", value="2026-05-27")],
    "DT-33": [
        lambda facts: sets(f"{JL}-17-05-001", "head", "评估日期", value="2026-06-01")(
            sets(f"{JL}-17-05-001", "head", "项目编号", value="LW26-03")(facts)
        )
    ],
    "DT-34": [
        sets(f"{JL}-09-02-001", "sign", 3, "date", value="2026-07-20"),
        sets(f"{JL}-09-03-001", "head", "检索日期", value="2026-07-10"),
    ],
    "DT-35": [sets(f"{JL}-06-02-001", "head", "拟发布日期", value="2026-06-10")],
    "DT-36": [sets(f"{JL}-18-02-001", "rows", 0, "核验日期", value="2026-06-10")],
    "DT-37": [
        sets(f"{JL}-15-01-001", "foot", "审查日期", value="2026-06-10"),
        lambda facts: sets("LW-CG-2601", "审查日期", value="")(without(facts, form="rec-contract-review")),
        lambda facts: sets("LW-CG-2601", "审查日期", value="2026-06-10")(without(facts, form="rec-contract-review")),
        sets(f"{JL}-15-02-001", "head", "变更日期", value="2026-08-10"),
    ],
    "DT-38": [lambda facts: row(facts, "tech_improvements", 0, 评估日="2026-07-10")],
    "DT-39": [
        lambda facts: row(facts, "products_launched", 0, 上市日="2026-07-01"),
        sets(f"{JL}-20-01-001", "head", "拟上市日期", value="2026-07-01"),
    ],
    "DT-40": [
        sets(f"{JL}-20-05-001", "head", "审查日期", value="2026-09-03"),
        sets(f"{JL}-20-08-001", "head", "总结日期", value="2026-11-03"),
    ],
    "DT-41": [
        sets(f"{JL}-14-02-001", "head", "审查日期", value="2026-07-25"),
        lambda facts: replace(facts, today=date(2027, 9, 1)),
    ],
    "DT-42": [
        sets("LW-IPM-TZ-14-001", "rows", 0, "备案失效日", value="2036-04-08"),
        lambda facts: sets("LW-IPM-TZ-14-001", "rows", 0, "备案失效日", value="2034-04-28")(
            without(facts, EntryKind.RIGHT)
        ),
    ],
    "DT-43": [
        sets("trademark-99001407", "专用期至", value="2034-04-28"),
        sets("patent-ZL201419900013.1", "授权公告日", value="2013-01-01"),
        sets("patent-ZL201419900013.1", "届满日", value="2024-09-17"),
    ],
    "DT-46": [
        sets(f"{JL}-07-10-001", "rows", 0, "发放日期", value="2026-08-01"),
        sets(f"{JL}-07-10-001", "rows", 0, "发放日期", value="2026-04-01"),
    ],
    "DT-49": [sets(f"{JL}-07-02-007", "head", "培训主题", value="别的主题")],
    "DT-50": [
        sets("LW-IPM-TZ-02-001", "head", "编制日期", value="2026-05-28"),
        sets(f"{JL}-12-01-001", "rows", 0, "期限", value="2026-05-01"),
        sets(f"{JL}-12-01-001", "rows", 0, "期限", value="2026-09-30"),
        sets(f"{JL}-02-01-001", "head", "评价日期", value="2026-11-01"),
    ],
    "DT-52": [dated(f"{JL}-01-01-001", "2026-05-23"), dated(f"{JL}-01-01-001", "2026-10-01")],
    "DT-54": [
        sets(f"{JL}-22-03-001", "head", "基准期", value="2025-05-18至2026-06-01"),
        sets("LW-IPM-BG-04", "baseline", "to", value="2026-06-01"),
        sets("LW-IPM-BG-04", "issued", value="2026-08-30"),
        _unturned,
    ],
    "DT-56": [drops("rec-info-channel")],
    "DT-60": [sets("LW-IPM-BG-03", "issued", value="2026-09-30")],
    "DT-61": [sets("LW-IPM-JH-08", "start", value="2026-06-01")],
    "DT-62": [dated(f"{JL}-08-03-001", "2026-09-30")],
    "DT-64": [dated(f"{JL}-01-01-001", "2026-05-20", entered="2026-05-19")],
    "LATE": [dated(f"{JL}-01-01-001", "2026-05-20", entered="2026-06-20")],
    "OPEN": [_unasked],
    "REVIEW": [_doubted(Doubt("资料变了")), _doubted(Doubt("模板变了", soft=True))],
    "FIT": [lambda facts: answered(facts, ip_staff=[{"姓名": "查无此人", "部门": "知识产权部"}])],
}


def _all_days(facts: Facts, day: str) -> Facts:
    def change(data: dict[str, object]) -> None:
        for name in ("compiled", "reviewed", "approved"):
            put(data, name, "date", value=day)
        data["effective"] = data["issued"] = day

    return with_entry(facts, "paper-8-ip-manual", change)


def _declares(facts: Facts, name: str) -> Facts:
    return with_entry(facts, f"{JL}-07-06-001", lambda data: put(data, "head", "姓名", value=name))


def test_every_rule_of_check_has_a_case() -> None:
    assert sorted((*FAULTY, *CASES_ELSEWHERE)) == list(check_names())


@pytest.mark.parametrize(
    ("name", "change"),
    [(name, change) for name, changes in FAULTY.items() for change in changes],
    ids=[f"{name}-{n}" for name, changes in FAULTY.items() for n, _ in enumerate(changes, 1)],
)
def test_rule_finds_what_was_planted(name: str, change: Change, lanwan: Facts) -> None:
    assert ask(name, lanwan).faults == ()
    answer = ask(name, change(lanwan))
    assert answer.faults, f"{name} found nothing in {answer.subjects} subjects"
    assert all(fault.message and fault.places and fault.fix for fault in answer.faults)


@pytest.mark.parametrize("name", check_names())
def test_rule_without_subjects_is_no_pass(name: str, lanwan: Facts) -> None:
    bare = replace(lanwan, entries=(), matrix=(), documents=())
    bare = answered(bare, **dict.fromkeys(lanwan.client.answers))
    result = next(each for each in check(bare).results if each.rule == name)
    assert result.status == ("passed" if result.subjects else "not_applicable")


def test_a_small_firm_may_have_one_day_for_all(lanwan: Facts) -> None:
    small = answered(_all_days(lanwan, "2026-05-15"), employee_count=5)
    assert ask("DT-05", small).faults == ()


def test_who_left_may_sign_the_hand_over_later(lanwan: Facts) -> None:
    late = with_entry(lanwan, f"{JL}-07-09-001", lambda data: put(data, "sign", 0, "date", value="2026-08-03"))
    assert ask("DT-26", late).faults == ()


def test_a_reward_due_on_a_holiday_may_be_paid_on_the_next_working_day(lanwan: Facts) -> None:
    def change(data: dict[str, object]) -> None:
        put(data, "head", "申请号或登记号", value="")
        put(data, "head", "授权公告日", value="2026-03-19")  # three months later is the Dragon Boat festival
        for number in range(3):
            put(data, "rows", number, "发放日期", value="2026-06-22")

    assert ask("DT-46", with_entry(lanwan, f"{JL}-07-10-001", change)).faults == ()


def test_an_absence_stands_for_a_missing_month(lanwan: Facts) -> None:
    absent = Entry(EntryKind.ABSENT, "absent-x", form="rec-info-channel", data={"period": "2026-05-18至2026-11-21"})
    gone = without(lanwan, form="rec-info-channel")
    assert ask("DT-56", replace(gone, entries=(*gone.entries, absent))).faults == ()


def test_rules_are_registered_under_known_names(lanwan: Facts) -> None:
    known = set(lanwan.rule_texts) | {"CHK-PATENT", "FIT", "LATE", "OPEN", "REVIEW"}
    assert {name for name in RULES if "." not in name} <= known
