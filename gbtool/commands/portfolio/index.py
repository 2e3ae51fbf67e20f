"""The index that makes the portfolio quick: a file on this machine that may be lost, old or wrong without harm.

A line of it counts only while its checksum is right and its stamp is that of the client's folder as it is now.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from gbtool.model.finding import Verdict
from gbtool.model.portfolio import Bar, BarState, Due, Reason, Standing
from gbtool.structs import Frozen, as_dict

_FOLDER = "portfolio"
_SUM = 32
_MOST_BYTES = 256 << 20
_KEPT = 3  # days, or states of gbtool and of the firm's own shelf, that a firm has an index of


class Line(Frozen):
    """A client's standing, and the stamp of the folder that it was made from."""

    stamp: str
    standing: Standing


class Index:
    """The lines of a firm's index, by the client's path below the firm's folder; each is read when it is asked for."""

    def __init__(self, path: Path | None, texts: dict[str, str]) -> None:
        self.path = path
        self._texts = texts

    def line(self, client: str, stamp: str) -> Standing | None:
        """What the index says of a client, if it was made from the folder as it is now."""
        key = _key(client, stamp)
        text = self._texts.get(key)
        if not stamp or text is None:
            return None
        try:
            return _standing(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError):
            del self._texts[key]
            return None

    def written(self, line: Line) -> bytes:
        """A line as it stands in the file; one that the index has is not made again."""
        key = _key(line.standing.path, line.stamp)
        text = self._texts.get(key) or json.dumps(
            as_dict(line.standing), ensure_ascii=True, default=str, separators=(",", ":")
        )
        rest = f"{key}\t{text}".encode()
        return _sum(rest) + b" " + rest


def read(cache: Path | None, firm: Path, shared: bytes, *, fresh: bool = False) -> Index:
    """The index of a firm on this ground, empty where there is none or a fresh one is wanted; changed lines go."""
    if cache is None:
        return Index(None, {})
    path = cache / _FOLDER / f"{_name(firm)}-{shared.hex()[:_SUM]}.txt"
    texts: dict[str, str] = {}
    try:
        lines = path.read_bytes().split(b"\n") if not fresh and path.stat().st_size <= _MOST_BYTES else []
    except OSError:
        lines = []
    for line in lines:
        total, _, rest = line.partition(b" ")
        if total and _sum(rest) == total:
            key, _, text = rest.decode(errors="replace").partition("\t")
            texts[key] = text
    return Index(path, texts)


def _name(firm: Path) -> str:
    return hashlib.sha256(str(firm).encode(errors="surrogateescape")).hexdigest()[:_SUM]


def _of_firm(folder: Path, name: str) -> list[Path]:
    """The indexes of a firm on this machine, the latest first."""
    return sorted(folder.glob(f"{name}-*.txt"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def write(index: Index, lines: Iterable[Line]) -> None:
    """Put the lines in place of what was there; where the machine refuses, there is no index."""
    if index.path is None:
        return
    data = b"\n".join(index.written(line) for line in lines if line.stamp)
    with suppress(OSError):
        index.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=index.path.parent, prefix=index.path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(draft).replace(index.path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
        for old in _of_firm(index.path.parent, index.path.name.partition("-")[0])[_KEPT:]:
            old.unlink(missing_ok=True)


def drop(cache: Path | None, firm: Path | None) -> None:
    """Forget what the index says of a firm."""
    if cache and firm:
        with suppress(OSError):
            for path in _of_firm(cache / _FOLDER, _name(firm)):
                path.unlink(missing_ok=True)


def _key(client: str, stamp: str) -> str:
    return f"{json.dumps(client)} {stamp}"


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:_SUM].encode()


def _standing(value: dict[str, Any]) -> Standing:
    days = {name: _day(value[name]) for name in ("effective", "earliest")}
    due = tuple(_due(each) for each in value["due"])
    lists = {name: tuple(value[name]) for name in ("team", "holes", "nonconformities", "coverage")}
    kinds = {
        "verdict": Verdict(value["verdict"]),
        "reasons": tuple(Reason(**each) for each in value["reasons"]),
        "bars": tuple(_bar(each) for each in value["bars"]),
    }
    return Standing(**{**value, **days, **lists, **kinds, "due": due})


def _bar(value: dict[str, Any]) -> Bar:
    days = {name: date.fromisoformat(value[name]) for name in ("first", "last")}
    return Bar(**{**value, **days, "state": BarState(value["state"])})


def _due(value: dict[str, Any]) -> Due:
    days = {name: date.fromisoformat(value[name]) for name in ("day", "last", "shown")}
    lists = {name: tuple(value[name]) for name in ("notes", "reminders")}
    return Due(**{**value, **days, **lists})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
