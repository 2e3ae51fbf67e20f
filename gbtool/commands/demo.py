"""`gbtool demo`: three fictional clients in one firm's folder, each taken as far as its story goes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.generate import Request, generate
from gbtool.commands.importing import import_folder
from gbtool.commands.init import create, place_for, questions_at, read_source
from gbtool.commands.issue import issue_from
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import Workspace
from gbtool.errors import FolderNotWritable, UsageError
from gbtool.model.document import Outcome
from gbtool.model.finding import Report
from gbtool.shelf.shelves import FIRM_FILE
from gbtool.shelf.shipped import shipped

MARK = ".gbtool-demo"
BEFORE = "上一次"
FIRM = "# 演示用的机构，企业、人员、号码全部虚构。\nname: 示例辅导机构（虚构）\n"
PAPERS = "documents.yaml"


@dataclass(frozen=True, slots=True)
class Story:
    """A fictional client: where its data lie, its folder, the day on which its verdict is asked."""

    example: str
    folder: str
    day: date


STORIES = (
    Story("lanwan", "岚湾流控", date(2026, 9, 22)),
    Story("qingyu", "青屿软件", date(2026, 11, 22)),
    Story("hengtuo", "衡拓科贸", date(2026, 11, 22)),
)
WRITTEN_ON = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What was done for one client, in words with counts, and its verdict."""

    story: Story
    done: tuple[str, ...]
    report: Report


def demo(target: Path, cache: Path | None, told: Callable[[Chapter], None]) -> Path:
    """Make the three clients in a folder; `told` hears of each as soon as it is done.

    Raises:
        UsageError: the folder holds something that the demo did not make.
        FolderNotWritable: the folder refuses.
    """
    firm = _cleared(target.resolve())
    for story in STORIES:
        told(_chapter(story, firm, cache))
    return firm


def _cleared(firm: Path) -> Path:
    """The demo's folder, what stood in it put aside."""
    known = {MARK, FIRM_FILE, BEFORE, *(story.folder for story in STORIES)}
    try:
        strange = sorted(each.name for each in firm.iterdir() if each.name not in known) if firm.is_dir() else []
        if strange or (firm.exists() and not firm.is_dir()):
            raise UsageError(f"{firm} 里有不是演示留下的东西：{'、'.join(strange[:3]) or firm.name}", "换一个空文件夹")
        old = [firm / story.folder for story in STORIES if (firm / story.folder).exists()]
        if old and not (firm / MARK).is_file():
            raise UsageError(f"{firm} 里的客户文件夹不是演示留下的", "换一个空文件夹")
        firm.mkdir(parents=True, exist_ok=True)
        _put_aside(firm, old)
        (firm / MARK).write_text("", encoding="utf-8")
        (firm / FIRM_FILE).write_text(FIRM, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FolderNotWritable(str(firm), error.strerror or str(error)) from error
    return firm


def _put_aside(firm: Path, old: list[Path]) -> None:
    if old:
        shutil.rmtree(firm / BEFORE, ignore_errors=True)
        (firm / BEFORE).mkdir()
    for folder in old:
        shutil.move(folder, firm / BEFORE / folder.name)


def _chapter(story: Story, firm: Path, cache: Path | None) -> Chapter:
    source = shipped("examples", story.example)
    target = place_for(firm / story.folder)
    asked = questions_at(target)
    work = create(target, asked, read_source(source / "client.yaml", asked), WRITTEN_ON)
    done = tuple(_steps(work, source, cache))
    return Chapter(story, done, readiness(work, story.day))


def _steps(work: Workspace, source: Path, cache: Path | None) -> Iterator[str]:
    made = generate(work, WRITTEN_ON, Request(cache=cache))
    waiting = len(made.of(Outcome.OPEN))
    yield f"生成文件 {len(made.of(Outcome.NEW))} 份" + (f"，{waiting} 份等资料" if waiting else "")
    if (source / PAPERS).is_file():
        issued = issue_from(work, source / PAPERS, WRITTEN_ON, cache)
        yield f"发布 {len(issued.documents)} 份，运行期从 {issued.effective} 起"
        taken = import_folder(work, source, WRITTEN_ON)
        yield f"登记台账 {sum(taken.added.values())} 条（记录、审核、评审、人员、权利、合同）"
