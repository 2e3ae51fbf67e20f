"""Where a datum came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A file and, where known, the line or item in it."""

    file: str
    line: int | None = None
    item: str = ""

    def __str__(self) -> str:
        """`client.yaml:12` or `records/rec-reward.yaml LW-IPM-JL-07-10-002`."""
        text = f"{self.file}:{self.line}" if self.line else self.file
        return f"{text} {self.item}" if self.item else text


NOWHERE = Place("")
