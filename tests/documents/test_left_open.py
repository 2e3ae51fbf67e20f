"""What a client leaves open holds up nothing else: optional answers, columns of its tables."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from absent import WORK, written
from drafted import CACHE, example, example_facts, kept_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import drafting, needs, plan
from gbtool.model.facts import Facts
from gbtool.model.question import Kind
from gbtool.shelf import checklists, standards
from gbtool.structs import replace
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
# A document that waits, the table and its column.
LACKING = {
    "2023": ("proc-sales", "trademarks", "注册公告日"),
    "33251": ("u-proc-protect", "contracts", "签订日期"),
    "56005": ("n-plan-capability", "people_roster", "关键岗位"),
}


@pytest.mark.parametrize("under", CLIENTS)
def test_a_document_waits_only_for_what_must_be_answered(under: str, tmp_path: Path) -> None:
    facts = CLIENTS[under](tmp_path)
    optional = [key for key, each in facts.client.questions.items() if not each.required]
    bare = answered(facts, **dict.fromkeys(optional))
    desk = drafts.desk(example(), bare, CACHE)
    assert plan.plan(bare, drafts.parts_for(example(), bare)).undecided == ()
    assert len(list(written(bare, desk))) > 1000  # an answer that is open stops a text with its file and line


@pytest.mark.parametrize("under", ["2023", "33251", "56005"])
def test_a_column_that_a_table_lacks_keeps_open_what_prints_it_alone(under: str, tmp_path: Path) -> None:
    facts = CLIENTS[under](tmp_path)
    tables = {key: each for key, each in facts.client.questions.items() if each.type is Kind.FILE}
    needed = {key: {column.name for column in each.columns if column.needed} for key, each in tables.items()}
    bare = answered(facts, **{key: _cut(facts.client.rows(key), needed[key]) for key in tables})
    desk = drafts.desk(example(), bare, CACHE)
    waiting: dict[str, str] = {}
    for each in plan.plan(bare, drafts.parts_for(example(), bare)).documents:
        try:
            if each.templates and set(tables) & set(needs.used(each)):
                drafting.draft(each, desk)
        except drafting.StillOpen as still:
            waiting[each.specification.id] = still.values[0].question
    document, table, column = LACKING[under]
    assert waiting[document] == f"{facts.client.place(table)} {table} 的表格里“{column}”一列"
    assert len(waiting) < 30


def _cut(rows: Sequence[Mapping[str, object]], names: set[str]) -> list[dict[str, object]]:
    return [{name: cell for name, cell in row.items() if name in names} for row in rows]


def test_a_contract_that_nobody_signed_yet_is_no_contract_in_force() -> None:
    facts = answered(example_facts("jialan"), manual_issue_date="2026-08-30")
    rows = [{**row, "签订日期": ""} for row in facts.client.rows("contracts")]
    texts = {
        key: "".join(text for _, text in written(each, drafts.desk(example(), each, CACHE), {"u-proc-protect"}))
        for key, each in (("signed", facts), ("unsigned", answered(facts, contracts=rows)))
    }
    assert "手册发布时在履行的" in texts["signed"]
    assert "手册发布时在履行的" not in texts["unsigned"]
