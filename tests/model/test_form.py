import pytest

from gbtool.model.document import Field
from gbtool.model.forms.form import by_name, complaint

CHOICE = Field("类型", "choice", ("申请", "授权"))


@pytest.mark.parametrize("kind", ["text", "date", "number", "choice", "bool", "period"])
@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_value_is_nothing_wrong(kind: str, empty: object) -> None:
    assert complaint(Field("x", kind), empty) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("x"), "任何文字 & < {{ }} \U00020bb7"),
        (Field("x", "sign"), ["周屿川", "沈知远"]),
        (Field("x", "date"), "2026-02-28"),
        (Field("x", "period"), "2026-05"),
        (Field("x", "period"), "2026-05-18至2026-08-31"),
        (Field("x", "period"), "2023-07至2026-09"),
        (Field("x", "number"), "680"),
        (Field("x", "number"), "1/3"),
        (Field("x", "percent"), "33.5%"),
        (Field("x", "money"), "-0.8"),
        (Field("x", "bool"), "true"),
        (Field("x", "bool"), "否"),
        (CHOICE, "授权"),
        (CHOICE, ["申请", "授权"]),
        (Field("x", "choice"), "没有列出可选的"),
    ],
)
def test_a_value_that_fits_is_taken(field: Field, value: object) -> None:
    assert complaint(field, value) is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (Field("x", "date"), "2026-02-30", "不存在"),
        (Field("x", "date"), "2026/5/1", "2026-05-18"),
        (Field("x", "period"), "五月", "日期"),
        (Field("x", "period"), "2026-05-18至2026-02-30", "不存在"),
        (Field("x", "period"), "2026-05-18至2026-05-01", "早于起日"),
        (Field("x", "number"), "约三十", "数字"),
        (Field("x", "bool"), "也许", "是 或 否"),
        (CHOICE, "登记", "申请、授权"),
        (CHOICE, ["申请", "登记"], "登记"),
        (Field("x"), {"键": "值"}, "应当是一个值"),
        (Field("x"), [["里层"]], "应当是一个值"),
    ],
)
def test_a_value_that_does_not_fit_is_explained(field: Field, value: object, said: str) -> None:
    assert said in (complaint(field, value) or "")


def test_fields_are_found_by_name() -> None:
    assert by_name((CHOICE,)) == {"类型": CHOICE}
