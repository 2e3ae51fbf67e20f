import pytest

from gbtool.model.facts import Facts
from gbtool.rules.auditing import figures
from gbtool.rules.audits import FACT


@pytest.mark.parametrize(
    ("fact", "differs"),
    [
        ("EI-16 基准期42、本期100，重算一致", False),
        ("EI-16 本期90，签前审查45份", True),
        ("EI-28 基准期0/2，本期1/1", False),
        ("EI-99 本期3", False),
        ("EI-16 追到了合同台账", False),
        ("看了合同台账18份", False),
    ],
)
def test_a_figure_that_is_not_the_ledgers_is_told(lanwan: Facts, fact: str, differs: bool) -> None:
    found = list(figures.differing([{"序号": "7", FACT: fact}], lanwan))
    assert bool(found) is differs
    assert not differs or found == ["第7行的 EI-16 与台账不同：台账基准期数值42、本期数值100"]
