"""gbtool.yaml: who the firm is and what it decided; and the folders of its clients."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import yaml

from gbtool.model.firm import Firm, Threshold
from gbtool.model.place import Place
from gbtool.shelf.reader import Reading, compose, empty, line_of
from gbtool.shelf.shelves import CLIENT_FILE, FIRM_FILE

_DEEPEST = 4
_YES, _NO = frozenset({"是", "true", "yes"}), frozenset({"否", "false", "no", ""})
_NOT_CLIENTS = frozenset({"templates", "checklists"})


def firm(folder: Path | None) -> Firm:
    """The firm of a folder, an empty one where there is none; what other commands keep in the file is passed over.

    Raises:
        FileFaults: gbtool.yaml is no YAML, or what stands in it does not fit.
    """
    if folder is None:
        return Firm()
    root = compose(folder / FIRM_FILE, FIRM_FILE)
    if root is None:
        return Firm()
    reading = Reading(FIRM_FILE)
    entries = {key: node for key, _, node in reading.pairs(root)}
    name = reading.plain(entries["name"]) if "name" in entries else ""
    also = reading.plain(entries["also"]) if "also" in entries else []
    likeness = dict(_thresholds(reading, entries["likeness"])) if "likeness" in entries else {}
    logo = _inside(reading, entries["logo"]) if "logo" in entries else ""
    database = _address(reading, entries["database"]) if "database" in entries else ""
    leases = _yes(reading, entries["leases"]) if "leases" in entries else False
    if leases and not database:
        reading.complain(entries["leases"], "leases 要有 database", "database: postgresql://用户@主机/库")
    reading.done()
    names = also if isinstance(also, list) else [also]
    return Firm(
        str(name or ""),
        tuple(str(each) for each in names if each),
        likeness,
        Place(FIRM_FILE, 1),
        logo,
        database,
        leases,
    )


def _address(reading: Reading, node: yaml.Node) -> str:
    """Where the firm's database is, without the password that everybody who has the folder would read."""
    text = str(reading.plain(node) or "").strip()
    if not text.startswith(("postgresql://", "postgres://")):
        reading.complain(node, f"database“{text}”不是数据库地址", "写成 postgresql://用户@主机/库")
    elif ":" in text.partition("://")[2].partition("/")[0].rpartition("@")[0] or "password=" in text:
        reading.complain(node, "database 里不写密码", "密码放在各人的 ~/.pgpass 或 PGPASSWORD")
    return text


def _yes(reading: Reading, node: yaml.Node) -> bool:
    word = str(reading.plain(node) or "").strip()
    if word not in _YES | _NO:
        reading.complain(node, f"leases“{word}”应当是 是 或 否")
    return word in _YES


def _inside(reading: Reading, node: yaml.Node) -> str:
    """A path that stays inside the firm's folder."""
    path = PurePosixPath(str(reading.plain(node) or "").replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in str(path):
        reading.complain(node, "logo 应当是机构文件夹里的一个文件", "如 logo: 标志.png")
        return ""
    return "" if str(path) == "." else str(path)


def _thresholds(reading: Reading, node: yaml.Node) -> Iterator[tuple[str, Threshold]]:
    for key, key_node, value in reading.pairs(node):
        if empty(value):
            continue
        pairs = {name: each for name, _, each in reading.pairs(value)}
        number = _number(reading, pairs)
        reason = str(reading.plain(pairs["reason"]) or "") if "reason" in pairs else ""
        if number is None:
            reading.complain(key_node, f"likeness.{key} 缺 most（0 到 1）或 least（个数），或不是数", "如 most: 0.6")
        elif not reason.strip():
            reading.complain(key_node, f"likeness.{key} 没有写理由", "写 reason: 为什么取这个数")
        else:
            yield key, Threshold(number, reason, Place(FIRM_FILE, line_of(key_node)))


def _number(reading: Reading, pairs: Mapping[str, yaml.Node]) -> float | None:
    """`most` is a share, `least` a count."""
    if "most" in pairs:
        return _share(str(reading.plain(pairs["most"]) or ""))
    least = str(reading.plain(pairs["least"]) or "") if "least" in pairs else ""
    return float(least) if least.isascii() and least.isdigit() else None


def _share(text: str) -> float | None:
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def clients_below(folder: Path) -> tuple[Path, ...]:
    """Every client's folder below a firm's, in order; nothing is looked for inside a client."""
    return tuple(sorted(_clients(folder, 0)))


def _clients(folder: Path, depth: int) -> Iterator[Path]:
    if depth and (folder / CLIENT_FILE).is_file():
        yield folder
        return
    if depth >= _DEEPEST:
        return
    try:
        with os.scandir(folder) as entries:
            inner = [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False) and not _passed(e.name)]
    except OSError:
        return
    for each in inner:
        yield from _clients(each, depth + 1)


def _passed(name: str) -> bool:
    return name.startswith(".") or name in _NOT_CLIENTS
