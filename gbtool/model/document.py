"""Documents: what the catalogue says of them, what is planned for a client, what became of each."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from gbtool.model import condition
from gbtool.model.difference import Difference
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.chosen import chosen, first_of
from gbtool.structs import Frozen, field


class DocumentKind(StrEnum):
    """The kinds of document, in the order in which a consultant hands them over."""

    MANUAL = "manual"
    SYSTEM = "system"
    PROCEDURE = "procedure"
    FLOW = "flow"
    APPOINTMENT = "appointment"
    RECORD = "record"
    REGISTER = "register"
    PLAN = "plan"
    REPORT = "report"


FOLDERS = {  # what the folder of each kind below 文件/ is called
    DocumentKind.MANUAL: "手册",
    DocumentKind.SYSTEM: "制度",
    DocumentKind.PROCEDURE: "程序文件",
    DocumentKind.FLOW: "流程",
    DocumentKind.APPOINTMENT: "任命与发布文件",
    DocumentKind.RECORD: "记录表单",
    DocumentKind.REGISTER: "台账与清单",
    DocumentKind.PLAN: "计划",
    DocumentKind.REPORT: "报告",
}


class Field(Frozen):
    """A field of a form; `only` names the choices that not every client has, each with its terms (see condition)."""

    name: str
    type: str = "text"
    choices: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def withheld(self) -> tuple[str, ...]:
        """The choices that the form has and this client has not."""
        return tuple(choice for choice in self.only if choice not in self.choices)


class Fields(Frozen):
    """The parts of a form: head, columns of its table, foot, signatures; those only some clients have with terms.

    `labels` are other names for them on paper.
    """

    head: tuple[Field, ...] = ()
    columns: tuple[Field, ...] = ()
    foot: tuple[Field, ...] = ()
    sign: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """What a field or a role is called on paper."""
        return self.labels.get(name, name)

    def name_of(self, label: str) -> str:
        """The field or role that is called so on paper."""
        return next((name for name, other in self.labels.items() if other == label), label)

    def __bool__(self) -> bool:
        return bool(self.head or self.columns or self.foot or self.sign)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, none of them twice in a form."""
        return tuple(each.name for each in (*self.head, *self.columns, *self.foot))


class Next(Frozen):
    """A way out of a step: where to, what is said of it, and the conditions under which there is such a way at all."""

    to: str
    when: str = ""
    only: tuple[str, ...] = ()


class Step(Frozen):
    """A step of a flow: start, activity, decision or end."""

    id: str
    type: str
    name: str
    function: str
    cooperate: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    next: tuple[Next, ...] = ()
    time_limit: str = ""
    note: str = ""
    when: tuple[str, ...] = ()


class Told(Frozen):
    """How a step is told to some clients: what is empty stays as the step has it.

    `{key}` stands for an answer, `{key.column}` for a column of a table of answers, several joined.
    """

    id: str
    when: tuple[str, ...]
    name: str = ""
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


class Task(Frozen):
    """A piece of work of a schedule, its days by the keys of answers (several with | mean the first that is given).

    `start` and `end` are the first and last day of an answer, `after` and `before` the working day next to it; `marks`
    names a table of dated rows, each a day of its own.
    """

    name: str
    function: str
    cooperate: tuple[str, ...] = ()
    start: str = ""
    after: str = ""
    end: str = ""
    before: str = ""
    marks: str = ""
    milestone: str = ""
    documents: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


class Approval(Frozen):
    """Who compiles, reviews and approves: functions, or `owner` for the document's owner."""

    compile: str = ""
    review: str = ""
    approve: str = ""


class Specification(Frozen):
    """What the catalogue says of a document; `made_by` is the command that makes it where `generate` does not.

    `served_by` are documents of another standard of the client that serve all it is for.
    """

    id: str
    kind: DocumentKind
    title: str
    number: str
    audience: str
    purpose: str
    clauses: Mapping[str, tuple[str, ...]]
    owner: str
    phase: str
    editions: tuple[str, ...]
    frequency: str
    retention: str
    when: tuple[str, ...] = ()
    titles: Mapping[str, str] | None = None
    approval: Approval | None = None
    trigger: str = ""
    day: str = ""  # the field of a form, in head or foot, that says when it happened
    parent: str = ""
    records: tuple[str, ...] = ()
    core_steps: tuple[str, ...] = ()
    key_risks: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    date_rules: tuple[str, ...] = ()
    notes: str = ""
    steps: tuple[Step, ...] = ()
    told: tuple[Told, ...] = ()
    tasks: tuple[Task, ...] = ()
    made_by: str = ""
    served_by: tuple[str, ...] = ()
    fields: Fields = Fields()
    place: Place = NOWHERE

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Whether a client with these answers has this document."""
        return not frozenset(self.editions).isdisjoint(chosen(facts)) and condition.holds(self.when, facts)

    def edition_for(self, answers: Mapping[str, object]) -> str:
        """Under which of a client's standards the document is made; the main one where it is of none."""
        return first_of(self.editions, answers)

    def title_in(self, edition: str) -> str:
        """The formal title in an edition."""
        return (self.titles or {}).get(edition, self.title)


class Outcome(StrEnum):
    """What generating did with a document."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    MERGED = "merged"
    CONFLICT = "conflict"
    OPEN = "open"


class OpenValue(Frozen):
    """What a document needs and nobody has given, where the document needs it, and the command that gives it.

    `key` is a question of the profile, or a form or kind of entry that the ledger lacks.
    """

    key: str
    question: str
    place: Place
    command: str = ""

    @property
    def fix(self) -> str:
        """The command to type."""
        return self.command or f"gbtool profile set {self.key}=…"


class Made(Frozen):
    """One document after generating: where it lies, from which shelf it came, what happened.

    Where a person had worked on the file: the `differences` between what she, gbtool and both changed, the `copy` of
    the file as it was and gbtool's own draft `beside` it as relative paths, and a `note` on why it could not be merged.
    """

    id: str
    kind: DocumentKind
    number: str
    title: str
    path: str
    outcome: Outcome
    shelf: str
    open: tuple[OpenValue, ...] = ()
    differences: tuple[Difference, ...] = ()
    copy: str = ""
    beside: str = ""
    note: str = ""


class Doubt(Frozen):
    """Why a document in force may no longer hold, as a sentence; a soft one leaves its own text as it was."""

    what: str
    soft: bool = False


class Document(Frozen):
    """A document as the ledger knows it: what gbtool wrote and when it was approved, issued and takes effect."""

    id: str
    kind: DocumentKind
    number: str
    title: str
    version: str
    path: str
    sha256: str
    content: str
    edition: str = ""
    compiled_by: str = ""
    compiled: str = ""
    reviewed_by: str = ""
    reviewed: str = ""
    approved_by: str = ""
    approved: str = ""
    issued: str = ""
    effective: str = ""
    withdrawn: str = ""
    present: bool = True
    edited: bool = False
    since: str = ""  # when its first version of this edition took effect, all later ones following without a gap
    held: str = ""  # the edition of the text that was issued, where a text of another one was written since

    @property
    def in_force(self) -> bool:
        """Whether it was issued and not withdrawn."""
        return bool(self.issued) and not self.withdrawn

    @property
    def holds(self) -> str:
        """The edition of the text that is in force; empty where none is."""
        return (self.held or self.edition) if self.in_force else ""

    def holds_for(self, *editions: str) -> bool:
        """Whether it is in force and of one of these editions; one of which the edition is not known is of any."""
        return self.in_force and (not any(editions) or self.holds in ("", *editions))


def starts(states: Iterable[Document], day: str) -> tuple[Document, ...]:
    """The issues with which a document began to hold: the first, each after a withdrawal, each of another edition.

    Args:
        states: what the document was after each change, oldest first.
        day: the ISO day from which one looks back; a withdrawal that is still to come does not count.
    """
    found: list[Document] = []
    holds: Document | None = None
    for each in states:
        if not each.issued or (each.withdrawn and each.withdrawn <= day):
            holds = None
        elif holds is None or holds.edition != each.edition:
            holds = each
            found.append(each)
    return tuple(found) if holds else ()
