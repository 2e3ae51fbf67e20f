"""Sentences that can be compared: folded, long enough to say something, every client's own names covered."""

import re
import zlib
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from gbtool.screening.folding import fold
from gbtool.screening.names import Covers
from gbtool.structs import Mutable, field

LEAST = 8  # signs of a sentence that says something
_ENDS = re.compile(r"[。；;！!？?\n\t]+")
_SHINGLE = 4
_KEPT = 5  # the smallest hashes of a sentence's shingles: nearly equal sentences share one of them
_COVER = "\x01"


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, folded; short ones are left out."""
    for part in _ENDS.split(text):
        folded = fold(part)
        if len(folded) >= LEAST:
            yield folded


def covered(sentence: str, covers: Covers) -> str:
    """A folded sentence with the names of its client covered, so that only the words around them count."""
    spans = covers.spans(sentence)
    if not spans:
        return sentence
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (sentence[at:start], _COVER)
        at = end
    return "".join((*parts, sentence[at:]))


def sketch(sentence: str) -> tuple[int, ...]:
    """A few numbers that nearly equal sentences have in common."""
    shingles = {sentence[at : at + _SHINGLE] for at in range(max(len(sentence) - _SHINGLE + 1, 1))}
    return tuple(sorted(zlib.crc32(shingle.encode()) for shingle in shingles)[:_KEPT])


class Index(Mutable):
    """Sentences of others, found when they are equal or nearly equal; each with whose it is."""

    near: float
    whose: dict[str, str] = field(default_factory=dict)
    sketches: dict[int, list[str]] = field(default_factory=dict)

    def add(self, owner: str, found: Iterable[str]) -> None:
        """Take in the covered sentences of a client; what is there already stays the first one's."""
        for sentence in found:
            if sentence not in self.whose:
                self.whose[sentence] = owner
                for number in sketch(sentence):
                    self.sketches.setdefault(number, []).append(sentence)

    def find(self, sentence: str) -> str:
        """Whose sentence this is, equal or nearly so; empty for nobody's."""
        owner = self.whose.get(sentence)
        if owner is not None:
            return owner
        candidates = {each for number in sketch(sentence) for each in self.sketches.get(number, ())}
        least = self.near * 100
        best = max(((fuzz.ratio(sentence, each, score_cutoff=least), each) for each in candidates), default=(0.0, ""))
        return self.whose[best[1]] if best[0] >= least else ""
