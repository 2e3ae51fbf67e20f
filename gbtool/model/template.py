"""A text on a shelf: the head that says what it is, and the body in Markdown with Jinja."""

from collections.abc import Mapping
from dataclasses import dataclass

EVERY = "2013|2023"


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `path` below templates/, the shelf that it stands on, `line` on which its body begins."""

    path: str
    shelf: str
    head: Mapping[str, object]
    body: str
    line: int = 1

    @property
    def numbering(self) -> str:
        """How its headings are numbered: manual, articles, decimal, notice or none; empty where the kind says it."""
        return str(self.head.get("numbering") or "")

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions for which it is written."""
        return tuple(str(self.head.get("edition") or EVERY).split("|"))

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions under which this part is printed."""
        when = self.head.get("when")
        return tuple(str(term) for term in when) if isinstance(when, (list, tuple)) else ()
