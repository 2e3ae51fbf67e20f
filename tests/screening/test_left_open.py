"""CN-02: what nobody finished is found, what is as it should be is left alone."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from desks import desk, file, messages
from drafted import example
from gbtool.exchange.writing import Page, Pick, book
from gbtool.model.finding import Severity
from gbtool.model.firm import Firm
from gbtool.model.piece import Grid, Piece, Spot
from gbtool.screening.bounding import SHOWN, bounded
from gbtool.screening.folding import fold
from gbtool.screening.hygiene import hygiene
from gbtool.screening.left_open import left_open
from gbtool.shelf.screens import residue
from gbtool.structs import replace
from gbtool.word.pieces.reading import read
from office import zipped

RESIDUE = residue(example().shelves)
DESK = desk(
    residue=RESIDUE, firm=Firm("渝知辅导机构（虚构）", ("渝知咨询",)), said=fold("（示例）丙云\x00专利代理师（示例）")
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("名称：{{ client.company_name }}", "模板的标记没有填上"),
        ("{% if has_rd %}", "模板的标记没有填上"),
        ("XX公司的制度", "占位的叉没有换成真实的内容"),
        ("××部门负责", "占位的叉没有换成真实的内容"),
        ("ＸＸ年度", "占位的叉没有换成真实的内容"),
        ("XX-IPM-CX-01", "占位的叉没有换成真实的内容"),
        ("由某某负责", "“某某”没有换成真实的内容"),
        ("【企业名称】", "【】里的提示没有换成真实的内容"),
        ("目标为____件", "留着空的横线"),
        ("范围（待补充）", "还没有写完：（待补充）"),
        ("负责人 TBD", "还没有写完：TBD"),
        ("（示例）远帆的制度", "“示例”像是别处抄来的"),
        ("学问产权管理", "错词“学问产权”，应当是“知识产权”"),
        ("由渝知辅导机构编制", "有辅导机构的名称"),
        ("渝知咨询提供", "有辅导机构的名称"),
        ("渝知 咨询提供", "有辅导机构的名称"),
        ("20XX年发布", "占位的叉没有换成真实的内容"),
        ("自X月X日起", "占位的叉没有换成真实的内容"),
        ("**公司", "占位的叉没有换成真实的内容"),
        ("｛｛ 公司 ｝｝", "模板的标记没有填上"),
        ("${company}", "模板的标记没有填上"),
        ("{company_name}", "模板的标记没有填上"),
        ("«公司名称»", "模板的标记没有填上"),
        ("[[公司]]", "模板的标记没有填上"),
        ("［公司名称］成立于", "括号里的提示没有换成真实的内容"),
        ("[填写主营业务]", "括号里的提示没有换成真实的内容"),
        ("（填写）", "括号里的提示没有换成真实的内容"),
        ("见错误！未找到引用源。", "引用断了"),
        ("Error! Reference source not found.", "引用断了"),
        ("#REF!", "引用断了"),
        ("1900-01-00", "日期是表格里的空值"),
        ("乱�码", "乱码"),
        ("None", "程序留下的空值"),
        ("范围（ 待 补充 ）", "还没有写完：（待补充）"),
        ("待\u200b补充", "还没有写完：待补充"),
        ("负责人 ＴＢＤ", "还没有写完：TBD"),
        ("（待写）", "还没有写完：（待写）"),
        ("由张三负责", "“张三”像是别处抄来的"),
        ("示例公司的手册", "“示例”像是别处抄来的"),
        ("学 问 产 权", "错词“学问产权”，应当是“知识产权”"),
        ("侵权胶葛", "错词“侵权胶葛”，应当是“侵权纠纷”"),
    ],
)
def test_what_is_left_open_is_found(text: str, message: str) -> None:
    (found, *_) = left_open(file("正文", text), DESK)
    assert (found.rule, found.message) == ("CN-02", message)
    assert found.severity is (Severity.WARN if "张三" in text else Severity.ERROR)
    assert "第1段" in found.place


@pytest.mark.parametrize(
    "text",
    [
        "型号LWV-XX30",
        "编号规则：XX-XX，XX为部门代号",
        "签字____ 日期____",
        "侵权由某方负责",
        "（示例）丙云的权利",
        "专利代理师（示例）",
        "TBDX 与 aTODO",
        "知识产权权属",
        "3×4 的图",
        "制度有待完善，记录有待补充",
        "根据企业实际，建立本体系",
        "见附件[1]和〔2026〕3号",
        "公司名称（盖章）",
        "采用合同范本",
        "每年X次以上",
        "后补交的年费",
        "a None b",
        "职责{一}",
        "第2版 <2026>",
        "",
    ],
)
def test_what_is_as_it_should_be_is_left_alone(text: str) -> None:
    assert messages(left_open(file(text), DESK)) == []


def test_blank_forms_may_have_lines_and_hints_but_no_marks_of_templates() -> None:
    assert messages(left_open(file("____ 【】 XX 请填写", id_="rec-background"), DESK)) == []
    assert len(messages(left_open(file("{{ x }}", id_="rec-background"), DESK))) == 1


def test_papers_of_audits_and_of_the_firm_may_name_it() -> None:
    for id_ in ("rec-audit-meeting", "rec-training-signin", "svc-visit"):
        assert messages(left_open(file("渝知辅导机构到场", id_=id_), DESK)) == []


def test_revisions_comments_hidden_and_coloured_text_are_told() -> None:
    own = DESK.facts.client.name
    pieces = (
        Piece("删", Spot.DELETED, "第1段"),
        Piece("插", Spot.INSERTED, "第1段"),
        Piece("批", Spot.COMMENT, "批注第1条"),
        Piece("隐", Spot.HIDDEN, "第2段"),
        Piece("看", Spot.HIDDEN, "第2段", name="白字或极小的字"),
        Piece("格", Spot.RESHAPED, "第2段"),
        Piece("表二", Spot.SHEET, "工作表名", name="（隐藏）"),
        Piece("填写提示", Spot.COLOURED, "第3段", name="底色 yellow"),
        Piece(f"{own}文件", Spot.COLOURED, "第1段", name="字色 #ff0000"),
    )
    found = list(left_open(file(*pieces), DESK))
    assert messages(found) == [
        "留着修订删除的文字",
        "留着修订插入的文字",
        "留着批注",
        "有隐藏的文字",
        "文字看不见（白字或极小的字）",
        "留着格式、表格或段落的修订",
        "有隐藏的工作表",
        "文字带底色 yellow，像是提示",
    ]
    soft = [each.message for each in found if each.severity is Severity.WARN]
    assert soft == ["文字看不见（白字或极小的字）", "有隐藏的工作表", "文字带底色 yellow，像是提示"]


def test_cells_that_must_speak_are_not_empty() -> None:
    grids = (
        Grid("表1", (("编号", "名称", "备注"), ("1", "甲", ""), ("", "乙", "丙"), ("", "", ""))),
        Grid("表2", (("文件 编号：", "", "版本", "A/0"),)),
        Grid("表3", ()),
    )
    read = file(grids=grids)
    assert messages(left_open(read, DESK)) == ["“编号”一格空着", "“文件编号”没有填"]
    assert [each.place for each in left_open(read, DESK)] == [
        "文件/甲.docx 表1第3行第1列： 乙 丙（这一格空着）".replace("： ", "："),
        "文件/甲.docx 表2第1行第2列：文件编号（空着）",
    ]
    assert messages(left_open(replace(read, id="rec-background"), DESK)) == []


def test_a_soft_word_only_warns_and_many_are_counted() -> None:
    found = list(bounded(left_open(file(*["连续改善体系"] * (SHOWN + 3)), DESK)))
    assert {each.severity for each in found} == {Severity.WARN}
    assert len(found) == SHOWN + 1
    assert found[-1].message.endswith("另有 3 处")


def test_what_no_person_reads_is_not_searched() -> None:
    assert messages(left_open(file(Piece("XX", Spot.DATA), Piece("{{ x }}", Spot.FIELD)), DESK)) == []


@pytest.mark.parametrize("also", ["", "客户藏的"])
def test_lists_that_we_hid_in_a_workbook_are_not_remarked_and_other_hidden_sheets_are(
    also: str, tmp_path: Path
) -> None:
    pages = [Page("表", [("结果",)], picks=[Pick(1, 9, 0, ("符合", "不符合"))]), Page("键", [("a",)], hidden=True)]
    path = tmp_path / "表.xlsx"
    path.write_bytes(book(pages, date(2026, 9, 1)))
    if also:  # somebody hides one more
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        text = parts["xl/workbook.xml"].decode().replace('name="表"', f'name="{also}" state="hidden"')
        path.write_bytes(zipped({**parts, "xl/workbook.xml": text}))
    made = file(*read(path, "表.xlsx").pieces)
    assert messages([*left_open(made, DESK), *hygiene(made, DESK)]) == (["有隐藏的工作表"] if also else [])
