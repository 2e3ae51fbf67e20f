"""CN-13: sentences equal to the template or to another client's, facts of the client, repeated records."""

import pytest
from hypothesis import given, strategies as st

from desks import desk, file, messages
from drafted import example, example_facts
from gbtool.errors import FileFaults
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.finding import Severity
from gbtool.model.firm import Firm, Threshold
from gbtool.model.identity import Term, TermKind
from gbtool.model.likeness import Measure, whole
from gbtool.screening.folding import fold
from gbtool.screening.likeness import Sources, alike, measure, measured, mentioned
from gbtool.screening.names import Covers, covers
from gbtool.screening.repeats import repeated
from gbtool.screening.sentences import Index, covered, sentences
from gbtool.shelf.measures import static_texts, thresholds
from gbtool.structs import replace

SHELVES = example().shelves
LIMITS = thresholds(SHELVES, Firm())
DESK = desk(thresholds=LIMITS)
OWN = covers((Term("岚湾流控", TermKind.SHORT), Term("韩泊舟，主任", TermKind.LEADER)), ("技术中心",))
THEIRS = covers((Term("青屿软件", TermKind.SHORT), Term("江照野", TermKind.LEADER)), ("研发中心",))
TEMPLATE = "文件发布以后十个工作日内组织宣贯"
OWN_WORDS = "技术中心每月五日前把实验记录交韩泊舟核对"
THEIR_WORDS = "研发中心每月五日前把实验记录交江照野核对"


def sources(*others: str, near: float = 0.9) -> Sources:
    """What is compared with: a template, a draft, another client's sentences."""
    index = Index(near)
    index.add("青屿软件", (covered(each, THEIRS) for text in others for each in sentences(text)))
    return Sources(frozenset(sentences(TEMPLATE)), frozenset(), OWN, index)


def test_sentences_are_long_enough_to_say_something() -> None:
    assert list(sentences("短。这一句话足够长了。Ａ Ｂ\n也足够长的另外一句")) == [
        "这一句话足够长了",
        "也足够长的另外一句",
    ]


def test_a_document_is_measured_sentence_by_sentence() -> None:
    found = measure(file(f"{TEMPLATE}。{OWN_WORDS}。阀芯热处理的参数只在热处理间保存"), sources(THEIR_WORDS))
    assert (found.sentences, found.template, found.others, found.copied) == (3, 1, 1, 1)
    assert found.facts == 2
    assert found.nearest == "青屿软件"
    assert found.share(found.copied) == pytest.approx(1 / 3)


def test_what_the_template_or_a_fresh_draft_says_is_not_copied() -> None:
    of_all = sources(f"{TEMPLATE}。{THEIR_WORDS}")
    assert measure(file(TEMPLATE), of_all).copied == 0
    drafted = replace(of_all, drafted=frozenset(sentences(OWN_WORDS)))
    assert (measure(file(OWN_WORDS), drafted).others, measure(file(OWN_WORDS), drafted).copied) == (1, 0)


def test_a_changed_word_still_is_nearly_equal_and_another_sentence_is_not() -> None:
    one = "每季度由知识产权部检查合同里的权属条款并形成记录"
    assert sources(one).others.find(fold("每季度由知识产权部核查合同里的权属条款并形成记录")) == "青屿软件"
    assert sources(one).others.find(fold("展会前五个工作日清点随展资料并登记")) == ""
    assert sources(one, near=1.0).others.find(fold(one)) == "青屿软件"


@given(st.text("知识产权管理制度由部门负责检查记录保存", min_size=30, max_size=60))
def test_a_sentence_is_always_found_again(text: str) -> None:
    index = Index(0.9)
    index.add("乙", (text,))
    assert index.find(text) == "乙"


def test_names_are_covered_the_longest_first() -> None:
    found = covers((Term("岚湾", TermKind.SHORT), Term("岚湾流控", TermKind.SHORT)))
    assert covered("由岚湾流控负责", found) == "由\x01负责"
    assert covered("由别人负责", found) == "由别人负责"
    assert Covers().words("岚湾") == set()
    assert not covers(()).ready


def test_forms_papers_of_the_firm_and_unread_files_are_not_measured() -> None:
    assert measured(file("甲"), DESK)
    assert not measured(file("甲", id_="rec-background"), DESK)
    assert not measured(file("甲", id_="svc-visit"), DESK)


def test_what_goes_beyond_a_threshold_is_told_with_its_reason() -> None:
    row = Measure("文件/a.docx", "sys-x", 40, 39, 20, 10, 1, "青屿软件")
    found = list(alike((row,), DESK))
    assert [each.severity for each in found] == [Severity.WARN] * 3
    assert messages(found) == [
        "98% 的句子和模板一字不差（上限 90%）",
        "模板以外有 25% 的句子和客户“青屿软件”的文件相同或几乎相同（上限 10%）",
        "提到的本企业事实只有 1 个（至少 3 个）",
    ]
    assert all(
        DESK.facts.words.said(LIMITS[name].reason) in each.fix
        for name, each in zip(("template", "copied", "facts"), found, strict=True)
    )


def test_short_and_own_documents_are_not_told() -> None:
    assert messages(alike((Measure("a", "", 9, 9, 9, 9, 0),), DESK)) == []
    assert messages(alike((Measure("a", "", 100, 50, 80, 5, 9),), DESK)) == []
    assert messages(alike((Measure("a", "", 100, 100, 100, 100, 0),), desk())) == []


def test_the_set_is_the_sum() -> None:
    rows = (Measure("a", "", 10, 5, 2, 1, 3, "乙"), Measure("b", "", 30, 5, 2, 1, 3))
    assert whole(rows, 4) == Measure("", "", 40, 10, 4, 2, 4, "乙")
    assert whole((), 0).share(0) == 0.0
    assert mentioned((file("技术中心"), file("技术中心和韩泊舟")), sources()) == 2


def record(number: int, month: str, *rows: str, form: str = "rec-market-monitor") -> Entry:
    """A monthly record with these findings."""
    data = {"rows": [{"情况": row, "序号": 1} for row in rows], "sign": [{"name": rows[0]}]}
    return Entry(EntryKind.RECORD, f"LW-{number}", f"2026-{month}-28", form=form, data=data)


SEEN = "本月查看了三家网店和两个展会的公告没有看到相同的产品外形，截图存在文件夹里备查"
OTHER = "七月查看了直销渠道的报价单，有一家阀门的外形和我们的定位器很像，已经请知识产权部比对专利"


def test_records_that_repeat_the_month_before_are_told() -> None:
    twice = (record(1, "06", SEEN, SEEN), record(2, "07", SEEN, SEEN))
    (found,) = repeated(twice, DESK)
    assert found.message == "LW-2（2026-07-28）有 100% 的内容和 LW-1（2026-06-28）相同"
    assert found.severity is Severity.WARN


def test_other_months_short_ones_and_lists_are_not_told() -> None:
    assert messages(repeated((record(1, "06", SEEN, SEEN), record(2, "07", OTHER, OTHER)), DESK)) == []
    assert messages(repeated((record(1, "06", "无"), record(2, "07", "无")), DESK)) == []
    kept = (record(1, "06", SEEN, SEEN, form="reg-risks"), record(2, "07", SEEN, SEEN, form="reg-risks"))
    assert messages(repeated(kept, DESK)) == []
    assert messages(repeated((record(1, "06", SEEN, SEEN), record(2, "07", SEEN, SEEN)), desk())) == []


def test_the_examples_do_not_repeat_themselves() -> None:
    assert messages(repeated(example_facts().records(), DESK)) == []


def test_every_threshold_has_a_number_and_a_reason() -> None:
    assert set(LIMITS) == {"template", "copied", "near", "months", "facts"}
    assert all(limit.reason and limit.value > 0 for limit in LIMITS.values())
    own = thresholds(SHELVES, Firm(likeness={"template": Threshold(0.5, "本机构的要求")}))
    assert own["template"].value == 0.5
    assert own["copied"] == LIMITS["copied"]
    assert any("{{" in text for text in static_texts(SHELVES))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("copyed", 0.1, "likeness 里没有“copyed”，是不是想写“copied”"),
        ("template", 5.0, "likeness.template 是份额"),
        ("facts", 0.3, "likeness.facts 是个数"),
    ],
)
def test_a_threshold_of_the_firm_that_would_have_no_effect_is_refused(name: str, value: float, word: str) -> None:
    with pytest.raises(FileFaults, match=word):
        thresholds(SHELVES, Firm(likeness={name: Threshold(value, "本机构的要求"), "months": Threshold(0.5, "要求")}))
