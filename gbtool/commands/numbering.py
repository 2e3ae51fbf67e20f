"""Forms and papers of this client: their numbers, and the next running number of what is kept."""

import re
from collections.abc import Iterable

from gbtool.errors import UsageError
from gbtool.model.document import Specification
from gbtool.model.facts import Facts
from gbtool.model.standards.seen import FORMS

OWN = FORMS | {"plan-audit", "report-audit"}  # what is made for each standard anew


def specification(id_: str, facts: Facts) -> Specification:
    """A form or paper of the catalogue.

    Raises:
        UsageError: this client has none of this id.
    """
    found = next((s for s in facts.applicable if s.id == id_), None)
    if found is None:
        fix = "它的标准版本还没有回答：gbtool profile set standard_edition=2023"
        without = f"{facts.standard.cite}的文件集里没有它，或者资料里没有这项业务" if facts.client.edition else fix
        raise UsageError(f"这家{facts.say('企业')}没有“{id_}”", without)
    return found


def number_of(id_: str, facts: Facts) -> str:
    """The number of a form or paper of this client.

    Raises:
        UsageError: the client has no code yet.
    """
    if not facts.client.code:
        raise UsageError("company_code 还没有回答，编不出编号", "先回答：gbtool profile set company_code=…")
    number = specification(id_, facts).number.replace("{company_code}", facts.client.code)
    return number + _apart(facts) if id_ in OWN else number


def series(kind: str, year: object, facts: Facts) -> str:
    """What numbers of audits and of their reports begin with: `LW-NC-2026`; another for each further standard."""
    return f"{facts.client.code}-{kind}{_apart(facts)}-{year}"


def _apart(facts: Facts) -> str:
    """What sets the numbers of an audit under a further standard apart: `-56005`."""
    return f"-{''.join(re.findall(r'[0-9]', facts.standard.head.family))}" if facts.view.apart else ""


def about(id_: str, facts: Facts) -> dict[str, object]:
    """What a record keeps of its form: number, title, and version and effective day once it was issued."""
    document = facts.document(id_)
    issued = {"version": document.version, "effective": document.effective} if document and document.in_force else {}
    title = specification(id_, facts).title_in(facts.client.edition)
    return {"number": number_of(id_, facts), "title": title, **issued}


def running(prefix: str, taken: Iterable[str], digits: int = 2) -> str:
    """The prefix with the next running number: one more than the highest that is there."""
    found = [re.fullmatch(rf"{re.escape(prefix)}-(\d+)", each) for each in taken]
    highest = max((int(match[1]) for match in found if match), default=0)
    return f"{prefix}-{highest + 1:0{digits}}"
