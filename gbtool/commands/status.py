"""One client on one page: stage, operating period, documents, questions, what is due, what to type next."""

from datetime import date

from gbtool.commands.gather import looking
from gbtool.commands.workspace import Workspace
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.facts import Facts
from gbtool.rules import period
from gbtool.rules.period import Hole
from gbtool.rules.progress import Deadline, Stage, named, stage, upcoming
from gbtool.structs import Frozen

CLIENT = "client"


class Papers(Frozen):
    """How many documents the client should have, of these were written, are issued; lack their files, are doubtful.

    `lacking` are those not written yet without plans, of which some wait for records of the operating period.
    """

    applicable: int
    generated: int
    issued: int
    gone: int
    doubtful: int
    lacking: int = 0


class Step(Frozen):
    """A command to type, and why."""

    command: str
    why: str


class Status(Frozen):
    """What the page shows; `manual` is what the standard calls the document with which the operating period starts."""

    client: str
    edition: str
    cite: str
    today: date
    stage: str
    effective: date | None
    day: int
    months: int
    earliest: date | None
    holes: tuple[Hole, ...]
    papers: Papers
    open: int
    required: int
    records: int
    deadlines: tuple[Deadline, ...]
    next: Step
    manual: str = "手册"


def status(work: Workspace, today: date) -> Status:
    """The page of a client on a day.

    Raises:
        FileFaults: a file of the client is wrong.
    """
    with looking(work, today) as facts:
        return _page(work, facts)


def _page(work: Workspace, facts: Facts) -> Status:
    open_ = facts.client.open()
    papers, holes, now = _papers(facts), period.holes(facts), stage(facts)
    return Status(
        client=facts.client.name or work.folder.name,
        edition=facts.standard.key if facts.client.edition else "",
        cite="；".join(each.cite for each in facts.standards),
        today=facts.today,
        stage=named(now, facts),
        effective=facts.effective,
        day=period.day_number(facts),
        months=period.months_passed(facts),
        earliest=period.earliest(facts),
        holes=holes,
        papers=papers,
        open=len(open_),
        required=sum(question.required for question in open_),
        records=period.counted(facts),
        deadlines=upcoming(facts),
        next=_next(facts, now, papers, holes),
        manual=facts.say("手册"),
    )


def _papers(facts: Facts) -> Papers:
    applicable = [each for each in facts.applicable if each.audience == CLIENT and _before_running(each)]
    written = [document for document in facts.documents if not document.withdrawn]
    wanted = {each.id for each in applicable}
    theirs = [document for document in written if document.id in wanted]
    return Papers(
        applicable=len(applicable),
        generated=len(theirs),
        issued=sum(document.in_force for document in theirs),
        gone=sum(not document.present for document in written),
        doubtful=len(facts.doubts),
        lacking=len({each.id for each in applicable if each.kind is not DocumentKind.PLAN} - {d.id for d in written}),
    )


def _before_running(specification: Specification) -> bool:
    """Whether a document is written before the system runs: reports and papers of audit and review come later."""
    return specification.kind is not DocumentKind.REPORT and not specification.made_by


def _next(facts: Facts, now: Stage, papers: Papers, holes: tuple[Hole, ...]) -> Step:
    if papers.gone:
        return Step("gbtool generate", f"{papers.gone} 份文件不见了")
    if now in (Stage.CONTRACT, Stage.DIAGNOSIS, Stage.WRITING):
        return _before_issue(facts, papers)
    if papers.doubtful:
        return Step("gbtool check", f"{papers.doubtful} 份在用的文件待复核（依据的资料、条款、模板变了）")
    if now is Stage.RUNNING and holes:
        return Step("gbtool period", f"看 {holes[0].span} 缺哪些记录")
    command, why = _THEN[now]
    return Step(command, facts.words.said(why))


def _before_issue(facts: Facts, papers: Papers) -> Step:
    first = sum(question.first for question in facts.client.open())
    if first:
        return Step("gbtool profile", f"第一轮问题还有 {first} 题没答")
    if papers.lacking:
        return Step("gbtool generate", f"生成体系文件，还差 {papers.applicable - papers.generated} 份")
    return Step("gbtool issue", "批准、发布文件，开始运行期")


_THEN = {
    Stage.ISSUE: ("gbtool ledger add", "等{手册}实施日；先记培训和发放"),
    Stage.RUNNING: ("gbtool ledger add", "记下运行中的事，逐月不断"),
    Stage.AUDIT: ("gbtool audit", "做完{内审}，整改并由另一人验证不符合"),
    Stage.REVIEW: ("gbtool review", "{内审}报告以后做{管理评审}"),
    Stage.APPLYING: ("gbtool readiness", "看能不能申请"),
    Stage.APPLIED: ("gbtool readiness", "复查递交时的状态"),
    Stage.CERTIFIED: ("gbtool readiness --gate after", "监督、再认证、证书状态"),
}
