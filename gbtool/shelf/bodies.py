"""Certification bodies from checklists/certification/bodies/: one file each, the nearest shelf first."""

from collections.abc import Iterator, Sequence

from gbtool.errors import Complaint, FileFaults
from gbtool.model.body import Body
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

FOLDER = "checklists/certification/bodies"
EMPTY = f"{FOLDER}/empty.yaml"


def bodies(shelves: Shelves) -> tuple[Body, ...]:
    """Every body that somebody described, by file name; the empty profile is none.

    Raises:
        FileFaults: a file does not fit, two bodies go by one name, a limit is below one or written twice over.
    """
    paths = [path for path in shelves.list(FOLDER, ".yaml") if path != EMPTY]
    found = tuple(read(Body, place[1], path) for path in paths if (place := shelves.find(path)))
    wrong = [*_names(found), *_limits(found)]
    if wrong:
        raise FileFaults(wrong)
    return found


def _names(found: Sequence[Body]) -> Iterator[Complaint]:
    seen: dict[str, Body] = {}
    for body in found:
        if not body.name:
            yield Complaint(str(body.place), "没有写认证机构的名称（name）", "写全称，和证书、合同上一样")
        for name in dict.fromkeys((body.name, *body.aliases)):
            if name and name in seen:
                yield Complaint(str(body.place), f"“{name}”在 {seen[name].place} 已经有了", "一个机构一个文件")
            seen[name] = body


def _limits(found: Sequence[Body]) -> Iterator[Complaint]:
    for body in found:
        for limit in body.limits:
            if limit.days is not None and limit.months is not None:
                yield Complaint(str(limit.place), "days、months 都写了", "留一个")
            if any(number is not None and number < 1 for number in (limit.days, limit.months)):
                yield Complaint(str(limit.place), "时限不能小于1", "不知道的空着")
            if limit.known and not (limit.counted_from and limit.source):
                yield Complaint(str(limit.place), "写了时限，没有写 counted_from 或 source", "查到再写")
