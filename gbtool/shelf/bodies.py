"""Certification bodies from checklists/certification/bodies/: one file each, the nearest shelf first."""

from collections.abc import Iterator, Sequence

from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.model.outside.body import Body, body_of
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


def chosen(shelves: Shelves, name: str) -> Body:
    """The body of a name, one about which nothing is known where no name is given.

    Raises:
        UsageError: nobody described a body of this name.
        FileFaults: as for `bodies`.
    """
    known = bodies(shelves)
    found = body_of(name, known) if name else Body()
    if found is None:
        names = "、".join(each.name for each in known) or "还没有写过一家"
        fix = f"照 {EMPTY} 写一份；不写 --body 按通用组成"
        raise UsageError(f"没有认证机构“{name}”的口径（{names}）", fix)
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
