"""What a document is made from, as hashes: a document whose origins are the same would be made the same.

Fixed origins are known before it is drafted: its place in the catalogue, its texts, who it says it is, its form or
its steps, the look, gbtool's own code. The names that its texts ask for are seen while they are drafted, and only
those count: a fact that no text of a document asks for changes nothing in it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from gbtool.documents import drafting
from gbtool.documents.compiling.compile import code
from gbtool.documents.context import under
from gbtool.documents.desk import Desk
from gbtool.documents.figures import FIGURE
from gbtool.documents.plan import Planned
from gbtool.model.facts import Facts
from gbtool.structs import Frozen, field, packed, replace

_CONTROL, _LOOK = "control block", "look of all"
_OTHERS = re.compile(r"\{%-?\+?\s*(include|import|from|extends)\b")  # texts that bring in further ones


class Origins(Frozen, dict=True):
    """The origins of one client's documents on its desk; the hash of each is found once."""

    desk: Desk
    _known: dict[str, str] = field(default_factory=dict)
    _fixed: dict[str, str] = field(default_factory=dict)

    def fixed(self, planned: Planned) -> str:
        """The hash of what is known before a document is drafted; empty where that is not all known."""
        id_ = planned.specification.id
        if id_ not in self._fixed:
            self._fixed[id_] = self._fixed_of(planned)
        return self._fixed[id_]

    def _fixed_of(self, planned: Planned) -> str:
        if any(each.data or _OTHERS.search(each.body) for each in planned.templates):
            return ""
        specification, desk = planned.specification, self.desk
        made: object = desk.steps_of(specification)
        if not planned.templates:
            made = drafting.form(planned, desk)
        who_it_is = replace(drafting.identity(planned, desk), logo=None)  # it is part of the look
        about = desk.documents.get(specification.id), under(specification, desk.facts)
        try:
            return digest((code(), planned, who_it_is, made, about, self.of(_CONTROL), self.of(_LOOK)))
        except (TypeError, ValueError):
            return ""

    def asked(self, names: Iterable[str]) -> str:
        """The hash of all names that texts asked for, in this order; empty where one cannot be told."""
        try:
            return hashlib.sha256("".join([f"{name}\0{self.of(name)}" for name in names]).encode()).hexdigest()
        except (TypeError, ValueError):
            return ""

    def of(self, name: str) -> str:
        """The hash of what a name, or a figure, is made from.

        Raises:
            TypeError, ValueError: it cannot be told.
        """
        if name not in self._known:
            made = self._changing.get(name)
            self._known[name] = digest(made() if made else self.desk.names.get(name, ("nothing", "of this name")))
        return self._known[name]

    @cached_property
    def _changing(self) -> Mapping[str, Callable[[], object]]:
        """What is no plain value, each with what it is made from."""
        facts, words = self.desk.facts, self.desk.words
        figures: dict[str, Callable[[], object]] = dict.fromkeys(
            (f"{FIGURE}{name}" for name in ("org-chart", "gantt", "matrix")), lambda: _figures(facts)
        )
        days = dict.fromkeys(("workday", "months_later", "ahead", "later", "span"), lambda: _calendar(facts))
        return {
            **days,
            **figures,
            f"{FIGURE}before-after": lambda: facts.entries,
            "changes": lambda: words.changes(facts.standard.head.family),
            "indicators": words.indicators,
            "probes": lambda: [words.probes(key) for key in sorted({k for s in facts.applicable for k in s.editions})],
            "ledger": lambda: (facts.entries, facts.documents, facts.specifications, facts.today),
            _CONTROL: lambda: _control(self.desk),
            _LOOK: lambda: _look(self.desk),
        }


def _control(desk: Desk) -> object:
    """What the control block of any document may say."""
    client = desk.facts.client
    texts = [client.text(key) for key in ("manual_issue_date", "manual_effective_date", "doc_version")]
    posts = [client.post(key) for key in ("top_manager", "management_rep")]
    head = desk.facts.standard.head
    said = desk.words.functions, head.functions, head.units, head.terms
    return texts, posts, desk.facts.carriers, said, desk.words.firm


def _look(desk: Desk) -> object:
    return [(name, part.crc, part.size) for name, part in sorted(desk.look.items())], desk.logo


def _calendar(facts: Facts) -> object:
    return sorted((day.isoformat(), name) for day, name in facts.calendar.holidays.items()), sorted(
        facts.calendar.worked
    )


def _figures(facts: Facts) -> object:
    tasks = [each.tasks for each in facts.applicable if each.tasks]
    return facts.client.answers, facts.standard, facts.shares, tasks, _calendar(facts)


def digest(value: object) -> str:
    """The hash of texts, numbers, lists, mappings, values, words and days in each other.

    Raises:
        TypeError, ValueError: something else is in it.
    """
    return hashlib.sha256(packed(value)).hexdigest()
