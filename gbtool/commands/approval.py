"""Who approved a document when: real days in order, none before the founding, people who work here."""

import itertools
from collections.abc import Iterator
from datetime import date

from gbtool.commands.names import strangers
from gbtool.errors import Complaint
from gbtool.model.answers import date_complaint
from gbtool.model.entry import as_date
from gbtool.model.facts import Facts
from gbtool.store.documents import Signing
from gbtool.structs import names_of

CHAIN = ("compiled", "reviewed", "approved", "issued", "effective")
WORDS = {"compiled": "编制", "reviewed": "审核", "approved": "批准", "issued": "发布", "effective": "实施"}


def faults(id_: str, signing: Signing, facts: Facts, today: date) -> Iterator[Complaint]:
    """What is wrong with who approved a document when: days, their order (DT-05), the founding (DT-01), names."""
    if not signing.approved_by:
        yield Complaint(f"{id_} 批准", "没有写批准人")
    days = {name: as_date(getattr(signing, name)) for name in CHAIN}
    for name, day in days.items():
        written = getattr(signing, name)
        wrong = date_complaint(written) if written else None
        if wrong:
            yield Complaint(f"{id_} {WORDS[name]}", wrong)
        elif day and day > today and name != "effective":
            yield Complaint(f"{id_} {WORDS[name]}", f"{day} 在今天（{today}）以后，还没有发生")
    known = [(name, day) for name, day in days.items() if day]
    for (first, before), (second, after) in itertools.pairwise(known):
        if before > after:
            yield Complaint(id_, f"{WORDS[first]}（{before}）晚于{WORDS[second]}（{after}）", "按先后核对（DT-05）")
    founded = facts.client.date("established_date")
    if founded and known and known[0][1] < founded:
        yield Complaint(id_, f"{known[0][1]} 早于企业成立日 {founded}", "核对日期（DT-01）")
    people = [(f"{id_} {name}", getattr(signing, name)) for name in names_of(signing) if name.endswith("_by")]
    yield from strangers(facts.client.answers, people)
