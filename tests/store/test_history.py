import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gbtool.store import documents, entries, history
from gbtool.store.database import open_ledger
from gbtool.store.documents import Signing
from gbtool.store.verify import verify
from store.conftest import action, document, record


def links(path: Path) -> tuple[history.Link, ...]:
    with open_ledger(path) as ledger:
        return history.read(ledger)


def tamper(path: Path, *statements: str) -> None:
    """Change a ledger as somebody with an SQLite program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in ("history_no_UPDATE", "history_no_DELETE"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def busy(filled: Path) -> Path:
    """A ledger with several changes of entries and documents."""
    with open_ledger(filled, write=True) as ledger, ledger.transaction(action("再记")) as change:
        entries.put(change, [record(note="更正"), record("LW-2"), record("LW-3")])
        documents.save(change, [document()])
        documents.sign(change, {"ip-manual": Signing(issued="2026-05-15", effective="2026-05-18")})
    return filled


def test_each_link_carries_the_hash_of_the_one_before(busy: Path) -> None:
    chain = links(busy)
    assert [link.seq for link in chain] == [1, 2, 3, 4, 5, 6]
    assert chain[0].previous == history.FIRST
    assert [link.previous for link in chain[1:]] == [link.hash for link in chain[:-1]]


def test_a_link_says_when_it_happened_when_it_was_entered_by_whom_and_why(filled: Path) -> None:
    (link,) = links(filled)
    assert (link.happened, link.entered, link.by, link.what) == ("2026-06-09", "2026-06-09", "林疏桐", "记一条")
    assert link.subject == "record/LW-IPM-JL-07-10-001"


def test_what_was_entered_late_shows_both_days(filled: Path) -> None:
    late = action(at=date(2026, 8, 28))
    with open_ledger(filled, write=True) as ledger, ledger.transaction(late) as change:
        entries.add(change, record("LW-2"))
    assert (links(filled)[-1].happened, links(filled)[-1].entered) == ("2026-06-09", "2026-08-28")


def test_the_old_value_stays_in_the_history(busy: Path) -> None:
    with open_ledger(busy) as ledger:
        old, new = history.read(ledger, "record/LW-IPM-JL-07-10-001")
    assert "更正" not in old.payload
    assert "更正" in new.payload


@pytest.mark.parametrize("statement", ["UPDATE history SET who = 'x'", "DELETE FROM history"])
def test_the_history_refuses_to_be_changed(filled: Path, statement: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)


def test_an_untouched_ledger_verifies(busy: Path) -> None:
    with open_ledger(busy) as ledger:
        assert verify(ledger) == ()


def test_a_ledger_that_is_not_there_verifies(path: Path) -> None:
    with open_ledger(path) as ledger:
        assert verify(ledger) == ()


@pytest.mark.parametrize(
    ("statement", "seq", "message"),
    [
        ("UPDATE history SET payload = replace(payload, '680', '6800') WHERE seq = 3", 3, "内容被改过"),
        ("UPDATE history SET entered = '2026-06-10' WHERE seq = 2", 2, "时间、经手人或事由被改过"),
        ("UPDATE history SET previous = hash WHERE seq = 4", 4, "与前一条接不上"),
        ("DELETE FROM history WHERE seq = 2", 3, "第 2 条不见了"),
        ("DELETE FROM history WHERE seq = 1", 2, "第 1 条不见了"),
    ],
)
def test_the_first_break_of_the_chain_is_found(busy: Path, statement: str, seq: int, message: str) -> None:
    tamper(busy, statement)
    with open_ledger(busy) as ledger:
        found = history.first_break(history.read(ledger))
    assert found is not None
    assert (found.seq, found.message) == (seq, message)


@pytest.mark.parametrize(
    ("statement", "subject", "message"),
    [
        ("UPDATE entries SET date = '2026-06-01' WHERE id = 'LW-2'", "record/LW-2", "与最后一次记下的不同"),
        ("DELETE FROM entries WHERE id = 'LW-3'", "record/LW-3", "被删掉了"),
        ("UPDATE entries SET id = 'LW-9' WHERE id = 'LW-3'", "record/LW-9", "在历史里没有来历"),
        ("DELETE FROM history WHERE seq = 6", "document/ip-manual", "与最后一次记下的不同"),
        ("UPDATE documents SET effective = '2026-04-01'", "document/ip-manual", "与最后一次记下的不同"),
    ],
)
def test_a_change_beside_the_history_is_found(busy: Path, statement: str, subject: str, message: str) -> None:
    tamper(busy, statement)
    with open_ledger(busy) as ledger:
        found = verify(ledger)
    assert (found[0].subject, found[0].message) == (subject, message)
