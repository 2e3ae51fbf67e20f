"""A set agrees: with the catalogue, the chart, the roster, the ledger, and each file with the others."""

from collections.abc import Callable, Iterable

import pytest

from desks import BODY, desk, file
from drafted import example, example_facts
from engagement import answered
from gbtool.commands.checks.desks import desk as whole_desk
from gbtool.model.document import Document, DocumentKind
from gbtool.model.finding import Finding, Severity, Status
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.model.standards.own import OwnRule
from gbtool.screening.agreement import figures, frames, references, words
from gbtool.screening.desk import Desk, Seen
from gbtool.screening.report import Case, CaseKind, agreed
from gbtool.structs import replace

DESK = whole_desk(example(), example_facts(), ())
Screen = Callable[[FileRead, Desk], Iterable[Seen]]


def told(seen: Iterable[Seen]) -> list[tuple[str, str]]:
    """Rule and sentence of what was found."""
    return [(each.rule, each.message) for each in seen if isinstance(each, Finding)]


def looked(seen: Iterable[Seen]) -> list[str]:
    """The rules that looked at something."""
    return [each for each in seen if isinstance(each, str)]


# CN-06, CN-08


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("按LW-IPM-CX-99执行", "CN-06", "引用的文件编号 LW-IPM-CX-99 不存在"),
        ("见LW-IPM-JL-16-06-099", "CN-06", "引用的记录 LW-IPM-JL-16-06-099 不在台账里"),
        ("《文件管理程序》（LW-IPM-CX-04）", "CN-06", "LW-IPM-CX-04 的名称不是《文件管理程序》"),
        (
            "见LW-IPM-CX-26",
            "CN-08",
            "引用了这家客户不用的文件 LW-IPM-CX-26《软件著作权与开源合规控制程序》",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_found(text: str, rule: str, message: str) -> None:
    seen = list(references.references(file(text, text), DESK))
    assert (rule, message) in told(seen)
    assert looked(seen).count("CN-06") == 2


@pytest.mark.parametrize(
    "text",
    [
        "《成文信息（文件）控制程序》（LW-IPM-CX-04）",
        "《成文信息（文件） 控制程序》 (LW-IPM-CX-04)",
        "LW-IPM-01 A/0",
        "ALW-IPM-CX-99",
        "LW-CG-2601",
        "编号写作LW-IPM-XX-XX、LW-IPM-CX-NN",
        "",
    ],
)
def test_a_reference_that_resolves_is_left_alone(text: str) -> None:
    assert told(references.references(file(text), DESK)) == []


def test_a_version_that_is_not_in_force_is_told_unless_it_is_history() -> None:
    made = Document("proc-document", DocumentKind.PROCEDURE, "LW-IPM-CX-04", "程序", "A/1", "p", "", "")
    later = replace(DESK, facts=replace(DESK.facts, documents=(made,)))
    message = "LW-IPM-CX-04 引用的是 A/0 版，现在是 A/1"
    assert told(references.references(file("见LW-IPM-CX-04（A/0）"), later)) == [("CN-06", message)]
    for text in ("见LW-IPM-CX-04（A/1）", "LW-IPM-CX-04 A/0已作废", "见LW-IPM-CX-04"):
        assert told(references.references(file(text), later)) == []
    old = Piece("LW-IPM-CX-04 A/0", Spot.HEADER, "页眉", "word/header1.xml", 0)
    assert told(references.references(file(old), later)) == []


def test_a_form_that_no_document_names_is_told_when_all_the_procedures_are_there() -> None:
    known = {each.id: each for each in DESK.facts.specifications}
    form = known["rec-routine-check"]
    ours = replace(DESK, facts=replace(DESK.facts, specifications=(known["proc-document"], form)))
    number = next(number for number, each in ours.numbers.items() if each.id == form.id)
    procedure, blank = file("填表", id_="proc-document"), file(number, id_=form.id, path="文件/表.docx")
    seen = list(references.cited([procedure, blank, blank], ours))
    assert told(seen) == [("CN-07", f"没有一份文件提到表单 {number}《{ours.numbers[number].titles[0]}》")]
    assert [each.severity for each in seen if isinstance(each, Finding)] == [Severity.WARN]
    assert looked(seen) == ["CN-07"]
    for text in (f"填{number}", f"填《{ours.numbers[number].titles[0]}》"):
        assert told(references.cited([file(text, id_="proc-document"), blank], ours)) == []
    assert list(references.cited([blank], ours)) == []


def test_a_table_of_clauses_documents_and_records_has_no_empty_row() -> None:
    head = ("标准条款", "对应文件", "对应记录")
    rows = (head, ("5.1", "手册", "无"), ("5.2", "", "无"), ("5.3", "", ""), ("", "", ""), ("坏行",))
    grids = (Grid("表1", rows), Grid("表2", (("条款", "文件"), ("5.1", ""))), Grid("表3", ()))
    seen = list(references.covered(file(grids=grids), DESK))
    assert told(seen) == [
        ("CN-07", "条款 5.2 没有对应的对应文件"),
        ("CN-07", "条款 5.3 没有对应的对应文件、对应记录"),
    ]
    assert looked(seen) == ["CN-07"] * 3


def test_records_of_the_ledger_resolve() -> None:
    kept = replace(DESK, records=frozenset({"LW-IPM-JL-16-06-099"}))
    assert told(references.references(file("见LW-IPM-JL-16-06-099"), kept)) == []


def test_lists_are_compared_row_by_row() -> None:
    rows = (("序号", "文件编号", "文件名称"), ("1", "LW-IPM-CX-04", "文件程序"), ("2", "LW-IPM-01", ""), ("坏行",))
    found = told(references.references(file(grids=(Grid("表1", rows), Grid("表2", (("甲",),)), Grid("表3", ()))), DESK))
    assert found == [("CN-06", "LW-IPM-CX-04 的名称不是“文件程序”")]


def test_a_client_without_code_or_catalogue_is_not_asked() -> None:
    assert told(references.references(file("LW-IPM-CX-99"), desk())) == []


def test_a_file_of_a_document_that_does_not_apply_is_found() -> None:
    assert told(references.applicable(file(id_="proc-software"), DESK)) == []  # unknown ids are nobody's
    software = next(each for each in DESK.facts.specifications if not each.applies(DESK.facts.client.answers))
    ((rule, message),) = told(references.applicable(file(id_=software.id), DESK))
    assert rule == "CN-08"
    assert software.title in message
    assert told(references.applicable(file(id_="ip-manual"), DESK)) == []


def test_one_document_is_one_file() -> None:
    reads = (file(id_="ip-manual"), file(path="副本.docx", id_="ip-manual"), file(), file())
    ((rule, message),) = told(references.unique(reads, DESK))
    assert (rule, "副本" not in message) == ("CN-06", True)


# CN-15, CN-16, CN-18, CN-24


def framed(id_: str, head: str, foot: str = "第1页 共2页", body: str = "编制 审核 批准 密级") -> FileRead:
    """A document with these sides."""
    pieces = (
        Piece(head, Spot.HEADER, "页眉", "word/header1.xml", 0),
        Piece(foot, Spot.FOOTER, "页脚", "word/footer1.xml", 0),
        Piece(body, Spot.TABLE, "表1", BODY, 1),
    )
    return FileRead("文件/a.docx", tuple(piece for piece in pieces if piece.text), id=id_)


def test_a_document_in_its_frame_is_left_alone() -> None:
    for id_, number in (("ip-manual", "LW-IPM-01"), ("proc-document", "LW-IPM-CX-04")):
        assert told(frames.frames(framed(id_, f"{number} A/0"), DESK)) == []
    assert told(frames.frames(framed("svc-visit", ""), DESK)) == []
    assert told(frames.frames(file(), DESK)) == []
    fields = Piece(" PAGE  NUMPAGES ", Spot.FIELD)
    manual = framed("ip-manual", "LW-IPM-01", foot="")
    assert told(frames.frames(replace(manual, pieces=(*manual.pieces, fields)), DESK)) == []


def test_a_filled_form_is_a_record_and_not_a_second_copy_of_its_form() -> None:
    desk = replace(DESK, records=frozenset({"LW-IPM-JL-23-03-001", "LW-IPM-JL-23-03-002"}))
    reads = [framed("rec-nc-report", f"LW-IPM-JL-23-03-00{n} A/0") for n in (1, 2, 2)]
    blank = framed("rec-nc-report", "LW-IPM-JL-23-03 A/0")
    assert not [each for read in reads for each in told(frames.frames(read, desk)) if "编号是" in each[1]]
    assert len(told(references.unique([*reads, blank], desk))) == 1


@pytest.mark.parametrize(
    ("read", "rule", "message"),
    [
        (framed("ip-manual", "LW-IPM-CX-04"), "CN-24", "页眉页脚里的编号是 LW-IPM-CX-04，这份文件是 LW-IPM-01"),
        (framed("rec-scope", "LW-IPM-CX-04"), "CN-16", "页眉页脚里的编号是 LW-IPM-CX-04，这份文件是 LW-IPM-JL-01-03"),
        (framed("ip-manual", "手册"), "CN-24", "页眉页脚里没有文件编号 LW-IPM-01"),
        (framed("ip-manual", "LW-IPM-01", foot="第1页"), "CN-24", "没有“第X页共Y页”"),
        (framed("ip-manual", "LW-IPM-01", body="编制"), "CN-15", "没有签名的地方：审核、批准"),
        (framed("reg-trade-secrets", "LW-IPM-TZ-11", body="登记 审核 批准"), "CN-18", "没有密级"),
    ],
)
def test_a_broken_frame_is_found(read: FileRead, rule: str, message: str) -> None:
    assert (rule, message) in told(frames.frames(read, DESK))


def test_the_version_is_the_one_that_the_list_has() -> None:
    made = Document("ip-manual", DocumentKind.MANUAL, "LW-IPM-01", "手册", "A/1", "p", "", "")
    later = replace(DESK, facts=replace(DESK.facts, documents=(made,)))
    assert ("CN-24", "页眉页脚里没有版本 A/1") in told(frames.frames(framed("ip-manual", "LW-IPM-01 A/0"), later))


def listed(*lines: str) -> FileRead:
    """A file with these lines in its table of contents, and two headings."""
    fields = (Piece(" PAGEREF _Toc1 \\h ", Spot.FIELD, f"第{n}段", BODY, n) for n in range(len(lines)))
    headings = (
        Piece(text, Spot.BODY, "", BODY, 50 + n, heading=True) for n, text in enumerate(("范围", "组织 机构图"))
    )
    return file(*lines, *fields, *headings)


def test_a_table_of_contents_that_is_old_is_told() -> None:
    good = listed("1 范围\t6", "附录A 组织机构图\t7", "没有页码")
    assert list(frames.contents(good, DESK)) == ["CN-24", "CN-24"]
    assert told(frames.contents(listed("1 范围\t6", "2 引用\t7"), DESK)) == [
        ("CN-24", "目录里的“2 引用”正文里没有这个标题")
    ]
    assert told(frames.contents(listed("附录A 组织机构图\t7", "1 范围\t6"), DESK)) == [
        ("CN-24", "目录里“1 范围”的页码 6 比前一条的 7 小")
    ]
    assert list(frames.contents(file("1 范围\t6"), DESK)) == []
    printed = replace(DESK, printed={good.path: {"1范围": 8, "附录a组织机构图": 7}})
    assert told(frames.contents(good, printed)) == [("CN-24", "目录里“1 范围”写第 6 页，PDF 里在第 8 页")]


# CN-03, CN-05, CN-07, CN-20


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("由研发部检索", "CN-03", "“研发部”不在机构图里"),
        ("管理者代表梁若溪批准", "CN-05", "管理者代表写成了梁若溪，资料里是沈知远"),
        ("法定代表人：沈知远", "CN-05", "法定代表人写成了沈知远，资料里是周屿川"),
        ("填写《合同知识产权条款审核表》", "CN-07", "《合同知识产权条款审核表》不在文件目录里"),
        ("填写《天气登记表》", "CN-07", "《天气登记表》不在文件目录里"),
        ("由管代批准", "CN-20", "“管代”应当统一称“管理者代表”"),
        ("管理者代表：郑海峰", "CN-05", "管理者代表写成了郑海峰，资料里是沈知远"),
        ("法定代表人为林晓签发", "CN-05", "法定代表人写成了林晓，资料里是周屿川"),
    ],
)
def test_a_word_that_does_not_fit_is_found_once(text: str, rule: str, message: str) -> None:
    found = told(words.words(file(text, text), DESK))
    if "审核表" in text:
        assert found in ([(rule, message)], [])
    else:
        assert found == [(rule, message)]


@pytest.mark.parametrize(
    "text",
    [
        "技术中心和市场营销部",
        "由客户的采购部、供方研发部确认",
        "各生产部门",
        "管理者代表沈知远批准",
        "管理者代表：由最高管理者任命",
        "管理者代表：审核，批准",
        "管理者代表为全公司负责",
        "管理者代表 高效履职",
        "法定代表人：周屿川（签字）",
        "填写《文件发放与回收记录》",
        "《专利奖励办法》",
        "本部",
    ],
)
def test_a_word_that_fits_is_left_alone(text: str) -> None:
    assert told(words.words(file(text), DESK)) == []


def test_papers_of_the_firm_and_hidden_places_are_not_asked() -> None:
    assert told(words.words(file("由研发部检索", id_="svc-visit"), DESK)) == []
    assert told(words.words(file(Piece("研发部", Spot.DATA)), DESK)) == []
    assert told(words.words(file("研发部"), desk())) == []
    assert words.department_pattern((), ()) is None


def test_a_document_that_this_client_does_not_have_is_not_mentioned() -> None:
    title = next(iter(sorted(DESK.absent)))
    assert told(words.words(file(f"按《{title}》执行"), DESK))[0] == ("CN-08", f"提到了这家客户不用的《{title}》")
    assert not DESK.absent & {title for each in DESK.numbers.values() if each.applies for title in each.titles}


def test_a_place_is_perhaps_no_department() -> None:
    (found,) = [each for each in words.words(file("公司设有研发中心"), DESK) if isinstance(each, Finding)]
    assert (found.rule, found.severity) == ("CN-03", Severity.WARN)


# CN-03, CN-04, CN-10, CN-14

HEAD = ("条款", "要求", "公司领导", "知识产权部", "技术中心", "采购部")


def test_each_clause_has_one_main_function() -> None:
    rows = (
        HEAD,
        ("4.1", "a", "▲", "", "△", ""),
        ("4.2", "b", "", "△", "", ""),
        ("5.1", "c", "▲", "▲", "", ""),
        ("注", "", "", "", "", ""),
    )
    seen = list(figures.matrix(file(grids=(Grid("表1", rows), Grid("表2", (("甲", "乙"),)))), DESK))
    assert told(seen) == [("CN-04", "条款 4.2 没有主责部门"), ("CN-04", "条款 5.1 有 2 个主责部门")]
    assert [each.severity for each in seen if isinstance(each, Finding)] == [Severity.ERROR, Severity.WARN]
    assert looked(seen) == ["CN-04"] * 3
    assert told(figures.matrix(file(grids=(Grid("表1", (HEAD, ("4.1", "a", "", "", "", ""))),)), DESK)) == []


def test_a_matrix_may_go_on_in_a_second_table() -> None:
    more = ("条款", "要求", "生产部", "质量部", "市场营销部")
    first = Grid("表1", (HEAD, ("4.1", "a", "▲", "", "△", ""), ("4.2", "b", "", "", "", "")))
    second = Grid("表2", (more, ("4.1", "a", "△", "", ""), ("4.2", "b", "▲", "▲", "")))
    assert told(figures.matrix(file(grids=(first, second)), DESK)) == [("CN-04", "条款 4.2 有 2 个主责部门")]
    assert told(figures.matrix(file(grids=(first, first)), DESK)) == [("CN-04", "条款 4.2 没有主责部门")] * 2


def test_words_that_the_standard_does_not_use_are_found_once_in_each_file() -> None:
    rule = OwnRule("UC-01", "error", "用语", "不用企业标准的用语", never={"内部审核": "写检查监督", "本公司": "写学校"})
    own = replace(DESK, facts=replace(DESK.facts, own_rules=(rule,)))
    seen = list(words.foreign(file("本公司每年内部审核一次", "内部审核以后"), own))
    assert told(seen) == [("UC-01", "“内部审核”不是这个标准的说法"), ("UC-01", "“本公司”不是这个标准的说法")]
    assert looked(seen) == ["UC-01"]
    assert told(words.foreign(file("每年检查监督一次"), own)) == []
    assert list(words.foreign(file("本公司", id_="svc-visit"), own)) == []
    assert list(words.foreign(file("本公司"), DESK)) == []


def test_units_of_a_kind_are_one_main_function() -> None:
    rows = [{"部门": name, "职能": what} for name, what in (("甲室", "center"), ("乙室", "center"), ("管理处", "ip"))]
    facts = answered(DESK.facts, departments=rows)
    facts = replace(facts, standard=replace(facts.standard, head=replace(facts.standard.head, units=("center",))))
    grid = Grid("表1", (("条款", "甲室", "乙室", "管理处"), ("5", "▲", "▲", "△"), ("6", "▲", "", "▲")))
    seen = figures.matrix(file(grids=(grid,)), replace(DESK, facts=facts))
    assert told(seen) == [("CN-04", "条款 6 有 2 个主责部门")]


def test_the_matrix_has_a_column_for_each_department() -> None:
    names = tuple(each.name for each in DESK.facts.client.departments if each.functions)
    row = ("4.1", "▲", *("" for _ in names[1:]))
    whole = file(grids=(Grid("表1", (("条款", *names), row)),))
    assert told(figures.departments(whole, DESK)) == []
    assert looked(figures.departments(whole, DESK)) == ["CN-03"]
    less = file(grids=(Grid("表1", (("条款", *names[:-1]), row[:-1])), Grid("表2", ())))
    assert told(figures.departments(less, DESK)) == [("CN-03", f"职能分配表里没有{names[-1]}")]
    assert looked(figures.departments(file(grids=(Grid("表1", (("条款", *names),)),)), DESK)) == []
    rows = [{"部门": "IT 运维部", "职能": "it"}]
    spaced = replace(DESK, facts=answered(DESK.facts, departments=rows))
    assert told(figures.departments(file(grids=(Grid("表1", (("条款", "IT 运维部"), ("4.1", "▲"))),)), spaced)) == []


def test_counts_of_one_day_are_the_same_everywhere() -> None:
    one = file("截至2026年5月15日在职186人，有效专利38件。", path="a.docx")
    other = file("截止2026-05-15，有效专利40件；截至2026年9月1日，有效专利41件", path="b.docx")
    seen = list(figures.counts((one, other), DESK))
    ((rule, message),) = told(seen)
    assert (rule, message) == ("CN-10", "截至2026-05-15的有效专利一处是 38，一处是 40")
    found = next(each for each in seen if isinstance(each, Finding))
    assert "b.docx" in found.place
    assert "↔ a.docx" in found.place
    assert len(looked(seen)) == 4


def test_the_policy_is_said_word_for_word() -> None:
    policy = DESK.facts.client.text("ip_policy")
    assert told(figures.policy(file(f"知识产权方针是“{policy}”"), DESK)) == []
    assert told(figures.policy(file("知识产权方针：源于实研、权责分明、用权有据、守约致远"), DESK)) == []
    wrong = figures.policy(file("知识产权方针是“源于实研，权责分明，用权有度，守约致远”"), DESK)
    assert told(wrong) == [("CN-14", "方针文字和批准的不一致")]
    assert told(figures.policy(file("知识产权方针：激励创造，有效运用，依法保护"), DESK)) == [
        ("CN-14", "方针文字和批准的不一致")
    ]
    assert told(figures.policy(file("宣传知识产权方针是每个员工的责任，也是部门的责任"), DESK)) == []
    open_ = replace(DESK, facts=answered(example_facts(), ip_policy=None))
    assert told(figures.policy(file("知识产权方针：激励创造，有效运用"), open_)) == []


# Together


def test_a_rule_counts_what_it_looked_at() -> None:
    cases = (
        Case(file("见LW-IPM-CX-99和LW-IPM-01")),
        Case(file("截至2026年5月15日有效专利38件", path="client.yaml"), CaseKind.DATA),
        Case(file("LW-IPM-CX-98"), CaseKind.EVIDENCE),
    )
    found = {result.rule: result for result in agreed(cases, DESK)}
    assert (found["CN-06"].subjects, len(found["CN-06"].findings), found["CN-06"].status) == (2, 1, Status.FAILED)
    assert found["CN-10"].subjects == 1
    assert "CN-04" not in found
    assert agreed((), DESK) == ()
