"""The grades of a client as they stand: the levels of its standard, what it answered, what its figures say."""

from datetime import date
from functools import cached_property

from gbtool.commands import gather
from gbtool.commands.figures.standing import heads
from gbtool.commands.workspace import Workspace
from gbtool.errors import Refused, UsageError
from gbtool.model.facts import Facts
from gbtool.model.grading import Graded, Scheme
from gbtool.rules.grading.desk import Desk
from gbtool.rules.grading.judging import graded
from gbtool.rules.yearly import counting
from gbtool.shelf import gradings, standards, yearly
from gbtool.structs import Frozen


class Grades(Frozen, dict=True):
    """The client on a day with the levels that it may claim."""

    work: Workspace
    facts: Facts
    desk: Desk

    @property
    def scheme(self) -> Scheme:
        """The levels and their conditions."""
        return self.desk.scheme

    @cached_property
    def levels(self) -> tuple[Graded, ...]:
        """Every level as it stands."""
        return graded(self.desk)

    @property
    def target(self) -> int:
        """The level that the client wants, the first while it has not said."""
        said = self.facts.client.text(self.scheme.target)
        return int(said[0]) if said[:1].isdigit() else 1

    def level(self, number: int) -> Graded:
        """A level.

        Raises:
            UsageError: there is none of this number.
        """
        if not 1 <= number <= len(self.levels):
            raise UsageError(f"没有 {number} 级，有 1 至 {len(self.levels)} 级")
        return self.levels[number - 1]


def grades_of(work: Workspace, today: date, standard: str = "") -> Grades:
    """The grades of a client as they stand on a day.

    Args:
        work: the client's folder.
        today: the day.
        standard: by which of its standards, in any way of writing; empty: the first of them that has grades.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
        UsageError: there is no such standard.
        Refused: it has no grades.
    """
    facts = gather.gather(work, today)
    for head in heads(facts.client, facts.standard.head, standard, work.shelves):
        scheme = gradings.grading(work.shelves, head.folder)
        if scheme:
            book = yearly.statistics(work.shelves, head.folder)
            figures = counting.figures(book, facts) if book else None
            return Grades(work, facts, Desk(scheme, facts, figures))
    having = "、".join(h.code for h in standards.heads(work.shelves) if gradings.grading(work.shelves, h.folder))
    raise Refused("这个客户的标准没有分级", f"有分级的标准：{having}；用 --standard 说按哪一个")
