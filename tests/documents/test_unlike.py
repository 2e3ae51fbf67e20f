"""The texts of the examples, side by side, differ in more than names; equal is what the law or any office does."""

import pytest

from alike import shares

pytestmark = pytest.mark.no_cover  # whole sets: how a text is rendered is measured elsewhere
MOST = {"manual": 0.40, "system": 0.60, "procedure": 0.70, "flow": 0.60, "plan": 0.65, "appointment": 0.70}


@pytest.mark.parametrize("edition", ["2013", "2023"])
def test_the_texts_of_the_examples_are_not_each_others(edition: str) -> None:
    found = shares(edition)
    assert len(found) > 50
    assert {id_: round(share, 2) for id_, share in found.items() if share > MOST[id_.partition("/")[0]]} == {}
