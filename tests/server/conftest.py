"""A real PostgreSQL for these tests, and a machine whose clock they move."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import database
from desk import Clock
from gbtool.cli import app as boundary


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that runs while the tests do."""
    if database.programs() is None:
        pytest.skip("no PostgreSQL on this machine")
    with database.server() as address:
        yield address


@pytest.fixture
def url(postgres: str) -> str:
    """An empty database."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS gbtool CASCADE")
    return postgres


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Where somebody sits."""
    clock = Clock(tmp_path / "本机一")
    monkeypatch.setattr(boundary, "now", lambda: clock.moment)
    monkeypatch.setattr(boundary, "machine", lambda: clock.name)
    monkeypatch.setattr(boundary, "data_folder", lambda: clock.folder)
    return clock
