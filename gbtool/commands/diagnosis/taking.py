"""Answers and figures taken into the ledger: every fault at once, what is the same leaves no trace."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import keeping
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.errors import Complaint, FileFaults, WrongValues
from gbtool.model.diagnosis import Indicator, Probe
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.rules.diagnosis import intake, rounds
from gbtool.rules.diagnosis.scoring import Standing, standing
from gbtool.shelf import ledger_files, surveys
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

KINDS = (EntryKind.DIAGNOSIS, EntryKind.FIGURE)


class Taken(Frozen):
    """What was kept: answers and figures that are new or changed, how many were the same, what is to be said."""

    answers: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    same: int
    remarks: tuple[str, ...]


def take(given: Diagnosis, entries: Sequence[Entry], *, typed: bool = False) -> Taken:
    """Keep answers and figures, all or none.

    Args:
        given: the diagnosis as it stands.
        entries: the answers and figures.
        typed: they stand in the command itself, not in a file.

    Raises:
        WrongValues: typed ones do not fit; every fault at once.
        FileFaults: those of a file do not fit; every fault at once.
    """
    faults = list(faults_of(entries, given))
    if faults:
        raise (WrongValues if typed else FileFaults)(faults)
    known = {(entry.kind, entry.id): entry for entry in given.facts.entries if entry.kind in KINDS}
    fresh = tuple(entry for entry in entries if not _same(entry, known.get((entry.kind, entry.id))))
    today = given.facts.today
    kept = [replace(entry, entered=today.isoformat()) for entry in fresh]
    by = next((entry.text("by") for entry in fresh), "")
    keeping.keep(given.work, Action(today, by, given.scheme.name), kept)
    answers = tuple(entry for entry in fresh if entry.kind is EntryKind.DIAGNOSIS)
    figures = tuple(entry for entry in fresh if entry.kind is EntryKind.FIGURE)
    return Taken(answers, figures, len(entries) - len(fresh), tuple(_remarks(answers, given)))


def _same(entry: Entry, old: Entry | None) -> bool:
    return old is not None and (old.date, dict(old.data)) == (entry.date, dict(entry.data))


def _remarks(answers: Sequence[Entry], given: Diagnosis) -> Iterator[str]:
    for entry in answers:
        yield from intake.answer_remarks(entry, given.scheme.by_id[rounds.question(entry)])
    silent = [rounds.question(e) for e in answers if not e.text("evidence") and int(e.text("score")) > 1]
    if silent:
        yield f"{'、'.join(silent)} 没有写证据，最高按 1 分计"


def faults_of(entries: Sequence[Entry], given: Diagnosis, *, concerning: bool = True) -> Iterator[Complaint]:
    """What is wrong with answers and figures, with the place of each.

    Args:
        entries: the answers and figures.
        given: the diagnosis as it stands.
        concerning: whether those of a business that the client does not have are wrong.
    """
    seen: set[tuple[EntryKind, str]] = set()
    for entry in entries:
        where = str(entry.place)
        if (entry.kind, entry.id) in seen:
            yield Complaint(where, f"{entry.id} 写了两次", "留一个")
        seen.add((entry.kind, entry.id))
        id_, ids, wrong = _read(entry, given)
        if id_ not in ids:
            what = "题" if entry.kind is EntryKind.DIAGNOSIS else "指标"
            yield Complaint(where, f"没有{what}“{id_}”{did_you_mean(id_, ids)}", "编号见 gbtool diagnose export")
            continue
        when = ids[id_].when
        if concerning and standing(when, given.facts) is Standing.NOT:
            yield Complaint(where, f"这家客户没有这项业务（{'、'.join(when)}）", "核对资料：gbtool profile")
        yield from (Complaint(where, each) for each in wrong)


def answered(id_: str, day: str, values: Mapping[str, str], time: int = 1) -> Entry:
    """An answer that somebody typed, the first, second … time."""
    return surveys.answer(id_, day, {**values, "round": str(time)}, Place(id_))


def measured(id_: str, day: str, values: Mapping[str, str]) -> Entry:
    """A figure that somebody typed."""
    return surveys.figure(id_, day, values, Place(id_))


def _read(entry: Entry, given: Diagnosis) -> tuple[str, Mapping[str, Probe | Indicator], Iterator[str]]:
    if entry.kind is EntryKind.DIAGNOSIS:
        wrong = list(intake.answer_faults(entry, given.facts.today))
        wrong += [] if wrong else intake.round_faults(entry, given.facts, given.scheme.by_id)
        return rounds.question(entry), given.scheme.by_id, iter(wrong)
    return (
        entry.text("indicator"),
        given.indicators.by_id,
        intake.figure_faults(entry, given.indicators, given.facts.today),
    )


def from_yaml(source: Path, today: date) -> list[Entry]:
    """The answers and figures of a YAML file.

    Raises:
        FileFaults: it cannot be read, or holds something else; every complaint with its line.
    """
    found = ledger_files.read_entries(source, source.name, {}, today)
    if any(entry.kind not in KINDS for entry in found):
        what = "不是诊断的打分（answers）和基准数据（figures）"
        raise FileFaults([Complaint(source.name, what, "格式见 docs/diagnosis.md")])
    return found
