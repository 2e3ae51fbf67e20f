"""A filled Word form as one record: which form it is, what it says, which record it was printed from."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.filling import day_source, happened, no_day
from gbtool.commands.records.found import Found, Request, draft, late_faults
from gbtool.commands.records.slots import Part, slots
from gbtool.documents.readback import Read, form_of, read_back, record_of
from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.entry import Entry
from gbtool.model.place import Place
from gbtool.shelf.mappings import guess
from gbtool.structs import Frozen, replace
from gbtool.word import cells
from gbtool.word.package import LIST

_CARRIED = frozenset({Part.HEAD, Part.ROW, Part.FOOT, Part.NAME, Part.SIGNED})


class Forms(Frozen):
    """The forms by id, and the client's code in their numbers."""

    known: Mapping[str, Specification]
    code: str


def read_word(path: Path, forms: Forms, request: Request, today: date, sha256: str) -> Found:
    """The record in a Word file.

    Raises:
        FileFaults: it is no Word file, none of gbtool's forms, or a list of many records.
    """
    filed = cells.read(path, path.name)
    id_ = request.form or form_of(filed, forms.known, forms.code)
    if filed.properties.get(LIST):
        fix = "改记录请导出 xlsx，或用 --record 导出那一条"
        raise FileFaults([Complaint(path.name, "这是从台账导出的一览，不是一条记录", fix)])
    if id_ not in forms.known:
        known = f"没有表单“{id_}”{guess(id_, forms.known)}" if id_ else "认不出是哪张表单"
        raise FileFaults([Complaint(path.name, known, "用 --form 说明；只读 gbtool 生成的表单")])
    specification = forms.known[id_]
    number = specification.number.replace("{company_code}", forms.code)
    read = read_back(filed, specification.fields, path.name)
    entry, faults = _entry(read, specification, record_of(filed, number if forms.code else ""), request, path.name)
    late = () if not entry.date else tuple(late_faults(entry, path.name, today))
    carried = frozenset((slot.part, slot.name) for slot in slots(specification.fields) if slot.part in _CARRIED)
    remarks = [f"第{number}张表不是表单的，没有读" for number in read.strange]
    remarks += [] if request.date else [day_source(specification)]
    found = Found(path.name, "", specification, sha256, (entry,), carried, lines=1, dated=bool(request.date))
    return replace(found, faults=(*read.faults, *faults, *late), remarks=tuple(remarks))


def _entry(
    read: Read, specification: Specification, id_: str, request: Request, name: str
) -> tuple[Entry, tuple[Complaint, ...]]:
    data: dict[str, object] = {"head": read.head, "rows": read.rows, "foot": read.foot, "sign": read.sign}
    day = happened(specification, data, request.date)
    faults = [] if day or id_ else [Complaint(name, *no_day(specification, "写全日期"))]
    if not any((read.head, read.rows, read.foot)):
        faults = [Complaint(name, "没有填写任何内容")]
    return draft(specification, id_, day, data, Place(name)), tuple(faults)
