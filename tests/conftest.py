"""Facts that many tests look at, read once."""

import pytest

from engagement import EXAMPLES, LATER, READY_DAY, facts_of
from gbtool.model.facts import Facts


@pytest.fixture(scope="session")
def lanwan() -> Facts:
    """The manufacturer two months after its application."""
    return facts_of(EXAMPLES / "lanwan", LATER)


@pytest.fixture(scope="session")
def lanwan_ready() -> Facts:
    """The manufacturer on the day of its application."""
    return facts_of(EXAMPLES / "lanwan", READY_DAY)


@pytest.fixture(scope="session")
def qingyu() -> Facts:
    """The software company in its second month."""
    return facts_of(EXAMPLES / "qingyu", LATER)
