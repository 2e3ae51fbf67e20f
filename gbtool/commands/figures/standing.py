"""The figures of a client as they stand: what its standard has counted, what the ledger keeps."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gbtool.commands import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import Refused
from gbtool.model.client import Client
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.model.standards.head import Head
from gbtool.model.yearly import Statistic, Statistics
from gbtool.rules.yearly import counting
from gbtool.shelf import standards, yearly
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen


class Yearly(Frozen, dict=True):
    """The client on a day with what is counted once a year."""

    work: Workspace
    facts: Facts
    book: Statistics

    @cached_property
    def entries(self) -> Mapping[counting.At, Entry]:
        """What the ledger keeps, by line and year."""
        return counting.entries(self.book, self.facts)

    @cached_property
    def figures(self) -> counting.Figures:
        """What it comes to."""
        return counting.figures(self.book, self.facts)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What the documents are called from which figures come."""
        edition = self.facts.client.edition
        found = {each.id: f"《{each.title_in(edition)}》" for each in self.facts.specifications}
        return {**found, **{form: found[by] for form, by in self.facts.instead.items()}}

    def sources(self, statistic: Statistic) -> str:
        """From which documents a statistic is taken."""
        return "、".join(self.titles.get(source, source) for source in statistic.sources)


def yearly_of(work: Workspace, today: date, standard: str = "") -> Yearly:
    """The figures of a client as they stand on a day.

    Args:
        work: the client's folder.
        today: the day.
        standard: by which of its standards, in any way of writing; empty: the first of them that counts anything.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
        UsageError: there is no such standard.
        Refused: it has nothing counted.
    """
    facts = gather.gather(work, today)
    for head in heads(facts.client, facts.standard.head, standard, work.shelves):
        book = yearly.statistics(work.shelves, head.folder)
        if book:
            return Yearly(work, facts, book)
    counting_ = "、".join(h.code for h in standards.heads(work.shelves) if yearly.statistics(work.shelves, h.folder))
    raise Refused("这个客户的标准没有年度数据要填", f"有年度数据的标准：{counting_}；用 --standard 说按哪一个")


def heads(client: Client, own: Head, named: str, shelves: Shelves) -> tuple[Head, ...]:
    """The standards of a client, its own first; only the one that is named, where one is.

    Raises:
        UsageError: there is no such standard.
    """
    if named:
        return (standards.named(named, shelves),)
    further = client.get("further_standards")
    keys = tuple(map(str, further)) if isinstance(further, (list, tuple)) else ()
    return (own, *(head for head in standards.heads(shelves) if head.key in keys and head.key != own.key))
