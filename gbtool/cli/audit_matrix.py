"""The matrix of a plan as it is shown: clauses below each other, the functions that carry them beside each other."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from gbtool.cli import show

if TYPE_CHECKING:
    from gbtool.commands.audit.plan import Plan


def tell(plan: "Plan") -> None:
    """The matrix as a table whose columns are numbered, with the names of the functions under it."""
    from gbtool.rules.auditing import coverage

    if plan.facts is None:
        return
    columns, rows = coverage.table(plan.matrix, plan.facts)
    heads = ("条款", "要求", *(str(number) for number, _ in enumerate(columns, 1)))
    show.text()
    show.table(heads, rows)
    named = "、".join(f"{number} {plan.names.get(each, each)}" for number, each in enumerate(columns, 1))
    show.text(f"{coverage.MAIN} 主责，{coverage.WITH} 协同，{coverage.HOLE} 没有排到；{named}。")
    show.text(f"{len(rows)} 个适用条款，{_counted(plan)}。")
    shares = "、".join(f"{name} {minutes} 分钟" for name, minutes in coverage.loads(plan.entry).items())
    show.text(f"{plan.facts.words.label('各人审核用时')}：{shares}。")


def _counted(plan: "Plan") -> str:
    found = Counter(bool(square.slots) for square in plan.matrix)
    left = f"，{found[False]} 处没有排到" if found[False] else ""
    return f"条款和职能 {len(plan.matrix)} 处，排到 {found[True]} 处{left}"


def mapping(plan: "Plan") -> dict[str, object]:
    """The matrix and its holes for JSON."""
    from gbtool.rules.auditing import coverage

    if plan.facts is None:
        return {}
    rows = [
        {
            "clause": each.clause,
            "function": each.function,
            "department": each.department,
            "main": each.main,
            "slots": [_slot(slot) for slot in each.slots],
        }
        for each in plan.matrix
    ]
    holes = coverage.holes(plan.matrix, plan.facts, plan.names)
    return {"matrix": rows, "holes": holes, "minutes": coverage.loads(plan.entry)}


def _slot(slot: Mapping[str, object]) -> dict[str, object]:
    return {name: slot.get(name) for name in ("date", "from", "to", "auditor")}
