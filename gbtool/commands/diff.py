"""`gbtool diff`: where the file of a document, as a person left it, differs from what gbtool wrote and would write."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gbtool.commands.generate import Request
from gbtool.commands.making import make
from gbtool.commands.workspace import Workspace
from gbtool.model.document import Made, Outcome

_TOUCHED = frozenset({Outcome.KEPT, Outcome.MERGED, Outcome.CONFLICT})


def differing(work: Workspace, ids: Iterable[str], today: date, cache: Path | None = None) -> tuple[Made, ...]:
    """The documents whose files somebody worked on, of these ids or all, with every difference; nothing is written.

    Raises:
        UsageError: an id is unknown or does not apply to this client.
        FileFaults: the client's facts or a template is wrong.
    """
    wanted = tuple(ids)
    result = make(work, today, Request(wanted, dry_run=True, cache=cache)).generation
    return tuple(made for made in result.made if made.outcome in _TOUCHED)
