"""What counts as evidence behind a judgement: a record, a number, a date or a person that the question did not give."""

import re
from collections.abc import Iterable, Mapping

from gbtool.model.checklist import Judgement
from gbtool.model.facts import Facts
from gbtool.rules.audits import FACT, JUDGED, QUESTION
from gbtool.structs import Frozen

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-/.:]*|[一二两三四五六七八九十百]+[份处家件项次人名台张页款条个种本]")
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十百]")
_SIGNS = re.compile(r"[\W_]+")
_PAIR = 2
_REPEATED = 0.8


def names(facts: Facts) -> frozenset[str]:
    """The people by whom evidence may be named: roster, heads of departments, posts, auditors."""
    rows = facts.client.rows("internal_auditors")
    heads = (department.head for department in facts.client.departments)
    posts = (facts.client.text(key).split("，")[0] for key in ("top_manager", "management_rep"))
    auditors = (str(row.get("姓名") or "") for row in rows)
    return frozenset(name for name in (*facts.people, *auditors, *heads, *posts) if name)


def named(text: str, people: Iterable[str]) -> frozenset[str]:
    """The numbers, dates, counts and people that a text names."""
    counted = {token for token in _TOKEN.findall(text) if _COUNTED.search(token)}
    return frozenset(counted | {name for name in people if name in text})


def repeats(fact: str, question: str) -> bool:
    """Whether a fact only says the question again: most pairs of signs in it stand in the question too."""
    pairs = _pairs(fact)
    return bool(pairs) and sum(pair in _pairs(question) for pair in pairs) >= _REPEATED * len(pairs)


def _pairs(text: str) -> list[str]:
    plain = _SIGNS.sub("", text)
    return [plain[at : at + _PAIR] for at in range(len(plain) - 1)]


class Fault(Frozen):
    """What is wrong with a row, and in which column."""

    column: str
    message: str


def complaint(row: Mapping[str, object], people: Iterable[str]) -> str | None:
    """What is wrong with the judgement of a row, or None."""
    found = fault(row, people)
    return found.message if found else None


def fault(row: Mapping[str, object], people: Iterable[str]) -> Fault | None:
    """What is wrong with the judgement of a row, or None (AUD-004: a judgement names what was seen)."""
    written = str(row.get(JUDGED) or "")
    judgement = Judgement.read(written)
    fact, question = fact_of(row), str(row.get(QUESTION) or "")
    if judgement is None:
        strange = f"判定“{written}”不认识，写 符合、一般不符合、严重不符合、观察项、不适用"
        return Fault(JUDGED, strange if written else "没有判定")
    if not fact:
        return Fault(FACT, f"判{judgement.value}，没有写看到的事实")
    if repeats(fact, question):
        return Fault(FACT, "审核记录只是把问题又说了一遍")
    if judgement is Judgement.CONFORMS and not named(fact, people) - named(question, ()):
        return Fault(FACT, "判符合，没有写出凭据")
    return None


def fact_of(row: Mapping[str, object]) -> str:
    """What the auditor wrote down."""
    written = row.get(FACT) or next((value for key, value in row.items() if key.startswith("审核记录")), "")
    return str(written or "").strip()
