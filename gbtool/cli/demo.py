"""gbtool demo: three fictional clients, from their facts to a verdict."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import Json, cache_folder
from gbtool.cli.readiness import as_json
from gbtool.commands.demo import STORIES, Scene, demo
from gbtool.commands.telling import Step
from gbtool.model.finding import Report, Result, Status, Verdict

_MOST = 3  # findings of a rule that are told


def command(
    target: Annotated[Path, typer.Argument(metavar="[文件夹]", help="建在哪里。", show_default="demo")] = Path("demo"),
    *,
    json: Json = False,
) -> None:
    """演示：三家虚构的企业，从资料走到结论。

    岚湾流控运行满三个月，内审、管评做完；青屿软件在第二个月；衡拓科贸刚建文件夹。再运行一次会重做，上一次的移进“上一次”里。
    """
    if json:
        told = tuple(demo(target, cache_folder()))
        show.json({"folder": str(target.resolve()), "clients": [_client(told, story.folder) for story in STORIES]})
        return
    for scene in demo(target, cache_folder()):
        _tell(scene)
    _look_next(target)


def _client(told: Sequence[Scene], name: str) -> dict[str, object]:
    scenes = [scene for scene in told if scene.story.folder == name]
    steps = [scene.step for scene in scenes if scene.step]
    reports = [as_json(scene.report) for scene in scenes if scene.report]
    rows = [{"title": s.title, "total": s.total, "unit": s.unit, "kinds": s.kinds, "note": s.note} for s in steps]
    return {"folder": str(scenes[0].folder), "steps": rows, **reports[0]}


def _tell(scene: Scene) -> None:
    if scene.step:
        show.pairs([(f"  {scene.step.title}", _counted(scene.step))])
    elif scene.report:
        _verdict(scene.report)
    else:
        show.text(f"── {scene.story.folder}（虚构） ──")


def _counted(step: Step) -> str:
    kinds = "、".join(f"{name} {count}" for name, count in step.kinds.items())
    said = "；".join(part for part in (kinds, step.note) if part)
    return f"{step.total} {step.unit}" + (f"：{said}" if said else "")


def _verdict(report: Report) -> None:
    ready = report.verdict is Verdict.READY
    earliest = f"，按运行期最早 {report.earliest}" if report.earliest and not ready else ""
    say = show.done if ready else show.text
    say(f"  {report.on} 能不能申请：{report.verdict.word}{earliest}")
    for result in report.results:
        if result.status is Status.FAILED and result.blocks:
            _reasons(result)
    unseen = [result.title for result in report.results if result.status is Status.NOT_ASSESSED and result.blocks]
    show.pairs([("    ?", f"没有可查的，不算通过：{'；'.join(unseen)}" if unseen else "")])
    show.text()


def _reasons(result: Result) -> None:
    for finding in result.findings[:_MOST]:
        show.pairs([("    ✗", finding.message)])
    more = len(result.findings) - _MOST
    if more > 0:
        show.text(f"       同样的还有 {more} 条")
    fix = next((finding.fix for finding in result.findings if finding.fix), "")
    show.pairs([("    →", fix)])


def _look_next(target: Path) -> None:
    first, second, third = (target / story.folder for story in STORIES)
    day, later = STORIES[0].day, STORIES[1].day
    show.text("接着看：")
    show.text(f"  {first / '文件'}  全套 Word，用 Word 或 WPS 打开")
    show.text(f"  gbtool readiness -C {first} --on {day}  逐条的理由、出处、把握")
    show.text(f"  gbtool period -C {second} --on {later}  逐月缺哪些记录")
    show.text(f"  gbtool audit checklist -C {second} --on {later}  各部门的内审检查表")
    show.text(f"  gbtool check -C {first} --on {later}  有没有自相矛盾")
    show.text(f"  gbtool generate -C {third} --dry-run  哪份文件在等哪个回答")
    show.text("自己的第一家客户：gbtool init 文件夹名")
