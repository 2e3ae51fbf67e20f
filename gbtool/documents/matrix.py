"""The function × clause matrix by department: ▲ for the one that is mainly responsible, △ for those that co-operate."""

from collections.abc import Mapping, Sequence

from gbtool.model.checklist import Share
from gbtool.model.facts import Facts
from gbtool.word import wordml

MAIN, WITH = "▲", "△"
_MOST = 14  # columns of a table in which names and marks can be read
_POSTS = {"top": "最高管理者", "mr": "管理者代表"}


def matrix(facts: Facts, width: int) -> str:
    """The table over all clauses of this client; many departments stand in tables under each other."""
    columns = columns_of(facts)
    count = max(-(-len(columns) // _MOST), 1)
    each = -(-len(columns) // count)
    parts = [columns[start : start + each] for start in range(0, len(columns), each)] if columns else [columns]
    return wordml.empty("Cell").join(_table(part, facts, width) for part in parts)


def _table(columns: Sequence[str], facts: Facts, width: int) -> str:
    """The table over all clauses for some of the departments."""
    first, number = round(width * 0.07), round(width * 0.31)
    each = (width - first - number) // max(len(columns), 1)
    widths = (first, number, *([each] * (len(columns) - 1)), width - first - number - each * (len(columns) - 1))
    heads = "".join(
        wordml.cell(room, wordml.paragraph("SmallHead", wordml.inside(text)))
        for room, text in zip(widths, ("条款", "要求", *columns), strict=True)
    )
    rows = "".join(_row(share, facts, columns, widths) for share in facts.shares)
    return wordml.table(widths, wordml.row(heads, head=True) + rows)


def columns_of(facts: Facts) -> tuple[str, ...]:
    """The departments, before them the posts that no department carries."""
    carried = facts.carriers
    posts = tuple(
        facts.say(name) for function, name in _POSTS.items() if function not in carried and facts.words.has(name)
    )
    return (*posts, *(department.name for department in facts.client.departments))


def marks(share: Share, facts: Facts) -> Mapping[str, str]:
    """The mark of each column that has one: the main department wins over its own co-operation."""
    shared = tuple(column for each in share.with_ for column in _columns(each, facts, ""))
    others = columns_of(facts) if "all" in share.with_ else shared
    return {**{column: WITH for column in others if column}, **dict.fromkeys(_columns(share.main, facts), MAIN)}


def _columns(function: str, facts: Facts, missing: str | None = None) -> tuple[str, ...]:
    """The column of a function; of one that many units carry, the column of each of them."""
    if function in facts.standard.head.units:
        many = tuple(each.name for each in facts.client.departments if function in each.functions)
        return many or (_column(function, facts, missing),)
    return (_column(function, facts, missing),)


def _column(function: str, facts: Facts, missing: str | None = None) -> str:
    """The column of a function; a main function that nobody carries falls to the department in charge."""
    carried = facts.carriers
    if function in carried:
        return str(carried[function].get("部门") or "")
    if function in _POSTS:
        return facts.say(_POSTS[function])
    if missing is not None:
        return missing
    charge = carried.get("ip")
    return str(charge.get("部门") or "") if charge else facts.client.text("ip_department")


def _row(share: Share, facts: Facts, columns: Sequence[str], widths: Sequence[int]) -> str:
    clause = facts.standard.clause(share.clause)
    texts = facts.standard.label(clause) if clause else ("", share.clause)
    given = marks(share, facts)
    cells = wordml.cell(widths[0], wordml.paragraph("SmallCell", wordml.inside(texts[0])))
    cells += wordml.cell(widths[1], wordml.paragraph("SmallCell", wordml.inside(texts[1])))
    centred = '<w:jc w:val="center"/>'
    for room, column in zip(widths[2:], columns, strict=True):
        cells += wordml.cell(room, wordml.paragraph("SmallCell", given.get(column, ""), extra=centred))
    return wordml.row(cells)
