"""A form as a client has it: what a business that it does not have would fill falls away, what was recorded stays."""

from collections.abc import Iterable, Mapping, Set as AbstractSet

from gbtool.model.condition import holds, unanswered
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.entry import Entry
from gbtool.structs import field, replace

_Terms = Iterable[str]


class Fitted(Fields):
    """The fields that a client has; `whole` are those of everybody."""

    whole: Fields = field(default_factory=Fields)


def fitted(specification: Specification, answers: Mapping[str, object]) -> Specification:
    """A document whose form has the fields, choices and signatures of this client; what is not answered yet stays."""
    whole = whole_of(specification.fields)
    named = next((title for term, title in (specification.titles or {}).items() if _asked(term, answers)), "")
    specification = replace(specification, title=named) if named else specification
    if not _differs(whole):
        return specification

    def fits(terms: _Terms) -> bool:
        return holds(terms, answers) or bool(unanswered(terms, answers))

    def kept(fields: Iterable[Field]) -> tuple[Field, ...]:
        own = (each for each in fields if fits(each.when))
        return tuple(_narrowed(each, {c for c, terms in each.only.items() if not fits(terms)}) for each in own)

    sign = tuple(role for role in whole.sign if fits(whole.only.get(role, ())))
    fields = Fitted(kept(whole.head), kept(whole.columns), kept(whole.foot), sign, labels=whole.labels, whole=whole)
    return replace(specification, fields=fields)


def whole_of(fields: Fields) -> Fields:
    """All fields of a form, whoever has them."""
    return fields.whole if isinstance(fields, Fitted) else fields


def admitting(specification: Specification, recorded: Iterable[Entry]) -> Specification:
    """The document with every field, choice and signature of its form that records of it use already."""
    fields = specification.fields
    if not isinstance(fields, Fitted):
        return specification
    used: dict[str, set[str]] = {}
    roles = set(fields.sign)
    for entry in recorded:
        roles |= {each.role for each in entry.signatures}
        for part in (entry.mapping("head"), *entry.rows(), entry.mapping("foot")):
            for name, value in part.items():
                used.setdefault(name, set()).update(_texts(value))
    own = {each.name: each for each in (*fields.head, *fields.columns, *fields.foot)}

    def kept(whole: Iterable[Field]) -> tuple[Field, ...]:
        found = ((each, own.get(each.name), used.get(each.name, set())) for each in whole)
        return tuple(_widened(each, mine, said) for each, mine, said in found if mine or said)

    whole = fields.whole
    sign = tuple(role for role in whole.sign if role in roles)
    wider = Fitted(kept(whole.head), kept(whole.columns), kept(whole.foot), sign, labels=whole.labels, whole=whole)
    return replace(specification, fields=wider)


def _asked(term: str, answers: Mapping[str, object]) -> bool:
    """Whether a title is not one of an edition but one for clients with these answers, and this one has them."""
    return "=" in term and holds(term.split("&"), answers)


def _differs(fields: Fields) -> bool:
    """Whether a form is not the same for all clients."""
    return bool(fields.only) or any(f.when or f.only for f in (*fields.head, *fields.columns, *fields.foot))


def _narrowed(whole: Field, withheld: AbstractSet[str]) -> Field:
    """A field without these choices; it remembers them, so that a box that nobody ticked can be read."""
    if not (whole.when or whole.only):
        return whole
    choices = tuple(choice for choice in whole.choices if choice not in withheld)
    return replace(whole, choices=choices, when=(), only={c: t for c, t in whole.only.items() if c in withheld})


def _widened(whole: Field, own: Field | None, used: AbstractSet[str]) -> Field:
    return _narrowed(whole, set(own.withheld if own else whole.only) - used)


def _texts(value: object) -> set[str]:
    return {str(each) for each in value if each} if isinstance(value, (list, tuple)) else {str(value)} - {"", "None"}
