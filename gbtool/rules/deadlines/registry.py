"""The rights of a client as the ledger has them, and what was already done about their deadlines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from gbtool.model.deadline import DeadlineRule
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.periods import End
from gbtool.rules.reading import at
from gbtool.structs import Frozen, field

PATENT, APPLICATION, TRADEMARK, COPYRIGHT, SECRET, OTHER = (
    *("patent", "application", "trademark"),
    *("copyright", "trade-secret", "other"),
)
# The table of client.yaml that stands for a kind of right while the ledger has none of it.
TABLES = {
    PATENT: "patents",
    TRADEMARK: "trademarks",
    COPYRIGHT: "copyrights",
    SECRET: "trade_secrets",
    OTHER: "other_ip",
}
NUMBERS = ("专利号", "申请号", "注册号", "登记号", "登记或注册号", "代号")
NAMES = ("名称", "商标", "名称及版本", "代号")
GONE = ("届满", "终止", "放弃", "驳回", "无效", "失效", "撤回", "撤销", "注销", "已转让")
MONITOR, REWARDS, EVIDENCE = "rec-deadline-monitor", "rec-reward", "rec-tm-evidence"


class Right(Frozen, dict=True):  # without slots: of thousands of rights the numbers are asked for many times
    """A line of a register of rights."""

    entry: Entry

    @property
    def kind(self) -> str:
        """Which register it stands in."""
        return self.entry.text("kind")

    @cached_property
    def number(self) -> str:
        """The number by which people know it; a trademark of several classes has its class with it."""
        shown = next((value for name in NUMBERS if (value := self.entry.text(name))), "")
        return shown or self.name

    @property
    def name(self) -> str:
        """Its title."""
        return next((value for name in NAMES if (value := self.entry.text(name))), self.entry.id)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number and name by which it may be meant."""
        words = [self.entry.text(name) for name in (*NUMBERS, *NAMES)]
        return frozenset(plain_number(word) for word in (*words, self.entry.id) if word)

    @property
    def alive(self) -> bool:
        """Whether its state does not say that it has ended."""
        state = self.entry.text("状态") or self.entry.text("法律状态")
        return not any(word in state for word in GONE)

    def text(self, *names: str) -> str:
        """The first of these columns that is filled."""
        return next((value for name in names if (value := self.entry.text(name))), "")

    def day(self, *names: str) -> date | None:
        """The first of these columns that holds a day."""
        return next((day for name in names if (day := as_date(self.entry.text(name)))), None)

    def item(self, what: str, rule: DeadlineRule | None, end: End | None, **more: object) -> Item:
        """Something that is due for this right."""
        return Item(self.number, self.name, what, rule, end, place=at(self.entry), **more)  # type: ignore[arg-type]

    def lacks(self, what: str, rule: DeadlineRule | None, *missing: str) -> Item:
        """Something that cannot be computed while a fact is missing."""
        return self.item(what, rule, None, missing=missing)


def plain_number(number: str) -> str:
    """A number without the letters that stand before a patent's."""
    return number.strip().upper().removeprefix("ZL")


def rights(facts: Facts) -> tuple[Right, ...]:
    """The rights in the ledger; for a kind that it has none of, those in the tables of client.yaml."""
    kept = [Right(entry) for entry in facts.of(EntryKind.RIGHT)]
    have = {right.kind for right in kept}
    return (*kept, *(right for kind in TABLES if kind not in have for right in _answered(facts, kind)))


def _answered(facts: Facts, kind: str) -> Iterator[Right]:
    key = TABLES[kind]
    for row in facts.client.rows(key):
        data = {**row, "kind": kind}
        entry = Entry(EntryKind.RIGHT, f"{kind}-{Right(Entry(EntryKind.RIGHT, '', data=data)).number}", data=data)
        yield Right(Entry(EntryKind.RIGHT, entry.id, data=data, place=facts.client.place(key)))


class Act(Frozen):
    """That something was done about a deadline: the raw last day it answers, when, and how much was paid."""

    due: date
    done: date
    amount: int | None = None


class Acts(Frozen):
    """What was done, by the plain number of the right: due day, day done and amount as they are written.

    Thousands are written down and few are asked for, so they are read when somebody asks.
    """

    by_number: Mapping[str, Sequence[tuple[object, object, object]]] = field(default_factory=dict)

    def of(self, numbers: Iterable[str], end: End) -> tuple[Act, ...]:
        """What was done about the deadline of a right that ends on this day, in order of time."""
        plain = {plain_number(number) for number in numbers} - {""}
        written = (line for number in plain for line in self.by_number.get(number, ()))
        days = (end.raw, end.due)
        found = {act for line in written if as_date(line[0]) in days and (act := _act(*line))}
        return tuple(sorted(found, key=lambda each: (each.done, each.amount or 0)))


def _act(due: object, done: object, amount: object) -> Act | None:
    day, when = as_date(due), as_date(done)
    paid = int(str(amount)) if str(amount or "").isdigit() else None
    return Act(day, when, paid) if day and when else None


def acts(facts: Facts) -> Acts:
    """What was done: the actions of the ledger, and the lines of 期限监控与缴费记录 with a day on which it was done."""
    found: dict[str, list[tuple[object, object, object]]] = {}
    for entry in facts.of(EntryKind.ACTION):
        lines = found.setdefault(plain_number(entry.text("right")), [])
        lines.append((entry.get("due"), entry.date, entry.get("amount")))
    for record in facts.each(MONITOR):
        for row in record.rows():
            if row.get("办理日期"):
                lines = found.setdefault(plain_number(str(row.get("权利编号") or "")), [])
                lines.append((row.get("法定截止日"), row["办理日期"], None))
    return Acts(found)


def last_uses(facts: Facts) -> dict[str, date]:
    """The latest day on which each mark was used, by the archive of evidence, by plain number."""
    found: dict[str, date] = {}
    for record in facts.records(EVIDENCE):
        number = plain_number(str(record.mapping("head").get("注册号") or ""))
        days = (as_date(value) for _, value in record.values("形成日期"))
        known = [day for day in days if day and day <= facts.today]
        if number and known:
            found[number] = max(*known, found.get(number, date.min))
    return found


def rewarded(facts: Facts) -> frozenset[str]:
    """The plain numbers of the rights for which a reward was paid out."""
    paid = (r for r in facts.records(REWARDS) if any(value for _, value in r.values("发放日期")))
    return frozenset(plain_number(str(r.mapping("head").get("申请号或登记号") or "")) for r in paid) - {""}


class Watch(Frozen):
    """Facts of a client, looked at up to a day, with what its records say, each by the plain number of a right."""

    facts: Facts
    until: date
    acts: Acts
    used: Mapping[str, date]
    rewarded: frozenset[str]
    noticed: frozenset[tuple[str, str]]
    effective: date | None

    @property
    def today(self) -> date:
        """The day on which it is asked."""
        return self.facts.today

    def rule(self, name: str) -> DeadlineRule | None:
        """A rule of the book, None where the shelf has taken it away."""
        return self.facts.deadlines.rules.get(name)

    def done(self, right: Right, end: End) -> bool:
        """Whether something was done about a deadline of a right."""
        return bool(self.acts.of(right.numbers, end))


def watch(facts: Facts, until: date) -> Watch:
    """A client looked at up to a day: what its records say is gathered once for all rights."""
    noticed = ((plain_number(entry.text("权利编号")), entry.text("事项")) for entry in facts.of(EntryKind.NOTICE))
    known = (acts(facts), last_uses(facts), rewarded(facts), frozenset(noticed))
    return Watch(facts, until, *known, facts.effective)
