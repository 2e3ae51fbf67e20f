"""Names that commands are given: people of the client's roster, where there is one."""

from collections.abc import Iterable, Iterator, Mapping

from gbtool.errors import Complaint
from gbtool.model.answers import ROSTER, people
from gbtool.shelf.reader import did_you_mean


def strangers(answers: Mapping[str, object], given: Iterable[tuple[str, str]]) -> Iterator[Complaint]:
    """The names that are not in the roster, each with the option that gave it; nobody is strange without a roster."""
    if not answers.get(ROSTER):
        return
    known = people(answers)
    for where, name in given:
        if name and name not in known:
            yield Complaint(where, f"人员名册里没有“{name}”{did_you_mean(name, known)}", "核对姓名，或先补人员名册")
