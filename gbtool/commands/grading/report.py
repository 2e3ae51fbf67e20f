"""`gbtool grade report`: the self-grading for a level as the form of the standard, kept in the ledger and printed."""

from collections.abc import Iterator
from pathlib import Path

from gbtool.commands import drafts, filling, keeping, numbering
from gbtool.commands.grading.standing import Grades
from gbtool.documents.papers import filled_form
from gbtool.errors import Complaint, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.grading import Graded, Judged
from gbtool.rules import consequences
from gbtool.store.database import Action
from gbtool.structs import Frozen

FOLDER = "分级自评"
RULES = ("ND-07",)


class Signed(Frozen):
    """Who graded, who of the management signed, on which day; ISO text."""

    compiled_by: str
    approved_by: str
    issued: str


class Reported(Frozen):
    """The form as the ledger keeps it, the level, its paper, what is to be said."""

    record: Entry
    level: Graded
    papers: tuple[keeping.Written, ...]
    remarks: tuple[str, ...]


def report(given: Grades, number: int, signed: Signed, cache: Path | None = None) -> Reported:
    """The self-grading for a level and those below it, whatever it comes to.

    Raises:
        UsageError: there is no such level.
        WrongValues: a name is missing, or the day is not real or not yet come.
        Refused: a rule forbids it.
    """
    level = given.level(number)
    faults = list(_faults(given, signed))
    if faults:
        raise WrongValues(faults)
    facts, form = given.facts, numbering.specification(given.scheme.record, given.facts)
    record = _record(given, level, signed)
    said = keeping.refuse(consequences.objections(facts, [record], RULES), "分级自评不能这样登记")
    files = keeping.Papers(given.work, again=True)
    title = f"{record.id} {form.title_in(facts.client.edition)}"
    files.word(FOLDER, title, filled_form(form, record, drafts.desk(given.work, facts, cache)))
    keeping.keep(
        given.work, Action(facts.today, signed.approved_by, f"{given.scheme.title} {number}级"), [record], files
    )
    return Reported(record, level, tuple(files.written), said)


def _faults(given: Grades, signed: Signed) -> Iterator[Complaint]:
    for option, name in {"--compiled-by": signed.compiled_by, "--approved-by": signed.approved_by}.items():
        if not name.strip():
            yield Complaint(option, "不能空着")
    yield from filling.day_faults("--date", signed.issued, given.facts.today)


def _record(given: Grades, level: Graded, signed: Signed) -> Entry:
    """A new form, or that of the same day and level again."""
    facts, form, day = given.facts, given.scheme.record, signed.issued
    records = facts.records(form)
    head: dict[str, object] = {"自评日期": day, "拟申请等级": str(level.level.level)}
    mine = [record for record in records if dict(record.mapping("head")) == head]
    about = numbering.about(form, facts)
    id_ = mine[-1].id if mine else numbering.running(str(about["number"]), (record.id for record in records), 3)
    below = given.levels[: level.level.level]
    data = {
        **about,
        "head": head,
        "rows": [_row(judged) for each in below for judged in each.judged],
        "foot": {"自评结论": level.claim.value},
        "sign": [
            {"role": "自评人", "name": signed.compiled_by, "date": day},
            {"role": "管理层", "name": signed.approved_by, "date": day},
        ],
    }
    return Entry(EntryKind.RECORD, id_, day, facts.today.isoformat(), form, data)


def _row(judged: Judged) -> dict[str, str]:
    days = "；".join(f"{who}，{day} 满" for who, day in judged.earliest)
    gap = "；".join(filter(None, (judged.gap, days, judged.why if not judged.gap else "")))
    return {
        "条件编号": judged.id,
        "条件": judged.text,
        "结论": judged.standing.value,
        "证据": judged.evidence,
        "差距": "" if judged.standing.value == "满足" else gap,
    }
