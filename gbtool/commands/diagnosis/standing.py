"""A diagnosis as it stands: the questions of the shelf, the facts of the client, points, figures."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from gbtool.commands import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.client import Department
from gbtool.model.diagnosis import Indicator, Indicators, Probe, Scheme
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.diagnosis import figures, rounds, scoring, writing
from gbtool.shelf import diagnosis, standards
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import Frozen, replace


class Diagnosis(Frozen, dict=True):
    """The client on a day with the questions and indicators that are asked, and which time it is."""

    work: Workspace
    facts: Facts
    scheme: Scheme
    indicators: Indicators
    round: int = 1

    @cached_property
    def survey(self) -> scoring.Survey:
        """Points, shares, red flags."""
        return scoring.survey(self.scheme, self.facts, self.round)

    @cached_property
    def before(self) -> scoring.Survey | None:
        """The time before this one."""
        return scoring.survey(self.scheme, self.facts, self.round - 1) if self.round > 1 else None

    @property
    def time(self) -> str:
        """Which time it is, empty for the first."""
        return f"（第{self.round}次）" if self.round > 1 else ""

    @cached_property
    def wanted(self) -> tuple[writing.Wanted, ...]:
        """The documents to write."""
        return writing.wanted(self.survey, self.facts)

    @cached_property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that concern the client."""
        return figures.wanted(self.indicators, self.facts)

    @cached_property
    def baseline(self) -> Mapping[str, figures.Figure]:
        """The figures from before the system, by indicator."""
        return figures.before(self.indicators, self.facts)

    @property
    def missing(self) -> tuple[Indicator, ...]:
        """The indicators whose baseline nobody has taken."""
        return tuple(figures.missing(self.measured, self.baseline))

    def asked(self, departments: Iterable[str] = ()) -> tuple[Probe, ...]:
        """The questions to these departments, to all when none is named, those that do not concern the client left out.

        Raises:
            UsageError: there is no such department.
        """
        left_out = {probe.id for probe in self.survey.left_out}
        probes = tuple(probe for probe in self.scheme.probes if probe.id not in left_out)
        wanted = [self._department(name) for name in departments]
        return tuple(p for p in probes if not wanted or any(scoring.concerns(p, each) for each in wanted))

    def _department(self, name: str) -> Department:
        known = {department.name: department for department in self.facts.client.departments}
        if name not in known:
            listed = f"机构图上有：{'、'.join(known) or '（还没有部门）'}"
            raise UsageError(f"没有部门“{name}”{did_you_mean(name, known)}", listed)
        return known[name]

    def carriers(self, probe: Probe) -> str:
        """The departments in which a question is asked."""
        if audits.EVERY in probe.ask:
            return scoring.EVERYONE
        names = [each.name for each in self.facts.client.departments if scoring.concerns(probe, each)]
        return "、".join(names) or scoring.EVERYONE


def diagnosis_of(work: Workspace, today: date, standard: str = "", time: int = 0) -> Diagnosis:
    """The diagnosis of a client as it stands on a day.

    Args:
        work: the client's folder.
        today: the day.
        standard: by which of its standards it is asked, in any way of writing; empty: by its own.
        time: the first, second … time; 0: the last that anybody answered.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
        UsageError: there is no such standard, or the time before this one was never answered.
    """
    facts = gather.gather(work, today)
    if standard:
        head = standards.named(standard, work.shelves)
        facts = replace(facts, standard=standards.standard(head.key, work.shelves))
    folder = facts.standard.head.folder
    scheme = diagnosis.scheme(work.shelves, folder)
    last = rounds.latest(facts, scheme.by_id)
    answered = any(rounds.answers(facts, last).get(probe.id) for probe in scheme.probes)
    if time > (last + 1 if answered else 1):
        raise UsageError(f"第{time}次以前，第{time - 1}次还没有打分", "先做前一次：gbtool diagnose")
    return Diagnosis(work, facts, scheme, diagnosis.indicators(work.shelves, folder), time or last)
