"""Who may sign what when: departments, heads, appointments, approvals, names (SG-01 to SG-04, DT-26, DT-63)."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.document import Document
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.signing import Power
from gbtool.rules.engine import Fault, rule
from gbtool.rules.reading import Dated, at, employed, milestone, paper_day, signer
from gbtool.rules.staff import Renaming, Staff, renamings, staff
from gbtool.structs import Frozen

SERVICE = "svc-"
APPROVAL = {"top": ("top_manager",), "mr": ("management_rep", "top_manager")}
WRITERS = ("编制", "申请人", "经办")
APPROVE = "批准"
SMALL = 20
_DELEGATED = "换过人或有授权的，登记到岗位表：gbtool ledger row positions"


class Signed(Frozen):
    """One signature of a record in a role that means something.

    `named` are those whom the role's answer names, for a department's role those above all departments.
    """

    record: Entry
    power: Power
    name: str
    day: date
    staff: Staff
    named: frozenset[str]
    appointed: Dated | None

    @property
    def place(self) -> str:
        """Where it stands."""
        return at(self.record, f"{self.power.role} {self.name} {self.day}")


def _signed(facts: Facts, *, appointed: bool) -> tuple[Signed, ...]:
    powers = {power.role: power for power in facts.powers if bool(power.answer) is appointed}
    found, people_ = [], staff(facts)
    above = _named(facts, "top_manager") | _named(facts, "management_rep")
    named = {role: _named(facts, power.answer) if power.answer else above for role, power in powers.items()}
    since = {role: paper_day(facts, power.since) if power.since else None for role, power in powers.items()}
    for record in facts.records():
        for signature in () if record.form.startswith(SERVICE) else record.signatures:
            day, power = as_date(signature.date), powers.get(signature.role)
            if day and power and signature.name:
                found.append(Signed(record, power, signature.name, day, people_, named[power.role], since[power.role]))
    return tuple(found)


def _named(facts: Facts, answer: str) -> frozenset[str]:
    """The people whom an answer names: one with his post, or the rows of a table."""
    rows = facts.client.rows(answer)
    if rows:
        return frozenset(str(row.get("姓名") or "") for row in rows if isinstance(row, Mapping))
    post = facts.client.post(answer)
    return frozenset((post.name,)) if post else frozenset()


def _delegated(signed: Signed) -> bool:
    """Whether a post says that its holder may sign in this role, or is called like it."""
    return any(signed.power.role in (post.title, *post.roles) for post in signed.staff.on(signed.name, signed.day))


def roles(facts: Facts, people_: Staff, name: str, day: date) -> tuple[str, ...]:
    """The roles in which somebody may sign on a day, those by delegation last."""
    found = [power.role for power in facts.powers if _may(facts, people_, power, (name, day))]
    found += [role for post in people_.on(name, day) for role in post.roles if role not in found]
    return tuple(found)


def _may(facts: Facts, people_: Staff, power: Power, who: tuple[str, date]) -> bool:
    name, day = who
    if power.answer:
        appointed = paper_day(facts, power.since) if power.since else None
        return name in _named(facts, power.answer) and (appointed is None or appointed.day <= day)
    if not power.head:
        return bool(people_.carrying(power.function) & people_.departments_of(name, day))
    carrying = people_.carrying(power.function) if power.function else frozenset(("",))
    return any(name in people_.heads(day, department) for department in carrying)


@rule("SG-01", of=lambda facts: _signed(facts, appointed=False))
def signs_for_his_department(signed: Signed, facts: Facts) -> Fault | None:
    """Who signs for a function or as a head belongs to that department, or heads it, on that day."""
    people_, power, day = signed.staff, signed.power, signed.day
    if signed.name in signed.named or not people_.known(signed.name) or _delegated(signed):
        return None
    carrying = people_.carrying(power.function) if power.function else frozenset()
    if power.function and not carrying:
        return None
    if power.head:
        heads = frozenset().union(*(people_.heads(day, name) for name in carrying or ("",)))
        return _not_head(signed, carrying, facts) if heads and signed.name not in heads else None
    own = people_.departments_of(signed.name, day)
    if own & carrying or not own:
        return None
    where, names = "、".join(sorted(own)), "、".join(sorted(carrying))
    message = f"{signed.record.id} 以“{power.role}”签字的 {signed.name} 当时在{where}，不在{names}"
    post = people_.on(signed.name, day)[0]
    return Fault(message, (signed.place, at(post.entry, f"{signed.name} {post.department}")), _DELEGATED)


def _not_head(signed: Signed, carrying: frozenset[str], facts: Facts) -> Fault:
    of = f"{'、'.join(sorted(carrying))}的" if carrying else ""
    message = f"{signed.record.id} 以“{signed.power.role}”签字的 {signed.name} 当时不是{of}负责人"
    return Fault(message, (signed.place, f"{facts.client.place('departments')} departments"), _DELEGATED)


@rule("SG-02", of=lambda facts: _signed(facts, appointed=True))
def signs_as_appointed(signed: Signed, facts: Facts) -> Fault | None:
    """Who signs as representative, auditor or head of the company is the one who was appointed, and not before it."""
    if _delegated(signed):
        return None
    power, appointed = signed.power, signed.appointed
    if signed.named and signed.name not in signed.named:
        message = f"{signed.record.id} 以“{power.role}”签字的 {signed.name} 不在 {power.answer} 里"
        return Fault(message, (signed.place, f"{facts.client.place(power.answer)} {power.answer}"), _DELEGATED)
    if appointed and signed.day < appointed.day:
        message = f"{signed.name} {signed.day} 以“{power.role}”签字，早于 {appointed}"
        return Fault(message, (signed.place, appointed.place), "核对日期；任命以前的用当时的身份，不改日期")
    return None


class Approved(Frozen):
    """A document or paper that somebody approved on a day."""

    id: str
    title: str
    name: str
    day: Dated | None
    place: str
    staff: Staff


def approvals(facts: Facts) -> tuple[Approved, ...]:
    """Who approved which document: by the papers of the ledger, and by the documents that were issued."""
    people_ = staff(facts)
    issued = (document for document in facts.documents if document.approved_by and document.in_force)
    return (*_papers(facts, people_), *(_document(document, people_) for document in issued))


def _papers(facts: Facts, people_: Staff) -> Iterator[Approved]:
    for paper in facts.of(EntryKind.PAPER):
        approved = paper.get("approved")
        name = signer(paper, "approved") or paper.text("signed_by") or (approved if isinstance(approved, str) else "")
        if name:
            day = milestone(paper, "approved", facts) or milestone(paper, "date", facts)
            yield Approved(paper.form, paper.form, name, day, at(paper, f"批准 {name}"), people_)


def _document(document: Document, people_: Staff) -> Approved:
    day = as_date(document.approved)
    place = f"{document.path} 批准 {document.approved_by}"
    when = Dated(day, f"{document.id} 批准", place) if day else None
    return Approved(document.id, document.title, document.approved_by, when, place, people_)


@rule("SG-03", of=approvals)
def approved_by_whom_the_catalogue_says(approved: Approved, facts: Facts) -> Fault | None:
    """A document is approved by the function that the catalogue names, or by the top manager."""
    given = next((s.approval for s in facts.specifications if s.id == approved.id and s.approval), None)
    answers = APPROVAL.get(given.approve, ()) if given else ()
    allowed = frozenset().union(*(_named(facts, answer) for answer in answers)) if answers else frozenset()
    if not allowed or approved.name in allowed or not approved.day:
        return None
    posts = approved.staff.on(approved.name, approved.day.day)
    heads = {head for word in ("最高管理者", "管理者代表") for head in (word, facts.say(word))}
    if any(APPROVE in post.roles or post.title in heads for post in posts):
        return None
    message = f"{approved.title} 由 {approved.name} 批准，应由 {'或'.join(sorted(allowed))} 批准"
    place = f"{facts.client.place(answers[0])} {answers[0]}"
    return Fault(message, (approved.place, place), _DELEGATED)


@rule("DT-26", of=lambda facts: approvals(facts) if facts.roster else ())
def approver_was_employed(approved: Approved, facts: Facts) -> Fault | None:
    """Who approves a document is employed on that day (people of the roster only)."""
    terms = facts.people.get(approved.name, ())
    if not (terms and approved.day) or any(employed(person, approved.day.day) for person in terms):
        return None
    place = at(terms[0], f"{approved.name} 入职日 {terms[0].text('入职日')} 离职日 {terms[0].text('离职日')}")
    return Fault(
        f"{approved.name} 批准 {approved.title} 时（{approved.day.day}）不在职",
        (approved.place, place),
        "核对批准人和日期",
    )


@rule("SG-04", of=lambda facts: tuple(r for r in facts.records() if not r.form.startswith(SERVICE) and r.signatures))
def writes_and_approves(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Nobody approves a record that he wrote himself."""
    count = facts.client.get("employee_count")
    if isinstance(count, int) and count < SMALL:
        return
    writers = {s.name for s in record.signatures if s.role in WRITERS and s.name}
    for name in sorted({s.name for s in record.signatures if s.role == APPROVE} & writers):
        yield Fault(f"{record.id} 由 {name} 编制又批准", (at(record, f"编制、批准 {name}"),), "由另一人批准")


class Renamed(Frozen):
    """A record in whose days a department had another name than before or after."""

    record: Entry
    fields: frozenset[str]
    changes: tuple[Renaming, ...]


def _renamed(facts: Facts) -> tuple[Renamed, ...]:
    changes = renamings(facts)
    if not changes:
        return ()
    forms = {s.id: (*s.fields.head, *s.fields.columns, *s.fields.foot) for s in facts.specifications}
    fields = {id_: frozenset(f.name for f in all_ if f.type == "dept") for id_, all_ in forms.items()}
    records = (r for r in facts.records() if r.day and fields.get(r.form))
    return tuple(Renamed(record, fields[record.form], changes) for record in records)


@rule("DT-63", of=_renamed)
def department_has_its_name(renamed: Renamed, facts: Facts) -> Iterator[Fault]:
    """A department has its old name before the day of the change and the new one after it; that month either."""
    record = renamed.record
    for change in renamed.changes:
        if record.date[:7] == change.day.isoformat()[:7]:
            continue
        early = record.date < change.day.isoformat()
        wrong, right = (change.new, change.old) if early else (change.old, change.new)
        for name in sorted(renamed.fields):
            if any(value == wrong for _, value in record.values(name)):
                places = (at(record, f"{name} {wrong}"), at(change.entry, f"{change.old}→{change.new} {change.day}"))
                yield Fault(
                    f"{record.id}（{record.date}）的{name}写“{wrong}”，当时叫“{right}”", places, "按当时的名称写"
                )
