"""client.yaml as text: written for people to read, and changed key by key so that what a person wrote stays."""

import re
from collections.abc import Mapping, Sequence

import yaml

from gbtool.errors import Complaint, FileFaults
from gbtool.model.question import Group, Kind, Question
from gbtool.shelf.reader import Reading, compose_text
from gbtool.shelf.shelves import CLIENT_FILE
from gbtool.structs import Frozen

_WAYS = {
    Kind.DATE: "日期写成 2026-05-18",
    Kind.PERIOD: "起止日期写成 2026-08-24至2026-08-25",
    Kind.BOOL: "true 或 false",
    Kind.NUMBER: "数字",
    Kind.LIST: "每项一行，以“- ”开头；没有就写 []",
    Kind.FILE: "写同一文件夹里的 CSV 或 xlsx 文件名",
}
_HEAD = """\
# {name}的基本情况：gbtool 照这里的回答生成文件、判断进度。可以直接用编辑器修改，# 开头的是说明。
# 空着的是还没有回答的问题，gbtool 不会编造；逐题回答用 gbtool profile，改一项用 gbtool profile set 键=值。
"""
_AFTER = re.compile(r"(?:^[ \t]*\r?\n|^[ \t]*\Z|^#.*(?:\n|\Z)|^\.\.\..*(?:\n|\Z))", re.MULTILINE)
_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_WIDE = 1_000_000  # one line per value, however long


class _Dumper(yaml.SafeDumper):
    """Writes open values as nothing and repeats equal lists instead of referring to them."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _nothing(dumper: yaml.SafeDumper, _value: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_style(value))


_Dumper.add_representer(type(None), _nothing)
_Dumper.add_representer(str, _string)


def _style(value: str) -> str | None:
    """A block for lines that a person wrote, quotes for a text that a block cannot keep."""
    if _BREAKS.search(value):  # a block reads them as the ends of lines
        return '"'
    if "\n" not in value:
        return None
    plain = value.strip() and all(line == line.rstrip() for line in value.split("\n")) and value[0] not in " \n"
    return "|" if plain else '"'


def written(key: str, value: object) -> str:
    """The lines of one answer; whatever the text holds, reading gives it back exactly."""
    value = _plain(value)
    for style in (None, '"'):
        text = _dumped(key, value, style)
        if _read(text).get(key) == _texts(value):
            break
    return text


def _dumped(key: str, value: object, style: str | None) -> str:
    if value is None:
        return f"{key}:\n"
    return str(
        yaml.dump({key: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE, default_style=style)
    )


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return None if value == "" else value


def _texts(value: object) -> object:
    if isinstance(value, dict):
        return {name: _texts(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(text: str) -> dict[str, object]:
    node = compose_text(text, CLIENT_FILE)
    reading = Reading(CLIENT_FILE)
    plain = reading.plain(node) if node else {}
    reading.done()
    return plain if isinstance(plain, dict) else {}


# A whole file


def fresh(answers: Mapping[str, object], groups: Sequence[Group]) -> str:
    """A whole client.yaml: groups, the question above each key, open questions as empty values."""
    questions = {question.key: question for group in groups for question in group.questions}
    parts = [_HEAD.format(name=str(answers.get("company_name") or "客户").replace("\n", " "))]
    for group in groups:
        parts.append(f"\n# ──── {group.id} {group.title} ────\n")
        parts.extend(f"\n{entry(question, answers.get(question.key), questions)}" for question in group.questions)
    return "".join(parts)


def entry(question: Question, value: object, questions: Mapping[str, Question]) -> str:
    """One answer with its question and what may be written as comment above."""
    remarks = [question.question, "；".join(_remarks(question, questions))]
    comment = "".join(f"# {' '.join(remark.split())}\n" for remark in remarks if remark)
    return f"{comment}{written(question.key, value)}"


def _remarks(question: Question, questions: Mapping[str, Question]) -> list[str]:
    remarks = [question.hint] if question.hint else []
    if question.choices:
        many = "可多选，每项一行，以“- ”开头" if question.type is Kind.MULTI else "可选"
        remarks.append(f"{many}：{'、'.join(question.choices)}")
    elif question.columns and question.type is Kind.TABLE:
        remarks.append(f"每行写：{'、'.join(column.name for column in question.columns)}；没有就写 []")
    elif question.type in _WAYS:
        remarks.append(_WAYS[question.type])
    for term in question.when:
        asked = [f"“{questions[name].question if name in questions else name}”" for name in term.split("|")]
        remarks.append(f"{'或'.join(asked)}答“是”才需要")
    return remarks


# One key in a file that a person may have edited


class _Region(Frozen):
    """Where a key with its value stands in the text, and the comment on its first line."""

    start: int
    end: int
    comment: str


def changed(text: str, changes: Mapping[str, object], groups: Sequence[Group]) -> str:
    """The text with some answers changed; every other line stays as it was.

    Raises:
        FileFaults: the file is written in a way that cannot be changed line by line.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    new = text.replace("\r\n", "\n")
    before = _read(new)
    for key, value in changes.items():
        new = _with(new, key, value, groups)
    if _read(new) != {**before, **{key: _texts(_plain(value)) for key, value in changes.items()}}:
        raise _unusual()
    return new.replace("\n", ends)


def _unusual() -> FileFaults:
    message = "写法特别，无法只改一项而不动其他内容"
    return FileFaults([Complaint(CLIENT_FILE, message, "每个键从行首写起，一键一段；或直接用编辑器修改")])


def _with(text: str, key: str, value: object, groups: Sequence[Group]) -> str:
    regions = _regions(text)
    if key in regions:
        region = regions[key]
        first, _, rest = written(key, value).partition("\n")
        first = f"{first}  {region.comment}" if region.comment else first
        return f"{text[: region.start]}{first}\n{rest}{text[region.end :]}"
    questions = {question.key: question for group in groups for question in group.questions}
    order = list(questions)
    earlier = [regions[name].end for name in order[: order.index(key)] if name in regions]
    at = earlier[-1] if earlier else max((region.end for region in regions.values()), default=len(text))
    before = text[:at] if not at or text[at - 1] == "\n" else f"{text[:at]}\n"
    return f"{before}\n{entry(questions[key], value, questions)}{text[at:]}"


def _regions(text: str) -> dict[str, _Region]:
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise _unusual()
    starts = [key.start_mark for key, _ in root.value]
    if any(mark.column for mark in starts):
        raise _unusual()
    ends = [*(mark.index for mark in starts[1:]), len(text)]
    return {
        str(key.value): _Region(
            key.start_mark.index, _trimmed(text, key.start_mark.index, end), _comment(text, key, value)
        )
        for (key, value), end in zip(root.value, ends, strict=True)
    }


def _trimmed(text: str, start: int, end: int) -> int:
    """Where a value ends: without the blank lines and comments that lead to the next key."""
    lines = text[start:end].splitlines(keepends=True)
    while len(lines) > 1 and _AFTER.fullmatch(lines[-1]):
        lines.pop()
    return start + sum(len(line) for line in lines)


def _comment(text: str, key: yaml.Node, value: yaml.Node) -> str:
    """The comment that a person put behind a key or behind its value on the same line."""
    line_end = text.find("\n", key.end_mark.index)
    line_end = len(text) if line_end < 0 else line_end
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        return ""
    inside = value.start_mark.index < line_end and not (isinstance(value, yaml.CollectionNode) and not value.flow_style)
    start = value.end_mark.index if inside else key.end_mark.index + 1
    tail = text[start:line_end].strip()
    return tail if tail.startswith("#") else ""
