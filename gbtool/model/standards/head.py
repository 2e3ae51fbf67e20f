"""What a standard says of itself, and standards of which only this is known."""

import re
from collections.abc import Iterable, Mapping

from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.words import Words
from gbtool.structs import Frozen, field

_DASH = re.compile(r"-(?=\d{4}$)")
_YEAR = re.compile(r"[-—:](\d{4})$")


class ReviewInput(Frozen):
    """What a review looks at: the functions that report on it, and the forms whose records answer it.

    `like` is the usual input that it is, where its name is another.
    """

    item: str
    functions: tuple[str, ...]
    forms: tuple[str, ...] = ()
    like: str = ""


class Head(Frozen):
    """What a standard says of itself.

    `key` is the answer by which a client chooses it, `folder` where it stands; `uses` are documents of other standards
    that belong to its set too, with the title that they have here (empty: their own), `numbers` the numbers that
    these have in its own series (none: their own); `asks` are questions that another
    standard asks of its clients and this one too; `wording` says
    general questions in its own words, `not_asked` names those that do not concern it; `functions` are those that only
    it knows, `needed_functions` those that somebody must carry under it, and when (empty: the usual ones); `units` are
    functions of which there are many of a kind, such as laboratories: a flow shows the kind, not the first of them;
    `terms` says words otherwise (None: a post or stage that it lacks), `labels` fields of forms;
    `instead` is what to ask where there is no certification; `not_applied` gives why a general rule is not asked
    under it; `done_by` the form that ends a stage; `manual` the document from whose effective day the period counts.
    """

    key: str
    code: str
    title: str
    in_force_from: str
    status: str
    confidence: str
    system: str
    audience: tuple[str, ...] = ()
    published: str = ""
    superseded_on: str = ""
    certifiable: bool = True
    instead: str = ""
    note: str = ""
    uses: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()
    functions: Mapping[str, str] = field(default_factory=dict)
    needed_functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    terms: Mapping[str, str | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    not_applied: Mapping[str, str] = field(default_factory=dict)
    done_by: Mapping[str, str] = field(default_factory=dict)
    review_inputs: tuple[ReviewInput, ...] = ()
    manual: str = "ip-manual"
    folder: str = ""
    place: Place = NOWHERE

    def looked_at(self, functions: Iterable[str], usual: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The inputs of a review that these functions report on; the usual ones where the standard names none."""
        own = {f: tuple(each.item for each in self.review_inputs if f in each.functions) for f in functions}
        return tuple(item for f, items in own.items() for item in (items if self.review_inputs else usual.get(f, ())))

    def answering(self, item: str, usual: Iterable[str]) -> tuple[str, ...]:
        """The forms whose records answer an input of a review; the usual ones where the standard names no inputs."""
        own = {each.item: each.forms for each in self.review_inputs}
        return own.get(item, ()) if own else tuple(usual)

    def usual_input(self, item: str) -> str:
        """The usual name of an input of a review."""
        return next((each.like for each in self.review_inputs if each.like and each.item == item), item)

    @property
    def words(self) -> Words:
        """How it says what standards say differently."""
        return Words(self.terms, self.labels)

    @property
    def edition(self) -> str:
        """The year of the edition."""
        found = _YEAR.search(self.code)
        return found[1] if found else ""

    @property
    def family(self) -> str:
        """The code without its year: `GB/T 29490`, `ISO 56005`."""
        return _YEAR.split(self.code)[0]

    @property
    def cite(self) -> str:
        """`GB/T 29490—2023《…》` with the full-width dash that documents use."""
        return f"{_DASH.sub('—', self.code)}《{self.title}》"


class Related(Frozen):
    """A standard that is asked about and of which gbtool has no clauses."""

    code: str
    title: str
    about: str
    confidence: str
    place: Place = NOWHERE
