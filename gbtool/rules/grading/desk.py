"""What a grading looks at: levels, the client, what people answered, figures, the assessment, when the trial began."""

from collections.abc import Mapping

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.grading import Scheme
from gbtool.rules.dates.innovation import trial_start
from gbtool.rules.diagnosis import rounds
from gbtool.rules.reading import Dated
from gbtool.rules.yearly.counting import Figures
from gbtool.structs import Frozen


class Desk(Frozen):
    """What a grading looks at: the scheme, the client, its figures where the standard has any counted."""

    scheme: Scheme
    facts: Facts
    figures: Figures | None = None

    @property
    def answers(self) -> Mapping[str, Entry]:
        """What people answered or confirmed, by condition."""
        return {entry.id: entry for entry in self.facts.of(EntryKind.GRADE)}

    @property
    def start(self) -> Dated | None:
        """The day on which the trial began."""
        return trial_start(self.facts, self.scheme.trial.record, self.scheme.trial.start)


def assessed(question: str, facts: Facts) -> Entry | None:
    """What a question of the assessment was last answered."""
    return rounds.answers(facts, rounds.latest(facts, (question,))).get(question)


def latest(figure: str, desk: Desk) -> tuple[int, str] | None:
    """The last year of which a figure is known, and what it was."""
    if desk.figures is None or figure not in desk.figures.book.by_line:
        return None
    found = ((year, desk.figures.amount(figure, year).shown) for year in reversed(desk.figures.years))
    return next(((year, shown) for year, shown in found if shown), None)
