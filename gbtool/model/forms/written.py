"""What somebody wrote into a cell of a form, on paper-like Word or in a spreadsheet, as the field's own value."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from gbtool.model.answers import iso_day
from gbtool.model.document import Field

EMPTY_BOXES = "□☐○"
TICKS = "☑☒■√✓✔▣●"
YES, NO = "是", "否"
_MARKS = f"{EMPTY_BOXES}{TICKS}"
_MARKED = re.compile(rf"([{_MARKS}][{_MARKS}\s]*)([^{_MARKS}]*)")
_DAYS = re.compile(r"(?:至|到|~|～|—+|–)")
_NO_DAY = re.compile(r"年?月?日?")
_MONTH = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})月?")
_MIDNIGHT = re.compile(r"([0-9-]{10})[ T]00:00(:00)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_BETWEEN = re.compile(r"[、，,;；\n]")
_TYPOGRAPHY = re.compile("(?<=GB/T)\u00a0(?=[0-9])")
_TRUE = ("true", YES, *TICKS)


def value(field: Field, text: str) -> object:
    """The value that a text stands for; '' where nothing was filled in, the text itself where it fits no reading.

    Dates become ISO days, ticked choices the choice, truth 是 or 否; numbers lose their thousands' commas. A text that
    cannot be read like this is given back as it stands, for `gbtool.model.forms.form.complaint` to refuse: no guesses.
    """
    return _WAYS.get(field.type, _as_it_stands)(field, text.strip())


def alike(field: Field, given: object) -> str:
    """A value as one text by which two ways of writing the same are equal: lists joined, truth as 是 or 否."""
    if isinstance(given, (list, tuple)):
        return "、".join(str(item).strip() for item in given)
    if given is None:
        return ""
    text = ({True: YES, False: NO}[given] if isinstance(given, bool) else str(given)).strip()
    return {"true": YES, "false": NO}.get(text, text) if field.type == "bool" else text


def boxes(text: str) -> list[tuple[str, bool]] | None:
    """The labels behind boxes (`☑ 符合　□ 需改进`) and whether each is ticked, None where there are no boxes."""
    found = list(_MARKED.finditer(text))
    if not found or text[: found[0].start()].strip():
        return None
    return [(label.strip(), any(mark in TICKS for mark in marks)) for marks, label in (m.groups() for m in found)]


def printed(text: str) -> str:
    """A text as it was before printing: Word keeps GB/T and its number together with a space of another kind."""
    return _TYPOGRAPHY.sub(" ", text)


def _as_it_stands(_field: Field, text: str) -> object:
    return text


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _date(_field: Field, text: str) -> object:
    squeezed = _squeezed(text)
    if _NO_DAY.fullmatch(squeezed):
        return ""
    midnight = _MIDNIGHT.fullmatch(text)
    return iso_day(midnight[1] if midnight else squeezed) or text


def _period(field: Field, text: str) -> object:
    found = [_day_or_month(field, part) for part in _DAYS.split(_squeezed(text), maxsplit=1)]
    if all(found):
        return "至".join(found)
    return text if any(found) else ""


def _day_or_month(field: Field, text: str) -> str:
    month = _MONTH.fullmatch(text)
    return f"{month[1]}-{month[2]:0>2}" if month else str(_date(field, text))


def _number(_field: Field, text: str) -> object:
    squeezed = _squeezed(text).removeprefix("¥").removesuffix("元")
    if squeezed == "%":
        return ""
    return squeezed.replace(",", "") if _THOUSANDS.fullmatch(squeezed) else squeezed


def _truth(_field: Field, text: str) -> object:
    if text in _TRUE:
        return YES
    found = _ticked(text, (YES, NO))
    return {"false": NO}.get(text, text) if found is None or isinstance(found, list) else found


def _choice(field: Field, text: str) -> object:
    choices = (*field.choices, *field.withheld)
    if text in choices:
        return text
    found = _ticked(text, choices)
    if found is not None:
        return found
    parts = [_known(part, choices) for part in _BETWEEN.split(text)]
    return parts if len(parts) > 1 and set(parts) <= set(choices) else _known(text, choices)


def _ticked(text: str, choices: Sequence[str]) -> str | list[str] | None:
    """What is ticked among boxes, '' if nothing is; the text where a label is no choice, None without boxes."""
    found = boxes(text)
    if found is None:
        return None
    known = [(_known(label, choices), ticked) for label, ticked in found]
    if any(choices and label not in choices for label, _ in known):
        return text
    labels = [label for label, ticked in known if ticked]
    return labels if len(labels) > 1 else "".join(labels)


def _multi(field: Field, text: str) -> object:
    found, choices = boxes(text), (*field.choices, *field.withheld)
    if found is None:
        known = [_known(part, choices) for part in _BETWEEN.split(text) if part.strip()]
    else:
        known = [_known(label, choices) for label, ticked in found if ticked or label not in choices]
    return (known[0] if len(known) == 1 else known) if known else ""


def _named(_field: Field, text: str) -> object:
    """A department that may have been ticked among those of the client."""
    found = boxes(text) if text[:1] and text[0] in _MARKS else None
    return text if found is None else "、".join(label for label, ticked in found if ticked)


def _known(text: str, choices: Iterable[str]) -> str:
    """The choice that differs from a text in width and blanks alone, else the text."""
    return next((choice for choice in choices if _squeezed(choice) == _squeezed(text)), text)


_WAYS: dict[str, Callable[[Field, str], object]] = {
    "date": _date,
    "period": _period,
    "bool": _truth,
    "choice": _choice,
    "multi": _multi,
    "dept": _named,
    **dict.fromkeys(("number", "money", "percent"), _number),
}


def filled(values: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """The pairs whose value says something."""
    return ((name, each) for name, each in values if each not in ("", None, []))
