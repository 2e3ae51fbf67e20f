"""What the report of a diagnosis says: red flags first, then points with a radar, findings, documents to write."""

from collections.abc import Iterable, Iterator

from gbtool.commands import numbering
from gbtool.commands.audit.papers import sentence, signed
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.desk import Desk
from gbtool.documents.forms import text_of
from gbtool.documents.papers import Block, Figure, Heading, Items, Paper, Table, Text
from gbtool.model.entry import Entry
from gbtool.rules.diagnosis import scoring, writing
from gbtool.word.charts import radar

PAPER = "report-diagnosis"
NO_EVIDENCE = "没有写证据"
HEAVY = 2  # the weight from which a gap is a main risk
URGENCY = {1: "没有做的", 2: "靠个人习惯的", 3: "做了一半的"}
_STATS = "ip_baseline_stats"
_PLANNED = {
    "manual_issue_date": "{手册}发布",
    "manual_effective_date": "{手册}实施，运行期开始",
    "internal_audit_period": "{内部审核}",
    "management_review_date": "{管理评审}",
    "certification_apply_date": "拟递交认证申请",
}


def report(entry: Entry, given: Diagnosis, desk: Desk) -> Paper:
    """The report, in the sections that the document set names; what has to be acted on at once comes first."""
    blocks = (
        *_red_flags(entry, given),
        *_overview(entry, given),
        *_company(given),
        *_baseline(given),
        *_points(given),
        *_by_department(given),
        *_risks(given),
        *_reusable(given),
        *_advice(given, desk),
        *_way(given),
        *_details(given),
        *signed(entry),
    )
    facts = given.facts
    title = numbering.specification(PAPER, facts).title_in(facts.client.edition)
    approved, number = str(entry.mapping("approved").get("date") or ""), entry.text("number")
    return Paper(PAPER, title, number, blocks, entry.text("version"), entry.date, released=(approved, entry.date))


def _red_flags(entry: Entry, given: Diagnosis) -> Iterator[Block]:
    flags = given.survey.red_flags
    yield Heading("红线项")
    if not flags:
        asked = [answer for answer in given.survey.answers if answer.probe.red_flag]
        yield Text(f"打了分的红线题{len(asked)}题，没有一题得0分。")
        return
    due = entry.text("due")
    yield Text(f"下列{len(flags)}题得0分，{due}前处理，不等全套文件写完。")
    rows = tuple((a.probe.id, a.probe.question, a.evidence, scoring.lead(a.probe, given.facts), due) for a in flags)
    yield Table(("编号", "问题", "看到的", "部门", "期限"), rows, (0.1, 0.3, 0.31, 0.14, 0.15))


def _overview(entry: Entry, given: Diagnosis) -> Iterator[Block]:
    survey, period = given.survey, entry.mapping("period")
    people = dict.fromkeys(name for answer in survey.answers for name in answer.by.split("、") if name)
    sampled = sum(answer.sampled or 0 for answer in survey.answers)
    rows = (
        ("时间", f"{text_of(period.get('from'))}至{text_of(period.get('to'))}"),
        ("打分人", "、".join(people)),
        ("对象", "、".join(department.name for department in given.facts.client.departments)),
        ("问题", f"{len(given.scheme.probes)}题，与这家企业有关{survey.total.asked}题，打分{survey.total.answered}题"),
        ("样本", f"抽样的题共看{sampled}份" if sampled else "没有登记抽样份数"),
    )
    yield Heading("诊断概述")
    yield Table(("项目", "内容"), rows, (0.16, 0.84))
    yield Text("诊断可用的方法；实际看了什么、问了谁，以打分明细里的证据为准：")
    yield Items(tuple(map(sentence, given.scheme.method)))
    yield Text("打分的规则：")
    yield Items(given.scheme.rules)


def _company(given: Diagnosis) -> Iterator[Block]:
    client = given.facts.client
    products = [str(row.get("产品") or "") for row in client.rows("key_products")]
    size = client.text("employee_count")
    found = (
        ("企业", client.name),
        ("行业", client.text("industry")),
        ("人数", f"{size}人" if size else ""),
        ("主要产品", "、".join(filter(None, products))),
        ("知识产权部门", client.text("ip_department")),
    )
    yield Heading("企业基本情况")
    if client.text("company_intro"):
        yield Text(sentence(client.text("company_intro")))
    yield Table(("项目", "内容"), tuple(row for row in found if row[1]), (0.2, 0.8))


def _baseline(given: Diagnosis) -> Iterator[Block]:
    yield Heading("知识产权现状数据（基线）")
    stats = given.facts.client.rows(_STATS)
    if stats:
        heads = tuple(stats[0])
        yield Table(heads, tuple(tuple(text_of(row.get(head)) for head in heads) for row in stats))
    small = given.indicators.small
    known = [given.baseline[each.id] for each in given.measured if each not in given.missing]
    if known:
        yield Text("贯标前的指标，作为有效性检验的基准：")
        rows = tuple(
            (f.indicator.id, f.indicator.name, f"{f.first}至\n{f.last}", f.shown(small), f.source, f"{f.by}\n{f.day}")
            for f in known
        )
        heads = ("编号", "指标", "统计期", "数值", "取自", "取数")
        yield Table(heads, rows, (0.09, 0.18, 0.2, 0.18, 0.18, 0.17))
    yield from _missing(given)


def _missing(given: Diagnosis) -> Iterator[Block]:
    if not given.missing:
        yield Text(f"与这家企业有关的{len(given.measured)}项指标都取到了数。")
        return
    yield Text(f"还有{len(given.missing)}项没有数。体系实施以后补不出来，实施前取到；确实取不到的写原因，不估算。")
    rows = tuple(
        (each.id, each.name, each.definition, figure.note if (figure := given.baseline.get(each.id)) else "")
        for each in given.missing
    )
    yield Table(("编号", "指标", "定义", "取不到的原因"), rows, (0.1, 0.24, 0.4, 0.26))


def _points(given: Diagnosis) -> Iterator[Block]:
    survey = given.survey
    yield Heading("按条款打分结果与雷达图")
    yield Text(_verdict(survey))
    axes = [radar.Axis(share.name, share.percent) for share in survey.dimensions]
    rings = "、".join(map(str, radar.RINGS))
    yield Figure(radar.picture(axes, f"各方面的得分（满分100，各圈为{rings}）"))
    yield Table(("方面", "得分", "打分的题", "有关的题"), shares(survey.dimensions), (0.4, 0.2, 0.2, 0.2))
    yield Text(f"按{given.facts.standard.cite}的条款：")
    yield Table(("条款", "得分", "打分的题", "有关的题"), shares(survey.clauses), (0.4, 0.2, 0.2, 0.2))


def _verdict(survey: scoring.Survey) -> str:
    total, level = survey.total, survey.level
    if level:
        return f"总分{total.percent:g}，等级为“{level.name}”：{sentence(level.advice)}"
    return f"打了{total.answered}题，按这些题总分{total.percent:g}；还有{len(survey.open)}题没有打分，不定等级。"


def shares(found: Iterable[scoring.Share]) -> tuple[tuple[str, ...], ...]:
    """Points as the rows of a table; what is not answered has none."""
    return tuple(
        (s.name, "没有打分" if s.percent is None else f"{s.percent:g}", str(s.answered), str(s.asked)) for s in found
    )


def _by_department(given: Diagnosis) -> Iterator[Block]:
    yield Heading("按部门发现的问题")
    yield Table(("部门", "得分", "打分的题", "有关的题"), shares(given.survey.departments), (0.4, 0.2, 0.2, 0.2))
    by_lead: dict[str, list[scoring.Answer]] = {}
    for answer in given.survey.gaps:
        by_lead.setdefault(scoring.lead(answer.probe, given.facts), []).append(answer)
    names = (*(department.name for department in given.facts.client.departments), scoring.EVERYONE)
    for name in names:
        if name in by_lead:
            yield Heading(name, 2)
            rows = tuple(map(_issue, by_lead[name]))
            yield Table(("问题", "看到的", "应当做到", "得分"), rows, (0.32, 0.34, 0.25, 0.09))
    if not by_lead:
        yield Text("打了分的题都在2分以上。")


def _issue(answer: scoring.Answer) -> tuple[str, ...]:
    return answer.probe.question, answer.evidence or NO_EVIDENCE, answer.probe.anchors["4"], str(answer.counted)


def _risks(given: Diagnosis) -> Iterator[Block]:
    heavy = [answer for answer in given.survey.gaps if answer.probe.weight >= HEAVY and answer.counted < HEAVY]
    yield Heading("主要风险")
    if not heavy:
        yield Text(f"打了分的题里，没有权重{HEAVY}以上而得0分、1分的。")
        return
    yield Text(f"权重{HEAVY}以上而得0分、1分的题，按轻重排列：")
    rows = tuple((a.probe.dimension, a.probe.question, a.evidence or NO_EVIDENCE, str(a.counted)) for a in heavy)
    yield Table(("方面", "问题", "看到的", "得分"), rows, (0.13, 0.37, 0.41, 0.09))


def _reusable(given: Diagnosis) -> Iterator[Block]:
    yield Heading("已有可沿用的制度")
    policies = given.facts.client.rows(writing.POLICIES)
    if not policies:
        yield Text("企业资料里没有登记已有的制度。")
        return
    alike, edition = writing.reusable(given.facts), given.facts.client.edition
    rows = []
    for row in policies:
        name = text_of(row.get("名称"))
        same = "、".join(f"《{each.title_in(edition)}》" for each in alike.get(name, ()))
        rows.append((name, text_of(row.get("实施日")), text_of(row.get("沿用")), same or "没有对应的，单独保留"))
    yield Table(("现有制度", "实施日", "打算", "可能对应（请核对）"), tuple(rows), (0.3, 0.16, 0.14, 0.4))


def _advice(given: Diagnosis, desk: Desk) -> Iterator[Block]:
    yield Heading("改进建议与优先级")
    if not given.wanted:
        yield Text("打了分的题没有要求补写的文件。")
        return
    yield Text("下列文件由得0至2分的题要求，先写前面的；有现成制度的在它上面改，不重写。")
    for urgency, name in URGENCY.items():
        found = [each for each in given.wanted if each.urgency == urgency]
        if found:
            yield Heading(name, 2)
            rows = tuple(_document(each, given, desk) for each in found)
            heads = ("编号", "文件", "责任部门", "因为", "可在它上面改")
            yield Table(heads, rows, (0.2, 0.3, 0.16, 0.18, 0.16))


def _document(each: writing.Wanted, given: Diagnosis, desk: Desk) -> tuple[str, ...]:
    client, made = given.facts.client, each.specification
    owner = client.department_of(made.owner)
    existing = "、".join(text_of(row.get("名称")) for row in each.existing)
    because = "、".join(f"{answer.probe.id}（{answer.counted}分）" for answer in each.because)
    number = made.number.replace("{company_code}", client.code)
    return number, made.title_in(client.edition), owner.name if owner else _role(made.owner, desk), because, existing


def _role(function: str, desk: Desk) -> str:
    return desk.words.functions.get(function, function)


def _way(given: Diagnosis) -> Iterator[Block]:
    client, survey = given.facts.client, given.survey
    yield Heading("体系建设方案与计划")
    own = [each for each in given.facts.applicable if each.audience != "consultancy"]
    first = f"做法：{sentence(survey.level.advice)}" if survey.level else ""
    yield Text(f"{first}全套文件{len(own)}份，其中{len(given.wanted)}份由这次的得分要求先写。")
    words = given.facts.words
    days = tuple((words.said(name), client.text(key)) for key, name in _PLANNED.items() if client.text(key))
    if days:
        yield Table(("事项", "计划的日期"), days, (0.5, 0.5))
    plan = next((each for each in given.facts.applicable if each.id == "plan-implementation"), None)
    if plan:
        number = plan.number.replace("{company_code}", client.code)
        yield Text(f"分工和进度见《{plan.title_in(client.edition)}》（{number}）。")


def _details(given: Diagnosis) -> Iterator[Block]:
    yield Heading("附件")
    yield Heading("打分明细", 2)
    rows = tuple(
        (a.probe.id, a.probe.question, _given(a), a.evidence or NO_EVIDENCE, f"{a.by}\n{a.day}")
        for a in given.survey.answers
    )
    yield Table(("编号", "问题", "得分", "看到的证据", "打分"), rows, (0.1, 0.28, 0.09, 0.33, 0.2))
    if given.survey.open:
        yield Heading("没有打分的题", 2)
        unanswered = tuple((p.id, p.question, given.carriers(p)) for p in given.survey.open)
        yield Table(("编号", "问题", "问哪些部门"), unanswered, (0.1, 0.6, 0.3))
    talks = given.facts.records("svc-interview")
    if talks:
        yield Heading("访谈记录", 2)
        heads = ("访谈对象", "部门", "访谈人", "日期")
        said = tuple((t.id, *(text_of(t.mapping("head").get(head)) for head in heads)) for t in talks)
        yield Table(("编号", *heads), said, (0.22, 0.18, 0.22, 0.22, 0.16))


def _given(answer: scoring.Answer) -> str:
    sample = f"，抽{answer.sampled}份" if answer.sampled else ""
    if not answer.why:
        return f"{answer.score}{sample}"
    return f"{answer.counted}（打{answer.score}，{answer.why}，按{answer.counted}计）"
