"""Where a business does not exist at the client, its words vanish from all its documents, forms and questions."""

import pytest

from absent import Absent, businesses, left_over, read
from drafted import example_facts

pytestmark = pytest.mark.no_cover  # the same texts again for each business


@pytest.mark.parametrize("edition", ["2013", "2023"])
@pytest.mark.parametrize("absent", businesses(), ids=lambda each: str(each.name))
def test_nothing_is_left_of_a_business_that_the_client_does_not_have(absent: Absent, edition: str) -> None:
    assert left_over(absent, edition) == []


def test_the_words_are_those_that_documents_with_the_business_use() -> None:
    said = {name: "\n".join(text for _, text in read(example_facts(name))) for name in ("lanwan", "qingyu")}
    for absent in businesses():
        having = [name for name in said if all(example_facts(name).client.get(key) for key in absent.answers)]
        assert all(absent.words.search(said[name]) for name in having), absent.name
    assert sum(len(text) for text in said.values()) > 500_000
