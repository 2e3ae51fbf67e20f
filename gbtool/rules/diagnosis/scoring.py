"""What the answers of the diagnosis come to: points that count, by dimension, clause and department; red flags."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from gbtool.model.client import Department
from gbtool.model.condition import holds, unanswered
from gbtool.model.diagnosis import MOST, Level, Probe, Scheme
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.diagnosis import rounds
from gbtool.structs import Frozen, replace

EVERYONE = "各部门"
WITHOUT_EVIDENCE, AFTER_A_FAILURE = 1, 2  # the most points that count then


class Standing(Enum):
    """Whether a question concerns a client."""

    APPLIES = auto()
    UNDECIDED = auto()
    NOT = auto()


class Answer(Frozen):
    """What a question earned: the points given, what was seen, by whom on which day, how many were looked at."""

    probe: Probe
    score: int
    evidence: str
    by: str
    day: str
    sampled: int | None = None
    failed: int = 0
    note: str = ""

    @property
    def counted(self) -> int:
        """The points that count."""
        limits = [limit for limit, _ in self._limits()]
        return min(self.score, *limits) if limits else self.score

    @property
    def why(self) -> str:
        """Why fewer points count than were given, empty where all do."""
        return "、".join(why for limit, why in self._limits() if limit < self.score)

    def _limits(self) -> list[tuple[int, str]]:
        found = [] if self.evidence.strip() else [(WITHOUT_EVIDENCE, "没有写证据")]
        return [*found, (AFTER_A_FAILURE, f"抽到不合格{self.failed}份")] if self.failed else found

    @property
    def undersampled(self) -> bool:
        """Whether more than a personal habit is claimed without saying how many were looked at."""
        return bool(self.probe.sample) and self.counted >= AFTER_A_FAILURE and self.sampled is None


class Share(Frozen):
    """Weighted points of some questions: how many were earned of how many, of how many questions answered."""

    name: str
    points: int
    most: int
    answered: int
    asked: int
    key: str = ""
    mean: float | None = None

    @property
    def percent(self) -> float | None:
        """Points of a hundred, None where nothing is answered: that is not a 0; `mean` where it is one of others."""
        if self.mean is not None:
            return self.mean
        return round(100 * self.points / self.most, 1) if self.most else None


class Survey(Frozen):
    """A diagnosis as it stands: answers, open questions, shares by dimension, clause and department."""

    scheme: Scheme
    answers: tuple[Answer, ...]
    open: tuple[Probe, ...]
    undecided: Mapping[str, tuple[str, ...]]
    left_out: tuple[Probe, ...]
    total: Share
    dimensions: tuple[Share, ...]
    clauses: tuple[Share, ...]
    departments: tuple[Share, ...]
    aspects: tuple[Share, ...] = ()
    round: int = 1

    @property
    def level(self) -> Level | None:
        """The level of the total, None while a question is open."""
        percent = self.total.percent
        return None if self.open or percent is None else self.scheme.level(percent)

    @property
    def by_id(self) -> Mapping[str, Answer]:
        """The answers by question."""
        return {answer.probe.id: answer for answer in self.answers}

    @property
    def red_flags(self) -> tuple[Answer, ...]:
        """The red-flag questions that earned nothing."""
        return tuple(answer for answer in self.answers if answer.probe.red_flag and answer.counted == 0)

    @property
    def gaps(self) -> tuple[Answer, ...]:
        """What falls short, the fewest points first, the heavier before the lighter."""
        found = [answer for answer in self.answers if answer.counted <= AFTER_A_FAILURE]
        return tuple(sorted(found, key=lambda answer: (answer.counted, -answer.probe.weight)))


def standing(when: Iterable[str], facts: Facts) -> Standing:
    """Whether what has these conditions concerns the client; undecided while an answer of the profile is open."""
    terms = tuple(when)
    if holds(terms, facts.client.answers):
        return Standing.APPLIES
    return Standing.UNDECIDED if unanswered(terms, facts.client.answers) else Standing.NOT


def survey(scheme: Scheme, facts: Facts, number: int = 1) -> Survey:
    """The diagnosis of a client as it stands; a question that does not concern it counts nowhere.

    Args:
        scheme: the questions.
        facts: the client on a day, under the standard by which it is asked.
        number: the first, the second … time that it is done.
    """
    known = {probe.id: standing(probe.when, facts) for probe in scheme.probes}
    asked = tuple(probe for probe in scheme.probes if known[probe.id] is not Standing.NOT)
    given = rounds.answers(facts, number)
    answers = tuple(_answer(probe, given[probe.id]) for probe in asked if probe.id in given)
    by_id = {answer.probe.id: answer for answer in answers}
    undecided = [probe for probe in asked if known[probe.id] is Standing.UNDECIDED and probe.id not in by_id]
    dimensions = tuple(_share(name, _of(name, asked), by_id) for name in scheme.dimensions if _of(name, asked))
    return Survey(
        scheme=scheme,
        answers=answers,
        open=tuple(probe for probe in asked if probe.id not in by_id),
        undecided={probe.id: unanswered(probe.when, facts.client.answers) for probe in undecided},
        left_out=tuple(probe for probe in scheme.probes if known[probe.id] is Standing.NOT),
        total=replace(_share("总分", asked, by_id), mean=_mean(scheme, dimensions)),
        dimensions=dimensions,
        clauses=tuple(_by_clause(asked, by_id, facts)),
        departments=tuple(_by_department(asked, by_id, facts)),
        aspects=tuple(_by_aspect(asked, by_id)),
        round=number,
    )


def _mean(scheme: Scheme, dimensions: Iterable[Share]) -> float | None:
    """The mean of the dimensions, where the total is one; a dimension without an answer is left out."""
    if not (scheme.by_dimension or scheme.weights):
        return None
    known = [(share.percent, scheme.weights.get(share.name, 1)) for share in dimensions if share.percent is not None]
    whole = sum(weight for _, weight in known)
    return round(sum(percent * weight for percent, weight in known) / whole, 1) if whole else None


def _by_aspect(asked: tuple[Probe, ...], answers: Mapping[str, Answer]) -> Iterable[Share]:
    for name in dict.fromkeys(probe.aspect for probe in asked if probe.aspect):
        yield _share(name, (probe for probe in asked if probe.aspect == name), answers)


def _answer(probe: Probe, entry: Entry) -> Answer:
    sampled, failed = entry.text("sampled"), entry.text("failed")
    return Answer(
        probe,
        int(entry.text("score")),
        entry.text("evidence"),
        entry.text("by"),
        entry.date,
        int(sampled) if sampled else None,
        int(failed or 0),
        entry.text("note"),
    )


def _share(name: str, asked: Iterable[Probe], answers: Mapping[str, Answer], key: str = "") -> Share:
    probes = tuple(asked)
    found = [answers[probe.id] for probe in probes if probe.id in answers]
    points = sum(answer.counted * answer.probe.weight for answer in found)
    return Share(name, points, sum(MOST * a.probe.weight for a in found), len(found), len(probes), key)


def _of(dimension: str, asked: Iterable[Probe]) -> tuple[Probe, ...]:
    return tuple(probe for probe in asked if probe.dimension == dimension)


def _by_clause(asked: tuple[Probe, ...], answers: Mapping[str, Answer], facts: Facts) -> Iterable[Share]:
    """Clauses as documents cite them: those that are cited alike stand in one line."""
    edition = facts.standard.key
    keys = audits.in_order((key for probe in asked for key in probe.clauses.get(edition, ())), facts)
    lines: dict[str, list[str]] = {}
    for key in keys:
        clause = facts.standard.clause(key)
        above = facts.standard.fold(clause) if clause else None
        lines.setdefault(f"{above.cite_as} {above.title}" if above else key, []).append(key)
    for line, own in lines.items():
        probes = [probe for probe in asked if set(own) & set(probe.clauses.get(edition, ()))]
        yield _share(line, probes, answers, own[0])


def _by_department(asked: tuple[Probe, ...], answers: Mapping[str, Answer], facts: Facts) -> Iterable[Share]:
    for department in facts.client.departments:
        probes = [probe for probe in asked if concerns(probe, department)]
        if probes:
            yield _share(department.name, probes, answers)


def concerns(probe: Probe, department: Department) -> bool:
    """Whether a question is asked in a department."""
    return audits.EVERY in probe.ask or bool(set(probe.ask) & set(department.functions))


def lead(probe: Probe, facts: Facts) -> str:
    """The department that answers for a question: the first that carries one of its functions."""
    if probe.ask[0] == audits.EVERY:
        return EVERYONE
    carriers = (facts.client.department_of(function) for function in probe.ask)
    return next((department.name for department in carriers if department), EVERYONE)
