"""What a text asks the program to make: organisation chart, flow of its steps, matrix, schedule."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from gbtool.documents import before_after, matrix
from gbtool.documents.schedule import stretches
from gbtool.model.facts import Facts
from gbtool.structs import Mutable, field, replace
from gbtool.word import gantt, measure, orgchart, wordml
from gbtool.word.drawing import Picture, draw
from gbtool.word.flows import chart
from gbtool.word.flows.layers import Graph, Node, Way

_HALF = 0.45  # of a page: what is worth beginning a flow on
_HEADINGS = re.compile("(?:Section|Plain)[12]")
_HEADING = re.compile(rf'<w:p><w:pPr><w:pStyle w:val="{_HEADINGS.pattern}"/>')
_HEAD = 400  # characters of a drawing, among them its number
_LEADS = 3  # paragraphs: a heading and what leads to a flow
FIGURE = "figure "  # how a figure is named among what a text asked for


class Figures(Mutable):
    """Makes figures for one document and counts them."""

    facts: Facts
    title: str
    steps: Sequence[Mapping[str, object]]
    width: int
    count: int = 0
    made: set[str] = field(default_factory=set)
    flow: str = ""
    pages: Sequence[Picture] = ()  # of the flow
    before: int = 0  # figures that stand before the flow

    def make(self, name: str) -> Markup:
        """The figure or table of this name as XML; a name that nobody knows makes nothing."""
        self.made.add(name)
        return Markup(self._xml(name))  # noqa: S704 # escaped inside

    def _xml(self, name: str) -> str:
        if name == "org-chart":
            return self._drawn(orgchart.pictures(self.facts.client, self.facts.words))
        if name == "flow" and self.steps:
            self.before = self.count
            self.pages = chart.pictures(graph(self.steps), self.title)
            self.flow = self._drawn(self.pages)
            return self.flow
        if name == "gantt":
            return self._drawn(gantt.pictures(bars(self.facts), self.title))
        if name == "before-after":
            return "".join(self._captioned(each) for each in before_after.pictures(self.facts))
        if name == "matrix":
            return matrix.matrix(self.facts, self.width) + wordml.empty("Cell")
        return ""

    def _captioned(self, picture: Picture) -> str:
        self.count += 1
        return draw(picture, self.count) + _caption(picture)

    def settled(self, body: str, page: wordml.Page) -> str:
        """The body with its flow begun where it stands, if that page would be left half empty; else below its heading.

        A flow that does not fit takes its heading to the next page: kept with the next alone, LibreOffice parts them.
        """
        half, at = _HALF * page.height / 20, _place(self.flow, body)
        if at < 0:
            return body
        before, end = body[:at], at + len(self.flow)
        above, tall = measure.above(before, page), measure.drawn(self.pages[0].height)
        if len(self.pages) > 1:
            tall += sum(block.height for block in measure.blocks(_caption(self.pages[0]), page))
        room = measure.room(above, tall, page)
        if 0.0 < room < half and (turned := _turned(before)):
            before, room = turned, measure.room(_begun(above), tall, page)
        if room < half:
            return before + body[at:] if len(before) > at else body
        self.count = self.before
        return before + self._drawn(chart.pictures(graph(self.steps), self.title, room)) + body[end:]

    def _drawn(self, pictures: Sequence[Picture]) -> str:
        if len(pictures) > 1:
            return "".join(self._captioned(picture) for picture in pictures)
        self.count += len(pictures)
        return "".join(draw(picture, self.count) for picture in pictures)


def _caption(picture: Picture) -> str:
    return wordml.paragraph("Caption", wordml.escape(picture.title))


def _place(flow: str, body: str) -> int:
    """Where a flow stands in a body, -1 if nowhere: its head is found much sooner than all of it."""
    head = flow[:_HEAD]
    at = body.find(head) if flow else -1
    while at >= 0 and not body.startswith(flow, at):
        at = body.find(head, at + 1)
    return at


def _turned(before: str) -> str:
    """What stands above a flow with its heading at the top of a page; empty if more than a lead stands between them."""
    at = len(before)
    for _ in range(_LEADS):
        at = max(before.rfind("<w:p>", 0, at), 0)
        heading = _HEADING.match(before, at)
        if heading and "<w:tbl>" not in before[at:]:
            return f"{before[: heading.end()]}<w:pageBreakBefore/>{before[heading.end() :]}"
    return ""


def _begun(above: Sequence[measure.Block]) -> list[measure.Block]:
    """The blocks above a flow, the last heading of which begins a page."""
    at = max(place for place, block in enumerate(above) if _HEADINGS.fullmatch(block.style))
    return [*above[:at], replace(above[at], breaks=True), *above[at + 1 :]]


def bars(facts: Facts) -> tuple[gantt.Bar, ...]:
    """The schedule as bars, numbered as the table of the schedule is."""
    return tuple(
        gantt.Bar(f"{number} {each.task.name}", each.first, each.last, each.marks, milestone=bool(each.task.milestone))
        for number, each in enumerate(stretches(facts), 1)
    )


def graph(steps: Sequence[Mapping[str, object]]) -> Graph:
    """The steps as nodes in the lanes of their departments."""
    nodes = (
        Node(str(step["id"]), str(step["type"]), f"{step['no']} {step['name']}", str(step["responsible"]))
        for step in steps
    )
    known = {str(step["id"]) for step in steps}
    ways = (
        Way(str(step["id"]), str(way["to"]), str(way["when"]))
        for step in steps
        for way in _ways(step.get("next"))
        if way["to"] in known
    )
    return Graph(tuple(nodes), tuple(ways))


def _ways(value: object) -> Sequence[Mapping[str, object]]:
    return value if isinstance(value, list) else ()
