"""Somebody at a machine, for tests: its clock, its name, its user's own folder; and what commands say there."""

from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner, Result

from gbtool.cli.app import app


class Clock:
    """A clock that tests move, the machine's name, and the user's own folder there."""

    def __init__(self, folder: Path) -> None:
        self.moment, self.folder, self.name = datetime.now(UTC), folder, "机器一"


def said(*words: str, code: int = 0) -> Result:
    """What a command says that ends with this code."""
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result
