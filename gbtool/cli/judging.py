"""A checklist answered at the terminal, row by row; stopping keeps what was answered."""

from collections.abc import Iterable, Mapping

from gbtool.cli import ask, show
from gbtool.model.checklist import Judgement
from gbtool.rules import audits, evidence

FAILS = (Judgement.MINOR, Judgement.MAJOR)
_SHOWN = (("条款", audits.CLAUSE), ("方法", "审核方法"), ("抽样", "抽样计划"), ("应看", "应看的证据"))


def judged(rows: Iterable[Mapping[str, object]], people: frozenset[str]) -> list[Mapping[str, object]]:
    """The rows with the answers to those that have none yet; Ctrl-C or 停下 leaves the rest."""
    answered = [dict(row) for row in rows]
    waiting = [row for row in answered if not row.get(audits.JUDGED)]
    for number, row in enumerate(waiting, 1):
        show.text(f"\n[{number}/{len(waiting)}] 第{row.get('序号')}行　{row.get(audits.QUESTION)}")
        show.pairs([(name, _text(row.get(key))) for name, key in _SHOWN])
        try:
            values = _one(row, people)
        except KeyboardInterrupt:
            values = None
        if values is None:
            show.text(f"停下：还有 {len(waiting) - number + 1} 行，下次接着答。")
            break
        row.update(values)
    return list(answered)


def _one(row: Mapping[str, object], people: frozenset[str]) -> dict[str, object] | None:
    choices: list[tuple[str, Judgement | None]] = [(f"{each.mark} {each.value}", each) for each in Judgement]
    judgement = ask.one("判定", [*choices, ("停下，以后接着答", None)])
    if judgement is None:
        return None

    def wrong(fact: str) -> str | None:
        return evidence.complaint({**row, audits.JUDGED: judgement.value, audits.FACT: fact}, people)

    values: dict[str, object] = {audits.JUDGED: judgement.value, audits.FACT: _fact(wrong)}
    if judgement in FAILS:
        values["不符合事实"] = ask.line("不符合的事实（不写就用审核记录）")
        values["依据文件"] = ask.line("违反了自己的哪份文件的哪一款（不写就按条款取）")
    return values


def _fact(wrong: ask.Check) -> str:
    """What was seen; an empty line is asked again."""
    while True:
        fact = ask.line("看到的事实（谁、哪份文件编号、日期、几份里几份）", wrong)
        if fact:
            return fact
        show.text("没有事实就没有判定；要停下请按 Ctrl-C。")


def _text(value: object) -> str:
    return "、".join(str(each) for each in value) if isinstance(value, (list, tuple)) else str(value or "")
