"""gbtool grade: which level a client may claim, conditions answered, thresholds confirmed, the form."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, Under, cache_folder, day, where
from gbtool.cli.papers import ApprovedBy, CompiledBy, iso, plain, told
from gbtool.errors import UsageError

if TYPE_CHECKING:
    from gbtool.commands.grading.answering import Kept
    from gbtool.commands.grading.standing import Grades
    from gbtool.model.grading import Graded, Judged

app = typer.Typer(add_completion=False, rich_markup_mode=None)
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁评的、谁问的。", show_default=False)]
When = Annotated[
    dt.date | None,
    typer.Option("--date", metavar="日期", parser=day, help="哪天，默认 --on 那天。", show_default=False),
]
Target = Annotated[
    int, typer.Option("--level", metavar="几级", min=0, help="看到几级，默认资料里拟申请的等级。", show_default=False)
]
Pairs = Annotated[list[str], typer.Argument(metavar="编号=… …", help="如 “G1-1=满足:项目档案目录”。")]


@app.callback(invoke_without_command=True)
def _grade(
    ctx: typer.Context,
    *,
    target: Target = 0,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """分级自评：能申请几级、差什么、证据在哪里；门槛没有确认的不判通过。

    不带子命令时逐条列到拟申请的等级；几家说法不同的都列出。能申请拟申请的等级，退出码 0；不能或者还没有评，退出码 1。
    """
    folder = where(ctx, folder)
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return
    from gbtool.commands.grading.standing import grades_of
    from gbtool.commands.workspace import workspace
    from gbtool.model.grading import Claim

    given = grades_of(workspace(folder), on, standard)
    wanted = given.level(target or given.target)
    if as_json:
        show.json(mapping(given, wanted))
    else:
        _standing(given, wanted)
    if wanted.claim is not Claim.YES:
        raise typer.Exit(1)


def _standing(given: "Grades", wanted: "Graded") -> None:
    from gbtool.rules.grading.judging import highest

    number = wanted.level.level
    for each in given.levels[:number]:
        show.text(f"{each.level.level}级 {each.level.name}：{each.claim.value}（{each.level.meaning}）")
        rows = [(j.id, j.text, j.standing.value, _said(j)) for j in each.judged]
        show.table(("编号", "条件", "结论", "依据"), rows)
    for conflict in given.scheme.conflicts:
        show.text(f"说法不同——{conflict.about}：{'；'.join(conflict.sides)}")
    show.text(f"没有公开查到：{'、'.join(given.scheme.unknown)}。{given.scheme.nature}")
    best = highest(given.levels)
    able = f"能申请 {best.level}级 {best.name}" if best else "还说不出能申请几级"
    show.done(f"{able}；拟申请的 {number}级：{wanted.claim.value}。")
    _what_next(given, wanted)


def _said(judged: "Judged") -> str:
    days = "；".join(f"{who}，{day_} 满" for who, day_ in judged.earliest)
    return "；".join(filter(None, (judged.gap, judged.evidence, judged.why, days)))


def _what_next(given: "Grades", wanted: "Graded") -> None:
    from gbtool.model.grading import Standing

    below = given.levels[: wanted.level.level]
    open_ = [judged for each in below for judged in each.those(Standing.OPEN, Standing.CONFLICT)]
    if not open_:
        show.next_step(f"gbtool grade report --level {wanted.level.level}", "出分级自评表")
        return
    known = given.scheme.by_id
    by_person = next((each for each in open_ if each.id in known and not known[each.id].least), None)
    if by_person:
        show.next_step(f'gbtool grade answer "{by_person.id}=满足:证据" --by 姓名', f"还有 {len(open_)} 条没有评")
    else:
        show.next_step(f"gbtool grade confirm {open_[0].id}=数 --source 谁书面答复的 --by 姓名", "向评价机构问清再确认")


def mapping(given: "Grades", wanted: "Graded") -> dict[str, object]:
    """The grades for JSON."""
    from gbtool.rules.grading.judging import highest

    best = highest(given.levels)
    return {
        "client": given.facts.client.name,
        "on": given.facts.today,
        "claimable": best.level if best else None,
        "target": wanted.level.level,
        "claim": wanted.claim.value,
        "levels": [
            {
                "level": each.level.level,
                "name": each.level.name,
                "claim": each.claim.value,
                "conditions": [_condition(judged) for judged in each.judged],
            }
            for each in given.levels
        ],
        "conflicts": [{"about": each.about, "sides": list(each.sides)} for each in given.scheme.conflicts],
        "unknown": list(given.scheme.unknown),
    }


def _condition(judged: "Judged") -> dict[str, object]:
    return {
        "id": judged.id,
        "text": judged.text,
        "standing": judged.standing.value,
        "why": judged.why,
        "evidence": judged.evidence,
        "gap": judged.gap,
        "confidence": judged.confidence,
        "earliest": [{"by": who, "day": day_} for who, day_ in judged.earliest],
    }


@app.command("answer")
def _answer(
    ctx: typer.Context,
    pairs: Pairs,
    *,
    by: By = "",
    when: When = None,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """评几个条件：满足的写证据，不满足的写差在哪里；没有证据的不收。"""
    from gbtool.commands.grading.answering import answered, keep
    from gbtool.commands.grading.standing import grades_of
    from gbtool.commands.workspace import workspace

    split = (_pair(text) for text in pairs)
    entries = [answered(id_, *_judgement(said), by, iso(when or on)) for id_, said in split]
    _kept(keep(grades_of(workspace(where(ctx, folder)), on, standard), entries), as_json=as_json)


@app.command("confirm")
def _confirm(
    ctx: typer.Context,
    pairs: Annotated[list[str], typer.Argument(metavar="编号=数 …", help="如 GQ-1=3，试运行月数 GT-2=3。")],
    *,
    source: Annotated[str, typer.Option("--source", metavar="文字", help="谁确认的，如 某评价机构书面答复。")] = "",
    by: By = "",
    when: When = None,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记问清了的门槛和试运行月数：谁确认的、哪天；以后按它算。"""
    from gbtool.commands.grading.answering import confirmed, keep
    from gbtool.commands.grading.standing import grades_of
    from gbtool.commands.workspace import workspace

    entries = [confirmed(id_, said, source, by, iso(when or on)) for id_, said in map(_pair, pairs)]
    _kept(keep(grades_of(workspace(where(ctx, folder)), on, standard), entries), as_json=as_json)


def _pair(text: str) -> tuple[str, str]:
    id_, equals, said = text.partition("=")
    if not equals:
        raise UsageError(f"“{text}”应当写成 编号=…", "例：G1-1=满足:项目档案目录，GQ-1=3")
    return id_.strip().upper(), said.strip()


def _judgement(said: str) -> tuple[str, str]:
    standing, _, why = said.replace("：", ":", 1).partition(":")
    return standing.strip(), why.strip()


def _kept(kept: "Kept", *, as_json: bool) -> None:
    if as_json:
        show.json({"kept": [entry.id for entry in kept.entries], "remarks": kept.remarks})
        return
    told((), kept.remarks)
    show.done(f"已登记 {len(kept.entries)} 条：{'、'.join(entry.id for entry in kept.entries)}。")
    show.next_step("gbtool grade", "看能申请几级、还差什么")


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    target: Target = 0,
    compiled_by: CompiledBy = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="自评日。")],
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """出分级自评表（Word），登记在台账：逐条的结论、证据、差距，和自评结论。"""
    from gbtool.commands.grading.report import Signed, report
    from gbtool.commands.grading.standing import grades_of
    from gbtool.commands.workspace import workspace

    given = grades_of(workspace(where(ctx, folder)), on, standard)
    done = report(given, target or given.target, Signed(compiled_by, approved_by, iso(issued)), cache_folder())
    if as_json:
        show.json({**done.record.data, "id": done.record.id, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    show.done(f"已登记 {done.record.id}：{done.level.level.level}级，自评结论 {done.level.claim.value}。")
    show.next_step("gbtool grade", "看能申请几级、还差什么")
