"""Where two people wrote in one document: what it said, what a person made of it, what gbtool would write now."""

from enum import StrEnum

from gbtool.structs import Frozen


class Side(StrEnum):
    """Who changed a passage since gbtool wrote it: a person in the file, gbtool by facts or templates, or both."""

    THEIRS = "theirs"
    OURS = "ours"
    CONFLICT = "conflict"


class Take(StrEnum):
    """Whose text stands where both changed a passage."""

    THEIRS = "theirs"
    OURS = "ours"


class Difference(Frozen):
    """A passage that changed: where it stands, its three texts (empty where it does not stand), and what else changed.

    `note` says in the user's words what changed where the text did not: its look, pictures, tracked changes, comments.
    """

    side: Side
    place: str
    base: str
    theirs: str
    ours: str
    note: str = ""


class Dispute(Frozen):
    """A conflict that nobody has settled: the three texts as they were when it was first reported."""

    base: str
    theirs: str
    ours: str
