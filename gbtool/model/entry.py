"""Rows of the ledger: everything that happened, in one shape."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field

EMPTY: Mapping[str, object] = MappingProxyType({})


class EntryKind(StrEnum):
    """What an entry is; its data are described in docs/ledger.md."""

    RECORD = "record"  # a filled form: head, rows, foot, sign
    ABSENT = "absent"  # 本期未发生: form, period, confirmed_how, confirmed_by, confirmed_on
    PERSON = "person"  # a line of the roster
    RIGHT = "right"  # a patent, trademark, copyright, trade secret, domain name …
    CONTRACT = "contract"  # a line of the contract list
    PAPER = "paper"  # dates and signers of a document, as documents.yaml gives them
    PROGRAMME = "programme"  # yearly audit programme
    AUDIT_PLAN = "audit-plan"  # plan with its slots
    AUDIT_REPORT = "audit-report"
    REVIEW_PLAN = "review-plan"
    REVIEW_REPORT = "review-report"
    EFFECTIVENESS = "effectiveness"  # figures before and after
    DECLARATION = "declaration"  # what a named person declared on a date, such as 无行政处罚
    APPLICATION = "application"  # an application for certification
    BEFORE = "before"  # vouchers from before the system
    CREDIT = "credit"  # credits on the learning platform
    WAIVER = "waiver"  # who let findings of a rule pass: rule, where, about, by, reason, on, until
    EVIDENCE = "evidence"  # a file that was taken in, with its hash
    ANSWER = "answer"  # one row of an audit checklist
    NOTICE = "notice"  # an official notice or an event from which a period of a right runs
    POSITION = "position"  # a post of a person from a day until a day
    DEPARTMENT = "department"  # a department that got another name, or was merged, from a day on
    PROMISE = "promise"  # what the consultancy promised for a stage of the contract: visits, hours, deliverables
    ACTION = "action"  # what was done about a deadline: right, due, amount, voucher
    IMPORT = "import"  # a file whose records were taken in: its hash, its columns, the records
    DIAGNOSIS = "diagnosis"  # a question: score, evidence, by, sampled, failed, note; again: question, round
    FACT = "fact"  # what somebody found out for a published rule: value, basis, by; the id is the fact's name
    FEE = "fee"  # an invoice: 发票号, 日期, 金额, 用途, 收款方
    GRANT = "grant"  # a subsidy: 日期, 金额, 级别, 项目, 状态
    GRADE = "grade"  # a condition of a grade: standing, evidence, gap; or a threshold: value, source; by
    FIGURE = "figure"  # an indicator in a period: indicator, from, to, value or numerator and denominator, source …


class Signature(Frozen):
    """Who signed in which role and when."""

    role: str
    name: str
    date: str


class Entry(Frozen):
    """One entry: `date` is when it happened, `entered` when it was written down, both ISO text, empty if unknown."""

    kind: EntryKind
    id: str
    date: str = ""
    entered: str = ""
    form: str = ""
    data: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    place: Place = NOWHERE

    def get(self, name: str) -> object:
        """A datum by name."""
        return self.data.get(name)

    def text(self, name: str) -> str:
        """A datum as text, empty if it is not there."""
        value = self.data.get(name)
        return "" if value is None else str(value)

    def mapping(self, name: str) -> Mapping[str, object]:
        """A datum that is a mapping, such as head or foot."""
        value = self.data.get(name)
        return value if isinstance(value, Mapping) else EMPTY

    def rows(self, name: str = "rows") -> tuple[Mapping[str, object], ...]:
        """A datum that is a list of mappings, such as the rows of a form."""
        value = self.data.get(name)
        return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, (list, tuple)) else ()

    @property
    def day(self) -> dt.date | None:
        """When it happened."""
        return as_date(self.date)

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Who signed it."""
        return tuple(
            Signature(str(row.get("role") or ""), str(row.get("name") or ""), str(row.get("date") or ""))
            for row in self.rows("sign")
        )

    def values(self, name: str) -> Iterator[tuple[str, str]]:
        """Every value of a field by this name with the part where it stands: head, each row, foot."""
        for part in ("head", "foot"):
            if name in self.mapping(part):
                yield part, str(self.mapping(part)[name])
        for number, row in enumerate(self.rows(), 1):
            if name in row:
                yield f"第{number}行", str(row[name])


def as_date(value: object) -> dt.date | None:
    """An ISO date, or None where the text is no date."""
    try:
        return dt.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
