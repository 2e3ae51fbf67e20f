"""What a consultancy may set for its audits: how long a question takes, what is sampled from where."""

from collections.abc import Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.checklist import AuditQuestion, AuditTime
from gbtool.model.entry import EntryKind
from gbtool.model.place import NOWHERE, Place
from gbtool.model.population import Population
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import SHIPPED, Shelves
from gbtool.structs import Frozen

TIME = "checklists/audit-time.yaml"
POPULATIONS = "checklists/populations.yaml"


class _Populations(Frozen):
    populations: tuple[Population, ...]
    place: Place = NOWHERE


def audit_time(shelves: Shelves) -> AuditTime:
    """How long a question takes, from the nearest checklists/audit-time.yaml.

    Raises:
        FileFaults: the file does not fit, or a time is not at least a minute.
    """
    found = shelves.find(TIME) or (SHIPPED, SHIPPED.folder / TIME)
    time = read(AuditTime, found[1], TIME)
    if min((time.minutes, *(each.minutes for each in time.methods))) < 1:
        raise FileFaults([Complaint(TIME, "用时不能小于 1 分钟", "写正整数")])
    return time


def populations(shelves: Shelves, questions: tuple[AuditQuestion, ...] = ()) -> Mapping[str, Population]:
    """What is sampled, by id, from the nearest checklists/populations.yaml.

    Raises:
        FileFaults: the file does not fit, names a kind of entry that there is not, or a question names none of them.
    """
    found = shelves.find(POPULATIONS) or (SHIPPED, SHIPPED.folder / POPULATIONS)
    known = {each.id: each for each in read(_Populations, found[1], POPULATIONS).populations}
    kinds = {kind.value for kind in EntryKind}
    faults = [
        Complaint(str(each.place), f"总体“{each.id}”的来源不认识：{source.kind or '（空）'}", "写 kind、form 或 answer")
        for each in known.values()
        for source in each.sources
        if not (source.form or source.answer or source.kind in kinds)
    ]
    faults += [
        Complaint(str(question.place), f"问题 {question.id} 的总体“{question.population}”不在 {POPULATIONS} 里")
        for question in questions
        if question.population and question.population not in known
    ]
    faults += [
        Complaint(str(question.place), f"问题 {question.id} 的 take 应当是数或 all")
        for question in questions
        if question.take not in ("", "all") and not question.take.isdigit()
    ]
    if faults:
        raise FileFaults(faults)
    return known
