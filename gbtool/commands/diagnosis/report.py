"""`gbtool diagnose report`: the points as they stand, kept with the dates of the report and printed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, keeping, numbering
from gbtool.commands.diagnosis import papers as diagnosis_papers, scored
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.papers import filled_form, paper
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.rules import consequences
from gbtool.rules.diagnosis import figures, scoring
from gbtool.rules.reading import span
from gbtool.store.database import Action
from gbtool.structs import Frozen

RULES = ("DT-03", "CN-05")


class Signed(Frozen):
    """Who compiled and approved the report on which days, and until when red flags are dealt with; ISO text."""

    compiled_by: str
    approved_by: str
    issued: str
    compiled: str = ""
    approved: str = ""
    due: str = ""


class Reported(Frozen):
    """The report as the ledger keeps it, the diagnosis that it tells of, its paper, what is to be said about it."""

    report: Entry
    diagnosis: Diagnosis
    papers: tuple[keeping.Written, ...]
    remarks: tuple[str, ...]


def report(given: Diagnosis, signed: Signed, cache: Path | None = None, *, again: bool = False) -> Reported:
    """The report of what was answered until today, and the form that keeps the answers where the standard has one.

    Raises:
        Refused: nothing is answered, red flags have no term, or a rule forbids it.
        WrongValues: a name is missing, a day is not real or not yet come.
    """
    work, today, name = given.work, given.facts.today, f"{given.scheme.name}报告"
    faults = list(_faults(signed, today))
    if faults:
        raise WrongValues(faults)
    _refuse(given, signed)
    entry = _entry(signed, given)
    said = keeping.refuse(consequences.objections(given.facts, [entry], RULES), f"{name}不能这样发布")
    files = keeping.Papers(work, again)
    desk = drafts.desk(work, given.facts, cache)
    made = diagnosis_papers.report(entry, given, desk)
    files.word(keeping.DIAGNOSIS, f"{made.number} {made.title}", paper(made, desk))
    kept = [entry]
    if given.scheme.record:
        form = numbering.specification(given.scheme.record, given.facts)
        kept.append(scored.record(given, form, signed.compiled_by))
        title = form.title_in(given.facts.client.edition)
        files.word(keeping.DIAGNOSIS, f"{kept[-1].id} {title}", filled_form(form, kept[-1], desk))
    keeping.keep(work, Action(today, signed.approved_by, f"{name} {made.number}{given.time}"), kept, files)
    return Reported(entry, given, tuple(files.written), (*said, *_remarks(given)))


def _faults(signed: Signed, today: date) -> Iterator[Complaint]:
    for option, name in {"--compiled-by": signed.compiled_by, "--approved-by": signed.approved_by}.items():
        if not name.strip():
            yield Complaint(option, "不能空着")
    days = {"--date": signed.issued, "--compiled": signed.compiled, "--approved": signed.approved}
    for option, day in days.items():
        if day or option == "--date":
            yield from filling.day_faults(option, day, today)
    if signed.due and signed.due < signed.issued:
        yield Complaint("--due", f"处理期限 {signed.due} 早于报告日 {signed.issued}")


def _refuse(given: Diagnosis, signed: Signed) -> None:
    survey = given.survey
    if not survey.answers:
        raise Refused("一题也没有打分，没有可报告的", "gbtool diagnose，或 gbtool diagnose import 工作簿")
    later = [answer.probe.id for answer in survey.answers if answer.day > signed.issued]
    if later:
        raise Refused(f"{'、'.join(later[:5])} 在报告日 {signed.issued} 以后才打分", "核对日期")
    if survey.red_flags and not signed.due:
        names = "、".join(answer.probe.id for answer in survey.red_flags)
        raise Refused(f"红线题 {names} 得 0 分，没有写处理期限", "和客户商定后加 --due 日期")


def _remarks(given: Diagnosis) -> Iterator[str]:
    survey = given.survey
    if survey.open:
        graded = "，不定等级" if given.scheme.levels else ""
        yield f"还有 {len(survey.open)} 题没有打分{graded}"
    undecided = dict.fromkeys(key for keys in survey.undecided.values() for key in keys)
    if undecided:
        yield f"先回答 {'、'.join(undecided)}，才知道有没有 {len(survey.undecided)} 题"
    sampled = [answer.probe.id for answer in survey.answers if answer.undersampled]
    if sampled:
        yield f"{'、'.join(sampled)} 是抽样的题，没有写抽了几份"
    if given.missing:
        yield f"{len(given.missing)} 项基准数据还没有取，体系实施以后补不出来"


def _entry(signed: Signed, given: Diagnosis) -> Entry:
    facts, survey = given.facts, given.survey
    document = given.scheme.report
    id_ = f"paper-{document}{given.time}"
    known = facts.paper(document) if given.round == 1 else None
    level, total = survey.level, survey.total
    data: dict[str, object] = {
        "id": document,
        "number": numbering.number_of(document, facts) + (f"-{given.round:03}" if given.round > 1 else ""),
        "version": facts.client.text("doc_version"),
        "date": signed.issued,
        "period": _period(given, signed),
        "compiled": {"name": signed.compiled_by, "date": signed.compiled or signed.issued},
        "approved": {"name": signed.approved_by, "date": signed.approved or signed.issued},
        "due": signed.due,
        "total": "" if total.percent is None else f"{total.percent:g}",
        "level": level.name if level else "",
        "answered": str(total.answered),
        "asked": str(total.asked),
        "dimensions": [_share(share) for share in survey.dimensions],
        "clauses": [_share(share) for share in survey.clauses],
        "departments": [_share(share) for share in survey.departments],
        "red_flags": [answer.probe.id for answer in survey.red_flags],
        "documents": [each.specification.id for each in given.wanted],
        "figures": [_figure(figure, given) for figure in given.baseline.values() if figure.known],
        "missing": [each.id for each in given.missing],
    }
    if given.round > 1:
        data["round"] = str(given.round)
    return Entry(EntryKind.PAPER, known.id if known else id_, signed.issued, facts.today.isoformat(), document, data)


def _period(given: Diagnosis, signed: Signed) -> dict[str, str]:
    """The first time as planned and asked in the profile, else from the first to the last day of giving points."""
    planned = span(given.facts.client.text("diagnosis_period")) if given.round == 1 else ()
    days = sorted(answer.day for answer in given.survey.answers)
    first = min(planned[0].isoformat(), days[0]) if planned else days[0]
    return {"from": first, "to": max(days[-1], signed.issued)}


def _share(share: scoring.Share) -> dict[str, object]:
    percent = "" if share.percent is None else f"{share.percent:g}"
    return {"name": share.name, "percent": percent, "answered": str(share.answered), "asked": str(share.asked)}


def _figure(figure: figures.Figure, given: Diagnosis) -> dict[str, object]:
    return {"id": figure.indicator.id, "period": figure.period, "shown": figure.shown(given.indicators.small)}
