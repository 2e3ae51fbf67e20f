"""Self-grading: a threshold that nobody confirmed passes nobody, sources that disagree are shown side by side."""

from pathlib import Path
from typing import Any

import docx
import pytest

from engagement import EXAMPLES
from gbtool.errors import FileFaults
from gbtool.model.entry import EntryKind
from gbtool.shelf import diagnosis, gradings, standards, yearly
from gbtool.shelf.shelves import Shelf, Shelves, shelves_of
from gbtool.store import entries
from gbtool.store.database import open_ledger
from studio import DATA, FEB, GOOD, filled, run, studio
from test_shipped import BY_ID, QUESTIONS

SHELVES = shelves_of(None, None)
ISO = standards.head("56005-2020", SHELVES)
FILE = DATA / "measured" / "checklists" / "studio" / "2030" / "grading.yaml"
BY = ("--by", "何格")
SIGNED = ("--compiled-by", "何格", "--approved-by", "林木")
NOV = "2026-11-22"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return studio(tmp_path / "机构")


def grades(client: Path, *words: str, code: int = 1, on: str = NOV) -> dict[str, Any]:
    """The grades for scripts."""
    import json  # noqa: PLC0415 - only here

    found = json.loads(run(client, "grade", *words, "--json", code=code, on=on).stdout)
    assert isinstance(found, dict)
    return found


def conditions(found: dict[str, Any]) -> dict[str, Any]:
    return {each["id"]: each for level in found["levels"] for each in level["conditions"]}


def test_nothing_answered_is_nothing_claimed_and_both_sources_are_shown(client: Path) -> None:
    found = grades(client)
    assert (found["claimable"], found["target"], found["claim"]) == (None, 1, "未评")
    each = conditions(found)
    assert each["L1"]["standing"] == each["LQ"]["standing"] == "未评"
    assert each["GT-1"]["standing"] == "来源冲突"
    assert [day["day"] for day in each["GT-1"]["earliest"]] == ["2026-11-01", "2026-12-01"]
    assert each["GT-2"]["standing"] == "未评"  # both say the same, nobody confirmed it
    assert "网页甲：2个月，网页乙：3个月" in each["GT-1"]["why"]
    shown = run(client, "grade", code=1).stdout
    for words in (
        "还说不出能申请几级",
        "说法不同——月数：甲说2个月；乙说3个月",
        "没有公开查到：收费",
        "gbtool grade answer",
    ):
        assert words in shown


def test_a_level_is_claimed_when_all_is_answered_and_confirmed(client: Path) -> None:
    run(client, "figures", "take", str(filled(client / "数.xlsx", GOOD)), on=FEB)
    run(client, "grade", "answer", "L1=满足:登记表2026", *BY)
    assert conditions(grades(client))["LQ"]["standing"] == "未评"  # 10 ≥ 9, and still only a web page
    shown = run(client, "grade", code=1).stdout
    assert "gbtool grade confirm LQ=数" in shown
    run(client, "grade", "confirm", "LQ=9", "GT-1=2", "--source", "某机构书面答复", *BY)
    found = grades(client, code=0)
    assert (found["claimable"], found["claim"]) == (1, "具备")
    assert "门槛：某机构书面答复" in conditions(found)["LQ"]["evidence"]
    assert grades(client, "--level", "2")["claim"] == "未评"
    assert "gbtool grade report --level 1" in run(client, "grade").stdout
    run(client, "grade", "answer", "L2=满足:某机构书面答复", *BY)
    run(client, "grade", "confirm", "GT-2=5", "--source", "某机构书面答复", *BY)
    found = grades(client, "--level", "2")
    assert (found["claimable"], found["claim"]) == (1, "不具备")
    assert conditions(found)["GT-2"]["earliest"][0]["day"] == "2027-02-01"
    assert grades(client, "--level", "2", code=0, on="2027-02-01")["claimable"] == 2


def test_what_fails_below_fails_above(client: Path) -> None:
    run(client, "figures", "take", str(filled(client / "数.xlsx", GOOD)), on=FEB)
    run(client, "grade", "confirm", "LQ=12", "--source", "某机构书面答复", *BY)
    found = grades(client, "--level", "2")
    assert conditions(found)["LQ"]["gap"] == "2025年是 10件，少于 12"
    assert [level["claim"] for level in found["levels"]] == ["不具备", "不具备"]


def test_the_source_that_a_client_chose_counts(client: Path) -> None:
    file = client / "client.yaml"
    file.write_text(f"{file.read_text('utf-8')}studio_months: 甲\n", "utf-8")
    assert conditions(grades(client))["GT-1"]["standing"] == "满足"
    file.write_text(file.read_text("utf-8").replace("studio_months: 甲", "studio_months: 乙"), "utf-8")
    each = conditions(grades(client))
    assert each["GT-1"]["standing"] == "不满足"
    assert each["GT-1"]["gap"] == "2026-09-01 起不满 3 个月"


def test_without_a_start_no_trial_is_over(client: Path) -> None:
    file = client / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("studio_trial: 2026-09-01\n", ""), "utf-8")
    assert conditions(grades(client))["GT-1"]["earliest"] == []
    run(client, "grade", "confirm", "GT-1=2", "LQ=9", "--source", "某机构书面答复", *BY)
    each = conditions(grades(client))
    assert "还没有试运行开始日" in each["GT-1"]["why"]
    assert "没有这个数" in each["LQ"]["why"]


def test_the_form_is_kept_and_printed(client: Path) -> None:
    run(client, "diagnose", "answer", "SQ-1=1:登记了几件", "--by", "何格")
    shown = run(client, "grade", "answer", "L1=满足:登记表2026", *BY).stdout
    assert "SQ-1 只得 1 分" in shown
    done = run(client, "grade", "report", *SIGNED, "--date", NOV).stdout
    assert "已登记 MG-JL-13-001：1级，自评结论 未评" in done
    path = client / "文件" / "分级自评" / "MG-JL-13-001 分级自评表.docx"
    said = "\n".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    for words in ("来源冲突", "登记表2026", "门槛来自网页甲", "按2个月，2026-11-01 满"):
        assert words in said
    assert "client.yaml" not in said
    run(client, "grade", "report", *SIGNED, "--date", NOV, "--json")
    with open_ledger(client / "ledger.db") as ledger:
        (kept,) = entries.read(ledger, EntryKind.RECORD)
    assert kept.mapping("foot") == {"自评结论": "未评"}
    assert "--compiled-by" in run(client, "grade", "report", "--date", NOV, code=2).stderr
    assert "没有 7 级" in run(client, "grade", "report", *SIGNED, "--level", "7", "--date", NOV, code=2).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("answer", "L1=满足", *BY), "要写证据"),
        (("answer", "L1=不满足", *BY), "写差在哪里"),
        (("answer", "L1=好", *BY), "应当是 满足 或 不满足"),
        (("answer", "L1=满足:表"), "没有写谁评的"),
        (("answer", "L1=满足:表", *BY, "--date", "2027-01-01"), "在今天"),
        (("answer", "L1"), "应当写成 编号=…"),
        (("answer", "L9=满足:表", *BY), "没有这个条件"),
        (("answer", "LQ=满足:表", *BY), "这是门槛，只确认数值"),
        (("answer", "GT-1=满足:表", *BY), "日子从试运行开始日算"),
        (("confirm", "L1=3", "--source", "某", *BY), "由人评，不是门槛"),
        (("confirm", "LQ=三", "--source", "某", *BY), "应当是数"),
        (("confirm", "GT-1=2.5", "--source", "某", *BY), "应当是整月数"),
        (("confirm", "LQ=3", *BY), "没有写谁确认的门槛"),
    ],
)
def test_what_does_not_fit_is_refused(client: Path, words: tuple[str, ...], said: str) -> None:
    assert said in run(client, "grade", *words, code=2).stderr
    assert not (client / "ledger.db").exists()


def test_answers_for_scripts(client: Path) -> None:
    import json  # noqa: PLC0415 - only here

    given = json.loads(run(client, "grade", "answer", "L1=不满足:有三件没有登记", *BY, "--json").stdout)
    assert given == {"kept": ["L1"], "remarks": []}
    assert conditions(grades(client))["L1"]["gap"] == "有三件没有登记"


def test_a_client_whose_standard_has_no_grades_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "岚湾"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    assert "ISO 56005:2020" in run(folder, "grade", code=1).stderr
    assert "还说不出" in run(folder, "grade", "--standard", "56005", code=1).stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("id: LQ,", "id: L1,"), "L1 写了2次"),
        (("figure: Y1, ", ""), "没有写和哪个指标"),
        (("sources: [S-A]", "sources: [S-C]"), "S-C 不在 sources 里"),
        (("level: 2", "level: 3"), "从 1 起逐级写"),
        (("months: {'1': 2, '2': 3}", "months: {'1': 2}"), "没有写 2 级的试运行月数"),
    ],
)
def test_a_file_that_does_not_fit_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "grading.yaml").write_text(FILE.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(FileFaults, match=said):
        gradings.grading(Shelves((Shelf("机构", tmp_path),)), "s")


def test_what_is_shipped_names_only_what_exists() -> None:
    scheme = gradings.grading(SHELVES, ISO.folder)
    figures = yearly.statistics(SHELVES, ISO.folder)
    assert scheme
    assert figures
    asked = diagnosis.scheme(SHELVES, ISO.folder).by_id
    assert [level.name for level in scheme.levels] == ["初始级", "过程级", "项目级", "系统级", "生态级"]
    for _, condition in scheme.conditions:
        assert condition.question in ("", *asked)
        assert condition.figure in ("", *figures.by_line)
        assert condition.document in ("", *BY_ID)
    assert scheme.record in BY_ID
    choices = QUESTIONS[scheme.trial.choice].choices
    assert {scheme.trial.reply, *(claim.answer for claim in scheme.trial.claims)} < set(choices)
    assert {scheme.target, scheme.trial.start} <= set(QUESTIONS)
