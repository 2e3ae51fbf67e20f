"""A duration of ours that stands in two texts is one period: what two texts would say differently, one file says."""

import re
from collections import defaultdict
from collections.abc import Iterator

from engagement import ROOT

TEXTS = sorted((ROOT / "templates").rglob("*.md.j2"))
NUMBER = r"(?<![\d年月第])\d+个?(?:工作日|个月|小时|日|周)(?![历期])"
AFTER = re.compile(NUMBER + r"(?:内|以前|以内|前)((?:\{\{.*?\}\}|[^，。；{}|\n])*)")
RECORD = re.compile(r"doc\['((?:rec|reg)-[\w-]+)'\]")
MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
SHORTEST = 5  # characters that say what is done; shorter ones, such as 写明原因, are said of many things


def deeds(text: str) -> Iterator[str]:
    """What a text wants done within a number of days of its own: the record that it leaves, or the deed in words."""
    for match in AFTER.finditer(text):
        clause = match.group(1)
        yield from RECORD.findall(clause)
        words = MARK.sub("", clause).strip()
        if len(words) >= SHORTEST:
            yield words


def test_no_two_texts_set_a_time_of_their_own_for_the_same_deed() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in TEXTS:
        for deed in deeds(path.read_text("utf-8")):
            found[deed].add(path.name)
    assert {deed: sorted(names) for deed, names in found.items() if len(names) > 1} == {}


def test_the_same_deed_in_two_texts_would_be_found() -> None:
    one = "{{ 财务 }}在支付后5个工作日内逐笔登记{{ doc['rec-expense-ledger'].cite }}，写明日期。"
    other = "支付后30日内登记{{ doc['rec-expense-ledger'].cite }}。在实施之日起30日内换发受控编号。"
    assert set(deeds(one)) & set(deeds(other)) == {"rec-expense-ledger"}
    assert "换发受控编号" in set(deeds(other))
    assert list(deeds("{{ period['contract.review'] }}内审完，2026年5月18日起施行。")) == []
