"""A department's checklist as a workbook: the questions, and cells to fill with judgements to choose from."""

from collections.abc import Mapping
from datetime import date

from gbtool.commands.audit import papers
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange import books, tables
from gbtool.exchange.writing import Cell, Page, Pick, book
from gbtool.model.checklist import Checklist, ChecklistRow, Judgement
from gbtool.model.facts import Facts
from gbtool.model.standards.words import AS_USUAL, Words
from gbtool.rules import audits

SUFFIX = ".xlsx"
ROWS, HEAD = "检查表", "说明"
ID, POPULATION, SAMPLE, HOW = "编号", "总体", "样本", "怎么抽"
STATEMENT, BASIS = "不符合事实", "依据文件"
CONFIRMED = "受审核部门确认"
HEADS = ("受审核部门", "被审核人", "内审员", "审核日期", "时间段")
_SAID = {
    "序号": 6,
    audits.CLAUSE: 16,
    audits.QUESTION: 34,
    "审核方法": 10,
    POPULATION: 20,
    SAMPLE: 30,
    HOW: 26,
    papers.EVIDENCE: 30,
}
_FILLED = {audits.FACT: 44, audits.JUDGED: 11, STATEMENT: 24, BASIS: 20}
_JUDGEMENTS = (*(each.value for each in Judgement), *(each.mark for each in Judgement if each.mark != each.value))
_HELP = (
    "填“检查表”一页浅黄色的格子，再填下面的{内审员}、日期；填完：gbtool audit answer --from 本文件",
    papers.LEGEND,
    papers.HOW,
    f"判不符合的行，“{STATEMENT}”不填就用审核记录，“{BASIS}”写违反了自己的哪份文件的哪一款。",
)


def filled(checklist: Checklist, facts: Facts) -> bytes:
    """The workbook of a checklist, with what is answered already filled in."""
    record = audits.filled(facts, checklist.department)
    known = {str(row.get(audits.QUESTION)): row for row in (record.rows() if record else ())}
    rows = [_row(row, known.get(row.question, {}), facts) for row in checklist.rows]
    heads = (*_SAID, *_FILLED, ID)
    picks = [Pick(1, len(rows), heads.index(audits.JUDGED), _JUDGEMENTS)]
    widths = (*_SAID.values(), *_FILLED.values(), 18)
    hidden = frozenset({len(heads) - 1})
    label = facts.words.label
    body = [[Cell(label(head), "head") for head in heads], *rows]
    page = Page(ROWS, body, widths, (1, 3), filtered=True, picks=picks, hidden_columns=hidden)
    return book([page, _head(checklist, facts)], facts.today, f"{facts.say('内部审核')}检查表 {checklist.department}")


def _row(row: ChecklistRow, known: Mapping[str, object], facts: Facts) -> list[Cell]:
    drawn = (row.drawn.said, row.drawn.taken) if row.drawn else ("", "")
    said = (
        str(row.number),
        audits.without_key(audits.cited(row.clause, facts)),
        row.question,
        "、".join(row.method),
        *drawn,
        row.sample,
        row.evidence,
    )
    inputs = (Cell(str(known.get(name) or ""), "input") for name in _FILLED)
    return [*(Cell(text, "label" if n == 0 else "text") for n, text in enumerate(said)), *inputs, Cell(row.id, "key")]


def _head(checklist: Checklist, facts: Facts) -> Page:
    head, label = audits.head(checklist.department, facts), facts.words.label
    lines: list[list[Cell]] = [[Cell(f"{facts.say('内部审核')}检查表　{checklist.department}", "title")]]
    lines += [[Cell(text, "note")] for text in map(facts.words.said, _HELP)]
    for name, text in head.items():
        look = "text" if name == "受审核部门" else "input-date" if name == "审核日期" else "input"
        value = date.fromisoformat(str(text)) if look == "input-date" and text else str(text)
        lines.append([Cell(label(name), "label"), Cell(value, look)])
    lines.append([Cell(label(CONFIRMED), "label"), Cell("", "input")])
    lines.append([Cell(papers.SEED, "label"), Cell(str(checklist.seed), "text")])
    lines.append([Cell(label(papers.DRAWN).format(seed=checklist.seed, day=facts.today), "note")])
    return Page(HEAD, lines, (16, 60))


Read = tuple[dict[str, object], list[tuple[dict[str, object], dict[str, str]]]]


def read(sheets: Mapping[str, books.Sheet], name: str, words: Words = AS_USUAL) -> Read:
    """Head and rows of a filled workbook; each row by its columns, and where each of its cells stands.

    Raises:
        FileFaults: it is no checklist, or its columns were changed.
    """
    if ROWS not in sheets or HEAD not in sheets:
        fix = "用 gbtool audit checklist 出的 检查表 部门.xlsx"
        raise FileFaults([Complaint(name, f"没有“{ROWS}”和“{HEAD}”两张工作表", fix)])
    heads = {words.label(each): each for each in (*HEADS, CONFIRMED)}
    named = {words.label(each): each for each in (*_SAID, *_FILLED)}
    head = {
        heads.get(label := books.shown(cells[0]).strip(), label): books.shown(cells[1]).strip()
        for _, cells in sheets[HEAD].lines
        if len(cells) > 1 and books.shown(cells[1]).strip()
    }
    table = tables.table_of(sheets[ROWS], name)
    titles = tuple(named.get(each, each) for each in table.columns)
    missing = [words.label(each) for each in (*_SAID, *_FILLED, ID) if each not in titles]
    if missing:
        where = f"{name} 工作表“{ROWS}”"
        raise FileFaults([Complaint(where, f"缺列“{'”“'.join(missing)}”", "不要改表头；或重新出一份")])
    columns = {each: number for number, each in enumerate(titles, 1)}
    rows = []
    for row in table.rows:
        values = {named.get(each, each): value for each, value in row.values.items()}
        drawn = ((f"{POPULATION}：", values[POPULATION]), (f"{SAMPLE}：", values[SAMPLE]))
        texts = (values[HOW], *(f"{said}{text}" for said, text in drawn if text))
        own: dict[str, object] = {**values, audits.SAMPLING: "\n".join(text for text in texts if text)}
        places = {each: sheets[ROWS].cell(row.line, number) for each, number in columns.items()}
        rows.append((own, places))
    return dict(head), rows
