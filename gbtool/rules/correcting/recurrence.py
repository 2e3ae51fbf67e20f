"""What was found again: the same clause in the same department, or the same cause, in another round."""

import itertools
import re
from collections.abc import Iterator, Mapping

from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import corrections
from gbtool.rules.audits import label
from gbtool.rules.correcting.rounds import Round, round_of
from gbtool.rules.engine import Fault, rule
from gbtool.rules.reading import at
from gbtool.structs import Frozen

COLUMN = "再次发生"
ALIKE = 0.7  # share of pairs of signs that two causes have in common
_LEAST = 5  # pairs of signs of a cause short of which two are not compared
_KEY = re.compile(r"（([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)）")
_NUMBER = re.compile(r"(?<![\d.—-])\d{1,2}(?:\.\d{1,2}){0,3}(?![\d.])")
_SIGNS = re.compile(r"[\W_]+")
PLACE, CAUSE = "同一部门、同一条款", "原因相同"


class Case(Frozen):
    """A nonconformity as it is compared with others."""

    record: Entry
    number: str
    round: Round
    day: str
    department: str
    key: str
    clause: str
    cause: frozenset[str]  # each two neighbouring signs

    def same_place(self, other: "Case") -> bool:
        """Whether both are about one clause in one department: by its key where both have one, else by its number."""
        both = bool(self.key and other.key)
        mine, its = (self.key, other.key) if both else (self.clause, other.clause)
        return bool(mine and self.department) and (mine, self.department) == (its, other.department)


class Again(Frozen):
    """An earlier case that a later one repeats, and in what they are alike."""

    earlier: Case
    why: str

    def __str__(self) -> str:
        """`LW-NC-2026-01（内审 LW-NS-2026-01，同一部门、同一条款）`."""
        return f"{self.earlier.number}（{self.earlier.round}，{self.why}）"


def clause_of(basis: str, facts: Facts) -> str:
    """The number of the clause that a basis cites, as documents print it: by its key, else as it is written."""
    cited = basis.partition("；")[0]
    key = _KEY.search(cited)
    if key and facts.standard.clause(key[1]):
        return label(key[1], facts)[0] or key[1]
    found = _NUMBER.findall(re.sub(r"GB/T\s*\d+([—-]\d{4})?", "", cited))
    return found[0] if found else ""


def clause_key(basis: str) -> str:
    """The key of the clause that a basis cites, empty where it has none."""
    found = _KEY.search(basis.partition("；")[0])
    return found[1] if found else ""


def cases(facts: Facts) -> tuple[Case, ...]:
    """Everything that was found in any round, in order of date."""
    found = (_case(record, facts) for record in corrections.every(facts))
    return tuple(sorted(found, key=lambda case: (case.day, case.number)))


def _case(record: Entry, facts: Facts) -> Case:
    shown = corrections.shown(record, facts.today)
    key, clause = clause_key(shown.basis), clause_of(shown.basis, facts)
    text = _SIGNS.sub("", corrections.value(record, corrections.CAUSE))
    cause = frozenset(first + second for first, second in itertools.pairwise(text))
    day = shown.found or record.date
    return Case(record, shown.number, round_of(record, facts), day, shown.department, key, clause, cause)


def again(facts: Facts) -> Mapping[str, tuple[Again, ...]]:
    """What each case repeats, by the id of its record, the last one first; cases that repeat nothing are left out."""
    known = cases(facts)
    found = {case.record.id: tuple(_earlier(case, known)) for case in known}
    return {id_: repeated for id_, repeated in found.items() if repeated}


def _earlier(case: Case, known: tuple[Case, ...]) -> Iterator[Again]:
    for other in reversed(known):
        if other.day >= case.day or other.round == case.round:
            continue
        if case.same_place(other):
            yield Again(other, PLACE)
        elif _alike(case.cause, other.cause):
            yield Again(other, CAUSE)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    least, both = min(len(first), len(second)), len(first) + len(second)
    return least >= _LEAST and 2 * least >= ALIKE * both and 2 * len(first & second) >= ALIKE * both


@rule("NC-01", of=lambda facts: tuple(again(facts).items()))
def found_again(pair: tuple[str, tuple[Again, ...]], facts: Facts) -> Fault | None:
    """What is found again says in its cause why the earlier action did not hold."""
    id_, repeated = pair
    record = next(each for each in corrections.every(facts) if each.id == id_)
    number, last = corrections.number_of(record), repeated[0]
    cause = corrections.value(record, corrections.CAUSE)
    if any(each.earlier.number in cause for each in repeated):
        return None
    action = corrections.value(last.earlier.record, corrections.ACTION)
    held = f"“{action}”没有防止再发生，要重新判断它的有效性" if action else "没有写纠正措施"
    message = f"{number} 再次发生：上一次是 {last}；那一次的纠正措施{held}"
    fix = f"原因分析里写明 {last.earlier.number} 的措施为什么没有管用：gbtool audit nc cause {number}"
    return Fault(message, (at(record, number), at(last.earlier.record, last.earlier.number)), fix)


@rule("NC-02", of=lambda facts: facts.records(corrections.CORRECTIVE))
def corrected_in_order(record: Entry, facts: Facts) -> Iterator[Fault]:
    """What was found elsewhere than in an internal audit: found, done, verified in this order, by two people."""
    number = corrections.number_of(record)
    days = [
        (name, day)
        for name, day in (
            ("开出", corrections.found_on(record)),
            ("完成", corrections.value(record, corrections.DONE)),
            ("验证", corrections.value(record, corrections.VERIFIED)),
            ("提交", corrections.value(record, corrections.SUBMITTED)),
            ("机构验收", corrections.value(record, corrections.ACCEPTED)),
        )
        if day
    ]
    for (one, first), (two, second) in itertools.pairwise(days):
        if second < first:
            places = (at(record, f"{two} {second}"), at(record, f"{one} {first}"))
            yield Fault(f"{number} {two} {second} 早于{one} {first}", places, "核对日期")
    owner, verifier = (corrections.value(record, name) for name in (corrections.OWNER, corrections.VERIFIER))
    if owner and owner == verifier:
        places = (at(record, f"验证人 {verifier}"), at(record, f"责任人 {owner}"))
        yield Fault(f"{number} 由责任人 {owner} 自己验证", places, "由另一人验证")
