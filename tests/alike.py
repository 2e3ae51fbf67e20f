"""How much of a text of one example could stand in another's: sentences that are equal once names are covered."""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache

from drafted import example, example_desk, example_facts, texts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import kept, plan
from gbtool.documents.context import steps
from gbtool.model.facts import Facts
from gbtool.shelf import checklists, standards
from gbtool.structs import replace
from gbtool.word.numbering import Lists

EXAMPLES = ("lanwan", "qingyu", "hengtuo")
LEAST = 7  # signs of a sentence that says something besides names and titles
# What the third example has not decided yet; with these its texts can be read beside the others.
OPEN: Mapping[str, object] = {
    "ip_policy_meaning": "识权而后贸：先查清授权链，再进口、上架。\n研用皆合规：自研和委托加工守合同、守秘密。",
    "manual_issue_date": "2026-07-06",
    "manual_effective_date": "2026-07-10",
    "management_review_date": "2026-11-10",
    "secrecy_levels": ["商业秘密", "内部资料"],
    "confidential_assets": [
        {"类别": "信息", "内容": "试剂配方"},
        {"类别": "信息", "内容": "报价"},
        {"类别": "区域", "内容": "研究室"},
    ],
}
_TITLES = re.compile(r"《[^》]*》(（[A-Z]+-[^）]*）)?")
_NUMBERS = re.compile(r"[A-Z]+-IPM-[A-Z0-9-]+")
_ENDS = re.compile(r"[。；;！!？?\n\t]+")
_APPENDICES = re.compile(r"manual/9")


def facts_in(name: str, edition: str) -> Facts:
    """An example as a client of an edition."""
    facts, usual = example_facts(name), example_facts().client.answers
    open_ = {key: value for key, value in OPEN.items() if not facts.client.get(key)}
    rest = {key: usual[key] for key in ("internal_audit_period", "genuine_software") if not facts.client.get(key)}
    shelves = example().shelves
    of_edition = replace(
        facts, standard=standards.standard(edition, shelves), matrix=checklists.matrix(edition, shelves)
    )
    return answered(of_edition, **open_, **rest, standard_edition=edition)


def _names(facts: Facts) -> re.Pattern[str]:
    """The client's own names: company, code, departments, people, posts."""
    client = facts.client
    found = {client.name, client.text("company_short"), client.text("company_short")[:2], client.code}
    found |= {name for each in client.departments for name in (each.name, each.head)}
    for key in ("liaisons", "internal_auditors", "ip_staff", "new_hires", "leavers"):
        found |= {str(row.get("姓名") or "") for row in client.rows(key)}
    for key in ("top_manager", "management_rep", "compliance_owner"):
        found |= set(client.text(key).split("，"))
    longest = sorted((each for each in found if len(each) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


@cache
def said(name: str, edition: str) -> dict[str, list[str]]:
    """The sentences of the texts of an example by document, names covered; titles, numbers and retention left out."""
    facts = facts_in(name, edition)
    desk, names = example_desk(facts), _names(facts)
    lists = {each.title_in(edition) for each in facts.specifications} | set(desk.words.retention.values())
    found: dict[str, list[str]] = {}
    for planned in plan.plan(facts, drafts.parts(example(), edition)).documents:
        specification = planned.specification
        if specification.audience != "client" or kept.missing(planned.templates, facts):
            continue
        made = steps(specification, facts, desk.words) if specification.steps else []
        this = desk.documents.get(specification.id, {})
        context = {"this": this, "steps": made, "_lists": Lists(), "_made": lambda _: ""}
        for template in (each for each in planned.templates if not _APPENDICES.match(each.path)):
            sentences = [
                s for s in _sentences(desk.render(template, context)[0], names) if not set(s.split("、")) <= lists
            ]
            found.setdefault(f"{specification.kind}/{specification.id}", []).extend(sentences)
    return found


def _sentences(xml: str, names: re.Pattern[str]) -> Iterator[str]:
    for sentence in (part for text in texts(xml) for part in _ENDS.split(text)):
        covered = names.sub("〇", _NUMBERS.sub("", _TITLES.sub("", re.sub(r"\s", "", sentence))))
        if len(re.sub("[〇、，：和及]", "", covered)) >= LEAST:
            yield covered


def shares(edition: str) -> dict[str, float]:
    """By document the mean share of signs that stand in equal sentences, over the pairs of examples that have it."""
    texts_of = [said(name, edition) for name in EXAMPLES]
    ids = set().union(*texts_of)
    pairs = {
        id_: [
            _share(one[id_], two[id_]) for one, two in itertools.combinations(texts_of, 2) if id_ in one and id_ in two
        ]
        for id_ in ids
    }
    return {id_: sum(found) / len(found) for id_, found in pairs.items() if found}


def _share(one: list[str], two: list[str]) -> float:
    mine, others = set(one), set(two)
    equal = sum(map(len, (s for s in one if s in others))) + sum(map(len, (s for s in two if s in mine)))
    return equal / max(sum(map(len, (*one, *two))), 1)
