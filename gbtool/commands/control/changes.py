"""`gbtool control request` and `approve`: a document goes to its next version when asked for and agreed to."""

from datetime import date

from gbtool.commands import filling, gather, keeping
from gbtool.commands.filling import Filled
from gbtool.commands.ledger import record
from gbtool.commands.names import strangers
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.document import Document
from gbtool.model.entry import Entry, Signature
from gbtool.model.facts import Facts
from gbtool.model.revision import FORM, Revision, raised, revisions
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

ASKED, REVIEWED, GRANTED = "申请人", "审核", "批准"


class Wish(Frozen):
    """What somebody wants changed: where, from what to what, why; `major` makes the document anew (B/0)."""

    where: str
    before: str
    after: str
    why: str
    by: str
    day: str
    major: bool = False


class Grant(Frozen):
    """Who reviewed and approved a change on which days, from when it holds, and what was said."""

    by: str
    day: str
    effective: str
    reviewed_by: str = ""
    reviewed: str = ""
    opinion: str = ""


def request(work: Workspace, id_: str, wish: Wish, today: date) -> Revision:
    """Put a change request for a document that was issued into the ledger.

    Raises:
        UsageError: there is no such document.
        Refused: it was never issued, or another request for it waits.
        WrongValues: a word is missing, a day is not real or not yet come, nobody of this name works here.
    """
    facts = gather.gather(work, today)
    document = known(id_, facts)
    if not document.issued:
        raise Refused(f"{document.number}《{document.title}》还没有发布，直接修改即可", "发布以后的更改才要申请")
    waiting = next((r for r in revisions(facts) if r.number == document.number and not r.granted), None)
    if waiting:
        raise Refused(
            f"{document.number} 已有没批准的更改申请 {waiting.id}", f"先办完：gbtool control approve {waiting.id}"
        )
    new = raised(document.version, major=wish.major)
    needed = {"--where": wish.where, "--after": wish.after, "--why": wish.why, "--by": wish.by}
    faults = [Complaint(option, "不能空着") for option, value in needed.items() if not value.strip()]
    faults += [] if new else [Complaint(document.number, f"版本“{document.version}”不是 A/0 的样子，排不出下一版")]
    faults += strangers(facts.client.answers, [("--by", wish.by)])
    if faults:
        raise WrongValues(faults)
    department = _department(wish.by, facts)
    values = {
        "文件名称": document.title,
        "编号": document.number,
        "原版本": document.version,
        "新版本": new,
        "申请日期": wish.day,
        **({"申请部门": department} if department else {}),
    }
    row = {"更改位置": wish.where, "更改前": wish.before, "更改后": wish.after, "理由": wish.why}
    form = filling.form(work, FORM)
    draft = filling.draft(form, Filled(wish.day, values, (row,), (Signature(ASKED, wish.by, wish.day),)), today)
    kept = record.keep(work, form, draft, today, wish.by)
    return found(kept.id, gather.gather(work, today))


def approve(work: Workspace, id_: str, grant: Grant, today: date) -> Revision:
    """Approve a change request; from then on the document is made in the new version.

    Raises:
        UsageError: there is no such request.
        Refused: it is approved already, or who asked also approves.
        WrongValues: a day is not real, not yet come or before the request, nobody of this name works here.
    """
    facts = gather.gather(work, today)
    wish = found(id_, facts)
    entry = next(each for each in facts.records(FORM) if each.id == id_)
    if wish.granted:
        raise Refused(f"{id_} 已由 {wish.approved_by} 于 {wish.approved} 批准")
    if grant.by == wish.asked_by:
        raise Refused(f"{id_} 由 {wish.asked_by} 申请，不能自己批准", "由另一人批准")
    faults = list(_faults(grant, wish, facts, today))
    if faults:
        raise WrongValues(faults)
    keeping.keep(work, Action(today, grant.by, f"批准文件更改 {id_}"), [_granted(entry, grant)])
    return found(id_, gather.gather(work, today))


def _faults(grant: Grant, wish: Revision, facts: Facts, today: date) -> list[Complaint]:
    faults = [*filling.day_faults("--date", grant.day, today)]
    if grant.reviewed:
        faults += filling.day_faults("--reviewed", grant.reviewed, today)
    faults += strangers(facts.client.answers, [("--by", grant.by), ("--reviewed-by", grant.reviewed_by)])
    days = [day for day in (wish.asked, grant.reviewed, grant.day, grant.effective) if day]
    if not faults and days != sorted(days):
        faults.append(Complaint("--date", f"次序是申请（{wish.asked}）、审核、批准、生效（DT-48）"))
    return faults


def _granted(entry: Entry, grant: Grant) -> Entry:
    signs = [dict(row) for row in entry.rows("sign")]
    if grant.reviewed_by:
        signs.append({"role": REVIEWED, "name": grant.reviewed_by, "date": grant.reviewed or grant.day})
    signs.append({"role": GRANTED, "name": grant.by, "date": grant.day})
    said = {"评审意见": grant.opinion} if grant.opinion else {}
    foot = {**entry.mapping("foot"), **said, "生效日期": grant.effective}
    return replace(entry, data={**entry.data, "foot": foot, "sign": signs})


def found(id_: str, facts: Facts) -> Revision:
    """The change request of this id.

    Raises:
        UsageError: there is none.
    """
    all_ = {each.id: each for each in revisions(facts)}
    if id_ not in all_:
        raise UsageError(f"没有更改申请“{id_}”{did_you_mean(id_, all_)}", "全部申请见 gbtool control changes")
    return all_[id_]


def known(id_: str, facts: Facts) -> Document:
    """A document by id or number.

    Raises:
        UsageError: it was never generated.
    """
    document = next((each for each in facts.documents if id_ in (each.id, each.number)), None)
    if document is None:
        names = [name for each in facts.documents for name in (each.id, each.number)]
        raise UsageError(f"没有生成过文件“{id_}”{did_you_mean(id_, names)}", "已生成的见 gbtool control list")
    return document


def _department(name: str, facts: Facts) -> str:
    return next((person.text("部门") for person in facts.people.get(name, ())), "")


def all_changes(work: Workspace, today: date) -> tuple[Revision, ...]:
    """Every change request in the ledger."""
    return revisions(gather.gather(work, today))
