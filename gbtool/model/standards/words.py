"""The words of a standard: what it calls the audit, the review, the posts; None for what it does not have."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from gbtool.structs import Frozen, field

# The words that a standard may say otherwise; texts of commands hold them as {内审}.
USUAL = (
    "内审",
    "内部审核",
    "内审员",
    "审核",
    "外审",
    "管评",
    "管理评审",
    "评审",
    "最高管理者",
    "管理者代表",
    "合规负责人",
    "有效性检验",
    "手册",
    "方针",
    "企业",
)
_ALONE = "审核"  # in a form of its own it is the second signature of any document, not the audit


class Words(Frozen):
    """Words that a standard says otherwise than usual, None for a post or stage that it lacks; `labels` for fields."""

    own: Mapping[str, str | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, word: str) -> str:
        """The word of this standard; the usual one where it has none of its own.

        Raises:
            KeyError: no standard may say this otherwise, so nobody should ask.
        """
        if word not in USUAL:
            raise KeyError(word)
        return self.own.get(word) or word

    def __iter__(self) -> Iterator[str]:
        """Every word that a standard may say otherwise."""
        return iter(USUAL)

    def has(self, word: str) -> bool:
        """Whether the standard knows such a post or stage at all."""
        return self.own.get(word, word) is not None

    def either(self, *words: str) -> str:
        """The word for the first of these posts or stages that the standard knows, else for the last."""
        return self[next((word for word in words if self.has(word)), words[-1])]

    def said(self, text: str) -> str:
        """A text of ours with `{内审}` in it as this standard says it; other braces stay."""
        for word in USUAL if "{" in text else ():
            text = text.replace(f"{{{word}}}", self[word])
        return text

    def label(self, name: str) -> str:
        """What a field or a signature of a form is called on paper; its name in the catalogue stays the usual one."""
        if name in self.labels or name == _ALONE or not self.own:
            return self.labels.get(name, name)
        return _any_of(tuple(filter(self.has, self.own))).sub(lambda found: self[found[0]], name)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of some words, wherever one stands."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


AS_USUAL = Words()
