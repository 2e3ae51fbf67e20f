"""What somebody answered to the conditions of a grade, and thresholds that somebody confirmed, into the ledger."""

from collections.abc import Sequence

from gbtool.commands import filling, keeping
from gbtool.commands.grading.standing import Grades
from gbtool.errors import Complaint, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.grading import Condition, Standing, trial_id
from gbtool.rules.grading import intake
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace


class Kept(Frozen):
    """What was kept, and what is to be said about it."""

    entries: tuple[Entry, ...]
    remarks: tuple[str, ...]


def answered(id_: str, standing: str, said: str, by: str, day: str) -> Entry:
    """A condition that somebody judged: the evidence where it is met, else what is missing."""
    met = standing == Standing.MET
    data = {"standing": standing, "evidence": said if met else "", "gap": "" if met else said, "by": by}
    return Entry(EntryKind.GRADE, id_, day, data=data)


def confirmed(id_: str, value: str, source: str, by: str, day: str) -> Entry:
    """A threshold that somebody confirmed, and who told it."""
    return Entry(EntryKind.GRADE, id_, day, data={"value": value, "source": source, "by": by})


def keep(given: Grades, entries: Sequence[Entry]) -> Kept:
    """Keep answers and confirmed thresholds, all or none.

    Raises:
        WrongValues: a condition is unknown, is to be answered otherwise, or the answer does not fit; all at once.
    """
    faults = [fault for entry in entries for fault in _faults(entry, given)]
    if faults:
        raise WrongValues(faults)
    today = given.facts.today
    kept = tuple(replace(entry, entered=today.isoformat()) for entry in entries)
    keeping.keep(given.work, Action(today, kept[0].text("by"), given.scheme.title), kept)
    return Kept(kept, tuple(said for entry in kept for said in intake.answer_remarks(entry, given.desk)))


def _faults(entry: Entry, given: Grades) -> list[Complaint]:
    known = given.scheme.by_id
    thresholds = [condition.id for condition in known.values() if condition.least]
    thresholds += [trial_id(level.level) for level in given.scheme.levels]
    if entry.id not in (*known, *thresholds):
        return [Complaint(entry.id, f"没有这个条件{did_you_mean(entry.id, (*known, *thresholds))}", "见 gbtool grade")]
    if ("value" in entry.data) != (entry.id in thresholds):
        return [Complaint(entry.id, *_otherwise(known.get(entry.id), entry.id in thresholds))]
    faults = list(filling.day_faults(entry.id, entry.date, given.facts.today))
    return [*faults, *(Complaint(entry.id, each) for each in intake.answer_faults(entry, given.desk))]


def _otherwise(condition: Condition | None, threshold: bool) -> tuple[str, str]:  # noqa: FBT001 - said of one place
    if threshold:
        figure = f"，数从 {condition.figure} 来" if condition else "，日子从试运行开始日算"
        return f"这是门槛，只确认数值{figure}", "gbtool grade confirm 编号=数 --source 谁确认的"
    return "这个条件由人评，不是门槛", "gbtool grade answer 编号=满足:证据"
