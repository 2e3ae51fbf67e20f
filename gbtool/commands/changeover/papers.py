"""The gap and the plan of a change-over as one Word paper."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, keeping
from gbtool.commands.changeover.standing import Standing, standing
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import Block, Heading, Items, Paper, Table, Text, paper
from gbtool.model.document import Specification
from gbtool.rules.changeover import Row

FOLDER, TITLE = "换版", "换版差距和计划"
PAPER = "changeover"
_FEW = 4


def save(
    work: Workspace, today: date, by: date | None, cache: Path | None = None, *, again: bool = False
) -> tuple[Standing, tuple[keeping.Written, ...]]:
    """The paper in the folder of the change-over.

    Raises:
        UsageError: nobody compared two editions of this standard.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    found = standing(work, today, by)
    made = _paper(found)
    files = keeping.Papers(work, again)
    files.word(FOLDER, f"{made.title} {today}", paper(made, drafts.desk(work, found.facts, cache)))
    keeping.keep(work, None, (), files)
    return found, tuple(files.written)


def _paper(found: Standing) -> Paper:
    facts = found.facts
    blocks: tuple[Block, ...] = (
        Text(f"统计到{facts.today}。旧版是{found.old.cite}，新版是{found.new.cite}。"),
        Text("条款对照是自行整理，不是官方对照表。"),
        *_open(found),
        Heading("条款差距"),
        Table(("新版条款", "旧版条款", "变化", "新版文件", "还要做"), _clauses(found), (0.18, 0.2, 0.3, 0.22, 0.1)),
        *_dropped(found),
        *_documents(found),
        Heading("计划"),
        Text("最迟的日子从截止日往回排，落在休息日的往前挪；间隔中注明“建议”的不是规定。" if found.given
             else "没有给截止日，按从今天接着做最早到哪天排；间隔中注明“建议”的不是规定。"),
        Table(("最迟", "步骤", "谁", "情况", "为什么"), _steps(found), (0.12, 0.28, 0.16, 0.22, 0.22)),
    )  # fmt: skip
    named = (PAPER, TITLE, f"{facts.client.code}-HB-{facts.today:%Y%m%d}", blocks, facts.client.text("doc_version"))
    return Paper(*named, date=str(facts.today), wide=True)


def _open(found: Standing) -> tuple[Block, ...]:
    lines = found.found.open
    return (
        (Heading("还要做的"), Items(lines))
        if lines
        else (Text("条款都已写进新版文件并按新版审过，旧版文件已经作废。"),)
    )


def _clauses(found: Standing) -> tuple[tuple[str, ...], ...]:
    return tuple(_clause(row) for row in found.found.rows)


def _clause(row: Row) -> tuple[str, ...]:
    before = "；".join(f"{each.cite_as} {each.title}" for each in row.before) or "（新增）"
    changed = "；".join(dict.fromkeys(change.change.rstrip("。") for change in row.changes))
    return f"{row.clause.cite_as} {row.clause.title}", before, changed, titles(row.documents), row.state


def titles(documents: Iterable[Specification]) -> str:
    """The first titles of some documents and how many there are."""
    found = [f"《{each.title}》" for each in documents]
    return "、".join(found[:_FEW]) + (f"等 {len(found)} 份" if len(found) > _FEW else "")


def _dropped(found: Standing) -> tuple[Block, ...]:
    if not found.found.dropped:
        return ()
    named = "；".join(f"{each.cite_as} {each.title}" for each in found.found.dropped)
    return (Text(f"旧版的这些条款在新版里没有对应：{named}。"),)


def _documents(found: Standing) -> tuple[Block, ...]:
    rows = [(each.number, each.title, each.version, each.effective, "旧版，新版实施日作废") for each in found.found.old]
    code = found.facts.client.code
    numbers = {each.id: each.number.replace("{company_code}", code) for each in found.found.unwritten}
    missing = [(numbers[each.id], each.title, "", "", "按新版编写、发布") for each in found.found.unwritten]
    if not (rows or missing):
        return ()
    heads = ("编号", "文件", "版本", "实施日", "要做的")
    return (Heading("文件"), Table(heads, (*rows, *missing), (0.2, 0.36, 0.1, 0.14, 0.2)))


def _steps(found: Standing) -> tuple[tuple[str, ...], ...]:
    today = found.facts.today
    placed = found.plan.steps
    return tuple((str(each.latest), each.step.title, each.step.who, each.state(today), each.why) for each in placed)
