"""The documents of a client that a change touches: those that name it, look like it, or are made from it."""

from collections.abc import Callable, Iterator, Mapping

from gbtool.commands.control.doubts import planned
from gbtool.commands.drafts import STYLE
from gbtool.commands.workspace import Workspace
from gbtool.documents.plan import Planned
from gbtool.model.facts import Facts
from gbtool.model.impact import Change, ChangeKind, Touched, What
from gbtool.shelf.shelves import OWN
from gbtool.word.mentions import mentions

_SHORT = 40  # characters of what is quoted


def documents(change: Change, work: Workspace, facts: Facts) -> Iterator[Touched]:
    """The documents that were generated, are not withdrawn, and that the change touches."""
    if change.kind is ChangeKind.LAW:
        yield from _naming(change, work, facts)
    elif change.kind is ChangeKind.STYLE:
        yield from _styled(work, facts)
    elif change.kind is not ChangeKind.RULE:
        yield from _made_from(change, work, facts)


def _naming(change: Change, work: Workspace, facts: Facts) -> Iterator[Touched]:
    """The Word files of the client that name a law."""
    for document in facts.documents:
        if document.withdrawn:
            continue
        try:
            hits = mentions((work.folder / document.path).read_bytes(), change.names)
        except OSError:
            continue
        if hits:
            title = f"{document.number}《{document.title}》"
            yield Touched(What.DOCUMENT, document.id, title, f"{len(hits)}处写着它，如“{_around(hits[0], change)}”")


def _around(text: str, change: Change) -> str:
    """The part of a paragraph in which the name stands."""
    at = min(place for name in change.names if (place := text.find(name)) >= 0)
    first = max(at - _SHORT // 2, 0)
    return f"{'…' if first else ''}{text[first : first + _SHORT]}{'…' if len(text) > first + _SHORT else ''}"


def _styled(work: Workspace, facts: Facts) -> Iterator[Touched]:
    """Every document that takes its look from the shelf that changes: the nearest one has it."""
    for document in facts.documents:
        if not document.withdrawn and not _own_style(work):
            yield Touched(What.DOCUMENT, document.id, f"{document.number}《{document.title}》", "按这个样式排版")


def _own_style(work: Workspace) -> bool:
    found = work.shelves.find(STYLE)
    return bool(found and found[0].name == OWN)


def _made_from(change: Change, work: Workspace, facts: Facts) -> Iterator[Touched]:
    """The documents that are made from a text, answer a clause, or print a period."""
    known = {document.id: document for document in facts.documents}
    for each in planned(work, facts).values():
        reason = _REASONS[change.kind](change, each, facts)
        document = known.get(each.specification.id)
        if reason and document and not document.withdrawn:
            state = "已发布" if document.in_force else "已生成，没有发布"
            title = f"{document.number}《{document.title}》"
            yield Touched(What.DOCUMENT, document.id, title, f"{reason}；{state} {document.version}".strip())


def _of_text(change: Change, each: Planned, facts: Facts) -> str:
    """Why a document follows a file of a shelf; what the client wrote itself does not."""
    texts = [part for part in each.templates if part.shelf != OWN]
    paths = {f"templates/{path}" for part in texts for path in (part.path, part.over) if path}
    own = each.specification
    if not each.templates or own.steps:
        paths.add(own.place.file)
    hit = sorted(paths & frozenset(change.paths))
    return f"由 {'、'.join(hit)} 写成" if hit and facts.client.edition in own.editions else ""


def _of_clause(change: Change, each: Planned, facts: Facts) -> str:
    here = facts.standard.key == change.standard
    return "对应这一条" if here and change.key in each.specification.clauses.get(change.standard, ()) else ""


def _of_period(change: Change, each: Planned, facts: Facts) -> str:
    _ = facts
    asked = (f"period['{change.key}']", f'period["{change.key}"]')
    printed = any(word in part.body for part in each.templates for word in asked)
    counted = any(f"{{{change.key}}}" in step.time_limit for step in each.specification.steps)
    return "写着这个时限" if printed or counted else ""


_REASONS: Mapping[ChangeKind, Callable[[Change, Planned, Facts], str]] = {
    ChangeKind.TEMPLATE: _of_text,
    ChangeKind.CLAUSE: _of_clause,
    ChangeKind.PERIOD: _of_period,
}
