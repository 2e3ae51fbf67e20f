"""A text on a shelf: the head that says what it is, and the body in Markdown with Jinja."""

from collections.abc import Mapping

from gbtool.model.place import Place
from gbtool.structs import Frozen

EVERY = "2013|2023"


class Template(Frozen):
    """A template: `path` below templates/, the shelf that it stands on, `line` on which its body begins.

    Where a text takes some passages from a shipped one, `over` is its path, and `origins` says for each line of the
    body where it stands.
    Where a Word file is the template, `data` is its bytes and there is no body.
    """

    path: str
    shelf: str
    head: Mapping[str, object]
    body: str
    line: int = 1
    origins: tuple[Place, ...] = ()
    data: bytes = b""
    over: str = ""

    def at(self, line: int) -> Place:
        """Where a line stands, counted as the errors of its body are."""
        if self.origins:
            return self.origins[min(max(line - self.line, 0), len(self.origins) - 1)]
        return Place(f"templates/{self.path}", line)

    @property
    def seen(self) -> Mapping[str, str]:
        """The shipped passages that this text replaces, by name, with the hash that each had when it was written."""
        found = self.head.get("from")
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, Mapping) else {}

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

    @property
    def needs(self) -> tuple[str, ...]:
        """The forms and kinds of entry that the ledger must hold before this part can be written; `a|b` is either."""
        needs = self.head.get("needs")
        return tuple(str(term) for term in needs) if isinstance(needs, (list, tuple)) else ()
