"""The ways in which a client sells: each is named where it matters, and a shop only where there is one."""

import pytest

from absent import businesses, client_without, written
from drafted import example_desk
from engagement import answered

DOCUMENTS = {"flow-marketing", "proc-sales", "rec-market-monitor"}
PLAIN = next(each for each in businesses() if each.name == "研发和生产")  # a shop makes nothing


def told(*channels: str, online: bool = False) -> list[str]:
    """What a dealer who sells in these ways reads about selling."""
    plain = client_without(PLAIN, "2023")
    facts = answered(plain, sells_online=online, attends_exhibitions=False, sales_channels=list(channels))
    return [text for _, text in written(facts, example_desk(facts), DOCUMENTS)]


def test_each_channel_has_its_line_in_the_flow() -> None:
    choices = client_without(PLAIN, "2023").client.questions["sales_channels"].choices
    assert "门店零售" in choices
    assert set(choices) <= set(told(*choices))  # a cell of the table of channels each


def test_a_shop_is_looked_at_and_no_tender_is_asked_for() -> None:
    text = "\n".join(told("门店零售"))
    assert "通过门店零售进行的上市、宣传、销售和售后" in text
    assert "门头、陈列、价签和单页上的商标、图片" in text
    assert "查的地方是同行网页、电商平台、门店附近同行的陈列" in text
    assert "“渠道”填：电商、门店、竞品官网" in text
    assert "投标文件和视频" not in text


@pytest.mark.parametrize("online", [False, True])
def test_a_client_without_a_shop_reads_of_none(online: bool) -> None:
    assert not [text for text in told("直销", "电商平台", online=online) if "门店" in text]
