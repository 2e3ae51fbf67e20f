"""What certification cost and what was received, from the invoices and grants of the ledger, in yuan and cents."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.gates.known import Value, amount_of

# What an invoice is for; only these are costs of certification (POL-001: 实际认证费用).
CERTIFICATION = ("申请费", "审定与注册费", "初次认证", "监督审核", "再认证", "换版审核", "跟踪审核")
FIRST_CYCLE = tuple(each for each in CERTIFICATION if each != "再认证")
OTHER = ("咨询辅导", "培训", "其他")
PURPOSES = (*CERTIFICATION, *OTHER)
RECEIVED, GRANTED, ASKED = "已到账", "已批准", "已申报"
STATES = (ASKED, GRANTED, RECEIVED)
LEVELS = ("国家", "省", "市", "区县")
AMOUNT, PURPOSE, STATE, CYCLE = "金额", "用途", "状态", "周期"


def amount(entry: Entry) -> Decimal:
    """The amount of an invoice or grant."""
    return amount_of(entry.text(AMOUNT)) or Decimal(0)


def total(entries: Iterable[Entry]) -> Decimal:
    """The sum of some invoices or grants."""
    return sum((amount(entry) for entry in entries), Decimal(0))


def invoices(facts: Facts, purposes: Iterable[str] = CERTIFICATION) -> tuple[Entry, ...]:
    """The invoices for these purposes up to the day."""
    wanted = set(purposes)
    return tuple(entry for entry in facts.of(EntryKind.FEE) if entry.text(PURPOSE) in wanted)


def first_cycle(facts: Facts) -> tuple[Entry, ...]:
    """The invoices of the first cycle: from the first audit to re-certification, later cycles left out."""
    return tuple(e for e in invoices(facts, FIRST_CYCLE) if e.text(CYCLE) in ("", "1", "首个", "第一"))


def grants(facts: Facts, *states: str) -> tuple[Entry, ...]:
    """The grants of all levels of government that were granted or received up to the day."""
    wanted = states or (GRANTED, RECEIVED)
    return tuple(entry for entry in facts.of(EntryKind.GRANT) if entry.text(STATE) in wanted)


def _sum(entries: Callable[[Facts], tuple[Entry, ...]], what: str) -> Callable[[Facts], Value | None]:
    """A sum; nothing at all is no sum but something that nobody knows."""

    def finder(facts: Facts) -> Value | None:
        found = entries(facts)
        return Value(total(found), f"台账 {what} {len(found)} 笔") if found else None

    return finder


def _received(facts: Facts) -> Value:
    found = grants(facts)
    return Value(total(found), f"台账 奖补 {len(found)} 笔")


def _before(*levels: str) -> Callable[[Facts], Value | None]:
    """That something was granted at one of these levels; that nothing was has to be said by somebody."""

    def finder(facts: Facts) -> Value | None:
        found = any(entry.text("级别") in levels for entry in grants(facts))
        return Value(datum=True, place="台账 奖补") if found else None

    return finder


FACTS: Mapping[str, Callable[[Facts], Value | None]] = {
    "fees.certification": _sum(invoices, "认证费用"),
    "fees.first_cycle": _sum(first_cycle, "首个周期的认证费用"),
    "awards.total": _received,
    "awards.before": _before(*LEVELS),
    "awards.province": _before("省"),
    "awards.city": _before("市"),
    "awards.district": _before("区县"),
}
