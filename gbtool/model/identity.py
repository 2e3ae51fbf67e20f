"""By what a client is recognised: names, codes, people, products; and what of it may stand in a file."""

from enum import StrEnum

from gbtool.structs import Frozen


class TermKind(StrEnum):
    """What a term is, as a person calls it."""

    FULL = "全称"
    FORMER = "曾用名"
    ENGLISH = "英文名"
    SHORT = "简称"
    USCC = "统一社会信用代码"
    CODE = "文件编号代号"
    PHONE = "电话"
    ADDRESS = "地址"
    DOMAIN = "域名"
    NUMBER = "编号"
    BRAND = "商标或作品名"
    PRODUCT = "产品或项目"
    LEADER = "负责人"
    PERSON = "人员"


ORGANISATION = frozenset({TermKind.FULL, TermKind.FORMER, TermKind.ENGLISH, TermKind.SHORT})
PEOPLE = frozenset({TermKind.LEADER, TermKind.PERSON})


class Source(Frozen):
    """Which answer names a client, or somebody that it deals with: `suppliers.供方` is a column of a table."""

    kind: TermKind
    at: str

    @property
    def key(self) -> str:
        """The question."""
        return self.at.partition(".")[0]

    @property
    def column(self) -> str:
        """The column of the answer's table, empty for a plain answer."""
        return self.at.partition(".")[2]


class Term(Frozen):
    """One text by which a client is recognised."""

    text: str
    kind: TermKind


class Identity(Frozen):
    """A client: the name by which the user knows it, its terms, and what could not be read of it."""

    name: str
    terms: tuple[Term, ...] = ()
    unread: str = ""
