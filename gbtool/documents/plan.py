"""Which documents a client gets: by the catalogue and the conditions, numbered by pattern, each at its path."""

import re
from collections.abc import Callable, Iterable, Mapping

from gbtool.documents.context import FORMS, number_of
from gbtool.model import condition
from gbtool.model.document import FOLDERS, OpenValue, Specification
from gbtool.model.facts import Facts
from gbtool.model.place import Place
from gbtool.model.revision import Revision, granted
from gbtool.model.template import Template
from gbtool.structs import Frozen

SERVICE = "辅导服务"
_UNSAFE = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST = 80

Changes = Mapping[str, tuple[Revision, ...]]
Parts = Callable[[Specification], tuple[Template, ...]]


class Planned(Frozen):
    """A document to make: what the catalogue says, its title, number, version and path, and the texts it is made of."""

    specification: Specification
    title: str
    number: str
    version: str
    path: str
    templates: tuple[Template, ...] = ()


class Plan(Frozen):
    """What is made, what has no text yet, what waits for answers to be decided, and what other commands make."""

    documents: tuple[Planned, ...]
    unwritten: tuple[Specification, ...]
    undecided: tuple[tuple[Specification, tuple[OpenValue, ...]], ...]
    elsewhere: tuple[Specification, ...] = ()


def plan(facts: Facts, parts: Parts) -> Plan:
    """The plan of a client; `parts` finds the templates of a document."""
    documents: list[Planned] = []
    unwritten: list[Specification] = []
    changes = granted(facts)
    for specification in facts.applicable:
        if specification.made_by:
            continue
        templates = parts(specification)
        if not templates and not (specification.kind in FORMS and specification.fields):
            unwritten.append(specification)
            continue
        documents.append(_planned(specification, facts, templates, changes))
    elsewhere = tuple(specification for specification in facts.applicable if specification.made_by)
    return Plan(_with_own_paths(documents), tuple(unwritten), tuple(_undecided(facts)), elsewhere)


def _planned(specification: Specification, facts: Facts, templates: tuple[Template, ...], changes: Changes) -> Planned:
    title = specification.title_in(facts.client.edition)
    number = number_of(specification, facts.client.code)
    version = changes[number][-1].new if number in changes else facts.client.text("doc_version")
    kept = tuple(part for part in templates if condition.holds(part.conditions, facts.client.answers))
    path = f"文件/{_folder(specification)}/{file_name(number, title)}"
    return Planned(specification, title, number, version, path, kept)


def _folder(specification: Specification) -> str:
    return SERVICE if specification.audience == "consultancy" else FOLDERS[specification.kind]


def file_name(number: str, title: str) -> str:
    """`LW-IPM-ZD-04 奖励与利益分配制度.docx`: legal on NTFS, of bounded length, without the brackets' explanations."""
    text = _CONTROL.sub("", f"{number} {title}".translate(_UNSAFE))
    while len(text.encode("utf-16-le")) > 2 * _LONGEST:
        text = text[:-1]
    return f"{text.rstrip(' .')}.docx"


def _with_own_paths(documents: Iterable[Planned]) -> tuple[Planned, ...]:
    """No two documents at one path, also where capitals do not count."""
    taken: set[str] = set()
    result = []
    for each in documents:
        path = each.path
        if path.casefold() in taken:
            path = f"{path.removesuffix('.docx')} {each.specification.id}.docx"
        taken.add(path.casefold())
        result.append(Planned(each.specification, each.title, each.number, each.version, path, each.templates))
    return tuple(result)


def _undecided(facts: Facts) -> Iterable[tuple[Specification, tuple[OpenValue, ...]]]:
    """Documents whose conditions ask for answers that nobody gave yet."""
    answers = facts.client.answers
    for specification in facts.specifications:
        open_ = condition.unanswered(specification.when, answers)
        if open_ and not set(facts.client.standards).isdisjoint(specification.editions):
            yield specification, tuple(_open(key, specification.place, facts) for key in open_)


def _open(key: str, place: Place, facts: Facts) -> OpenValue:
    question = facts.client.questions.get(key)
    return OpenValue(key, question.question if question else key, place)
