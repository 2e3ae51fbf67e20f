"""From the old edition to the new one: what carries over, what is new, what is written, trained and audited again."""

from collections.abc import Iterable, Sequence
from datetime import date

from gbtool.model.document import Document, DocumentKind, Specification
from gbtool.model.facts import Facts
from gbtool.model.standard import Change, Clause, Standard
from gbtool.rules.audits import covered
from gbtool.rules.readiness import audited_clauses
from gbtool.rules.reading import dated, manual
from gbtool.structs import Frozen

WRITTEN = (DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW)
SIGNED_IN, PROMOTED = "rec-training-signin", "宣贯"


class Row(Frozen):
    """A clause of the new edition: what it comes from, how it changed, its documents, whether it was audited."""

    clause: Clause
    before: tuple[Clause, ...]
    changes: tuple[Change, ...]
    documents: tuple[Specification, ...]
    unwritten: tuple[Specification, ...]
    audited: bool

    @property
    def new(self) -> bool:
        """Whether nothing of the old edition leads to it."""
        return not self.before

    @property
    def state(self) -> str:
        """What is still to be done."""
        lacking = [word for word, there in (("写", not self.unwritten), ("审", self.audited)) if not there]
        return "、".join(lacking) or "做完了"


class Changeover(Frozen):
    """Where a client stands between two editions.

    `dropped` are clauses of the old edition that lead nowhere; `old` are its documents that are still in force, `mixed`
    says that they are in force beside the new manual; `trained` and `effective` are of the new system.
    """

    rows: tuple[Row, ...]
    dropped: tuple[Clause, ...]
    old: tuple[Document, ...]
    mixed: bool
    trained: date | None
    effective: date | None
    chosen: bool
    audit: str = "内审"  # as the new standard calls it

    @property
    def unwritten(self) -> tuple[Specification, ...]:
        """Every document that is not in force in the new edition, each once."""
        return tuple({each.id: each for row in self.rows for each in row.unwritten}.values())

    @property
    def open(self) -> tuple[str, ...]:
        """What is still to be done, in the order in which it is done."""
        unaudited = sum(not row.audited for row in self.rows)
        lacking = (
            (not self.chosen, "企业情况里的标准版本还是旧版"),
            (bool(self.unwritten), f"还没有按新版发布的文件 {len(self.unwritten)} 份"),
            (self.effective is None, "新版手册还没有实施，运行期没有开始"),
            (self.mixed, f"还在用的旧版文件 {len(self.old)} 份，新版实施时应当作废"),
            (self.trained is None, "新版还没有宣贯培训"),
            (unaudited > 0, f"还没有按新版{self.audit}的条款 {unaudited} 条"),
        )
        return tuple(words for wanting, words in lacking if wanting)


def changeover(facts: Facts, old: Standard, new: Standard, changes: Iterable[Change]) -> Changeover:
    """Where a client stands; `facts` are those under the new edition."""
    listed = tuple(changes)
    issued = {d.id for d in facts.documents if d.holds == new.edition}
    running = _effective(facts, new)
    judged = audited_clauses(facts) if running else frozenset[str]()
    wanted = {clause.key for clause in facts.clauses}
    state = (issued, judged)
    rows = [_row(clause, old, listed, facts, state) for clause in new if clause.key in wanted]
    stale = tuple(d for d in facts.documents if d.holds == old.edition)
    led = {change.before for change in listed if change.after}
    dropped = tuple(c for c in old if c.auditable and c.key not in led)
    begun = running is not None and running <= facts.today
    chosen = facts.client.edition == new.edition
    mixed, trained, audit = bool(stale) and begun, _trained(facts, running), new.head.words["内审"]
    return Changeover(tuple(rows), dropped, stale, mixed, trained, running, chosen, audit)


def _effective(facts: Facts, new: Standard) -> date | None:
    """The day on which the manual of the new edition takes effect."""
    document = facts.document(facts.manual_id)
    if document and document.holds == new.edition:
        return facts.effective
    return facts.effective if document is None and facts.client.edition == new.edition else None


def _row(
    clause: Clause, old: Standard, changes: Sequence[Change], facts: Facts, state: tuple[set[str], frozenset[str]]
) -> Row:
    issued, judged = state
    mine = tuple(change for change in changes if clause.key in change.after)
    before = tuple(found for change in mine if (found := old.clause(change.before)))
    edition = facts.standard.edition
    documents = tuple(s for s in facts.applicable if s.kind in WRITTEN and clause.key in s.clauses.get(edition, ()))
    unwritten = tuple(each for each in documents if each.id not in issued)
    return Row(clause, before, mine, documents, unwritten, covered(clause.key, judged, facts))


def _trained(facts: Facts, running: date | None) -> date | None:
    """The first training on the new manual: after it was issued, before or after it took effect."""
    released = manual(facts, "issued")
    days = [
        day.day
        for record in facts.records(SIGNED_IN)
        if PROMOTED in str(dict(record.data)) and (day := dated(record, "日期"))
    ]
    return min((day for day in days if running and released and day >= released.day), default=None)
