"""YAML to values: everything is text until a type says otherwise, and all complaints of a file come at once."""

import contextlib
import difflib
import enum
import functools
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

import yaml

from gbtool.errors import Complaint, FileFaults, reason_of
from gbtool.model.place import Place
from gbtool.remembering import memory
from gbtool.shelf import packing
from gbtool.shelf.packing import hints_of
from gbtool.shelf.shipped import is_shipped
from gbtool.structs import Struct, defaults, names_of

_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_BYTES = 8_000_000
_MAX_DEPTH = 40
_REMEMBERED = 512
_T = typing.TypeVar("_T")


def text_of(path: Path, name: str) -> str:
    """The text of a UTF-8 file; a wrong encoding, a missing or oversized file is a complaint with its name."""
    return _shipped_text(str(path), name) if is_shipped(path) else _text(path, name)


@functools.cache
def _shipped_text(path: str, name: str) -> str:
    """The text of a file that does not change while the program runs."""
    return _text(Path(path), name)


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileFaults([Complaint(name, f"读不出文件（{reason_of(error)}）")]) from error
    if len(raw) > _MAX_BYTES:
        raise FileFaults([Complaint(name, f"文件有 {len(raw)} 字节，超过 {_MAX_BYTES} 字节的上限")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        complaint = Complaint(f"{name}:{line}", f"不是 UTF-8 编码{_guess(raw)}", "用编辑器另存为 UTF-8")
        raise FileFaults([complaint]) from error


def _guess(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，像是 GB18030（GBK）"


def compose(path: Path, name: str) -> yaml.Node | None:
    """The node tree of a YAML file (None when empty); faults of writing are complaints with their line."""
    return compose_text(text_of(path, name), name)


def compose_text(text: str, name: str) -> yaml.Node | None:
    """The node tree of a YAML text (None when empty); faults of writing are complaints with their line."""
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = "检查缩进、冒号后的空格和引号"
        raise FileFaults([Complaint(f"{name}:{line}", f"不是合法的 YAML（{error.problem}）", hint)]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FileFaults([Complaint(name, "不是合法的 YAML，含有不允许的字符或嵌套过深")]) from error
    _refuse_aliases(text, name)
    return node if isinstance(node, yaml.Node) else None


@functools.lru_cache(maxsize=_REMEMBERED)
def _composed(text: str) -> object:
    """The nodes of a text, which nobody changes: the same shipped file is read for each client in turn."""
    return yaml.compose(text, Loader=_Loader)


def _refuse_aliases(text: str, name: str) -> None:
    if "&" not in text or "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            raise FileFaults([Complaint(f"{name}:{event.start_mark.line + 1}", "不接受 YAML 的别名（*名称）")])


def line_of(node: yaml.Node) -> int:
    """The line on which a node begins, from 1."""
    return int(node.start_mark.line) + 1


def empty(node: yaml.Node) -> bool:
    """Whether a node says nothing: an empty or null plain scalar."""
    return isinstance(node, yaml.ScalarNode) and (
        node.value == "" or (not node.style and node.value in ("null", "~", "Null", "NULL"))
    )


class Reading:
    """One file being read: collects complaints until `done` raises them all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.complaints: list[Complaint] = []

    def complain(self, node: yaml.Node, message: str, fix: str = "") -> None:
        """Note what is wrong at a node."""
        self.complaints.append(Complaint(f"{self.name}:{line_of(node)}", message, fix))

    def done(self) -> None:
        """Raise all complaints, if any.

        Raises:
            FileFaults: with every complaint of the file.
        """
        if self.complaints:
            raise FileFaults(self.complaints)

    def pairs(self, node: yaml.Node) -> list[tuple[str, yaml.Node, yaml.Node]]:
        """The entries of a mapping; double keys and other shapes are complaints."""
        if empty(node):
            return []
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, "这里应当是“键: 值”的写法")
            return []
        seen: dict[str, int] = {}
        pairs: list[tuple[str, yaml.Node, yaml.Node]] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.complain(key, "键只能是文字")
                continue
            if key.value in seen:
                self.complain(key, f"“{key.value}”写了两次，第一次在第 {seen[key.value]} 行", "留一个")
                continue
            seen[key.value] = line_of(key)
            pairs.append((key.value, key, value))
        return pairs

    def plain(self, node: yaml.Node, depth: int = 0) -> object:
        """Text, list or mapping without types; an empty value is None."""
        if depth > _MAX_DEPTH:
            self.complain(node, "嵌套过深")
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, depth + 1) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value, depth + 1) for key, _, value in self.pairs(node)}
        return None if empty(node) else str(node.value)

    def record(self, cls: type[_T], node: yaml.Node, extra: Mapping[str, object] | None = None) -> _T | None:
        """A value from a mapping; unknown, missing and wrongly typed entries are complaints (then None)."""
        before = len(self.complaints)
        hints = hints_of(cls)  # type: ignore[arg-type]
        names = {name.rstrip("_"): name for name in hints}
        given: dict[str, object] = dict(extra or {})
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, "这里应当是“键: 值”的写法")
            return None
        for key, key_node, value in self.pairs(node):
            name = names.get(key)
            if name is None:
                self.complain(key_node, f"不认识“{key}”{did_you_mean(key, names)}")
            elif not (empty(value) and optional(cls, name)):
                given[name] = self.value(hints[name], value)
        for field in names_of(cls):  # type: ignore[arg-type]
            if field == "place" and "place" not in given:
                given["place"] = Place(self.name, line_of(node))
            elif field not in given and not optional(cls, field):
                self.complain(node, f"缺“{field.rstrip('_')}”")
        return cls(**given) if len(self.complaints) == before else None

    def value(self, hint: object, node: yaml.Node) -> object:
        """A value of a type: str, bool, int, float, an enum, a value, tuple[X, ...], Mapping[str, X] or object."""
        origin = typing.get_origin(hint)
        if origin in (types.UnionType, typing.Union):
            inner = next(each for each in typing.get_args(hint) if each is not type(None))
            return None if empty(node) else self.value(inner, node)
        if origin is tuple:
            return self._items(typing.get_args(hint)[0], node)
        if origin in (dict, Mapping) or hint is Mapping:
            inner = (typing.get_args(hint) or (str, object))[1]
            return {key: self.value(inner, value) for key, _, value in self.pairs(node)}
        if isinstance(hint, type) and issubclass(hint, Struct):
            return self.record(hint, node)
        if hint is object:
            return self.plain(node)
        return self._scalar(hint, node)

    def _items(self, inner: object, node: yaml.Node) -> tuple[object, ...]:
        if empty(node):
            return ()
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(inner, item) for item in node.value)
        self.complain(node, "这里应当是列表，每项以“- ”开头")
        return ()

    def _scalar(self, hint: object, node: yaml.Node) -> object:
        if not isinstance(node, yaml.ScalarNode):
            self.complain(node, "这里应当是一个值")
            return None
        convert = _SCALARS.get(hint) if isinstance(hint, type) else None
        try:
            if convert:
                return convert(node.value)
            if isinstance(hint, type) and issubclass(hint, enum.Enum):
                return hint(node.value)
        except ValueError:
            self.complain(node, f"“{node.value}”{_expected(hint)}")
            return None
        return str(node.value)


def _bool(text: str) -> bool:
    words = {"true": True, "yes": True, "是": True, "有": True, "false": False, "no": False, "否": False, "无": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


_SCALARS: dict[type, Callable[[str], object]] = {bool: _bool, int: int, float: float}


def _expected(hint: object) -> str:
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"不在可选之列：{'、'.join(str(each.value) for each in hint)}"
    words = {bool: "应当是 true 或 false", int: "应当是整数", float: "应当是数字"}
    return words.get(typing.cast("type", hint), "类型不对")


def did_you_mean(word: str, known: typing.Iterable[str]) -> str:
    """`，是不是想写“…”？` or nothing."""
    guess = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是想写“{guess[0]}”？" if guess else ""


@functools.cache
def _optional_fields(cls: type[Struct]) -> frozenset[str]:
    return frozenset(defaults(cls))


def optional(cls: type, name: str) -> bool:
    """Whether a part of a value has a default."""
    return name in _optional_fields(cls)


def read(cls: type[_T], path: Path, name: str) -> _T:
    """A whole file as one value.

    Raises:
        FileFaults: the file cannot be read, is not YAML or does not fit; every complaint with its line.
    """
    kind: Hashable = typing.cast("Hashable", cls)
    found = _shipped(kind, str(path), name) if is_shipped(path) else _read(kind, _text(path, name), name)
    return typing.cast("_T", found)


@functools.cache
def _shipped(cls: Hashable, path: str, name: str) -> object:
    """A shipped file as a frozen value: it is parsed once a machine, and not even opened after that."""
    kind: typing.Any = cls
    known = memory()
    key = packing.key(kind, path, name) if known else ""
    if known and (kept := known.kept(key)) is not None:
        with contextlib.suppress(ValueError):  # not what we wrote
            return packing.unpacker(kind)(kept)
    result = _read(cls, _shipped_text(path, name), name)
    if known:
        known.keep(key, packing.packed(result))
    return result


@functools.lru_cache(maxsize=_REMEMBERED)
def _read(cls: Hashable, text: str, name: str) -> object:
    """A text as a frozen value; the same text under the same name is the same thing."""
    return _parsed(typing.cast("type[object]", cls), text, name)


def _parsed(cls: type[object], text: str, name: str) -> object:
    node = compose_text(text, name)
    reading = Reading(name)
    if node is None:
        raise FileFaults([Complaint(name, "文件是空的")])
    result = reading.record(cls, node)
    reading.done()
    return result


def plain_of(text: str, name: str) -> object:
    """A YAML or JSON text without types: text, lists and mappings.

    Raises:
        FileFaults: the text is not YAML or has double keys.
    """
    node = compose_text(text, name)
    reading = Reading(name)
    result = None if node is None else reading.plain(node)
    reading.done()
    return result


def read_plain(path: Path, name: str) -> object:
    """A whole file without types: text, lists and mappings.

    Raises:
        FileFaults: the file cannot be read, is not YAML or has double keys.
    """
    known = memory() if is_shipped(path) else None
    key = packing.key(None, str(path), name) if known else ""
    kept = known.get(key) if known else None
    if kept is not None:
        return kept
    found = plain_of(text_of(path, name), name)
    if known:
        known.put(key, found)
    return found
