from datetime import date

import pytest

from gbtool.model.entry import Entry, EntryKind
from gbtool.rules.auditing import absence
from gbtool.rules.auditing.absence import Absence

DAY = date(2026, 8, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贺闻笙=2026-08-24", Absence("贺闻笙", DAY, DAY)),
        ("贺闻笙＝2026-08-24上午", Absence("贺闻笙", DAY, DAY, "上午")),
        ("贺闻笙=2026-08-24至2026-08-26下午", Absence("贺闻笙", DAY, date(2026, 8, 26), "下午")),
        ("贺闻笙", None),
        ("贺闻笙=2026-08-32", None),
        ("贺闻笙=2026-08-24至2026-08-20", None),
    ],
)
def test_an_absence_is_read_as_it_is_written(text: str, expected: Absence | None) -> None:
    assert absence.written(text) == expected


def test_a_plan_says_who_is_missing_where() -> None:
    away = [Absence("甲", DAY, DAY, "上午").data, Absence("乙", DAY, date(2026, 8, 25)).data, {"name": "丙"}]
    slots = [
        {"date": "2026-08-24", "from": "09:40", "to": "11:00", "department": "采购部", "auditor": "甲"},
        {"date": "2026-08-24", "from": "13:30", "to": "15:00", "department": "财务部", "auditor": "甲"},
        {"date": "2026-08-25", "from": "13:30", "to": "15:00", "department": "生产部", "auditees": ["乙"]},
        {"date": "2026-08-26", "from": "13:30", "to": "15:00", "department": "质量部", "auditees": ["乙"]},
    ]
    plan = Entry(EntryKind.AUDIT_PLAN, "计划", data={"away": away, "slots": slots})
    found = [(slot["department"], name) for slot, name, _ in absence.missed(plan)]
    assert found == [("采购部", "甲"), ("生产部", "乙")]
    assert list(map(str, absence.kept(plan))) == ["甲 2026-08-24上午", "乙 2026-08-24至2026-08-25"]
    assert absence.away_in(absence.kept(plan), DAY, morning=False) == {"乙"}
