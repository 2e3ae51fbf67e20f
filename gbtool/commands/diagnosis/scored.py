"""The form that keeps the answers of an assessment: one row a question; what the platform gave is the client's."""

from gbtool.commands import numbering
from gbtool.commands.diagnosis.comparing import PLATFORM
from gbtool.commands.diagnosis.lines import percent
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind

_SCORER = "测评人"


def record(given: Diagnosis, form: Specification, by: str) -> Entry:
    """The filled form: a new one, or that of this time again with what the client wrote into it."""
    records = given.facts.records(form.id)
    mine = [each for each in records if each.text("round") == str(given.round)]
    about = numbering.about(form.id, given.facts)
    id_ = mine[-1].id if mine else numbering.running(str(about["number"]), (each.id for each in records), 3)
    own = {str(row.get("题号")): row.get(PLATFORM) for row in mine[-1].rows()} if mine else {}
    survey, kept = given.survey, mine[-1] if mine else None
    day = max(answer.day for answer in survey.answers)
    head = {"测评日期": day, "参加人": "、".join(dict.fromkeys(each.by for each in survey.answers))}
    foot = {
        "总体得分": percent(survey.total),
        "四模块得分": "；".join(f"{s.name}{percent(s)}" for s in survey.dimensions),
    }
    rows = [
        {
            "题号": each.probe.id,
            "得分": str(each.counted),
            "证据": each.evidence,
            "说明": "；".join(filter(None, (each.why, each.note))),
            **({PLATFORM: own[each.probe.id]} if own.get(each.probe.id) else {}),
        }
        for each in survey.answers
    ]
    data = {
        **about,
        "round": str(given.round),
        "head": {**(kept.mapping("head") if kept else {}), **head},
        "rows": rows,
        "foot": {**(kept.mapping("foot") if kept else {}), **foot},
        "sign": _signed(form, kept, by, day),
    }
    return Entry(EntryKind.RECORD, id_, day, given.facts.today.isoformat(), form.id, data)


def _signed(form: Specification, kept: Entry | None, by: str, day: str) -> list[dict[str, str]]:
    """Who gave the points, and a place for everybody else who signs, with what stands there already."""
    found = {each.role: each for each in (kept.signatures if kept else ())}
    others = [role for role in dict.fromkeys((*form.fields.sign, *found)) if role != _SCORER]
    rows = [{"role": role, "name": found[role].name, "date": found[role].date} for role in others if role in found]
    blank = [{"role": role, "name": "", "date": ""} for role in others if role not in found]
    return [{"role": _SCORER, "name": by, "date": day}, *rows, *blank]
