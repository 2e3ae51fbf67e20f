"""Laws and standards by their dates: what was in force on a day, what took its place."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class LawVersion(Frozen):
    """A version: in force from a day, until (not on) another; days are ISO text, empty where nobody found them."""

    name: str
    in_force: str
    published: str = ""
    until: str = ""
    number: str = ""
    confidence: str = ""

    @property
    def year(self) -> str:
        """The year in its name."""
        return self.name[:4]


class Law(Frozen):
    """A law or regulation and its versions in order."""

    title: str
    versions: tuple[LawVersion, ...]
    short: tuple[str, ...] = ()
    replaced_by: str = ""
    source: str = ""
    place: Place = NOWHERE

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which it is cited."""
        return (self.title, *self.short)

    def on(self, day: str) -> LawVersion | None:
        """The version in force on a day."""
        return next((v for v in self.versions if v.in_force <= day and not (v.until and v.until <= day)), None)


class Nonexistent(Frozen):
    """A law that does not exist, and what is meant by those who cite it."""

    title: str
    meant: str


class CodedStandard(Frozen):
    """One edition of a standard."""

    code: str
    year: str
    title: str
    in_force: str
    until: str = ""
    confidence: str = ""


class OldCertificates(Frozen):
    """Certificates of an old edition that count no longer after a day."""

    code: str = ""
    year: str = ""
    until: str = ""
    source: str = ""


class Register(Frozen):
    """All that is known of laws and standards, as of a day."""

    as_of: str = ""
    laws: tuple[Law, ...] = ()
    nonexistent: tuple[Nonexistent, ...] = ()
    standards: tuple[CodedStandard, ...] = ()
    old_certificates: OldCertificates = OldCertificates()
    place: Place = NOWHERE
