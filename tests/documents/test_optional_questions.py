"""A question that may stay open leaves no document waiting: each shipped text does without its answer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from absent import WORK, written
from drafted import CACHE, example, example_facts, kept_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import plan
from gbtool.model.facts import Facts
from gbtool.shelf import checklists, standards
from innovating import client_of, folder_of


def older(_: Path) -> Facts:
    """The manufacturer under the older edition."""
    standard, shares = standards.standard("2013", WORK.shelves), checklists.matrix("2013", WORK.shelves)
    return answered(replace(example_facts(), standard=standard, matrix=shares), standard_edition="2013")


CLIENTS: dict[str, Callable[[Path], Facts]] = {
    "2023": lambda _: kept_facts(),
    "2013": older,
    "33251": lambda _: example_facts("jialan"),
    "33250": lambda _: example_facts("huaiyu"),
    "56005": lambda folder: client_of(folder_of("lanwan", folder))[1],
}


@pytest.mark.parametrize("under", CLIENTS)
def test_a_document_waits_only_for_what_must_be_answered(under: str, tmp_path: Path) -> None:
    facts = CLIENTS[under](tmp_path)
    optional = [key for key, each in facts.client.questions.items() if not each.required]
    bare = answered(facts, **dict.fromkeys(optional))
    desk = drafts.desk(example(), bare, CACHE)
    assert plan.plan(bare, drafts.parts_for(example(), bare)).undecided == ()
    assert len(list(written(bare, desk))) > 1000  # an answer that is open stops a text with its file and line
