"""CN-13: how much of a document equals the template or another client's, and how much of this client is in it."""

from collections.abc import Iterable, Iterator

from gbtool.model.finding import Finding
from gbtool.model.likeness import Measure
from gbtool.model.piece import FileRead, Spot
from gbtool.screening.desk import Desk, Found, finding
from gbtool.screening.folding import fold
from gbtool.screening.left_open import form
from gbtool.screening.names import Covers
from gbtool.screening.sentences import Index, covered, sentences
from gbtool.structs import Frozen, field

RULE = "CN-13"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.CELL})
_MEASURED = 10  # a document of fewer sentences is too short for shares
_FACTLESS = 20  # and of fewer than these may do without facts


class Sources(Frozen):
    """What a document is compared with: sentences of the templates as they are, those that a fresh draft says, others'.

    `covers` finds the client's own names, `others` holds covered sentences.
    """

    static: frozenset[str] = frozenset()
    drafted: frozenset[str] = frozenset()
    covers: Covers = field(default_factory=Covers)
    others: Index = field(default_factory=lambda: Index(1.0))


def measured(read: FileRead, desk: Desk) -> bool:
    """Whether a file is a text of the client and no blank form, no paper of the consultancy."""
    return not (read.troubles or form(read, desk) or desk.for_consultants(read))


def said(read: FileRead) -> Iterator[str]:
    """The sentences of a file's text."""
    return (each for piece in read.pieces if piece.spot in _READ for each in sentences(piece.text))


def measure(read: FileRead, sources: Sources) -> Measure:
    """The measure of one file."""
    texts = list(said(read))
    owners: dict[str, int] = {}
    template = others = copied = 0
    for sentence in texts:
        template += sentence in sources.static
        owner = sources.others.find(covered(sentence, sources.covers))
        if owner:
            others += 1
            if sentence not in sources.static and sentence not in sources.drafted:
                copied += 1
                owners[owner] = owners.get(owner, 0) + 1
    mentioned = {word for sentence in texts for word in sources.covers.words(sentence)}
    nearest = max(owners, key=lambda owner: owners[owner]) if owners else ""
    return Measure(read.path, read.id, len(texts), template, others, copied, len(mentioned), nearest)


def mentioned(reads: Iterable[FileRead], sources: Sources) -> int:
    """How many facts of the client its whole set mentions."""
    texts = (piece.text for read in reads for piece in read.pieces if piece.spot in _READ)
    return len({word for text in texts for word in sources.covers.words(fold(text))})


def alike(measures: Iterable[Measure], desk: Desk) -> Iterator[Finding]:
    """The documents that go beyond a threshold, each with the number and the reason for it."""
    for each in measures:
        if each.sentences >= _MEASURED:
            for message, fix in _beyond(each, desk):
                read = FileRead(each.path, id=each.id)
                yield finding(desk, RULE, read, Found(message, fix, soft=True))


def _beyond(each: Measure, desk: Desk) -> Iterator[tuple[str, str]]:
    words = desk.facts.words
    template, copied, facts = (desk.thresholds.get(name) for name in ("template", "copied", "facts"))
    if template and each.share(each.template) > template.value:
        share = f"{each.share(each.template):.0%}"
        yield (
            f"{share} 的句子和模板一字不差（上限 {template.value:.0%}）",
            words.said(f"按{{企业}}的情况重写。{template.reason}"),
        )
    if copied and each.share(each.copied) > copied.value:
        share = f"{each.share(each.copied):.0%}"
        message = f"模板以外有 {share} 的句子和客户“{each.nearest}”的文件相同或几乎相同（上限 {copied.value:.0%}）"
        yield message, words.said(f"按{{企业}}的情况重写。{copied.reason}")
    if facts and each.sentences >= _FACTLESS and each.facts < facts.value:
        message = f"提到的本{words['企业']}事实只有 {each.facts} 个（至少 {facts.value:.0f} 个）"
        yield message, words.said(f"写进部门、人员、产品、期限。{facts.reason}")
