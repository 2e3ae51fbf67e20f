"""What a text asks the program to make: organisation chart, flow of its steps, matrix, schedule."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from gbtool.documents import before_after, matrix
from gbtool.documents.schedule import stretches
from gbtool.model.facts import Facts
from gbtool.word import gantt, measure, orgchart, wordml
from gbtool.word.drawing import Picture, draw
from gbtool.word.flows import chart
from gbtool.word.flows.layers import Graph, Node, Way
from gbtool.word.wordml import HEI

_HALF = 0.45  # of a page: what is worth beginning a flow on
_HEADING = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(?:Section|Plain)[12]"/>')
_LEADS = 3  # paragraphs: a heading and what leads to a flow
FIGURE = "figure "  # how a figure is named among what a text asked for


@dataclass(slots=True)
class Figures:
    """Makes figures for one document and counts them."""

    facts: Facts
    title: str
    steps: Sequence[Mapping[str, object]]
    width: int
    count: int = 0
    made: set[str] = field(default_factory=set)
    flow: Markup = field(default_factory=Markup)
    before: int = 0  # figures that stand before the flow

    def make(self, name: str) -> Markup:
        """The figure or table of this name as XML; a name that nobody knows makes nothing."""
        self.made.add(name)
        if name == "org-chart":
            return self._drawn(orgchart.pictures(self.facts.client, self.facts.words))
        if name == "flow" and self.steps:
            self.before = self.count
            self.flow = self._drawn(chart.pictures(graph(self.steps), self.title))
            return self.flow
        if name == "gantt":
            return self._drawn(gantt.pictures(bars(self.facts), self.title))
        if name == "before-after":
            return Markup("").join(self._captioned(each) for each in before_after.pictures(self.facts))
        if name == "matrix":
            return Markup(matrix.matrix(self.facts, self.width) + wordml.empty("Cell"))  # noqa: S704 # escaped inside
        return Markup("")

    def _captioned(self, picture: Picture) -> Markup:
        self.count += 1
        title = wordml.paragraph("Caption", wordml.escape(picture.title), HEI)
        return Markup(draw(picture, self.count) + title)  # noqa: S704 # escaped inside

    def settled(self, body: str, page: wordml.Page) -> str:
        """The body with its flow begun where it stands, if that page would be left half empty; else below its heading.

        A flow that does not fit takes its heading to the next page: kept with the next alone, LibreOffice parts them.
        """
        room = measure.room(body, page, str(self.flow)) if self.flow else 0.0
        if not room:
            return body
        if room < _HALF * page.height / 20:
            body = _turned(body, str(self.flow))
            room = measure.room(body, page, str(self.flow))
            if room < _HALF * page.height / 20:
                return body
        self.count = self.before
        return body.replace(str(self.flow), self._drawn(chart.pictures(graph(self.steps), self.title, room)), 1)

    def _drawn(self, pictures: Sequence[Picture]) -> Markup:
        xml = ""
        for picture in pictures:
            self.count += 1
            captioned = len(pictures) > 1
            xml += draw(picture, self.count)
            xml += wordml.paragraph("Caption", wordml.escape(picture.title), HEI) if captioned else ""
        return Markup(xml)  # noqa: S704 # escaped inside


def _turned(body: str, flow: str) -> str:
    """The body whose heading above a flow begins a page, where only a lead stands between them."""
    before, found, after = body.partition(flow)
    heading = next((match for match in reversed([*_HEADING.finditer(before)])), None)
    if not heading or before.count("<w:p>", heading.start()) > _LEADS or "<w:tbl>" in before[heading.start() :]:
        return body
    return f"{before[: heading.end()]}<w:pageBreakBefore/>{before[heading.end() :]}{found}{after}"


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
