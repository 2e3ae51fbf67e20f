"""Figures in the facts of a checklist against those that the ledger keeps: the test of effectiveness agrees with it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from gbtool.model.facts import Facts
from gbtool.rules.audits import FACT

TABLE = "rec-performance"
_INDICATOR = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}-\d{2}(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")
_COLUMNS = ("基准期数值", "本期数值")
Row = Mapping[str, object]


def differing(rows: Iterable[Row], facts: Facts) -> Iterator[str]:
    """One sentence for each row that names an indicator with figures other than the ledger's, and none of them."""
    known = {str(row.get("指标编号")): row for record in facts.records(TABLE) for row in record.rows()}
    for row in rows:
        fact = str(row.get(FACT) or "")
        for indicator in dict.fromkeys(_INDICATOR.findall(fact)):
            kept = known.get(indicator, {})
            values = {name: str(kept.get(name) or "") for name in _COLUMNS if kept.get(name)}
            after = fact.partition(indicator)[2]
            written = set(_NUMBER.findall(after))
            if values and written and not written & set(values.values()):
                told = "、".join(f"{name}{value}" for name, value in values.items())
                yield f"第{row.get('序号')}行的 {indicator} 与台账不同：台账{told}"
