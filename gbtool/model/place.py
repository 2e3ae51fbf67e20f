"""Where a datum came from."""

from gbtool.structs import Frozen


class Place(Frozen):
    """A file and, where known, the line or item in it."""

    file: str
    line: int | None = None
    item: str = ""

    def __str__(self) -> str:
        """`client.yaml:12` or `records/rec-reward.yaml LW-IPM-JL-07-10-002`."""
        text = f"{self.file}:{self.line}" if self.line else self.file
        return f"{text} {self.item}" if self.item else text


NOWHERE = Place("")
