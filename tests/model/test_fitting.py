"""The form of a client: what it does not have is not offered, what it recorded stays."""

from drafted import example_facts
from gbtool.model.condition import holds, names, unanswered
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.forms.fitting import admitting, fitted, whole_of
from gbtool.model.forms.form import complaint
from gbtool.model.forms.written import value
from gbtool.structs import replace

BUSINESS = Field("环节", "choice", ("研发", "合同"), only={"研发": ("has_rd|has_outsourced_rd",)})
SHARE = Field("占研发经费比例", "percent", when=("has_rd",))
FIELDS = Fields((Field("日期", "date"),), (BUSINESS,), (SHARE,), ("研发", "批准"), {"研发": ("has_rd",)})
NONE = {"has_rd": False, "has_outsourced_rd": False}


def form(fields: Fields = FIELDS) -> Specification:
    """A form of the catalogue with these fields."""
    return replace(next(each for each in example_facts().specifications if each.id == "rec-budget"), fields=fields)


def record(**data: object) -> Entry:
    """A record of the form."""
    return Entry(EntryKind.RECORD, "JL-1", "2026-05-20", form="rec-budget", data=data)


def test_a_business_that_is_not_there_has_no_choice_field_or_signature() -> None:
    found = fitted(form(), NONE).fields
    assert found.columns[0].choices == ("合同",)
    assert found.columns[0].withheld == ("研发",)
    assert (found.foot, found.sign) == ((), ("批准",))
    assert whole_of(found) is FIELDS


def test_one_that_is_there_or_not_yet_answered_has_all_of_it() -> None:
    for answers in ({"has_rd": True}, {}):
        found = fitted(form(), answers).fields
        assert (found.columns[0].choices, found.columns[0].withheld) == (("研发", "合同"), ())
        assert found.names == FIELDS.names
        assert found.sign == FIELDS.sign


def test_a_form_that_is_the_same_for_all_stays_as_it_is() -> None:
    plain = form(Fields(sign=("批准",)))
    assert fitted(plain, NONE) is plain
    assert admitting(plain, (record(),)) is plain
    assert whole_of(plain.fields) is plain.fields


def test_fitting_again_follows_the_new_answers() -> None:
    again = fitted(fitted(form(), NONE), {"has_rd": True}).fields
    assert again.columns[0].choices == ("研发", "合同")
    assert again.foot[0].when == ()


def test_what_was_recorded_stays_valid() -> None:
    rows = [{"环节": ["研发"]}, {"环节": None}]
    kept = record(rows=rows, foot={"占研发经费比例": "3%"}, sign=[{"role": "研发", "name": "甲"}])
    found = admitting(fitted(form(), NONE), (kept,)).fields
    assert found.columns[0].choices == ("研发", "合同")
    assert found.foot[0].name == "占研发经费比例"
    assert found.sign == ("研发", "批准")
    assert admitting(fitted(form(), NONE), (record(),)).fields.foot == ()


def test_a_title_may_be_one_for_clients_with_an_answer() -> None:
    titled = replace(form(), titles={"has_noncompete=否": "保密协议签订台账", "2013": "旧版台账"})
    assert fitted(titled, {"has_noncompete": False}).title_in("2023") == "保密协议签订台账"
    assert fitted(titled, {"has_noncompete": True}).title_in("2013") == "旧版台账"
    both = replace(form(), titles={"has_rd=否&has_sales=否": "台账"})
    assert fitted(both, {"has_rd": False, "has_sales": False}).title == "台账"
    assert fitted(both, {"has_rd": False, "has_sales": True}).title == both.title


def test_a_choice_that_is_withheld_is_refused_with_the_answer_to_change() -> None:
    field = fitted(form(), NONE).fields.columns[0]
    assert value(field, "□ 研发　☑ 合同") == "合同"
    assert value(field, "☑ 研发　□ 合同") == "研发"
    assert complaint(field, "研发") == "“研发”是这家客户没有的；真有的，先改资料（has_rd、has_outsourced_rd）"
    assert complaint(field, "采购") == "“采购”不在可选之列：合同"


def test_terms_may_ask_for_an_answer() -> None:
    terms = ("edition=2013|has_rd=是",)
    assert names(terms) == ("edition", "has_rd")
    assert holds(terms, {"edition": "2013"})
    assert holds(terms, {"has_rd": True})
    assert not holds(terms, {"edition": "2023", "has_rd": False})
    assert not holds(("edition!=2013",), {"edition": "2013"})
    assert holds(("edition!=2013",), {"edition": "33251-2016"})
    assert not holds(("edition!=2013",), {})
    assert names(("edition!=2013",)) == ("edition",)
    assert holds(("sales_channels=直销",), {"sales_channels": ["经销", "直销"]})
    assert not holds(("sales_channels=直销",), {"sales_channels": ["经销"]})
    assert holds(("sales_channels!=直销",), {"sales_channels": []})
    assert unanswered(terms, {"edition": "2023"}) == ("has_rd",)
