"""The periods that texts and rules share, from templates/periods.yaml; nearer shelves change single ones."""

from collections.abc import Iterator, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.period import Period, Unit
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import SHIPPED, Shelves
from gbtool.structs import Frozen, replace

PERIODS = "templates/periods.yaml"


class _Own(Frozen):
    """A period as a nearer shelf changes it; what it leaves out stays as it is."""

    key: str
    value: int
    unit: Unit | None = None
    source: str = ""
    place: Place = NOWHERE


class _Shipped(Frozen):
    periods: tuple[Period, ...]


class _Changed(Frozen):
    periods: tuple[_Own, ...] = ()


def periods(shelves: Shelves) -> Mapping[str, Period]:
    """Every period by key, as the nearest shelf has it.

    Raises:
        FileFaults: a file does not fit, names a key that nobody knows, or a period is not at least one.
    """
    found = {each.key: each for each in read(_Shipped, SHIPPED.folder / PERIODS, PERIODS).periods}
    for shelf, path in reversed(shelves.all(PERIODS)):
        if shelf is not SHIPPED:
            found |= _changed(read(_Changed, path, path.as_posix()).periods, found, shelf.name)
    return found


def _changed(own: tuple[_Own, ...], known: Mapping[str, Period], shelf: str) -> Mapping[str, Period]:
    wrong = [*_wrong(own, known)]
    if wrong:
        raise FileFaults(wrong)
    return {
        each.key: replace(
            known[each.key],
            value=each.value,
            unit=each.unit or known[each.key].unit,
            source=each.source or f"{shelf}自定",
            place=each.place,
        )
        for each in own
    }


def _wrong(own: tuple[_Own, ...], known: Mapping[str, Period]) -> Iterator[Complaint]:
    for each in own:
        if each.key not in known:
            guess = did_you_mean(each.key, known)
            yield Complaint(str(each.place), f"没有时限“{each.key}”{guess}", f"全部的键见自带的 {PERIODS}")
        if each.value < 1:
            yield Complaint(str(each.place), f"“{each.key}”的数不能小于1", "写正整数")
