"""The lines of a diagnosis that several sections print."""

from collections.abc import Iterable

from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.desk import Desk
from gbtool.model.entry import Entry
from gbtool.rules.diagnosis import scoring
from gbtool.structs import Frozen

NO_EVIDENCE = "没有写证据"


class Told(Frozen):
    """What a section tells of: the report as it is kept, the diagnosis, where drafting finds its things."""

    entry: Entry
    given: Diagnosis
    desk: Desk


def shares(found: Iterable[scoring.Share]) -> tuple[tuple[str, ...], ...]:
    """Points as the rows of a table; what is not answered has none."""
    return tuple((s.name, percent(s), str(s.answered), str(s.asked)) for s in found)


def percent(share: scoring.Share) -> str:
    """Points of a hundred as they are printed."""
    return "没有打分" if share.percent is None else f"{share.percent:g}"


def issue(answer: scoring.Answer) -> tuple[str, ...]:
    """A question that falls short: what was seen, and what ought to be there."""
    return answer.probe.question, answer.evidence or NO_EVIDENCE, answer.probe.anchors["4"], str(answer.counted)
