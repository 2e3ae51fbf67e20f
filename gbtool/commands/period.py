"""`gbtool period`: the operating period, month by month."""

from dataclasses import dataclass
from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.rules import period
from gbtool.rules.period import Span


@dataclass(frozen=True, slots=True)
class Period:
    """The effective day, today's number in the period, full months, earliest day to apply, months and quarters."""

    client: str
    today: date
    effective: date | None
    day: int
    months: int
    earliest: date | None
    spans: tuple[Span, ...]
    quarters: tuple[Span, ...]

    @property
    def days_left(self) -> int:
        """Days until the earliest day to apply, 0 once it has come."""
        return max(0, (self.earliest - self.today).days) if self.earliest else 0


def operating(work: Workspace, today: date) -> Period:
    """The period of a client on a day.

    Raises:
        FileFaults: a file of the client is wrong.
    """
    facts = gather(work, today)
    return Period(
        facts.client.name,
        today,
        facts.effective,
        period.day_number(facts),
        period.months_passed(facts),
        period.earliest(facts),
        period.months(facts),
        period.quarters(facts),
    )
