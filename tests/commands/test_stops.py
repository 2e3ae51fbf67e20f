"""What stops files before they are handed over: errors, and the client's secrets where others read them."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from desks import desk, file
from engagement import EXAMPLES
from gbtool.commands.checks.stops import stops
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.model.agreement import Agreement
from gbtool.model.finding import Finding, Severity
from gbtool.screening.agreement.outside import outside
from office import docx, p, put

TODAY = date(2026, 11, 22)
SECRETS = desk(agreement=Agreement(confidential=("reg-trade-secrets",)))


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer without generated files."""
    return workspace(Path(shutil.copytree(EXAMPLES / "lanwan", tmp_path / "岚湾流控")))


def test_errors_stop_and_hints_do_not(work: Workspace) -> None:
    bad = put(work.folder, "文件/坏.docx", docx(p("由XX公司负责")))
    hint = put(work.folder, "文件/提示.docx", docx(p("知识财产权的管理")))
    facts = gather(work, TODAY)
    assert [(each.rule, each.path) for each in stops(work, facts, (bad, hint))] == [("CN-02", "文件/坏.docx")]
    assert stops(work, facts, (hint,)) == ()


def test_secrets_stay_in_the_house(work: Workspace) -> None:
    paper = put(work.folder, "文件/申请书.docx", docx(p("核心技术为LW-S01")))
    note = put(work.folder, "输出/说明.txt", b"LW-S01")
    facts = gather(work, TODAY)
    assert stops(work, facts, (paper, note)) == ()
    (found,) = stops(work, facts, (paper, note), leaving=True)
    assert (found.rule, found.severity, found.path) == ("CN-18", Severity.ERROR, "文件/申请书.docx")
    assert "LW-S01 阀芯热处理参数" in found.message


def told(text: str, id_: str = "") -> list[str]:
    """What is said of a file that leaves."""
    return [each.message for each in outside(file(text, id_=id_), SECRETS) if isinstance(each, Finding)]


def test_a_secret_is_found_by_its_code_its_name_and_its_list() -> None:
    assert told("采用 LW-S02 的算法") == ["要交出去的文件里写着商业秘密“LW-S02 分级压比分配算法”"]
    assert told("采用分级 压比 分配算法") == ["要交出去的文件里写着商业秘密“LW-S02 分级压比分配算法”"]
    assert told("清单", "reg-trade-secrets") == ["带密级的清单不能交出去"]
    assert told("本公司按密级保管商业秘密，热处理按工艺卡") == []
