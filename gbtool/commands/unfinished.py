"""Why documents cannot be issued yet: not made, gone, open, older than the facts, contradicted, with others' names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands.check import let_pass
from gbtool.commands.checks.stops import stops
from gbtool.commands.generate import Request
from gbtool.commands.making import make
from gbtool.commands.workspace import Workspace
from gbtool.model.document import Made, Outcome
from gbtool.model.facts import Facts
from gbtool.rules.report import check
from gbtool.rules.standing import REVIEW

SHOWN = 10


def unfinished(work: Workspace, facts: Facts, ids: tuple[str, ...], today: date, cache: Path | None) -> tuple[str, ...]:
    """The reasons why these documents cannot be issued, one a line; none when they can."""
    if not ids:
        return ()
    result = make(work, today, Request(ids, dry_run=True, cache=cache)).generation
    drafted = {made.id: made for made in result.made}
    reasons = [*_of_documents(facts, ids, drafted), *_contradictions(facts), *_in_files(work, facts, ids)]
    rest = len(reasons) - SHOWN
    return (*reasons[:SHOWN], *([f"……还有 {rest} 条"] if rest > 0 else []))


def _of_documents(facts: Facts, ids: tuple[str, ...], drafted: dict[str, Made]) -> Iterator[str]:
    for id_ in ids:
        document, made = facts.document(id_), drafted.get(id_)
        name = f"{document.number}《{document.title}》" if document else id_
        if document and not document.present:
            yield f"{name}：文件不见了（{document.path}），找回或重新生成"
        elif made and made.outcome is Outcome.OPEN:
            keys = "、".join(value.key for value in made.open)
            yield f"{name}：有没回答的问题 {keys}，{made.open[0].fix}"
        elif made and made.outcome is Outcome.CONFLICT:
            yield f"{name}：手改的和资料、模板改的有冲突，还没有定；看 gbtool diff {id_}"
        elif made and made.outcome in (Outcome.CHANGED, Outcome.MERGED):
            yield f"{name}：资料或模板改过，文件还是旧的，gbtool generate {id_}"


def _contradictions(facts: Facts) -> Iterator[str]:
    """What contradicts itself; documents to be reviewed do not: who issues one has looked at it."""
    for finding in (each for result in let_pass(facts, check(facts).results) for each in result.findings):
        if finding.counts and finding.rule != REVIEW:
            yield f"{finding.rule} {finding.message}（{finding.place}）"


def _in_files(work: Workspace, facts: Facts, ids: tuple[str, ...]) -> Iterator[str]:
    """What must not stand in the files themselves."""
    paths = [work.folder / document.path for document in facts.documents if document.id in ids and document.present]
    for finding in stops(work, facts, paths):
        yield f"{finding.rule} {finding.message}（{finding.place}）"
