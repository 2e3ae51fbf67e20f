"""How much of a document is its own: sentences equal to the template, to another client's, facts that it mentions."""

from collections.abc import Mapping

from gbtool.model.finding import Finding
from gbtool.model.firm import Threshold
from gbtool.structs import Frozen


class Measure(Frozen):
    """One document: how many sentences, how many of them equal, how many facts of the client it mentions.

    `others` counts what is equal or nearly equal to another client's; `copied` those of them that no template says;
    `nearest` is the client with most of these.
    """

    path: str
    id: str
    sentences: int
    template: int
    others: int
    copied: int
    facts: int
    nearest: str = ""

    def share(self, count: int) -> float:
        """A count of its sentences as a share."""
        return count / self.sentences if self.sentences else 0.0


Thresholds = Mapping[str, Threshold]


class Likeness(Frozen):
    """The measures of a client's files and of the set, what goes beyond a threshold, how many files were compared."""

    measures: tuple[Measure, ...]
    set: Measure
    findings: tuple[Finding, ...]
    compared: int


def whole(measures: tuple[Measure, ...], facts: int) -> Measure:
    """All documents together."""
    names = [measure.nearest for measure in measures if measure.nearest]
    return Measure(
        path="",
        id="",
        sentences=sum(measure.sentences for measure in measures),
        template=sum(measure.template for measure in measures),
        others=sum(measure.others for measure in measures),
        copied=sum(measure.copied for measure in measures),
        facts=facts,
        nearest=max(names, key=names.count) if names else "",
    )
