"""FL-03: what a file's properties tell that is nobody's business."""

import pytest

from desks import desk, file, messages
from gbtool.model.finding import Severity
from gbtool.model.firm import Firm
from gbtool.model.piece import Piece, Spot
from gbtool.screening.hygiene import hygiene

DESK = desk()
OWN = DESK.facts.client.name


def told(name: str, value: str, spot: Spot = Spot.CORE) -> list[str]:
    """What is said of one property."""
    return messages(hygiene(file(Piece(value, spot, f"文件属性“{name}”", "docProps/core.xml", name=name)), DESK))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("creator", "张三", "属性里的作者不是本企业：张三"),
        ("lastModifiedBy", "别的公司", "属性里的最后一次保存者不是本企业：别的公司"),
        ("Manager", "李四", "属性里的主管不是本企业：李四"),
        ("Company", "别的公司", "属性里的单位不是本企业：别的公司"),
        ("Template", "乙客户手册.dotx", "属性里留着模板名：乙客户手册.dotx"),
        ("HyperlinkBase", "D:\\客户\\乙", "属性里留着路径：D:\\客户\\乙"),
        ("created", "2019-03-01T00:00:00Z", "文件创建于 2019-03-01，早于辅导合同（2026-03-09），像是从别处改来的"),
        ("description", "联系13800000000", "属性里有手机号"),
        ("keywords", "110101199001011237", "属性里有身份证号"),
        ("keywords", "a.b@x.example.com", "属性里有邮箱"),
    ],
)
def test_what_a_property_tells(name: str, value: str, message: str) -> None:
    assert told(name, value) == [message]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("creator", OWN),
        ("lastModifiedBy", "岚湾流控"),
        ("Template", "Normal.dotm"),
        ("created", "2026-05-15T00:00:00Z"),
        ("created", "昨天"),
        ("title", "手册"),
        ("Application", "WPS"),
    ],
)
def test_what_may_be_told(name: str, value: str) -> None:
    assert told(name, value) == []


def test_properties_that_somebody_added_are_told() -> None:
    assert told("客户", "乙 13800000000", Spot.CUSTOM) == ["有自定义属性“客户”", "属性里有手机号"]
    assert told("gbtool.document", "ip-manual", Spot.CUSTOM) == []
    assert told("KSOProductBuildVer", "2052", Spot.CUSTOM) == []
    assert told("x", "正文", Spot.BODY) == []


@pytest.mark.parametrize(("id_", "said"), [("svc-visit", []), ("rec-visitor", ["属性里的作者不是本企业：甲咨询"])])
def test_the_consultancy_is_the_author_of_its_own_papers(id_: str, said: list[str]) -> None:
    creator = Piece("甲咨询", Spot.CORE, "文件属性“creator”", "docProps/core.xml", name="creator")
    assert messages(hygiene(file(creator, id_=id_), desk(firm=Firm("甲咨询")))) == said


def test_it_only_warns() -> None:
    piece = Piece("张三", Spot.CORE, "文件属性“作者”", name="creator")
    assert [each.severity for each in hygiene(file(piece), DESK)] == [Severity.WARN]
