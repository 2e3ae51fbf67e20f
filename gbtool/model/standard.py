"""An edition of a standard and its tree of clauses."""

import functools
import re
from collections.abc import Iterator

from gbtool.model.standards.head import Head
from gbtool.structs import Frozen


@functools.total_ordering
class ClauseId(Frozen):
    """A clause number that sorts and nests as clauses do: 5.9 < 5.10, and 5.1 is not inside 5.10."""

    number: str

    @property
    def parts(self) -> tuple[int, ...]:
        """The number as integers; `8.4.x` and the like keep only what is a number."""
        return tuple(int(part) for part in self.number.split(".") if part.isdigit())

    def __lt__(self, other: "ClauseId") -> bool:
        return self.parts < other.parts

    def __contains__(self, other: "ClauseId") -> bool:
        return other.parts[: len(self.parts)] == self.parts

    def __str__(self) -> str:
        return self.number


class Clause(Frozen):
    """A node of an edition; `cite_as` is the deepest number that evidence supports and the only one printed."""

    key: str
    number: str
    title: str
    cite_as: str
    confidence: str
    number_status: str
    existence: str
    auditable: bool = False
    requirement: str = ""
    items: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> ClauseId:
        """The number as a clause number."""
        return ClauseId(self.number)

    @property
    def confirmed(self) -> bool:
        """Whether number and existence are both known from a source."""
        return self.number_status == "confirmed" and self.existence == "confirmed"

    @property
    def cite(self) -> str:
        """Number and title as a document prints them."""
        return f"{self.cite_as} {self.title}"


class Source(Frozen):
    """Where a standard's data come from."""

    id: str
    what: str
    url: str = ""


class Standard(Frozen):
    """An edition: what it says of itself and its clauses in order of number."""

    head: Head
    clauses: tuple[Clause, ...]
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> str:
        """The answer by which a client chooses it."""
        return self.head.key

    @property
    def edition(self) -> str:
        """The year of the edition."""
        return self.head.edition

    @property
    def code(self) -> str:
        """Code and year."""
        return self.head.code

    @property
    def title(self) -> str:
        """The title without marks."""
        return self.head.title

    @property
    def cite(self) -> str:
        """`GB/T 29490—2023《…》` with the full-width dash that documents use."""
        return self.head.cite

    @property
    def system(self) -> str:
        """What the edition calls the management system that it asks for."""
        return self.head.system

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def clause(self, key: str) -> Clause | None:
        """The clause with this stable key."""
        return next((clause for clause in self.clauses if clause.key == key), None)

    def parent(self, clause: Clause) -> Clause | None:
        """The clause one number above."""
        above = clause.number.rpartition(".")[0]
        return next((other for other in self.clauses if other.number == above), None) if above else None

    def fold(self, clause: Clause) -> Clause:
        """The clause itself, or the one above where nothing shows that it exists on its own."""
        above = self.parent(clause)
        return self.fold(above) if above and clause.existence == "unconfirmed" else clause

    def label(self, clause: Clause) -> tuple[str, str]:
        """Number and title as every paper prints them: an unconfirmed clause is named inside the one above."""
        above = self.fold(clause)
        return above.cite_as, above.title if above is clause else f"{above.title}（{clause.title}）"

    def inside(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses below a clause, in order."""
        return tuple(other for other in self.clauses if other is not clause and other.id in clause.id)

    def find(self, query: str) -> tuple[Clause, ...]:
        """The clause of this number (5 is not 5.1) or key, or the clauses whose title or requirement has the word."""
        if re.fullmatch(r"\d+(\.\d+)*", query):
            return tuple(clause for clause in self.clauses if clause.id.parts == ClauseId(query).parts)
        named = tuple(clause for clause in self.clauses if clause.key == query)
        return named or tuple(c for c in self.clauses if query.lower() in f"{c.title}{c.requirement}{c.key}".lower())


class Change(Frozen):
    """What became of a clause of the older edition (`before` empty: new in the newer one)."""

    before: str
    after: tuple[str, ...]
    change: str
    confidence: str
