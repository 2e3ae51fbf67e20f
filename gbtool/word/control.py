"""The document control block above systems, procedures and flows: number, version, state, dates, approval."""

from gbtool.structs import Frozen
from gbtool.word import wordml
from gbtool.word.package import Identity


class Approval(Frozen):
    """Who compiles, reviews and approves, as posts or departments; the names are signed by hand."""

    compile: str = ""
    review: str = ""
    approve: str = ""


class Control(Frozen):
    """What the control block prints beside the document's identity, as XML text.

    A plan or report is issued by its approval: `labels` say what stands in the place of the days of issue and effect.
    """

    approval: Approval
    issued: str
    effective: str
    first: str = ""  # the version of the first issue
    revisions: tuple[tuple[str, ...], ...] = ()  # version, day, where, what, by whom, approved by whom
    labels: tuple[str, str] = ("发布日期", "实施日期")


def block(identity: Identity, control: Control, width: int) -> str:
    """The block as a table of the page's width, with empty cells for signatures and their dates."""
    widths = _widths(width)
    people = (("编制", control.approval.compile), ("审核", control.approval.review), ("批准", control.approval.approve))
    bottom = "".join(_signature(label, who, widths) for label, who in people)
    return wordml.table(widths, _state(identity, control, widths) + bottom) + wordml.empty("Cell")


def head(identity: Identity, control: Control, width: int) -> str:
    """The block without signatures, over a paper that is signed at its end."""
    widths = _widths(width)
    return wordml.table(widths, _state(identity, control, widths)) + wordml.empty("Cell")


def _widths(width: int) -> tuple[int, ...]:
    labels = tuple(round(width * share) for share in (0.12, 0.21, 0.11, 0.21, 0.11))
    return (*labels, width - sum(labels))


def _state(identity: Identity, control: Control, widths: tuple[int, ...]) -> str:
    """Number, version, state, days, number of the copy: two rows."""
    first = (
        ("文件编号", wordml.escape(identity.number)),
        ("版本", wordml.escape(identity.version)),
        ("受控状态", "□受控 □非受控"),
        (control.labels[0], control.issued),
        (control.labels[1], control.effective),
        ("发放编号", ""),
    )
    return "".join(
        wordml.row(
            "".join(_pair(label, value, widths, place * 2) for place, (label, value) in enumerate(first[at : at + 3]))
        )
        for at in (0, 3)
    )


def _pair(label: str, value: str, widths: tuple[int, ...], at: int) -> str:
    return wordml.cell(widths[at], wordml.paragraph("CellHead", label)) + wordml.cell(
        widths[at + 1], wordml.paragraph("CellMid", value)
    )


def _signature(label: str, who: str, widths: tuple[int, ...]) -> str:
    name = wordml.cell(widths[0], wordml.paragraph("CellHead", label))
    post = wordml.cell(widths[1], wordml.paragraph("CellMid", who))
    sign = wordml.cell(widths[2], wordml.paragraph("CellHead", "签名"))
    empty = wordml.cell(widths[3], wordml.empty("CellMid"))
    day = wordml.cell(widths[4], wordml.paragraph("CellHead", "日期"))
    blank = wordml.cell(widths[5], wordml.paragraph("CellMid", "　　年　月　日"))
    return wordml.row(name + post + sign + empty + day + blank, height=wordml.cm(0.9))
