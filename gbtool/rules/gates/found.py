"""Facts that gbtool finds itself in the answers and the ledger, by the names that published rules use."""

from collections.abc import Callable, Iterable, Iterator

from gbtool.model.document import DocumentKind
from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.outside.body import Body, body_of
from gbtool.rules.deadlines.registry import PATENT, Right, rights
from gbtool.rules.gates import certificate, money
from gbtool.rules.gates.known import Value, found
from gbtool.rules.reading import Dated, at, manual, milestone, paper_day

INVENTION = "发明"
AUDITS, REVIEWS = EntryKind.AUDIT_REPORT, EntryKind.REVIEW_REPORT


@found("today")
def _today(facts: Facts) -> Value:
    return Value(facts.today)


@found("engagement.standard")
def _standard(facts: Facts) -> Value | None:
    """The standard of the edition that the client follows, without its year."""
    place = f"{facts.client.place('standard_edition')} standard_edition"
    return Value(facts.standard.code.partition("-")[0], place) if facts.client.edition else None


@found("system.effective")
def _effective(facts: Facts) -> Value | None:
    return Value(facts.effective, "手册实施日") if facts.effective else None


@found("system.issued")
def _issued(facts: Facts) -> Value | None:
    return _value(manual(facts, "issued"))


@found("changeover.gap")
def _gap(facts: Facts) -> Value | None:
    return _value(paper_day(facts, "report-gap-transition"))


def _of_this_edition(facts: Facts) -> bool:
    """Whether the manual in force is of the edition that the facts are looked at under."""
    document = facts.document(facts.manual_id)
    return document is None or document.holds in ("", *(each.key for each in facts.standards))


@found("changeover.issued")
def _new_issued(facts: Facts) -> Value | None:
    return _issued(facts) if _of_this_edition(facts) else None


@found("changeover.effective")
def _new_effective(facts: Facts) -> Value | None:
    return _effective(facts) if _of_this_edition(facts) else None


@found("diagnosis.reported")
def _diagnosed(facts: Facts) -> Value | None:
    return _value(paper_day(facts, "report-diagnosis"))


@found("application.date")
def _applied(facts: Facts) -> Value:
    """The day of the application, today while there is none."""
    return _submitted(facts) or Value(facts.today, "按这一天递交")


@found("application.submitted")
def _submitted(facts: Facts) -> Value | None:
    return _value(milestone(facts.one(EntryKind.APPLICATION), "submitted", facts))


def _value(day: Dated | None) -> Value | None:
    return Value(day.day, day.place) if day else None


def _days(facts: Facts, kind: EntryKind, name: str) -> tuple[Dated, ...]:
    """The days of papers that were issued, since the system took effect."""
    found_ = (milestone(each, name, facts) for each in facts.of(kind) if milestone(each, "issued", facts))
    return tuple(day for day in found_ if day and facts.effective and day.day >= facts.effective)


def _of(kind: EntryKind, name: str) -> tuple[Callable[[Facts], Value], Callable[[Facts], Value | None]]:
    def many(facts: Facts) -> Value:
        days = _days(facts, kind, name)
        return Value(tuple(day.day for day in days), days[-1].place if days else "")

    def last(facts: Facts) -> Value | None:
        return _value(max(_days(facts, kind, name), key=lambda each: each.day, default=None))

    return many, last


for _kind, _name, _many, _last in (
    (AUDITS, "audit_end", "audits.days", "audit.ended"),
    (REVIEWS, "review_date", "reviews.days", "review.held"),
):
    _finders = _of(_kind, _name)
    found(_many)(_finders[0])
    found(_last)(_finders[1])


@found("rights.active")
def _rights(facts: Facts) -> Value:
    return _counted(right for right in rights(facts) if right.alive)


@found("rights.inventions")
def _inventions(facts: Facts) -> Value:
    return _counted(_patents(facts, INVENTION))


def _patents(facts: Facts, kind: str) -> Iterator[Right]:
    return (r for r in rights(facts) if r.kind == PATENT and r.alive and r.text("类型").startswith(kind))


def _counted(found_: Iterable[Right]) -> Value:
    return Value(tuple(right.number for right in found_), "台账里的权利")


def _since_certificate(kinds: tuple[str, ...], registers: tuple[str, ...]) -> Callable[[Facts], Value | None]:
    """Rights of a kind that were granted or registered after the certificate."""

    def finder(facts: Facts) -> Value | None:
        start = certificate.day(facts, "cert_start", "decision")
        if start is None:
            return None
        mine = (r for r in rights(facts) if r.kind in registers and (not kinds or r.text("类型").startswith(kinds)))
        return _counted(r for r in mine if (day := r.day("授权公告日", "登记日")) and day > start.day)

    return finder


for _name, _kinds, _registers in (
    ("since.inventions", ("发明",), ("patent",)),
    ("since.models", ("实用新型",), ("patent",)),
    ("since.designs", ("外观",), ("patent",)),
    ("since.software", ("软件",), ("copyright",)),
):
    found(_name)(_since_certificate(_kinds, _registers))


@found("documents.in_force")
def _documents(facts: Facts) -> Value:
    return Value(tuple(d.id for d in facts.documents if d.in_force), "已发布的文件")


@found("systems.in_force")
def _systems(facts: Facts) -> Value:
    issued = tuple(d.id for d in facts.documents if d.kind is DocumentKind.SYSTEM and d.in_force)
    return Value(issued, "已发布的文件")


@found("flows.answered")
def _flows(facts: Facts) -> Value:
    """The flows that are in force, and those of business that the client does not have."""
    issued = {document.id for document in facts.documents if document.in_force}
    flows = (each for each in facts.specifications if each.kind is DocumentKind.FLOW)
    answers = facts.client.answers
    return Value(tuple(f.id for f in flows if f.id in issued or not f.applies(answers)), "已发布的文件")


@found("ledger.phases")
def _phases(facts: Facts) -> Value:
    """The phases of the ledger in which something is recorded."""
    phase = {specification.id: specification.phase for specification in facts.specifications}
    return Value(tuple(dict.fromkeys(phase[r.form] for r in facts.records() if r.form in phase)), "台账记录")


@found("ledger.forms")
def _forms(facts: Facts) -> Value:
    return Value(tuple(facts.days), "台账记录")


@found("credits.roles")
def _credits(facts: Facts) -> Value | None:
    """The roles all of whose people have their credits; None while nobody has any."""
    days = {entry.text("name"): as_date(entry.get("credits_done")) for entry in facts.of(EntryKind.CREDIT)}
    done = {name for name, day in days.items() if day and day <= facts.today}
    if not done:
        return None
    return Value(tuple(role for role, names in _roles(facts) if names and names <= done), "台账里的学分")


def _roles(facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    client = facts.client
    for role, key in (("最高管理者", "top_manager"), ("管理者代表", "management_rep")):
        post = client.post(key)
        yield role, frozenset({post.name} if post else ())
    yield "业务部门负责人", frozenset(each.head for each in client.departments if each.head)
    yield "知识产权部门工作人员", frozenset(str(row.get("姓名")) for row in client.rows("ip_staff"))
    auditors = client.get("internal_auditors")
    rows = auditors if isinstance(auditors, (list, tuple)) else ()
    yield "内审员", frozenset(str(row.get("姓名") if hasattr(row, "get") else row) for row in rows)


@found("organisation.unit")
def _unit(facts: Facts) -> Value | None:
    document, paper = facts.document("appt-ip-org"), facts.paper("appt-ip-org")
    if (document and document.in_force) or paper:
        return Value(datum=True, place="机构成立文件")
    return None


@found("organisation.staff")
def _staff(facts: Facts) -> Value:
    return Value(tuple(str(r.get("姓名")) for r in facts.client.rows("ip_staff")), str(facts.client.place("ip_staff")))


@found("organisation.rules")
def _rules(facts: Facts) -> Value | None:
    issued = [d for d in facts.documents if d.kind is DocumentKind.SYSTEM and d.in_force]
    return Value(datum=True, place=issued[0].path) if issued else None


@found("application.package")
def _package(facts: Facts) -> Value | None:
    """The parts of the package that the ledger shows, with those that somebody entered."""
    entered = [e for e in facts.of(EntryKind.FACT) if e.id == "application.package"]
    listed = entered[-1].text("value").split("、") if entered else []
    mine = [name for name, there in _parts(facts) if there]
    if not (mine or listed):
        return None
    return Value(tuple(dict.fromkeys((*mine, *listed))), at(entered[-1]) if entered else "台账")


def _parts(facts: Facts) -> Iterator[tuple[str, bool]]:
    documents = {d.id: d for d in facts.documents if d.in_force}
    kinds = {d.kind for d in documents.values()}
    yield "手册", facts.manual_id in documents
    yield "程序文件、制度和记录目录", {DocumentKind.PROCEDURE, DocumentKind.SYSTEM} <= kinds
    yield "体系实施日证明（发布令）", "appt-promulgation" in documents or bool(facts.paper("appt-promulgation"))
    yield "方针、目标及考核结果", bool(facts.records("rec-target-assessment"))
    yield "知识产权清单", bool(facts.of(EntryKind.RIGHT))
    yield "内部审核全套记录", bool(facts.of(AUDITS))
    yield "管理评审全套记录", bool(facts.of(REVIEWS))
    declared = (e for e in facts.of(EntryKind.DECLARATION) if e.id == "penalties")
    yield "无处罚和信用自我声明", next(declared, None) is not None


@found("body.name")
def _body(facts: Facts) -> Value | None:
    application = facts.one(EntryKind.APPLICATION)
    name = application.text("body") if application else ""
    return Value(name, at(application)) if application and name else None


def profile(facts: Facts) -> Body | None:
    """What somebody described of the client's certification body."""
    name = _body(facts)
    return body_of(str(name.datum), facts.bodies) if name else None


@found("body.requires_credits")
def _wants_credits(facts: Facts) -> Value | None:
    body = profile(facts)
    wanted = body.requires_credits if body else None
    return None if body is None or wanted is None else Value(datum=wanted, place=str(body.place))


@found("body.notify_days")
def _notify_days(facts: Facts) -> Value | None:
    body = profile(facts)
    return Value(body.notify_days, str(body.place)) if body and body.notify_days else None


for _title, _finder in (*certificate.FACTS.items(), *money.FACTS.items()):
    found(_title)(_finder)
