"""What other clients' files say of them, read quickly: only the answers that name somebody, the rest not judged."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gbtool.errors import FileFaults
from gbtool.shelf.reader import plain_of, text_of
from gbtool.shelf.shelves import CLIENT_FILE

_BLOCK = re.compile(r"^(?=[^\s#\-])", re.MULTILINE)
_KEY = re.compile(r"['\"]?(\w+)['\"]?\s*:")
_TABLES = (".csv", ".xlsx")
# Reads the rows of a table; comes from outside, since tables live in another room.
Rows = Callable[[Path, str], Sequence[Mapping[str, str]]]


def answers_of(folder: Path, keys: Iterable[str], rows: Rows) -> tuple[dict[str, object], str]:
    """The answers of these keys as plain text, lists and mappings; tables that they name as rows; what went wrong.

    What cannot be read is told and left out: another client's mistake must not stop the work on this one.
    """
    wanted = frozenset(keys)
    try:
        found = plain_of(_cut(text_of(folder / CLIENT_FILE, CLIENT_FILE), wanted), CLIENT_FILE)
    except FileFaults as faults:
        return {}, str(faults.complaints[0])
    answers = {key: value for key, value in found.items() if key in wanted} if isinstance(found, dict) else {}
    wrong = ""
    for key, value in answers.items():
        if isinstance(value, str) and value.lower().endswith(_TABLES):
            try:
                answers[key] = list(rows(folder / Path(value).name, value))
            except FileFaults as faults:
                answers[key], wrong = [], str(faults.complaints[0])
    return answers, wrong


def _cut(text: str, wanted: frozenset[str]) -> str:
    """The lines of these keys only, where the file is written as one key after the other."""
    blocks = [block for block in _BLOCK.split(text) if block.strip()]
    keys = [_KEY.match(block) for block in blocks]
    if not all(keys[1:]):
        return text
    kept = [block for block, key in zip(blocks, keys, strict=True) if key and key[1] in wanted]
    return "".join(kept) if kept else text
