"""`gbtool demo`: three fictional clients in one firm's folder, each taken as far as its story goes."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands.init import create, place_for, questions_at, read_source
from gbtool.commands.readiness import readiness
from gbtool.commands.telling import Step, steps
from gbtool.commands.workspace import Workspace
from gbtool.errors import FolderNotWritable, UsageError
from gbtool.model.finding import Report
from gbtool.shelf.shelves import FIRM_FILE, client_above
from gbtool.shelf.shipped import shipped
from gbtool.structs import Frozen

MARK = ".gbtool-demo"
BEFORE = "上一次"
FIRM = "# 演示用的机构，企业、人员、号码全部虚构。\nname: 示例辅导机构（虚构）\n"


class Story(Frozen):
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


class Scene(Frozen):
    """What is told next: that a client's story begins, a step of it, or its verdict."""

    story: Story
    folder: Path
    step: Step | None = None
    report: Report | None = None


def demo(target: Path, cache: Path | None) -> Iterator[Scene]:
    """Make the three clients in a folder and tell of each step as soon as it is done.

    Raises:
        UsageError: the folder holds something that the demo did not make.
        FolderNotWritable: the folder refuses.
    """
    firm = _cleared(target.resolve())
    for story in STORIES:
        folder = firm / story.folder
        yield Scene(story, folder)
        work, source = _begun(story, folder), shipped("examples", story.example)
        for step in steps(work, source, WRITTEN_ON, cache):
            yield Scene(story, folder, step=step)
        yield Scene(story, folder, report=readiness(work, story.day))


def _cleared(firm: Path) -> Path:
    """The demo's folder, what stood in it put aside."""
    outer = client_above(firm)
    if outer:
        raise UsageError(f"{firm} 在客户文件夹 {outer} 里面", "演示里也有客户文件夹，不能套在别人的里面，换一个地方")
    known = {MARK, FIRM_FILE, BEFORE, *(story.folder for story in STORIES)}
    try:
        strange = sorted(path.name for path in firm.iterdir() if path.name not in known) if firm.is_dir() else []
        if strange or (firm.exists() and not firm.is_dir()):
            raise UsageError(f"{firm} 里有不是演示留下的东西：{'、'.join(strange[:3]) or firm.name}", "换一个空文件夹")
        old = [firm / story.folder for story in STORIES if (firm / story.folder).exists()]
        if (old or (firm / FIRM_FILE).exists()) and not (firm / MARK).is_file():
            raise UsageError(f"{firm} 里的文件不是演示留下的", "换一个空文件夹")
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


def _begun(story: Story, folder: Path) -> Workspace:
    target = place_for(folder)
    asked = questions_at(target)
    return create(target, asked, read_source(shipped("examples", story.example, "client.yaml"), asked), WRITTEN_ON)
