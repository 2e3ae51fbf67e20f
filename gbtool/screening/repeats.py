"""CN-13: records of one form that say the same as the ones before."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from gbtool.model.document import DocumentKind, Specification
from gbtool.model.entry import Entry
from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead
from gbtool.screening.desk import Desk, Found, finding
from gbtool.screening.sentences import Index, sentences

RULE = "CN-13"
_LONG = 60  # signs that a record must say before it is compared
_CLOSE = 0.95
_PERIODS = frozenset({"monthly", "quarterly"})


def repeated(entries: Iterable[Entry], desk: Desk) -> Iterator[Finding]:
    """Records of one form that say nearly the same as the one before."""
    limit = desk.thresholds.get("months")
    if limit is None:
        return
    periodic = {each.id for each in desk.facts.specifications if _periodic(each)}
    by_form: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.form in periodic:
            by_form.setdefault(entry.form, []).append(entry)
    for before, now in (pair for records in by_form.values() for pair in pairwise(records)):
        share = _same(before, now)
        if share > limit.value:
            message = f"{now.id}（{now.date}）有 {share:.0%} 的内容和 {before.id}（{before.date}）相同"
            found = Found(message, f"写这一次真实看到的。{limit.reason}", soft=True)
            yield finding(desk, RULE, FileRead(f"台账 {now.id}"), found)


def _periodic(specification: Specification) -> bool:
    """Whether a record is made again and again: a list that is kept up to date says the same by its nature."""
    kept = specification.kind is DocumentKind.RECORD and specification.audience != "consultancy"
    return kept and specification.frequency in _PERIODS


def _same(before: Entry, now: Entry) -> float:
    """The share of what a record says that stood in the one before, by signs."""
    texts = list(_said(now.data))
    size = sum(map(len, texts))
    if size < _LONG:
        return 0.0
    index = Index(_CLOSE)
    index.add(before.id, _said(before.data))
    return sum(len(text) for text in texts if index.find(text)) / size


def _said(data: object) -> Iterator[str]:
    """The sentences inside a record: names, dates and single words do not count, signatures neither."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key != "sign":
                yield from _said(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _said(value)
    elif isinstance(data, str):
        yield from sentences(data)
