"""What entries say of one another: facts in checklists, one name for one code, trainings, absences (CN-…)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from gbtool.model.answers import people
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.evidence import complaint
from gbtool.rules.reading import at

_CODE, _PARTY = "对方信用代码", "对方"
_USCC = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_SUBJECT, _DAY = "培训主题", "日期"


@rule("CN-12", of=lambda facts: facts.records("rec-audit-checklist"))
def facts_and_no_slogans(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A row of an audit checklist names a file, a number, a day, a person or a count."""
    known = people(facts.client.answers)
    for number, row in enumerate(record.rows(), 1):
        wrong = complaint(row, known)
        if wrong:
            place = at(record, f"第{number}行")
            yield Fault(f"{record.id} 第{number}行：{wrong}", (place,), "写看到的文件、编号、日期、人名或数量")


@rule("CN-19", of=once)
def one_name_for_one_code(facts: Facts, _: Facts) -> Iterator[Fault]:
    """A unified social credit code belongs to one name in all contracts."""
    first: dict[str, tuple[str, str]] = {}
    for place, code, name in _parties(facts):
        known = first.setdefault(code, (name, place))
        if known[0] != name:
            message = f"代码 {code} 一处写“{known[0]}”，一处写“{name}”"
            yield Fault(message, (known[1], place), "核对营业执照；更了名的写明更名")


def _parties(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Place, code and name of every party of a contract."""
    rows: Iterable[tuple[str, Mapping[str, object]]] = (
        *(
            (f"{facts.client.place('contracts')} 合同清单第{n}行", row)
            for n, row in enumerate(facts.client.rows("contracts"), 1)
        ),
        *((at(entry, _PARTY), entry.data) for entry in facts.of(EntryKind.CONTRACT)),
    )
    for place, row in rows:
        code, name = str(row.get(_CODE) or "").strip(), str(row.get(_PARTY) or "").strip()
        if _USCC.fullmatch(code) and name:
            yield place, code, name


@rule("CN-23", of=lambda facts: facts.records("rec-training-signin"))
def training_was_evaluated(signin: Entry, facts: Facts) -> Fault | None:
    """Who signed in was evaluated: a record of the same day or subject."""
    subject, day = (str(signin.mapping("head").get(name) or "") for name in (_SUBJECT, _DAY))
    for evaluation in facts.records("rec-training-eval"):
        head = evaluation.mapping("head")
        if str(head.get(_DAY) or "") == day or _shares(subject, str(head.get(_SUBJECT) or "")):
            return None
    places = (at(signin, f"{_SUBJECT} {subject} {day}"), "台账没有对应的《培训记录及效果评价表》")
    return Fault(f"培训“{subject}”（{day}）有签到没有评价", places, "补登当时做的评价；没有评价的不要补造", soft=True)


def _shares(one: str, other: str) -> bool:
    """Whether two subjects are the same training: one begins with the other's words before a bracket."""
    bare = [text.partition("（")[0].strip() for text in (one, other)]
    return bool(bare[0]) and bare[0] == bare[1]


@rule("CN-25", of=lambda facts: facts.of(EntryKind.ABSENT))
def what_did_not_happen_has_no_record(absent: Entry, facts: Facts) -> Iterator[Fault]:
    """A form that did not occur in a period has no filled record of that period."""
    start, _, end = absent.text("period").partition("至")
    end = end or start
    if not start:
        return
    for record in facts.records(absent.form):
        if start <= record.date[: len(start)] and record.date[: len(end)] <= end:
            message = f"{absent.text('period')} 登记为本期未发生，却有记录 {record.id}（{record.date}）"
            yield Fault(message, (at(absent, "period"), at(record, record.date)), "核对哪一处是真的，改正另一处")
