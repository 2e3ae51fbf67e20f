"""What the report of a diagnosis says about what lies ahead: risks, what may be kept, what to write, the way."""

from collections.abc import Iterator

from gbtool.commands.audit.papers import sentence
from gbtool.commands.diagnosis.lines import NO_EVIDENCE, Told
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.desk import Desk
from gbtool.documents.forms import text_of
from gbtool.documents.papers import Block, Heading, Table, Text
from gbtool.rules.diagnosis import writing

HEAVY = 2  # the weight from which a gap is a main risk
URGENCY = {1: "没有做的", 2: "靠个人习惯的", 3: "做了一半的"}
_PLANNED = {
    "manual_issue_date": "{手册}发布",
    "manual_effective_date": "{手册}实施，运行期开始",
    "internal_audit_period": "{内部审核}",
    "management_review_date": "{管理评审}",
    "certification_apply_date": "拟递交认证申请",
}


def risks(told: Told) -> Iterator[Block]:
    """Heavy questions that earned least."""
    heavy = [answer for answer in told.given.survey.gaps if answer.probe.weight >= HEAVY and answer.counted < HEAVY]
    if not heavy:
        yield Text(f"打了分的题里，没有权重{HEAVY}以上而得0分、1分的。")
        return
    yield Text(f"权重{HEAVY}以上而得0分、1分的题，按轻重排列：")
    rows = tuple((a.probe.dimension, a.probe.question, a.evidence or NO_EVIDENCE, str(a.counted)) for a in heavy)
    yield Table(("方面", "问题", "看到的", "得分"), rows, (0.13, 0.37, 0.41, 0.09))


def reusable(told: Told) -> Iterator[Block]:
    """What the client has already, and what of the set it may stand for."""
    policies = told.given.facts.client.rows(writing.POLICIES)
    if not policies:
        yield Text("资料里没有登记已有的制度。")
        return
    alike, edition = writing.reusable(told.given.facts), told.given.facts.client.edition
    rows = []
    for row in policies:
        name = text_of(row.get("名称"))
        same = "、".join(f"《{each.title_in(edition)}》" for each in alike.get(name, ()))
        rows.append((name, text_of(row.get("实施日")), text_of(row.get("沿用")), same or "没有对应的，单独保留"))
    yield Table(("现有制度", "实施日", "打算", "可能对应（请核对）"), tuple(rows), (0.3, 0.16, 0.14, 0.4))


def advice(told: Told) -> Iterator[Block]:
    """The documents that weak answers ask for, the most urgent first."""
    if not told.given.wanted:
        yield Text("打了分的题没有要求补写的文件。")
        return
    yield Text("下列文件由得0至2分的题要求，先写前面的；有现成制度的在它上面改，不重写。")
    for urgency, name in URGENCY.items():
        found = [each for each in told.given.wanted if each.urgency == urgency]
        if found:
            yield Heading(name, 2)
            rows = tuple(_document(each, told.given, told.desk) for each in found)
            heads = ("编号", "文件", "责任部门", "因为", "可在它上面改")
            yield Table(heads, rows, (0.18, 0.26, 0.16, 0.26, 0.14))


def _document(each: writing.Wanted, given: Diagnosis, desk: Desk) -> tuple[str, ...]:
    client, made = given.facts.client, each.specification
    owner = client.department_of(made.owner)
    existing = "、".join(text_of(row.get("名称")) for row in each.existing)
    because = "、".join(f"{answer.probe.id}（{answer.counted}分）" for answer in each.because)
    number = made.number.replace("{company_code}", client.code)
    return number, made.title_in(client.edition), owner.name if owner else _role(made.owner, desk), because, existing


def _role(function: str, desk: Desk) -> str:
    return desk.words.functions.get(function, function)


def way(told: Told) -> Iterator[Block]:
    """What is to be done, with the days that are planned."""
    client, survey = told.given.facts.client, told.given.survey
    own = [each for each in told.given.facts.applicable if each.audience != "consultancy"]
    first = f"做法：{sentence(survey.level.advice)}" if survey.level else ""
    yield Text(f"{first}全套文件{len(own)}份，其中{len(told.given.wanted)}份由这次的得分要求先写。")
    words = told.given.facts.words
    days = tuple((words.said(name), client.text(key)) for key, name in _PLANNED.items() if client.text(key))
    if days:
        yield Table(("事项", "计划的日期"), days, (0.5, 0.5))
    plan = next((each for each in told.given.facts.applicable if each.id == "plan-implementation"), None)
    if plan:
        number = plan.number.replace("{company_code}", client.code)
        yield Text(f"分工和进度见《{plan.title_in(client.edition)}》（{number}）。")


def target(told: Told) -> Iterator[Block]:
    """The grade that the client wants, and that points say nothing about it."""
    wanted = told.given.facts.client.text("target_grade")
    yield Text(f"企业拟申请的等级：{wanted}。" if wanted else "企业还没有定拟申请的等级。")
    yield Text("够不够一个等级，看分级自评的条件和试运行的月数，不看得分；逐条对照写在分级自评表里。")
    weak = told.given.survey.gaps
    if weak:
        low = "、".join(dict.fromkeys(answer.probe.dimension for answer in weak))
        yield Text(f"得0至2分的{len(weak)}题在：{low}。先补这些，再定目标等级。")
