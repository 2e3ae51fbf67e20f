"""What the report of a diagnosis says, section by section; which sections, under which headings, is data."""

from collections.abc import Callable, Iterator, Mapping

from gbtool.commands import numbering
from gbtool.commands.audit.papers import sentence, signed
from gbtool.commands.diagnosis import ahead, comparing
from gbtool.commands.diagnosis.lines import NO_EVIDENCE, Told, issue, shares
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.desk import Desk
from gbtool.documents.forms import text_of
from gbtool.documents.papers import Block, Figure, Heading, Items, Paper, Table, Text
from gbtool.errors import Complaint, FileFaults
from gbtool.model.entry import Entry
from gbtool.rules.diagnosis import scoring

STRONG = 3  # points from which something is done as it is laid down
_STATS = "ip_baseline_stats"


def report(entry: Entry, given: Diagnosis, desk: Desk) -> Paper:
    """The report, in the sections that the scoring names; a section with nothing to say is left out.

    Raises:
        FileFaults: the scoring asks for a section that is none.
    """
    blocks: list[Block] = []
    told = Told(entry, given, desk)
    for section in given.scheme.sections:
        if section.show not in SECTIONS:
            known = f"有：{'、'.join(SECTIONS)}"
            raise FileFaults([Complaint(str(section.place), f"没有“{section.show}”这种内容", known)])
        own = tuple(SECTIONS[section.show](told))
        blocks += [Heading(section.title), *own] if own else []
    approved, number = str(entry.mapping("approved").get("date") or ""), entry.text("number")
    whole = (*blocks, *signed(entry))
    title, version = title_of(given), entry.text("version")
    return Paper(given.scheme.report, title, number, whole, version, entry.date, released=(approved, entry.date))


def title_of(given: Diagnosis) -> str:
    """What the report is called: as the catalogue says, from the second time on with its number."""
    if given.round > 1:
        return f"{given.scheme.name}报告{given.time}"
    return numbering.specification(given.scheme.report, given.facts).title_in(given.facts.client.edition)


def _red_flags(told: Told) -> Iterator[Block]:
    flags = told.given.survey.red_flags
    if not flags:
        asked = [answer for answer in told.given.survey.answers if answer.probe.red_flag]
        yield Text(f"打了分的红线题{len(asked)}题，没有一题得0分。")
        return
    due = told.entry.text("due")
    yield Text(f"下列{len(flags)}题得0分，{due}前处理，不等全套文件写完。")
    rows = tuple(
        (a.probe.id, a.probe.question, a.evidence, scoring.lead(a.probe, told.given.facts), due) for a in flags
    )
    yield Table(("编号", "问题", "看到的", "部门", "期限"), rows, (0.1, 0.3, 0.31, 0.14, 0.15))


def _overview(told: Told) -> Iterator[Block]:
    survey, period = told.given.survey, told.entry.mapping("period")
    people = dict.fromkeys(name for answer in survey.answers for name in answer.by.split("、") if name)
    sampled = sum(answer.sampled or 0 for answer in survey.answers)
    rows = (
        ("时间", f"{text_of(period.get('from'))}至{text_of(period.get('to'))}"),
        ("打分人", "、".join(people)),
        ("对象", "、".join(department.name for department in told.given.facts.client.departments)),
        (
            "问题",
            f"{len(told.given.scheme.probes)}题，用得上{survey.total.asked}题，打分{survey.total.answered}题",
        ),
        ("样本", f"抽样的题共看{sampled}份" if sampled else "没有登记抽样份数"),
    )
    yield Table(("项目", "内容"), rows, (0.16, 0.84))
    yield Text(f"{told.given.scheme.name}可用的方法；实际看了什么、问了谁，以打分明细里的证据为准：")
    yield Items(tuple(map(sentence, told.given.scheme.method)))
    yield Text("打分的规则：")
    yield Items(told.given.scheme.rules)


def _company(told: Told) -> Iterator[Block]:
    client = told.given.facts.client
    products = [str(row.get("产品") or "") for row in client.rows("key_products")]
    size = client.text("employee_count")
    found = (
        (told.given.facts.say("企业"), client.name),
        ("行业", client.text("industry")),
        ("人数", f"{size}人" if size else ""),
        ("主要产品", "、".join(filter(None, products))),
        ("知识产权部门", client.text("ip_department")),
    )
    if client.text("company_intro"):
        yield Text(sentence(client.text("company_intro")))
    yield Table(("项目", "内容"), tuple(row for row in found if row[1]), (0.2, 0.8))


def _baseline(told: Told) -> Iterator[Block]:
    stats = told.given.facts.client.rows(_STATS)
    if stats:
        heads = tuple(stats[0])
        yield Table(heads, tuple(tuple(text_of(row.get(head)) for head in heads) for row in stats))
    small = told.given.indicators.small
    known = [told.given.baseline[each.id] for each in told.given.measured if each not in told.given.missing]
    if known:
        yield Text("贯标前的指标，作为有效性检验的基准：")
        rows = tuple(
            (f.indicator.id, f.indicator.name, f"{f.first}至\n{f.last}", f.shown(small), f.source, f"{f.by}\n{f.day}")
            for f in known
        )
        heads = ("编号", "指标", "统计期", "数值", "取自", "取数")
        yield Table(heads, rows, (0.09, 0.18, 0.2, 0.18, 0.18, 0.17))
    yield from _missing(told.given)


def _missing(given: Diagnosis) -> Iterator[Block]:
    if not given.missing:
        yield Text(f"用得上的{len(given.measured)}项指标都取到了数。")
        return
    yield Text(f"还有{len(given.missing)}项没有数。体系实施以后补不出来，实施前取到；确实取不到的写原因，不估算。")
    rows = tuple(
        (each.id, each.name, each.definition, figure.note if (figure := given.baseline.get(each.id)) else "")
        for each in given.missing
    )
    yield Table(("编号", "指标", "定义", "取不到的原因"), rows, (0.1, 0.24, 0.4, 0.26))


def _points(told: Told) -> Iterator[Block]:
    survey = told.given.survey
    yield Text(_verdict(survey))
    if told.given.scheme.note:
        yield Text(sentence(told.given.scheme.note))
    yield Figure(comparing.picture(told.given))
    yield Table(("方面", "得分", "打分的题", "有关的题"), shares(survey.dimensions), (0.4, 0.2, 0.2, 0.2))
    if survey.aspects:
        yield Text(f"按{told.given.scheme.aspects}：")
        yield Table(
            (told.given.scheme.aspects, "得分", "打分的题", "有关的题"), shares(survey.aspects), (0.4, 0.2, 0.2, 0.2)
        )
    yield Text(f"按{told.given.facts.standard.cite}的条款：")
    yield Table(("条款", "得分", "打分的题", "有关的题"), shares(survey.clauses), (0.4, 0.2, 0.2, 0.2))


def _verdict(survey: scoring.Survey) -> str:
    total, level = survey.total, survey.level
    if level:
        return f"总分{total.percent:g}，等级为“{level.name}”：{sentence(level.advice)}"
    if survey.open:
        graded = "，不定等级" if survey.scheme.levels else ""
        return f"打了{total.answered}题，按这些题总分{total.percent:g}；还有{len(survey.open)}题没有打分{graded}。"
    return f"{total.answered}题都打了分，总分{total.percent:g}。"


def _by_department(told: Told) -> Iterator[Block]:
    yield Table(("部门", "得分", "打分的题", "有关的题"), shares(told.given.survey.departments), (0.4, 0.2, 0.2, 0.2))
    by_lead: dict[str, list[scoring.Answer]] = {}
    for answer in told.given.survey.gaps:
        by_lead.setdefault(scoring.lead(answer.probe, told.given.facts), []).append(answer)
    names = (*(department.name for department in told.given.facts.client.departments), scoring.EVERYONE)
    for name in names:
        if name in by_lead:
            yield Heading(name, 2)
            rows = tuple(map(issue, by_lead[name]))
            yield Table(("问题", "看到的", "应当做到", "得分"), rows, (0.32, 0.34, 0.25, 0.09))
    if not by_lead:
        yield Text("打了分的题都在2分以上。")


def _details(told: Told) -> Iterator[Block]:
    yield Heading("打分明细", 2)
    rows = tuple(
        (a.probe.id, a.probe.question, _given(a), a.evidence or NO_EVIDENCE, f"{a.by}\n{a.day}")
        for a in told.given.survey.answers
    )
    yield Table(("编号", "问题", "得分", "看到的证据", "打分"), rows, (0.1, 0.28, 0.09, 0.33, 0.2))
    if told.given.survey.open:
        yield Heading("没有打分的题", 2)
        unanswered = tuple((p.id, p.question, told.given.carriers(p)) for p in told.given.survey.open)
        yield Table(("编号", "问题", "问哪些部门"), unanswered, (0.1, 0.6, 0.3))
    talks = told.given.facts.records("svc-interview")
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


def _strengths(told: Told) -> Iterator[Block]:
    strong = [answer for answer in told.given.survey.answers if answer.counted >= STRONG]
    if not strong:
        yield Text(f"打了分的题里，没有得{STRONG}分以上的。")
        return
    rows = tuple((a.probe.dimension, a.probe.question, a.evidence, str(a.counted)) for a in strong)
    yield Table(("方面", "问题", "看到的", "得分"), rows, (0.2, 0.34, 0.37, 0.09))


SECTIONS: Mapping[str, Callable[[Told], Iterator[Block]]] = {
    "red_flags": _red_flags,
    "overview": _overview,
    "company": _company,
    "baseline": _baseline,
    "points": _points,
    "strengths": _strengths,
    "departments": _by_department,
    "risks": ahead.risks,
    "reusable": ahead.reusable,
    "advice": ahead.advice,
    "target": ahead.target,
    "way": ahead.way,
    "platform": comparing.platform,
    "comparison": comparing.comparison,
    "details": _details,
}
