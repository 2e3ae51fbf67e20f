"""What every screen may look at beside the file, and how it says what it found."""

import re
from collections.abc import Callable, Mapping

from gbtool.model.agreement import Agreement, Catalogued
from gbtool.model.document import Specification
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding, Severity
from gbtool.model.firm import Firm, Threshold
from gbtool.model.gate import RuleText
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.model.register import Register
from gbtool.model.residue import Residue
from gbtool.screening.names import Names
from gbtool.screening.stream import quoted
from gbtool.structs import Frozen, field

_ORDER = (Severity.ERROR, Severity.WARN, Severity.INFO)
_LONGEST = 60


def _uncommon(_: str) -> bool:
    return False


class Desk(Frozen):
    """The client, the names of all others, the firm, ordinary words, the data of each screen.

    `allowed` is what the client's own lists and ledger say, `said` what all its answers say, both folded; `clauses` are
    the numbers that each edition of the standard has; `numbers` the catalogue under the client's numbers, `titles` all
    its titles, `absent` those of documents that this client does not have, `records` the ids in the ledger, `people`
    the roster, longest names first, `printed` the page of each folded heading by the path of a document with a PDF.
    """

    facts: Facts
    names: Names = field(default_factory=Names)
    allowed: str = ""
    said: str = ""
    residue: Residue = field(default_factory=Residue)
    register: Register = field(default_factory=Register)
    clauses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    agreement: Agreement = field(default_factory=Agreement)
    numbers: Mapping[str, Catalogued] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    printed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    department_names: re.Pattern[str] | None = None
    firm: Firm = field(default_factory=Firm)
    common: Callable[[str], bool] = _uncommon

    def specification(self, read: FileRead) -> Specification | None:
        """What the catalogue says of a file that gbtool made."""
        return next((each for each in self.facts.specifications if each.id == read.id), None) if read.id else None

    def record(self, read: FileRead) -> str:
        """The record of the ledger that a filled form is, as its header says; empty where it is none."""
        sides = (piece.text for piece in read.pieces if piece.spot in (Spot.HEADER, Spot.FOOTER))
        return next((word for text in sides for word in text.split() if word in self.records), "")

    def for_consultants(self, read: FileRead) -> bool:
        """Whether a file is a paper of the consultancy itself."""
        specification = self.specification(read)
        return specification is not None and specification.audience == "consultancy"

    def day(self, read: FileRead | None) -> str:
        """The day by which a file is judged: when its document was issued, else today; ISO text."""
        document = self.facts.document(read.id) if read and read.id else None
        return (document.issued if document else "") or self.facts.today.isoformat()

    def severity(self, rule: str, *, soft: bool = False) -> Severity:
        """How much harm a finding of a rule does; a soft one only warns."""
        text = self.facts.rule_texts.get(rule) or RuleText(rule, "error", rule, "")
        return max(Severity(text.severity), Severity.WARN if soft else Severity.ERROR, key=_ORDER.index)


class Found(Frozen):
    """What a screen says: the sentence, what to do, at which piece and with which words, whether it only warns."""

    message: str
    fix: str = ""
    at: Piece | None = None
    quote: str = ""
    soft: bool = False


Seen = Finding | str  # what a screen found, or the rule of which it looked at one subject


def finding(desk: Desk, rule: str, read: FileRead, found: Found, *others: str) -> Finding:
    """A finding in a file; `others` are further places, where two things contradict."""
    at = found.at
    where = f"{at.where}：{found.quote or shortened(at.text)}" if at else ""
    return Finding(
        rule=rule,
        severity=desk.severity(rule, soft=found.soft),
        message=found.message,
        places=(f"{read.path} {where}".strip(), *others),
        document=read.id,
        path=read.path,
        fix=found.fix,
        anchor=f"{at.part}#{at.number}" if at and at.part and at.number >= 0 else "",
    )


def shortened(text: str) -> str:
    """A text in one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def marked(piece: Piece, first: int, last: int) -> str:
    """A span of a piece among its words."""
    return quoted(piece.text, first, last)
