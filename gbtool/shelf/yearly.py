"""What a standard has counted once a year: figures.yaml in its folder."""

from collections.abc import Iterator

from gbtool.errors import Complaint, FileFaults
from gbtool.model.yearly import Line, Statistics, Way
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

FILE = "figures.yaml"


def statistics(shelves: Shelves, standard: str) -> Statistics | None:
    """The statistics of a standard, the nearest shelf first; None where it asks for none.

    Args:
        shelves: where the files stand.
        standard: the folder of the standard.

    Raises:
        FileFaults: the file does not fit, an id stands twice, or a line is found from one that stands after it.
    """
    path = f"{standard}/{FILE}"
    found = shelves.find(path)
    if found is None:
        return None
    file = read(Statistics, found[1], path)
    faults = list(_faults(file))
    if faults:
        raise FileFaults(faults)
    return file


def _faults(file: Statistics) -> Iterator[Complaint]:
    before: set[str] = set()
    known = set(file.by_line)
    for statistic, line in file.lines:
        where = str(line.place) if line.place.file else str(statistic.place)
        if line.id in before:
            yield Complaint(where, f"{line.id} 写了两次")
        for id_ in (*line.of, *line.over):
            if id_ not in before:
                yield Complaint(where, f"{line.id} 用到的 {id_} 应当写在它前面")
        if line.most and line.most not in known:
            yield Complaint(where, f"{line.id} 的 most 没有 {line.most}")
        yield from (Complaint(where, f"{line.id} {wrong}") for wrong in _unfit(line))
        before.add(line.id)


def _unfit(line: Line) -> Iterator[str]:
    if (line.way is Way.GIVEN) == bool(line.of):
        yield "填的数不写 of，算的数要写 of"
    if (line.way is Way.RATIO) != bool(line.over):
        yield "只有比率（ratio）写 over"
    if line.way is Way.MEAN and (line.years < 1 or len(line.of) != 1):
        yield "平均数（mean）写一个 of 和年数"
