"""What an audit samples from: where the members of a population stand in the ledger or in the client's answers."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Source(Frozen):
    """One place of members: entries of a kind, rows of a form's records, or rows of an answer.

    `shown` names a member: fields, or words with fields in braces, left out where the fields are empty.
    """

    shown: tuple[str, ...]
    kind: str = ""
    form: str = ""
    answer: str = ""


class Population(Frozen):
    """Members by their name, those of a department by a person or a department in them.

    `where` holds conditions, all of them: `字段` is filled, `字段=值`, `-字段` is empty. `since` is a date that lies
    within the operating period. The first source that has members counts.
    """

    id: str
    name: str
    unit: str
    sources: tuple[Source, ...]
    where: tuple[str, ...] = ()
    since: str = ""
    person: str = ""
    department: str = ""
    place: Place = NOWHERE


class Sample(Frozen):
    """What was drawn: of what, how many there are, whose, the names drawn, and whether they are all."""

    population: str
    unit: str
    total: int
    whose: str
    drawn: tuple[str, ...]
    where: str = "台账"

    @property
    def whole(self) -> bool:
        """Whether everything is looked at."""
        return self.total > 0 and len(self.drawn) == self.total

    @property
    def said(self) -> str:
        """The population as a checklist prints it."""
        if not self.total:
            return f"{self.whose}{self.population}：台账里没有；没有发生的，写明怎么确认的"
        return f"{self.whose}{self.population} {self.total} {self.unit}（{self.where}）"

    @property
    def taken(self) -> str:
        """The sample as a checklist prints it."""
        if not self.total:
            return ""
        many = 12
        if self.whole and self.total > many:
            return f"全看，共 {self.total} {self.unit}"
        return f"{'全看' if self.whole else f'随机 {len(self.drawn)} {self.unit}'}：{'；'.join(self.drawn)}"
