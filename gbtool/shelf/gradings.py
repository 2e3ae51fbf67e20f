"""The grades of a standard: grading.yaml in its folder."""

from collections import Counter
from collections.abc import Iterator

from gbtool.errors import Complaint, FileFaults
from gbtool.model.grading import Scheme
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

FILE = "grading.yaml"


def grading(shelves: Shelves, standard: str) -> Scheme | None:
    """The grades of a standard, the nearest shelf first; None where it has none.

    Args:
        shelves: where the files stand.
        standard: the folder of the standard.

    Raises:
        FileFaults: the file does not fit, an id stands twice, a source is not listed, or a level has no months.
    """
    path = f"{standard}/{FILE}"
    found = shelves.find(path)
    if found is None:
        return None
    file = read(Scheme, found[1], path)
    faults = list(_faults(file))
    if faults:
        raise FileFaults(faults)
    return file


def _faults(file: Scheme) -> Iterator[Complaint]:
    known = {source.id for source in file.sources}
    times = Counter(condition.id for _, condition in file.conditions)
    for _, condition in file.conditions:
        where = str(condition.place)
        if times[condition.id] > 1:
            yield Complaint(where, f"{condition.id} 写了{times[condition.id]}次")
        if bool(condition.least) and not condition.figure:
            yield Complaint(where, f"{condition.id} 有门槛，没有写和哪个指标（figure）比")
        unlisted = [source for source in condition.sources if source not in known]
        if unlisted:
            yield Complaint(where, f"{condition.id} 的出处 {'、'.join(unlisted)} 不在 sources 里")
    levels = [level.level for level in file.levels]
    if levels != list(range(1, len(levels) + 1)):
        yield Complaint(str(file.place), f"等级应当从 1 起逐级写，现在是 {'、'.join(map(str, levels))}")
    for claim in file.trial.claims:
        missing = [str(level) for level in levels if str(level) not in claim.months]
        if missing:
            yield Complaint(str(file.place), f"{claim.source} 没有写 {'、'.join(missing)} 级的试运行月数")
