"""ledger service as a consultant calls it: the sheet on the screen, as JSON, as a Word file."""

import json
import shutil
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli import options
from gbtool.cli.app import app

RUN = CliRunner()
ON = ("--on", "2026-11-22")
PAPER = "文件/辅导服务/辅导服务月报 2026年9月.docx"


def gbtool(*words: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, ["ledger", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer's ledger with visits and promises alone."""
    folder = tmp_path_factory.mktemp("岚湾")
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, folder)
    for name in ("promises.csv", "visits/svc-visit.yaml", "visits/svc-mock-audit.yaml"):
        code, _, err = gbtool("import", str(EXAMPLES / "lanwan" / name), "-C", str(folder), *ON)
        assert (code, err) == (0, "")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(options, "cache_folder", lambda: made.parent / "cache")
    copy = Path(shutil.copytree(made, tmp_path / "客户"))
    monkeypatch.chdir(copy)
    return copy


@pytest.mark.usefixtures("folder")
def test_the_sheet_on_the_screen_and_as_json() -> None:
    code, out, _ = gbtool("service", "--month", "2026-09", *ON)
    assert code == 0
    assert "2026-09（到 2026-09-30）　3 次 10 小时　累计 12 次 46 小时" in out
    assert "申请前模拟审核" in out
    assert "获证后" in out
    code, out, _ = gbtool("service", "--month", "2026-09", "--json", *ON)
    value = json.loads(out)
    assert (code, value["hours"], value["papers"]) == (0, 10.0, [])
    assert value["promises"][0]["done"] == ["2026-03-23", "2026-04-10"]


@pytest.mark.usefixtures("folder")
def test_a_month_without_service_is_no_answer_and_a_wrong_month_no_question() -> None:
    assert gbtool("service", *ON)[0] == 1
    code, _, err = gbtool("service", "--month", "2026-13", *ON)
    assert (code, "不是月份" in err) == (2, True)
    code, _, err = gbtool("service", "--month", "2026-12", *ON)
    assert (code, "还没有到" in err) == (2, True)


def test_the_sheet_as_a_word_file_is_the_same_and_kept_when_it_was_changed(folder: Path) -> None:
    words = ("service", "--month", "2026-09", "--save", *ON)
    code, out, _ = gbtool(*words)
    assert (code, f"新　{PAPER}" in out) == (0, True)
    first = (folder / PAPER).read_bytes()
    text = [
        cell.text for table in docx.Document(str(folder / PAPER)).tables for row in table.rows for cell in row.cells
    ]
    assert {"3 次，10 小时", "申请前模拟审核", "已兑现", "人数证明需按递交日更新"} <= set(text)
    assert "没变" in gbtool(*words)[1]
    (folder / PAPER).write_bytes(first + b" ")
    assert "已有，保留" in gbtool(*words)[1]
    assert "重做" in gbtool(*words, "--again")[1]
    assert (folder / PAPER).read_bytes() == first


def test_everything_that_can_stand_on_a_sheet_stands_there(folder: Path) -> None:
    given = {
        "svc-delivery": "文件名称=《手册》&<甲>;编号=LW-IPM-01;版本=A/0;份数=2",
        "svc-doc-request": "资料名称=社保清单;提供部门=综合管理部;要求日期=2026-09-10",
    }
    for form, row in given.items():
        code, _, err = gbtool("add", form, "--date", "2026-09-08", "--row", row, *ON)
        assert (code, err) == (0, "")
    code, out, _ = gbtool("service", "--month", "2026-09", "--save", *ON)
    assert (code, "等企业提供" in out) == (0, True)
    text = [
        cell.text for table in docx.Document(str(folder / PAPER)).tables for row in table.rows for cell in row.cells
    ]
    assert {"《手册》&<甲>", "社保清单"} <= set(text)


def test_a_sheet_without_anything_says_so(folder: Path) -> None:
    (folder / "ledger.db").unlink()
    code, out, _ = gbtool("service", "--month", "2026-10", "--save", *ON)
    assert (code, "没有登记合同承诺的次数" in out) == (0, True)
    paper = docx.Document(str(folder / "文件/辅导服务/辅导服务月报 2026年10月.docx"))
    text = [paragraph.text for paragraph in paper.paragraphs]
    assert "本月没有辅导记录。" in text
    assert "台账里没有登记合同承诺的次数，没有可比的。" in text
