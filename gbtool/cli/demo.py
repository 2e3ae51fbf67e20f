"""gbtool demo: three fictional clients, from their facts to a verdict."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.findings import fault_lines
from gbtool.cli.options import Json, cache_folder
from gbtool.cli.readiness import as_json
from gbtool.commands.demo import Chapter, demo
from gbtool.model.finding import Status, Verdict


def command(
    target: Annotated[Path, typer.Argument(metavar="[文件夹]", help="建在哪里。", show_default="demo")] = Path("demo"),
    *,
    json: Json = False,
) -> None:
    """演示：三家虚构的企业，从资料、文件、发布、台账走到结论。

    岚湾流控运行满三个月、内审管评做完；青屿软件在第二个月；衡拓科贸刚建文件夹。再运行一次会重做，上一次的留在“上一次”里。
    """
    told: list[Chapter] = []

    def tell(chapter: Chapter) -> None:
        told.append(chapter)
        if not json:
            _show(chapter)

    firm = demo(target, cache_folder(), tell)
    if json:
        show.json({"folder": str(firm), "clients": [as_json(chapter.report) for chapter in told]})
        return
    first, second = (target / chapter.story.folder for chapter in told[:2])
    show.text("接着看：")
    show.text(f"  {first / '文件'}　Word 文件，用 Word 或 WPS 打开")
    show.text(f"  gbtool readiness -C {first} --on {told[0].story.day}　逐条的理由和出处")
    show.text(f"  gbtool period -C {second} --on {told[1].story.day}　缺哪些记录")
    show.text(f"  gbtool check -C {first}　有没有自相矛盾")
    show.text("自己的第一家客户：gbtool init 文件夹名")


def _show(chapter: Chapter) -> None:
    report = chapter.report
    show.text(f"{report.client}（虚构）")
    for line in chapter.done:
        show.text(f"  {line}")
    earliest = f"，运行期最早满足的日子 {report.earliest}" if report.earliest else ""
    ready = report.verdict is Verdict.READY
    show.text(f"  {report.on} 能不能申请：{report.verdict.word}{'' if ready else earliest}")
    for result in () if ready else report.results:
        if result.status is Status.FAILED and result.blocks:
            fault_lines(result.findings[:3])
            more = len(result.findings) - 3
            if more > 0:
                show.text(f"      （{result.title}：还有 {more} 条）")
    unseen = [result.title for result in report.results if result.status is Status.NOT_ASSESSED and result.blocks]
    if unseen:
        show.text(f"  还没有可查的：{'；'.join(unseen)}")
    show.text()
