"""The documents of ISO 56005: each client's own words, reports from the ledger, nothing of what a client lacks."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from absent import Absent, businesses, left_over
from drafted import CACHE, texts
from engagement import without
from gbtool.commands import drafts
from gbtool.commands.workspace import Workspace
from gbtool.documents import drafting, plan
from gbtool.model.document import DocumentKind, OpenValue
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.shelf.catalogue import catalogue
from gbtool.structs import replace
from gbtool.word.lint.rules import flaws
from gbtool.word.numbering import Lists
from innovating import STANDARD, client_of, folder_of

SOFTWARE = {
    "innovation_strategy": "两年内把预警算法做成单独的模块（示例）",
    "innovation_process": ["需求", "评审", "迭代", "提测", "发布"],
    "innovation_projects": [{"编号": "QY26-01", "名称": "水质预警算法", "当前环节": "验证"}],
}
TRADE = {
    "innovation_strategy": "自有品牌试剂代替代理产品（示例）",
    "innovation_process": ["选题", "小试", "稳定性", "委托试产", "定型"],
    "innovation_projects": [{"编号": "HT26-01", "名称": "免离心前处理", "当前环节": "概念"}],
    "manual_issue_date": "2026-11-25",
    "manual_effective_date": "2026-12-01",
    "secrecy_levels": ["核心商密", "普通商密"],
    "ip_staff": [{"姓名": "范听雨", "部门": "知识产权办公室", "专兼职": "专职", "资格": "知识产权师"}],
}
NEEDS = {
    "n-plan-action": {"n-rec-objectives"},
    "n-plan-layout": {"n-rec-filing"},
    "n-plan-gap": {"n-rec-initial"},
    "n-report-portfolio": {"n-reg-assets"},
    "n-report-landscape": {"rec-search-report"},
    "n-report-fto": {"rec-search-report"},
    "n-report-case": {"n-reg-projects", "n-rec-lessons"},
}
WRITTEN = {
    "n-sys-integration",
    "n-sys-culture",
    "n-flow-innovation",
    "n-plan-capability",
    "n-plan-strategy",
    "n-report-context",
}


def papers(work: Workspace, facts: Facts, *ids: str) -> dict[str, bytes | tuple[OpenValue, ...]]:
    """The documents of the standard by id: the file, or what it waits for."""
    desk = drafts.desk(work, facts, CACHE)
    found: dict[str, bytes | tuple[OpenValue, ...]] = {}
    for planned in plan.plan(facts, drafts.parts(work, STANDARD)).documents:
        if ids and planned.specification.id not in ids:
            continue
        try:
            found[planned.specification.id] = drafting.draft(planned, desk)
        except drafting.StillOpen as waiting:
            found[planned.specification.id] = waiting.values
    return found


def said(file: bytes | tuple[OpenValue, ...]) -> str:
    """All that a document says, paragraph by paragraph."""
    assert isinstance(file, bytes), file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "\n".join(texts(archive.read("word/document.xml").decode()))


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Facts]:
    """The manufacturer with its records."""
    return client_of(folder_of("lanwan", tmp_path_factory.mktemp("innovation")))


@pytest.fixture(scope="module")
def own(maker: tuple[Workspace, Facts]) -> Mapping[str, bytes | tuple[OpenValue, ...]]:
    """Its documents."""
    return papers(*maker)


def test_all_forty_are_made_and_one_by_its_command(
    maker: tuple[Workspace, Facts], own: Mapping[str, bytes | tuple[OpenValue, ...]]
) -> None:
    facts = maker[1]
    ids = {each.id for each in facts.applicable if each.id.startswith("n-")}
    assert len(ids) == 40
    assert ids - set(own) == {"n-report-initial"}
    assert {each.made_by for each in facts.applicable if each.made_by} == {"gbtool diagnose report"}
    assert not [id_ for id_, file in own.items() if not isinstance(file, bytes)]


def test_none_has_a_flaw(maker: tuple[Workspace, Facts], own: Mapping[str, bytes | tuple[OpenValue, ...]]) -> None:
    kinds = {each.id: each.kind for each in maker[1].applicable}
    found = {id_: flaws(file, kinds[id_]) for id_, file in own.items() if isinstance(file, bytes)}
    assert not {id_: [str(flaw) for flaw in each] for id_, each in found.items() if each}


def test_every_form_is_named_by_a_text(
    maker: tuple[Workspace, Facts], own: Mapping[str, bytes | tuple[OpenValue, ...]]
) -> None:
    forms = (DocumentKind.RECORD, DocumentKind.REGISTER)
    wanted = [each for each in maker[1].applicable if each.kind in forms and each.audience == "client"]
    plain = [each.id for each in maker[1].applicable if each.kind not in forms and each.id in own]
    everything = "".join(said(own[id_]) for id_ in plain)
    titles = [each.title_in(STANDARD) for each in wanted]
    assert [title for title in titles if title not in everything] == []


@pytest.mark.parametrize("id_", NEEDS)
def test_a_paper_waits_for_its_records(id_: str, maker: tuple[Workspace, Facts]) -> None:
    work, facts = maker
    for form in NEEDS[id_]:
        facts = without(facts, form=form)
    (waiting,) = papers(work, facts, id_).values()
    assert isinstance(waiting, tuple)
    assert {each.key for each in waiting} == NEEDS[id_]
    assert all(each.fix.startswith("gbtool ledger add ") for each in waiting)


def test_reports_say_what_the_records_say(own: Mapping[str, bytes | tuple[OpenValue, ...]]) -> None:
    case = said(own["n-report-case"])
    assert "盘片结构申请发明，算法留作秘密" in case
    assert "还没有上市" in case
    action = said(own["n-plan-action"])
    assert "走过的环节都有" in action
    assert "概念、验证、开发" in action  # what the older project lacks
    assert "示例CN-99201" in said(own["n-report-fto"])
    gap = said(own["n-plan-gap"])
    assert "与外部讨论概念前签保密了吗？抽两个" in gap  # the question of the assessment, who answers it, where it goes
    assert "知识产权部、技术中心" in gap
    assert "概念初评与保密安排表" in gap
    portfolio = said(own["n-report-portfolio"])
    assert "一种老式手轮的锁止销" in portfolio
    assert "LW-S01" not in portfolio  # secrets are told by number alone where they stand in the register


@pytest.mark.parametrize(
    ("name", "answers", "never"),
    [
        ("qingyu", SOFTWARE, ("样机", "图纸", "车间", "上市前", "岚湾")),
        ("hengtuo", TRADE, ("代码", "车间", "工装", "岚湾", "合作归属与成果分配约定表")),
    ],
)
def test_what_a_client_lacks_is_nowhere(
    name: str, answers: Mapping[str, object], never: tuple[str, ...], tmp_path: Path
) -> None:
    work, facts = client_of(folder_of(name, tmp_path, answers))
    made = papers(work, facts, *WRITTEN)
    for id_ in WRITTEN:
        text = said(made[id_])
        assert [word for word in never if word in text] == [], id_
        assert "None" not in text
        assert f"{answers['innovation_projects'][0]['名称']}" in text or id_ == "n-sys-culture"  # type: ignore[index]


def test_somebody_without_a_department_for_strategy_still_has_documents(maker: tuple[Workspace, Facts]) -> None:
    work, facts = maker
    rows = [{**row, "职能": str(row["职能"]).replace(",strategy", "")} for row in facts.client.rows("departments")]
    client = replace(facts.client, answers={**facts.client.answers, "departments": rows})
    made = papers(work, replace(facts, client=client), *WRITTEN)
    assert "知识产权部每年写一次" in said(made["n-report-context"])


def test_its_texts_have_a_day_of_issue_of_their_own(
    maker: tuple[Workspace, Facts], own: Mapping[str, bytes | tuple[OpenValue, ...]]
) -> None:
    work, facts = maker
    assert "2026-05-15" in said(own["n-sys-culture"])  # that of the manual, as nobody said another
    client = replace(facts.client, answers={**facts.client.answers, "innovation_issued": "2026-05-25"})
    (again,) = papers(work, replace(facts, client=client), "n-sys-culture").values()
    assert "2026-05-25" in said(again)
    assert "2026-05-15" not in said(again)


def test_a_decision_to_apply_may_stand_on_the_form_of_29490(maker: tuple[Workspace, Facts]) -> None:
    work, facts = maker
    head = {"名称": "迷宫分级降噪阀芯", "类型": "发明", "关联项目": "LW26-03", "申请日期": "2026-07-22"}
    other = Entry(EntryKind.RECORD, "A-1", "2026-07-16", form="rec-apply-approval", data={"head": head, "foot": {}})
    form = next(each for each in catalogue(work.shelves) if each.id == "rec-apply-approval")
    rest = without(facts, form="n-rec-filing")
    both = replace(rest, entries=(*rest.entries, other), specifications=(*rest.specifications, form))
    made = papers(work, both, "n-plan-layout", "n-report-case", "n-report-fto")
    assert "申请发明" in said(made["n-plan-layout"])
    assert "申请发明：迷宫分级降噪阀芯" in said(made["n-report-case"])
    assert "申请发明（A-1）" in said(made["n-report-fto"])


@pytest.mark.no_cover  # the same texts again for each business
@pytest.mark.parametrize(
    "absent", [each for each in businesses() if "研发" not in each.name], ids=lambda each: each.name
)
def test_nothing_is_left_of_a_business_that_the_client_does_not_have(
    absent: Absent, maker: tuple[Workspace, Facts]
) -> None:
    found = left_over(absent, STANDARD, replace(maker[1], entries=()))
    assert [each for each in found if each[0].startswith("n-")] == []


SHOP = [
    {"部门": "经营部", "负责人": "周屿川", "职能": "top,strategy,purchasing,sales,production,rd", "人数": "3"},
    {"部门": "知识产权部", "负责人": "梁若溪", "职能": "ip,compliance,hr,it,finance", "人数": "2"},
]


def test_in_a_shop_of_two_departments_one_reviews_what_the_other_compiled(maker: tuple[Workspace, Facts]) -> None:
    work, facts = maker
    client = replace(facts.client, answers={**facts.client.answers, "departments": SHOP})
    desk = drafts.desk(work, replace(facts, client=client), CACHE)
    for planned in plan.plan(desk.facts, drafts.parts(work, STANDARD)).documents:
        for template in planned.templates:
            names = {"this": desk.documents[planned.specification.id], "steps": [], "_lists": Lists()}
            _, *approval = desk.render(template, {**names, "_made": lambda _: ""})
            assert len(set(approval[:3])) == 3, (planned.specification.id, approval)
