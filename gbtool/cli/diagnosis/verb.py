"""gbtool diagnose: questions and baseline figures, by wizard, workbook or options; done again; the report."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import ask, show
from gbtool.cli.options import HERE, Folder, Json, On, Under, cache_folder, day, where
from gbtool.cli.papers import Again, Approved, ApprovedBy, Compiled, CompiledBy, iso, plain, told
from gbtool.errors import UsageError

if TYPE_CHECKING:
    from gbtool.commands.diagnosis.standing import Diagnosis
    from gbtool.commands.diagnosis.taking import Taken
    from gbtool.rules.diagnosis.scoring import Share

app = typer.Typer(add_completion=False, rich_markup_mode=None)
Day = dt.date | None
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁打分、谁取数。", show_default=False)]
When = Annotated[
    Day, typer.Option("--date", metavar="日期", parser=day, help="哪天，默认 --on 那天。", show_default=False)
]
Departments = Annotated[
    list[str] | None, typer.Option("--department", metavar="部门", help="只要问这个部门的题，可重复。")
]
Time = Annotated[
    int,
    typer.Option("--round", metavar="第几次", min=0, help="第几次做，默认最近一次；再做一次写 2。", show_default=False),
]
Period = Annotated[str, typer.Option("--period", metavar="起至止", help="统计期，如 2025-04-01至2026-03-31。")]


@app.callback(invoke_without_command=True)
def _diagnose(
    ctx: typer.Context,
    *,
    by: By = "",
    departments: Departments = None,
    standard: Under = "",
    time: Time = 0,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """管理诊断：打分、基准数据、雷达图、要写哪些文件。

    不带子命令时列出各方面的得分，并在终端里逐题询问还没有打分的题、还没有取的基准数据；Ctrl-C 停下，答过的都已保存。
    """
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.workspace import workspace

    work = workspace(folder)
    found = diagnosis_of(work, on, standard, time)
    if as_json:
        show.json(mapping(found))
        return
    _standing(found)
    if ask.possible() and (found.asked(departments or ()) and (found.survey.open or found.missing)):
        from gbtool.cli.diagnosis.wizard import sit

        sit(found, by, departments or ())
        found = diagnosis_of(work, on, standard, time)
        _standing(found)
    _what_next(found, standard)


def _standing(found: "Diagnosis") -> None:
    from gbtool.commands.diagnosis.comparing import change
    from gbtool.commands.diagnosis.lines import percent

    survey, before = found.survey, found.before
    shares = (*survey.dimensions, survey.total)
    if before:
        show.text(f"第 {survey.round} 次，和第 {before.round} 次比：")
        pairs = zip((*before.dimensions, before.total), shares, strict=True)
        rows = [(*_row(now), percent(was), change(was, now)) for was, now in pairs]
        show.table(("方面", "得分", "打分", "有关", "上次", "变化"), rows)
    else:
        show.table(("方面", "得分", "打分", "有关"), [_row(share) for share in shares])
    if survey.aspects:
        show.table((found.scheme.aspects, "得分", "打分", "有关"), [_row(share) for share in survey.aspects])
    if survey.red_flags:
        show.text(f"红线题得 0 分：{'、'.join(answer.probe.id for answer in survey.red_flags)}，要限期处理。")
    if survey.level:
        show.done(f"等级：{survey.level.name}。{survey.level.advice}。")
    elif found.scheme.note:
        show.text(found.scheme.note)
    undecided = dict.fromkeys(key for keys in survey.undecided.values() for key in keys)
    if undecided:
        show.text(f"资料里还没有回答 {'、'.join(undecided)}，{len(survey.undecided)} 题是否适用未定。")
    if found.missing:
        show.text(f"基准数据还差 {len(found.missing)} 项，体系实施以后补不出来：{_names(found)}")


def _names(found: "Diagnosis", most: int = 5) -> str:
    names = [f"{each.id} {each.name}" for each in found.missing]
    return "、".join(names[:most]) + (f"……共 {len(names)} 项" if len(names) > most else "")


def _row(share: "Share") -> tuple[object, ...]:
    return share.name, "没有打分" if share.percent is None else share.percent, share.answered, share.asked


def _what_next(found: "Diagnosis", standard: str) -> None:
    beside = f" --standard {standard}" if standard else ""
    beside += f" --round {found.round}" if found.round > 1 else ""
    if found.survey.open:
        said = f"还有 {len(found.survey.open)} 题没有打分，空着不算 0 分"
        show.next_step(f"gbtool diagnose export {found.scheme.name}.xlsx{beside}", said)
    else:
        show.next_step(f"gbtool diagnose report{beside}", f"出{found.scheme.name}报告")


def mapping(found: "Diagnosis") -> dict[str, object]:
    """A diagnosis for JSON."""
    survey = found.survey
    small = found.indicators.small
    return {
        "client": found.facts.client.name,
        "on": found.facts.today,
        "standard": found.facts.standard.key,
        "round": survey.round,
        "total": survey.total.percent,
        "level": survey.level.name if survey.level else None,
        "asked": survey.total.asked,
        "answered": survey.total.answered,
        "dimensions": _shares(survey.dimensions),
        "clauses": _shares(survey.clauses),
        "departments": _shares(survey.departments),
        "aspects": _shares(survey.aspects),
        "before": _before(found),
        "red_flags": [answer.probe.id for answer in survey.red_flags],
        "open": [probe.id for probe in survey.open],
        "undecided": {id_: list(keys) for id_, keys in survey.undecided.items()},
        "answers": [
            {"id": a.probe.id, "score": a.score, "counted": a.counted, "why": a.why, "by": a.by, "date": a.day}
            for a in survey.answers
        ],
        "documents": [
            {"id": each.specification.id, "urgency": each.urgency, "because": [a.probe.id for a in each.because]}
            for each in found.wanted
        ],
        "figures": [{"id": id_, "period": f.period, "shown": f.shown(small)} for id_, f in found.baseline.items()],
        "missing": [each.id for each in found.missing],
    }


def _before(found: "Diagnosis") -> dict[str, object] | None:
    from gbtool.commands.diagnosis.comparing import moved

    before = found.before
    if before is None:
        return None
    changed = [{"id": now.probe.id, "from": was.counted, "to": now.counted} for was, now in moved(found)]
    return {"total": before.total.percent, "dimensions": _shares(before.dimensions), "changed": changed}


def _shares(found: "Iterable[Share]") -> list[dict[str, object]]:
    return [{"name": s.name, "percent": s.percent, "answered": s.answered, "asked": s.asked} for s in found]


@app.command("export")
def _export(
    ctx: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。", show_default=False)],
    *,
    departments: Departments = None,
    period: Annotated[
        str, typer.Option("--period", metavar="起至止", help="只要指标，在这段时间里的，如实施以后的一段。")
    ] = "",
    standard: Under = "",
    time: Time = 0,
    on: On,
    folder: Folder = HERE,
) -> None:
    """写成工作簿：打分的题、要取的基准数据，已经答过的填好；只填浅黄色的格子。"""
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.diagnosis.workbook import export
    from gbtool.commands.workspace import workspace

    given = diagnosis_of(workspace(where(ctx, folder)), on, standard, time)
    made = export(given, target, departments or (), period)
    show.done(f"已写 {target}：{made.questions} 题，指标 {made.indicators} 项。")
    beside = f" --standard {standard}" if standard else ""
    show.next_step(f"gbtool diagnose import {target}{beside}", "填好以后登记")


@app.command("import")
def _import(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="文件", help="填好的工作簿或 YAML。", show_default=False)],
    *,
    by: By = "",
    when: When = None,
    period: Period = "",
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记填好的工作簿：空着的题不登记，不算 0 分；有一处不对就一条也不登记。"""
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.diagnosis.taking import from_yaml, take
    from gbtool.commands.diagnosis.workbook import SUFFIX, Defaults, filled_in
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    if source.suffix.lower() == SUFFIX:
        found, remarks = filled_in(source, Defaults(by, iso(when or on), period))
    else:
        found, remarks = from_yaml(source, on), ()
    taken = take(diagnosis_of(work, on, standard), found)
    _taken(taken, remarks, as_json=as_json)


def _counted(taken: "Taken") -> str:
    figures = f"、基准数据 {len(taken.figures)} 项" if taken.figures else ""
    return f"打分 {len(taken.answers)} 题{figures}"


def _taken(taken: "Taken", remarks: tuple[str, ...] = (), *, as_json: bool) -> None:
    said = (*remarks, *taken.remarks)
    if as_json:
        ids = {"answers": [e.id for e in taken.answers], "figures": [e.id for e in taken.figures]}
        show.json({**ids, "same": taken.same, "remarks": said})
        return
    told((), said)
    same = f"，没变的 {taken.same} 条" if taken.same else ""
    show.done(f"已登记{_counted(taken)}{same}。")
    show.next_step("gbtool diagnose", "看得分、还差哪些")


@app.command("answer")
def _answer(
    ctx: typer.Context,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar="编号=得分:证据 …", help="如 “DQ-16=2:抽劳动合同5份，3份有保密条款”。"),
    ] = None,
    *,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="写好的打分和数据（YAML）。", show_default=False)
    ] = None,
    by: By = "",
    when: When = None,
    sampled: Annotated[str, typer.Option("--sampled", metavar="份数", help="抽了几份。", show_default=False)] = "",
    failed: Annotated[str, typer.Option("--failed", metavar="份数", help="其中几份不合格。", show_default=False)] = "",
    standard: Under = "",
    time: Time = 0,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记几题的得分和看到的证据；没有证据的最高按 1 分计。"""
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.diagnosis.taking import answered, from_yaml, take
    from gbtool.commands.workspace import workspace

    if bool(pairs) == bool(source):
        raise UsageError(
            "写几个 编号=得分:证据，或者 --from 文件", "例：gbtool diagnose answer DQ-16=2:抽5份，3份有条款"
        )
    found = diagnosis_of(workspace(where(ctx, folder)), on, standard, time)
    if source:
        _taken(take(found, from_yaml(source, on)), as_json=as_json)
        return
    beside = {"by": by, "sampled": sampled, "failed": failed}
    day_ = iso(when or on)
    scored = ((id_, {**beside, **said}) for id_, said in map(_pair, pairs or ()))
    entries = [answered(id_, day_, said, found.round) for id_, said in scored]
    _taken(take(found, entries, typed=True), as_json=as_json)


def _pair(text: str) -> tuple[str, dict[str, str]]:
    id_, equals, said = text.partition("=")
    if not equals:
        raise UsageError(f"“{text}”应当写成 编号=得分:证据", "例：DQ-16=2:抽5份，3份有条款")
    score, _, evidence = said.replace("：", ":", 1).partition(":")
    return id_.strip().upper(), {"score": score.strip(), "evidence": evidence.strip()}


@app.command("figure")
def _figure(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="编号", help="指标，如 EI-16。", show_default=False)],
    *,
    period: Period,
    value: Annotated[str, typer.Option("--value", metavar="数", help="件数或金额。", show_default=False)] = "",
    numerator: Annotated[str, typer.Option("--numerator", metavar="数", help="分子。", show_default=False)] = "",
    denominator: Annotated[str, typer.Option("--denominator", metavar="数", help="分母。", show_default=False)] = "",
    source: Annotated[str, typer.Option("--source", metavar="文字", help="取自哪份台账或凭证。")] = "",
    note: Annotated[str, typer.Option("--note", metavar="文字", help="说明；取不到的写原因。")] = "",
    by: By = "",
    when: When = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记一个指标在一段时间里的数：贯标前的是基准，贯标后的用来比较。"""
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.diagnosis.taking import measured, take
    from gbtool.commands.workspace import workspace

    numbers = {"value": value, "numerator": numerator, "denominator": denominator}
    values = {"period": period, **numbers, "source": source, "note": note, "by": by}
    entry = measured(id_.upper(), iso(when or on), values)
    _taken(take(diagnosis_of(workspace(where(ctx, folder)), on), [entry], typed=True), as_json=as_json)


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    compiled_by: CompiledBy = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="报告日。")],
    due: Annotated[
        Day, typer.Option("--due", metavar="日期", parser=day, help="红线项处理到哪天。", show_default=False)
    ] = None,
    compiled: Compiled = None,
    approved: Approved = None,
    again: Again = False,
    standard: Under = "",
    time: Time = 0,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """出诊断报告（Word）：红线项、得分和雷达图、各部门的问题、要写的文件、基准数据；一题没打的不出，退出码 1。"""
    from gbtool.commands.diagnosis.report import Signed, report
    from gbtool.commands.diagnosis.standing import diagnosis_of
    from gbtool.commands.workspace import workspace

    signed = Signed(compiled_by, approved_by, iso(issued), iso(compiled), iso(approved), iso(due))
    done = report(diagnosis_of(workspace(where(ctx, folder)), on, standard, time), signed, cache_folder(), again=again)
    if as_json:
        show.json({**done.report.data, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    total = done.diagnosis.survey.total
    show.done(
        f"已登记{done.diagnosis.scheme.name}报告：打分 {total.answered} 题，得分 {total.percent}，"
        f"先写文件 {len(done.diagnosis.wanted)} 份。"
    )
    show.next_step("gbtool generate", "生成体系文件")
