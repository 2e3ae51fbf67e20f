"""The names that templates and audit questions may use, made from the facts about one client."""

from collections.abc import Callable, Mapping, Sequence

from gbtool.documents.telling import told_steps
from gbtool.errors import Complaint, FileFaults
from gbtool.model.deadline import DeadlineRule
from gbtool.model.diagnosis import Indicator, Probe
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.facts import Facts
from gbtool.model.period import filled, unknown_in
from gbtool.model.revision import Revision, granted
from gbtool.model.standard import Standard
from gbtool.structs import Frozen, field

# Who does the work of a function in a step where no department carries it.
STAND_INS = {"quality": "ip", "aftersales": "sales", "rd": "ip", "sales": "strategy"}
# A name that is computed, and the answers that it is computed from.
DERIVED = {
    "who": ("departments",),
    "other": ("departments",),
    "top": ("top_manager",),
    "mr": ("management_rep",),
    "officer": ("compliance_owner",),
    "doc": ("company_code",),
    "answers": ("company_code",),
    "this": ("company_code",),
    "standard": ("standard_edition",),
    "clause": ("standard_edition",),
    "carried": ("departments", "standard_edition"),
    "steps": ("departments",),
    "schedule": (
        "departments",
        "contract_sign_date",
        "kickoff_date",
        "diagnosis_period",
        "org_notice_date",
        "manual_issue_date",
        "manual_effective_date",
        "training_dates",
        "internal_audit_period",
        "management_review_date",
    ),
}
# Further names that every text may use.
ALWAYS = ("rule", "function", "condition", "period", "remind", "word")
# What a firm's Word file may print of a form or of a paper that another command makes: all of it, or parts of a form.
CONTENT = "content"
PARTS = (CONTENT, "head", "rows", "foot", "sign")
SERVICE = "svc-"  # how ids of the consultancy's own papers begin
LEADING = ("top", "mr")
CHECKING = ("finance", "hr")
FORMS = frozenset({DocumentKind.RECORD, DocumentKind.REGISTER})

# A clause of the older edition (None: new), those of the newer one that took it over, and what changed.
Became = Mapping[str, object]


class Documents(dict[str, dict[str, object]]):
    """The documents that apply, by id; that of a form names the document that is kept instead, where there is one."""

    def __init__(self, documents: Mapping[str, dict[str, object]], instead: Mapping[str, str]) -> None:
        """The documents, and for each form that is not kept the document that is."""
        super().__init__(documents)
        self.instead = {form: by for form, by in instead.items() if by in documents}
        for form, by in self.instead.items():  # said in the document too: whoever compares documents sees it change
            self[by] = {**self[by], "instead_of": [*_list(self[by].get("instead_of")), form]}

    def __missing__(self, id_: str) -> dict[str, object]:
        """The document that is kept instead of a form."""
        return self[self.instead[id_]]

    def __contains__(self, id_: object) -> bool:
        """Whether there is such a document, or one that is kept instead."""
        return super().__contains__(id_) or id_ in self.instead


def _nothing(_: str) -> Sequence[Became]:
    return ()


def _standard(standard: Standard) -> dict[str, str]:
    code, edition = standard.head.family, standard.key
    return {"code": code, "edition": edition, "cite": standard.cite, "system": standard.system}


def under(specification: Specification, facts: Facts) -> dict[str, object]:
    """The names that mean something else in a document that belongs to a further standard of the client alone."""
    own = next((each for each in facts.further if each.key == facts.edition_of(specification)), None)
    if own is None:
        return {}
    words = own.head.words
    clauses = {clause.key: clause for clause in own}
    return {"standard": _standard(own), "clause": clauses, "word": {word: words[word] for word in words}}


def cites(specification: Specification, facts: Facts) -> tuple[str, ...]:
    """The clauses that a document answers, a text for each of several standards of the client; none for one alone."""
    if not facts.further:
        return ()
    found = ((each, specification.clauses.get(each.key, ())) for each in facts.standards)
    return tuple(f"{each.cite} {_numbers(each, keys)}" for each, keys in found if keys)


def _numbers(standard: Standard, keys: Sequence[str]) -> str:
    labels = (standard.label(clause)[0] for key in keys if (clause := standard.clause(key)))
    return "、".join(dict.fromkeys(labels))


def _none() -> Mapping[str, Indicator]:
    return {}


def _unasked(_: str) -> Mapping[str, Probe]:
    return {}


class Words(Frozen):
    """The words that templates take from data: the catalogue's, published rules, indicators, the consultancy's name.

    `probes` are the questions of a standard's assessment by id.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    frequencies: Mapping[str, str] = field(default_factory=dict)
    retention: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, DeadlineRule] = field(default_factory=dict)
    changes: Callable[[str], Sequence[Became]] = _nothing
    indicators: Callable[[], Mapping[str, Indicator]] = _none
    probes: Callable[[str], Mapping[str, Probe]] = _unasked
    firm: str = ""


def context(facts: Facts, words: Words) -> dict[str, object]:
    """Every name: the answers by key, people, departments by function, documents, clauses, rules."""
    edition = facts.client.edition
    changes, code = granted(facts), facts.client.code
    documents = {s.id: _document(s, facts, words, changes.get(number_of(s, code), ())) for s in facts.applicable}
    return {
        **{key: facts.client.get(key) for key in facts.client.questions},
        **facts.client.answers,
        "doc": Documents(documents, facts.instead),
        "clause": {clause.key: clause for clause in facts.standard},
        "rule": words.rules,
        "who": dict(facts.carriers),
        "other": others(facts),
        "top": _person(facts, "top_manager"),
        "mr": _person(facts, "management_rep"),
        "officer": _person(facts, "compliance_owner"),
        "answers": _answers(facts, documents),
        "standard": {**_standard(facts.standard), "edition": edition},
        "function": {**words.functions, **facts.standard.head.functions},
        "condition": words.conditions,
        "steps": [],
        "period": facts.periods,
        "word": {word: facts.say(word) for word in facts.words},
        "remind": facts.deadlines.days_before,
        "this": {},
    }


def others(facts: Facts) -> dict[str, str]:
    """For each department another one that checks its work: finance, else human resources, else any; else the head."""
    departments = [str(row.get("部门") or "") for row in facts.client.rows("departments")]
    carried = facts.carriers
    led = {str(row.get("部门") or "") for key, row in carried.items() if key in LEADING}
    preferred = [str(carried[key].get("部门") or "") for key in CHECKING if key in carried]
    plain = [name for name in departments if name not in led] or departments
    head = facts.client.post("top_manager")
    last = [head.title] if head else []
    asked = dict.fromkeys((*departments, facts.client.text("ip_department")))
    return {name: next(o for o in [*preferred, *plain, *departments, *last, ""] if o != name) for name in asked}


def department(function: str, facts: Facts, words: Words) -> str:
    """The department of a function or of its stand-in, or the function's own name where nobody or many carry it."""
    if function in facts.standard.head.units:
        return facts.standard.head.functions.get(function, words.functions.get(function, function)).partition("（")[0]
    found = facts.carriers
    row = found.get(function) or found.get(STAND_INS.get(function, ""))
    named = facts.standard.head.functions.get(function, words.functions.get(function, function))
    return str(row.get("部门") or "") if row else named


def steps(specification: Specification, facts: Facts, words: Words) -> list[dict[str, object]]:
    """The steps of a flow that this client has, numbered, with departments and the documents of their records."""
    known = {other.id: other for other in facts.applicable}
    known |= {form: known[by] for form, by in facts.instead.items()}
    by_whom = _by_whom(facts)
    return [
        {
            "id": step.id,
            "no": number,
            "type": step.type,
            "name": by_whom(step.name),
            "responsible": department(step.function, facts, words),
            "cooperate": [department(function, facts, words) for function in step.cooperate],
            "inputs": list(step.inputs),
            "outputs": list(step.outputs),
            "records": [_document(known[id_], facts, words) for id_ in step.records if id_ in known],
            "time_limit": _with_periods(step.time_limit, specification, facts) or None,
            "note": step.note or None,
            "next": [{"to": way.to, "when": way.when} for way in step.next],
        }
        for number, step in enumerate(told_steps(specification, facts), 1)
    ]


def _by_whom(facts: Facts) -> Callable[[str], str]:
    """Gives a step's name; where the head is also the representative, it says the head's post."""
    head, representative = facts.client.post("top_manager"), facts.client.post("management_rep")
    if head and representative and head.name == representative.name:
        return lambda name: facts.words.said(name).replace(facts.say("管理者代表"), head.title)
    return facts.words.said


def _with_periods(text: str, specification: Specification, facts: Facts) -> str:
    """`拟发布日{release.submit}前` with the period in it.

    Raises:
        FileFaults: no period has this key.
    """
    unknown = unknown_in(text, facts.periods)
    if unknown:
        what = f"时限“{text}”用的“{'”“'.join(unknown)}”不在 templates/periods.yaml 里"
        raise FileFaults([Complaint(f"{specification.place}（{specification.id}）", what, "改成其中的键")])
    return filled(text, facts.periods)


def _change(change: Revision) -> dict[str, str]:
    return {
        "new": change.new,
        "where": change.where,
        "what": change.what,
        "by": change.asked_by,
        "granted_by": change.approved_by,
        "day": change.effective or change.approved,
    }


def _document(
    specification: Specification, facts: Facts, words: Words, changes: Sequence[Revision] = ()
) -> dict[str, object]:
    title = specification.title_in(facts.client.edition)
    number = number_of(specification, facts.client.code)
    return {
        "id": specification.id,
        "title": title,
        "number": number,
        "cite": f"《{title}》（{number}）",
        "kind": specification.kind.value,
        "owner": specification.owner,
        "keep": words.retention.get(specification.retention, specification.retention),
        "frequency": words.frequencies.get(specification.frequency, specification.frequency),
        "phase": specification.phase,
        "audience": specification.audience,
        "parent": specification.parent or None,
        "records": list(specification.records),
        "revisions": [_change(each) for each in changes],
        "clauses": list(specification.clauses.get(facts.client.edition, ())),
        "cites": list(cites(specification, facts)),
        "by_edition": {edition: list(keys) for edition, keys in specification.clauses.items()},
    }


def number_of(specification: Specification, code: str) -> str:
    """The document's number by its pattern."""
    return specification.number.replace("{company_code}", code)


def _answers(facts: Facts, documents: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    ours = [document for document in documents.values() if document["audience"] == "client"]
    rows: list[dict[str, object]] = []
    for clause in facts.standard:
        if clause.auditable:
            cite, title = facts.standard.label(clause)
            mine = [document for document in ours if clause.key in _list(document["clauses"])]
            rows.append(
                {
                    "cite": cite,
                    "title": title,
                    "key": clause.key,
                    "documents": [document for document in mine if document["kind"] not in FORMS],
                    "records": [document for document in mine if document["kind"] in FORMS],
                }
            )
    return rows


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _person(facts: Facts, key: str) -> dict[str, str] | None:
    post = facts.client.post(key)
    return {"姓名": post.name, "职务": post.title} if post else None
