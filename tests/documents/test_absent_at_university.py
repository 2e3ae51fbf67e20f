"""What a university does not do is in none of its texts and forms, whether it lacks all of it or one thing alone."""

import re
from collections import ChainMap

import pytest

from absent import BUSINESSES, Absent, businesses, left_over
from drafted import example_facts

pytestmark = pytest.mark.no_cover  # the same texts again for each business
ALL = businesses(BUSINESSES.with_name("university-businesses.yaml"))
ALONE = [each for each in ALL if each.name in ("许可和转让", "作价投资")]
EDITION = "33251-2016"


def everything() -> Absent:
    """All the businesses at once."""
    return Absent(
        "全部",
        ChainMap(*(dict(each.answers) for each in ALL)),
        tuple(function for each in ALL for function in each.functions),
        re.compile("|".join(each.words.pattern for each in ALL)),
        re.compile("|".join(each.allowed.pattern for each in ALL)),
        {},
    )


@pytest.mark.parametrize("absent", [everything(), *ALONE], ids=lambda each: str(each.name))
def test_nothing_is_left_in_the_papers_of_a_university(absent: Absent) -> None:
    found = left_over(absent, EDITION, example_facts("jialan"))
    assert [each for each in found if not each[0].startswith("audit ")] == []
