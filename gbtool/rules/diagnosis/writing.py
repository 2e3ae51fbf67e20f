"""Which documents a client has to write first: what weak answers recommend, and which of its own it may build on."""

import re
from collections.abc import Iterable, Iterator, Mapping

from gbtool.model.client import Row
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis.scoring import AFTER_A_FAILURE, Answer, Survey
from gbtool.structs import Frozen

POLICIES = "existing_policies"
TEXTS = (DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW)
# What most titles say, and so tells none of them from another.
_COMMON = re.compile("知识产权|企业|公司|管理|制度|办法|规定|规程|控制|程序|流程|实施|细则|暂行|试行|工作")
_PAIR = 2


class Wanted(Frozen):
    """A document to write, because of which answers, and the client's own texts on the same matter."""

    specification: Specification
    because: tuple[Answer, ...]
    existing: tuple[Row, ...] = ()

    @property
    def urgency(self) -> int:
        """1 where something is not done at all, 2 where it is a habit, 3 where it is half done."""
        return 1 + min(answer.counted for answer in self.because)

    @property
    def weight(self) -> int:
        """How much hangs on it."""
        return max(answer.probe.weight for answer in self.because)


def wanted(survey: Survey, facts: Facts) -> tuple[Wanted, ...]:
    """The documents that answers of two points at most recommend, the most urgent first."""
    order = {specification.id: place for place, specification in enumerate(facts.applicable)}
    because: dict[str, list[Answer]] = {}
    for answer in survey.answers:
        named = answer.probe.documents if answer.counted <= AFTER_A_FAILURE else ()
        for id_ in dict.fromkeys(facts.instead.get(each, each) for each in named):
            if id_ in order:
                because.setdefault(id_, []).append(answer)
    by_id = {specification.id: specification for specification in facts.applicable}
    found = [Wanted(by_id[id_], tuple(answers), tuple(own(by_id[id_], facts))) for id_, answers in because.items()]
    return tuple(sorted(found, key=lambda each: (each.urgency, -each.weight, order[each.specification.id])))


def own(specification: Specification, facts: Facts) -> Iterator[Row]:
    """The client's texts that seem to be about the same as a document: they share a telling pair of signs."""
    pairs = _pairs(specification.title_in(facts.client.edition))
    return (row for row in facts.client.rows(POLICIES) if pairs & _pairs(str(row.get("名称") or "")))


def reusable(facts: Facts) -> Mapping[str, tuple[Specification, ...]]:
    """Each text that the client has, with the systems, procedures and flows that seem to be about the same."""
    texts = [specification for specification in facts.applicable if specification.kind in TEXTS]
    named = (str(row.get("名称") or "") for row in facts.client.rows(POLICIES))
    return {name: tuple(_alike(name, texts, facts.client.edition)) for name in named if name}


def _alike(name: str, texts: Iterable[Specification], edition: str) -> Iterator[Specification]:
    return (text for text in texts if _pairs(name) & _pairs(text.title_in(edition)))


def _pairs(title: str) -> frozenset[str]:
    plain = _COMMON.sub(" ", title)
    return frozenset(word[at : at + _PAIR] for word in plain.split() for at in range(len(word) - 1))
