"""A certification body as its own papers have it: how long it gives; what is not known stays empty."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from gbtool.model.calendar import add_months
from gbtool.model.outside.material import Material
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field


class Visit(StrEnum):
    """The audits of a certification body."""

    FIRST = "一阶段"
    SECOND = "二阶段"
    SURVEILLANCE = "监督审核"
    RECERTIFICATION = "再认证"
    SPECIAL = "特殊审核"


class Grade(StrEnum):
    """How a body grades what it finds."""

    MAJOR = "严重"
    MINOR = "一般"
    OBSERVATION = "观察项"


class Start(StrEnum):
    """From which day a limit runs."""

    ISSUED = "开出日期"
    CLOSING = "末次会议日期"


class Limit(Frozen):
    """How long a body gives for its findings: in days or months, from which day, by which paper, seen on which day.

    An empty `stage` or `grade` stands for all of them.
    """

    stage: Visit | None = None
    grade: Grade | None = None
    days: int | None = None
    months: int | None = None
    counted_from: Start | None = None
    what: str = ""
    source: str = ""
    seen: str = ""
    place: Place = NOWHERE

    @property
    def known(self) -> bool:
        """Whether somebody wrote how long it is."""
        return self.days is not None or self.months is not None

    def __str__(self) -> str:
        """`30天` or `3个月`, empty where it is not known."""
        if self.days is not None:
            return f"{self.days}天"
        return f"{self.months}个月" if self.months is not None else ""

    def last(self, start: date) -> date | None:
        """The last day; None where the limit is not known."""
        if self.days is not None:
            return start + timedelta(days=self.days)
        return add_months(start, self.months) if self.months is not None else None

    def rank(self, stage: str, grade: str) -> int | None:
        """How closely it fits a finding, None where it does not."""
        if (self.stage and self.stage != stage) or (self.grade and self.grade != grade):
            return None
        return 2 * bool(self.stage) + bool(self.grade)


class Count(StrEnum):
    """From which day of a certificate a body counts surveillance."""

    DECISION = "认证决定日"
    ISSUED = "发证日"
    BEGINS = "证书起日"


class Surveillance(Frozen):
    """How many months after which day a body comes for surveillance, by which paper."""

    months: int | None = None
    counted_from: Count | None = None
    source: str = ""


class Body(Frozen):
    """A certification body: its name, the other names that papers use for it, its limits and what else it wants.

    `recertify_months` lie between the application for a new cycle and the end of the old one, `notify_days` are those
    to report a change in; `materials` are what it asks for where that is not as in the general list, `fees` are in
    yuan by name, `leads` are the working days after a step of a plan, by the step's title.
    """

    name: str = ""
    aliases: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    surveillance: Surveillance | None = None
    suspension_months: int | None = None
    recertify_months: int | None = None
    notify_days: int | None = None
    requires_credits: bool | None = None
    materials: tuple[Material, ...] = ()
    fees: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    place: Place = NOWHERE

    def called(self, name: str) -> bool:
        """Whether it goes by a name."""
        return bool(name) and name in (self.name, *self.aliases)

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """What it says of changes to report and of its fees, by name; what is not known is left out."""
        days = f"{self.notify_days} 天内" if self.notify_days is not None else ""
        fees = "、".join(f"{name} {amount} 元" for name, amount in self.fees.items())
        return tuple((name, text) for name, text in (("变更通报", days), ("机构收费", fees)) if text)

    def limit(self, stage: str, grade: str) -> Limit | None:
        """The known limit that fits a finding most closely; None where it is not known."""
        ranked = [(rank, each) for each in self.limits if each.known and (rank := each.rank(stage, grade)) is not None]
        return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def body_of(name: str, bodies: Iterable[Body]) -> Body | None:
    """The body that goes by a name."""
    return next((body for body in bodies if body.called(name)), None)
