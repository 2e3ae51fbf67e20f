"""ledger, issue and period as a script or a person at a terminal calls them: words, JSON, exit codes."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from typer.testing import CliRunner

from gbtool.cli import ask, options
from gbtool.cli.app import app
from gbtool.store import database

EXAMPLES = Path(__file__).parents[2] / "examples"
RUN = CliRunner()
ENTER, DOWN, CTRL_C, BACK = "\r", "\x1b[B", "\x03", "\x7f"
FORM = "rec-whistle"
CHECK = "rec-routine-check"


def gbtool(*words: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def value(*words: str) -> dict[str, object]:
    """The one JSON value of a command."""
    code, out, err = gbtool(*words, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def entries(*words: str) -> list[dict[str, object]]:
    """What the ledger lists."""
    found = value("ledger", "list", *words)["entries"]
    assert isinstance(found, list)
    return found


@pytest.fixture
def lanwan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The manufacturer's folder without a ledger, from inside it."""
    for path in (EXAMPLES / "lanwan").iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(options, "cache_folder", lambda: tmp_path.parent / "cache")
    return tmp_path


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A terminal on which the test types."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def add(*words: str, on: str = "2026-06-30") -> tuple[int, str, str]:
    return gbtool("ledger", "add", CHECK, "--on", on, *words)


# add


def test_a_record_is_added_from_options(lanwan: Path) -> None:
    row = "检查内容=研发日志;结果=符合;问题="
    code, out, _ = add("--date", "2026-06-29", "--set", "检查日期=2026-06-29", "--row", row, "--by", "林疏桐")
    assert code == 0
    assert "已登记 LW-IPM-JL-22-01-001" in out
    assert "2026-06-29 发生，2026-06-30 录入" in out
    (entry,) = entries()
    data = entry["data"]
    assert isinstance(data, dict)
    assert data["rows"] == [{"检查内容": "研发日志", "结果": "符合", "问题": ""}]
    assert (entry["date"], entry["entered"], entry["form"]) == ("2026-06-29", "2026-06-30", CHECK)
    assert (lanwan / "ledger.db").is_file()


def test_a_record_of_the_day_is_not_called_late(lanwan: Path) -> None:
    assert lanwan
    assert "发生" not in add("--date", "2026-06-30")[1]


def test_a_record_may_come_from_a_file_and_be_given_back_as_data(lanwan: Path) -> None:
    (lanwan / "x.yaml").write_text("date: 2026-06-29\nnote: 更正\n", encoding="utf-8")
    found = value("ledger", "add", CHECK, "--from", "x.yaml", "--on", "2026-06-30")
    assert (found["id"], found["date"]) == ("LW-IPM-JL-22-01-001", "2026-06-29")


def test_without_a_terminal_nothing_is_asked(lanwan: Path) -> None:
    code, out, err = add()
    assert (code, out) == (2, "")
    assert "没有终端可以问" in err
    assert not (lanwan / "ledger.db").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--date", "2026-07-01"), 2, "2026-07-01 在今天（2026-06-30）以后，还没有发生"),
        (("--set", "检查日期=昨天"), 2, "“昨天”应当写成日期"),
        (("--date", "2026-06-01", "--set", "检查日期"), 2, "--set “检查日期”应当写成 字段=值"),
        (("--date", "2026-06-01", "--row", "检查部门"), 2, "--row “检查部门”应当写成 字段=值"),
        (("--date", "2026-06-01", "--sign", "甲=乙:丙"), 2, "“丙”应当写成日期"),
        (("--from", "没有.yaml"), 3, "没有.yaml：读不出文件"),
    ],
)
def test_a_wrong_record_is_refused_and_nothing_is_kept(
    lanwan: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = add(*words)
    assert (found, out) == (code, "")
    assert said in err
    assert not (lanwan / "ledger.db").exists()


def test_an_unknown_form_gets_a_guess(lanwan: Path) -> None:
    assert lanwan
    code, _, err = gbtool("ledger", "add", "rec-routine-chek", "--date", "2026-06-01", "--on", "2026-06-30")
    assert code == 2
    assert "是不是想写“rec-routine-check”？" in err


def test_the_wizard_asks_field_by_field_and_fills_in_nothing_by_itself(lanwan: Path, keys: PipeInput) -> None:
    assert lanwan
    keys.send_text(f"2026-06-31{ENTER}")  # no such day: refused at once
    keys.send_text(f"{BACK * 10}2026年6月29日{ENTER}")  # the day of the check is the day of the record
    keys.send_text(f"质量部{ENTER}{ENTER}")  # the department, not who checked
    keys.send_text(
        f"{ENTER}研发日志{ENTER}{ENTER}{ENTER}{DOWN}{ENTER}"
    )  # a row: content, clause, sample; 符合 is chosen, the key alone leaves it empty
    keys.send_text(f"{ENTER}明天{ENTER}{BACK * 10}{ENTER}{ENTER}")  # no day either; nothing more in this row
    keys.send_text(f"{DOWN}{ENTER}")  # no further row
    keys.send_text(f"林疏桐{ENTER}2026-06-29{ENTER}{ENTER}{ENTER}{ENTER}")  # one signature of three; keep it
    code, _, err = add()
    assert code == 0, err
    (entry,) = entries()
    assert entry["data"] == {
        "number": "LW-IPM-JL-22-01",
        "title": "体系运行日常检查记录",
        "head": {"检查日期": "2026-06-29", "检查部门": "质量部"},
        "rows": [{"序号": "1", "检查内容": "研发日志", "结果": "符合"}],
        "sign": [{"role": "编制", "name": "林疏桐", "date": "2026-06-29"}],
    }


def test_leaving_the_wizard_keeps_nothing(lanwan: Path, keys: PipeInput) -> None:
    keys.send_text(CTRL_C)
    assert add()[0] == 130
    assert not (lanwan / "ledger.db").exists()


# list, show, export


@pytest.fixture
def filled(lanwan: Path) -> Path:
    """A ledger with the records of one form, an absence and a declaration."""
    on = ("--on", "2026-09-22")
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan" / "records" / "rec-reward.yaml"), *on)[0] == 0
    assert gbtool("ledger", "absent", FORM, "--period", "2026-07", "--how", "查信箱", "--by", "林疏桐", *on)[0] == 0
    return lanwan


def test_the_list_is_a_table(filled: Path) -> None:
    assert filled
    code, out, _ = gbtool("ledger", "list")
    assert code == 0
    assert "2026-06-09  LW-IPM-JL-07-10-001  记录" in out
    assert "absent-rec-whistle" in out
    assert out.endswith("条。\n")


def test_the_list_is_narrowed_by_kind_and_form(filled: Path) -> None:
    assert filled
    assert [entry["id"] for entry in entries("--kind", "absent")] == ["absent-rec-whistle"]
    assert {entry["form"] for entry in entries("--form", "rec-reward")} == {"rec-reward"}


def test_an_entry_is_shown_with_its_history(filled: Path) -> None:
    assert filled
    code, out, _ = gbtool("ledger", "show", "absent-rec-whistle")
    assert code == 0
    assert "查信箱" in out
    assert "2026-09-22  2026-09-22  林疏桐  登记本期未发生" in out
    code, out, _ = gbtool("ledger", "show", "absent-rec-whistle", "--json")
    assert json.loads(out)[0]["kind"] == "absent"


def test_an_unknown_entry_is_wrong_usage(filled: Path) -> None:
    assert filled
    code, out, err = gbtool("ledger", "show", "absent-rec-whistel")
    assert (code, out) == (2, "")
    assert "是不是想写“absent-rec-whistle”？" in err


def test_the_whole_ledger_is_one_value(filled: Path) -> None:
    assert filled
    code, out, err = gbtool("ledger", "export")
    assert (code, err) == (0, "")
    assert len(json.loads(out)["history"]) == len(entries())


# import


def test_an_import_says_what_came_in_and_what_was_left_aside(lanwan: Path) -> None:
    (lanwan / "备忘.txt").write_text("x", encoding="utf-8")
    code, out, _ = gbtool("ledger", "import", ".", "--on", "2026-09-22")
    assert code == 0
    assert "人员        187  0     0" in out
    assert "没有读的文件：备忘.txt" in out
    code, out, _ = gbtool("ledger", "import", ".", "--on", "2026-09-22")
    assert "新 0 条，更新 0 条。" in out


def test_a_wrong_import_exits_with_three_and_keeps_nothing(lanwan: Path) -> None:
    (lanwan / "documents.yaml").write_text("documents:\n- {id: x, id: y}\n", encoding="utf-8")
    code, out, err = gbtool("ledger", "import", ".", "--on", "2026-09-22")
    assert (code, out) == (3, "")
    assert "documents.yaml:2：“id”写了两次" in err
    assert not (lanwan / "ledger.db").exists()


# absent, declare, evidence, verify


def test_an_absence_against_a_record_is_refused(filled: Path) -> None:
    assert filled
    words = ("--period", "2026-06", "--how", "x", "--by", "林疏桐", "--on", "2026-09-22")
    code, _, err = gbtool("ledger", "absent", "rec-reward", *words)
    assert code == 1
    assert "LW-IPM-JL-07-10-001" in err


def test_penalties_are_declared_by_a_named_person(lanwan: Path) -> None:
    assert lanwan
    words = ("--by", "林疏桐", "--from", "2025-05-18", "--to", "2026-09-21", "--on", "2026-09-22")
    code, out, _ = gbtool("ledger", "declare", "penalties", *words)
    assert code == 0
    assert "林疏桐 于 2026-09-22 声明“2025-05-18至2026-09-21无知识产权行政处罚”" in out
    code, _, err = gbtool("ledger", "declare", "penaltys", *words)
    assert code == 2
    assert "可以声明的：penalties" in err


def test_evidence_is_taken_once_and_verified(filled: Path) -> None:
    words = ("ledger", "evidence", "roster.csv", "--record", "LW-IPM-JL-07-10-001", "--on", "2026-09-22")
    assert "已收入：证据/" in gbtool(*words)[1]
    assert "这份内容已经收过" in gbtool(*words)[1]
    code, out, _ = gbtool("ledger", "verify")
    assert (code, "证据 1 份，都对得上。" in out) == (0, True)
    (copy,) = (filled / "证据").iterdir()
    copy.write_text("x", encoding="utf-8")
    code, out, _ = gbtool("ledger", "verify")
    assert code == 1
    assert "内容与收入时不同（roster.csv）" in out
    code, out, _ = gbtool("ledger", "verify", "--json")
    assert (code, json.loads(out)["faults"][0]["place"]) == (1, f"证据/{copy.name}")


def test_evidence_comes_in_by_a_list(filled: Path) -> None:
    (filled / "清单.csv").write_text("附件,记录,页\nroster.csv,LW-IPM-JL-07-10-001,3\n", encoding="utf-8")
    words = ("ledger", "evidence", "清单.csv", "--list", "--on", "2026-09-22")
    code, out, _ = gbtool(*words)
    assert (code, "列：附件→文件" in out, "没有读的列：页" in out, "已收入：证据/" in out) == (0, True, True, True)
    found = value(*words)["files"]
    assert isinstance(found, list)
    assert [(each["known"], each["records"]) for each in found] == [(True, ["LW-IPM-JL-07-10-001"])]
    assert gbtool(*words, "--record", "x")[0] == 2


# What the ledger may be in the way of


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ledger", "declare", "penalties", "--by", "林疏桐", "--from", "2025-05-18", "--to", "2026-09-21"), "写入"),
        (("ledger", "evidence", "roster.csv"), "写入"),
    ],
)
def test_two_commands_at_once_are_told(
    filled: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(filled / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = gbtool(*words, "--on", "2026-09-22")
    assert (code, out) == (3, "")
    assert said in err
    assert not (filled / "证据").exists()


def test_a_newer_ledger_is_not_read(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "ledger.db")) as other:
        other.execute("PRAGMA user_version = 99")
    for words in (("list",), ("verify",), ("export",)):
        code, out, err = gbtool("ledger", *words)
        assert (code, out) == (3, "")
        assert "升级 gbtool" in err


def test_something_else_in_the_ledgers_place_is_named(lanwan: Path) -> None:
    (lanwan / "ledger.db").write_bytes(b"x" * 5000)
    code, _, err = gbtool("ledger", "list")
    assert code == 3
    assert "ledger.db" in err


def test_outside_a_client_nothing_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert gbtool("ledger", "list")[0] == 3
    assert list(tmp_path.iterdir()) == []


# issue and period

SIGNED = ("--approved-by", "周屿川", "--approved", "2026-05-14", "--issued", "2026-05-15", "--effective", "2026-05-18")
ON = ("--on", "2026-09-22")


def test_issue_needs_to_know_what(lanwan: Path) -> None:
    assert lanwan
    code, _, err = gbtool("issue", *SIGNED, *ON)
    assert code == 2
    assert "没有说发布哪些文件" in err


def test_a_form_is_made_issued_and_withdrawn(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("generate", CHECK, *ON)[0] == 0
    code, out, err = gbtool("issue", CHECK, *SIGNED, *ON)
    assert (code, err) == (0, "")
    assert "已发布 1 份。" in out
    assert "运行期" not in out.split("下一步")[0]
    assert gbtool("issue", "--all", *SIGNED, *ON)[0] == 1
    code, out, _ = gbtool("issue", "--withdraw", CHECK, *ON)
    assert (code, out) == (0, f"已作废：{CHECK}。\n")


def test_papers_that_were_not_made_are_passed_over(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("generate", "appt-mr", *ON)[0] == 0
    code, out, _ = gbtool("issue", "--from", "documents.yaml", *ON)
    assert code == 0
    assert "已发布 1 份。" in out
    assert "没有生成过，没有发布：" in out


def test_days_in_the_wrong_order_are_not_issued(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("generate", CHECK, *ON)[0] == 0
    code, _, err = gbtool("issue", CHECK, *SIGNED[:-1], "2026-05-01", *ON)
    assert code == 2
    assert "DT-05" in err


def test_without_a_manual_there_is_no_period(lanwan: Path) -> None:
    assert lanwan
    code, out, _ = gbtool("period", *ON)
    assert code == 1
    assert "运行期没有开始" in out
    code, out, _ = gbtool("period", "--json", *ON)
    assert (code, json.loads(out)["effective"]) == (1, None)


def test_the_period_is_told_month_by_month(lanwan: Path) -> None:
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan" / "documents.yaml"), *ON)[0] == 0
    assert lanwan
    code, out, _ = gbtool("period", *ON)
    assert code == 0
    assert "2026-05-18 起，第 128 天，满 4 个月" in out
    assert "最早可申请 2026-08-18（已满三个月）" in out
    assert "没有任何记录" in out
    assert "下一步：gbtool ledger add rec-" in out
    found = value("period", *ON)
    assert (found["earliest"], found["day"], found["days_left"]) == ("2026-08-18", 128, 0)


def test_the_period_says_how_many_days_are_left(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan" / "documents.yaml"), *ON)[0] == 0
    code, out, _ = gbtool("period", "--on", "2026-08-01")
    assert code == 0
    assert "还差 17 天" in out


def test_quarters_that_lack_something_are_told_after_the_months(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan" / "documents.yaml"), *ON)[0] == 0
    assert "2026-Q3" in gbtool("period", "--on", "2026-10-01")[1]


def test_issuing_says_from_when_the_period_runs(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan" / "documents.yaml"), *ON)[0] == 0
    assert gbtool("generate", CHECK, *ON)[0] == 0
    assert "运行期从 2026-05-18 起算。" in gbtool("issue", CHECK, *SIGNED, *ON)[1]


def test_a_whole_engagement_has_no_hole(lanwan: Path) -> None:
    assert lanwan
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan"), *ON)[0] == 0
    code, out, _ = gbtool("period", *ON)
    assert code == 0
    assert "下一步" not in out


# Records from files, registers out

VISITOR = "rec-visitor"
VISITS = "日期,来访单位,姓名,登记人（签名）,登记人（签名日期）\n2026-09-01,江岸厂,甲,尹初晓,2026-09-01\n"


@pytest.fixture
def visits(lanwan: Path) -> Path:
    """Somebody's list of visitors."""
    path = lanwan / "访客.csv"
    path.write_text(VISITS, encoding="utf-8")
    return path


def test_fields_are_given_as_words(lanwan: Path) -> None:
    assert lanwan
    code, _, err = add("检查日期=2026年6月29日", "检查内容=日志", "结果=符合")
    assert (code, err) == (0, "")
    (entry,) = entries()
    assert entry["date"] == "2026-06-29"
    data = entry["data"]
    assert isinstance(data, dict)
    assert (data["head"], data["rows"]) == ({"检查日期": "2026-06-29"}, [{"检查内容": "日志", "结果": "符合"}])


def test_a_table_is_imported_once_and_its_columns_are_told(visits: Path) -> None:
    words = ("ledger", "import", visits.name, "--form", VISITOR, "--on", "2026-09-22")
    code, out, err = gbtool(*words)
    assert (code, out) == (3, "")
    assert "访客.csv:1 B 列：“来访单位”认不出是哪个字段" in err
    code, out, err = gbtool(*words, "--dry-run")
    assert (code, "来访单位  —     认不出" in out, "新增" in out) == (3, True, False)
    code, out, err = gbtool(*words, "--map", "来访单位=单位", "--dry-run")
    assert (code, "会新增 1 条，0 条与台账不同，没变 0 条。" in out) == (0, True)
    assert entries() == []
    code, out, err = gbtool(*words, "--map", "来访单位=单位")
    assert (code, err) == (0, "")
    assert "访客.csv：《来访（参观）登记与保密提示表》（rec-visitor），表头在第1行，1 行" in out
    assert "来访单位  单位  指定" in out
    assert "发生日期取自签名日期。" in out
    assert "新增 1 条（LW-IPM-JL-16-05-001），更新 0 条，没变 0 条。" in out
    assert "这个文件 2026-09-22 导入过，1 条都在台账里，没有再记。" in gbtool(*words)[1]


def test_somebody_at_the_terminal_is_asked_for_a_column(visits: Path, keys: PipeInput) -> None:
    keys.send_text(ENTER)  # the likeliest comes first
    code, out, err = gbtool("ledger", "import", visits.name, "--form", VISITOR, "--on", "2026-09-22")
    assert (code, err) == (0, "")
    assert "来访单位  单位  指定" in out


def test_somebody_at_the_terminal_is_asked_for_the_day_and_told_what_he_said(lanwan: Path, keys: PipeInput) -> None:
    path = lanwan / "访客登记.csv"
    path.write_text("单位,来客,是否签保密提示\n江岸厂,来访人甲,也许\n", encoding="utf-8")
    words = ("ledger", "import", path.name, "--form", VISITOR, "--on", "2026-09-22")
    keys.send_text(f"{DOWN * 6}{ENTER}2026-09-02{ENTER}")  # 来客 is 姓名
    code, out, err = gbtool(*words)
    assert (code, "--map '来客=姓名'" in out, "也许" in err) == (3, True, True), (out, err)
    path.write_text("单位,来客\n江岸厂,来访人甲\n", encoding="utf-8")
    keys.send_text(f"{DOWN * 6}{ENTER}2099-01-01{ENTER}{BACK * 10}2026-09-02{ENTER}")  # a day to come is refused
    code, out, err = gbtool(*words)
    assert (code, "新增 1 条" in out) == (0, True), (out, err)
    assert entries()[0]["date"] == "2026-09-02"


def test_a_changed_table_says_what_differs(visits: Path) -> None:
    words = ("ledger", "import", visits.name, "--form", VISITOR, "--map", "来访单位=单位", "--on", "2026-09-22")
    assert gbtool(*words)[0] == 0
    visits.write_text(VISITS.replace("江岸厂", "水务方"), encoding="utf-8")
    code, out, err = gbtool(*words)
    assert (code, out) == (1, "")
    assert "访客.csv第2行：与台账里的 LW-IPM-JL-16-05-001 不同：第1条“单位”江岸厂 → 水务方" in err
    code, out, err = gbtool(*words, "--changed", "update")
    assert (code, "更新 1 条" in out) == (0, True)
    assert "LW-IPM-JL-16-05-001：第1条“单位”江岸厂 → 水务方" in out
    visits.write_text(VISITS.splitlines()[0] + "\n2026-09-09,甲,乙,丙,2026-09-09\n", encoding="utf-8")
    assert "LW-IPM-JL-16-05-001 上次在这个文件里，这次没有" in gbtool(*words, "--changed", "update")[1]


def test_several_files_come_in_each_whole_or_not(visits: Path) -> None:
    (visits.parent / "坏.csv").write_text("日期\n昨天\n", encoding="utf-8")
    words = ("--form", VISITOR, "--map", "来访单位=单位", "--on", "2026-09-22")
    code, out, err = gbtool("ledger", "import", "坏.csv", "访客.csv", *words)
    assert code == 3
    assert "坏.csv:1：没有 --map 说的“来访单位”这一列" in err
    assert "新增 1 条" in out


def test_an_import_is_told_as_data(visits: Path) -> None:
    found = value("ledger", "import", "roster.csv", "--on", "2026-09-22")["files"]
    assert isinstance(found, list)
    assert found[0]["sheets"][0]["form"] == "roster"
    assert len(found[0]["sheets"][0]["added"]) == 187
    words = ("--form", VISITOR, "--map", "来访单位=单位", "--on", "2026-09-22")
    found = value("ledger", "import", visits.name, *words)["files"]
    assert isinstance(found, list)
    (sheet,) = found[0]["sheets"]
    assert (sheet["form"], sheet["added"], sheet["updated"]) == (VISITOR, ["LW-IPM-JL-16-05-001"], [])
    assert sheet["columns"][1] == {"column": "来访单位", "field": "单位", "how": "told", "score": 1.0}


def test_the_layout_has_nothing_to_match(lanwan: Path) -> None:
    assert lanwan
    given = str(EXAMPLES / "lanwan" / "documents.yaml")
    code, _, err = gbtool("ledger", "import", given, "--dry-run", "--on", "2026-09-22")
    assert (code, "documents.yaml 是固定格式" in err) == (2, True)


def test_registers_go_out(filled: Path) -> None:
    code, out, err = gbtool("ledger", "export", "奖励.xlsx", "--form", "rec-reward", "--on", "2026-09-22")
    assert (code, err) == (0, "")
    assert "已写入 奖励.xlsx：《职务发明奖励与报酬审批发放表》" in out
    assert (filled / "奖励.xlsx").is_file()
    code, out, err = gbtool("ledger", "export", "无.csv", "--form", FORM)
    assert code == 2
    found = value("ledger", "export", "全部.json")
    assert found["path"] == "全部.json"
    code, _, err = gbtool("ledger", "export", "全部.json", "--form", FORM)
    assert (code, "没有覆盖" in err) == (1, True)


def test_a_register_names_values_that_the_form_lost_and_counts_many_forms(filled: Path) -> None:
    assert gbtool("ledger", "import", str(EXAMPLES / "lanwan"), "--on", "2026-09-22")[0] == 0
    code, out, _ = gbtool("ledger", "export", "台账.xlsx", "--on", "2026-09-22")
    assert (code, "已写入 台账.xlsx：110 张表，" in out) == (0, True)
    assert filled


def test_the_wizard_may_be_given_up_at_its_end(lanwan: Path, keys: PipeInput) -> None:
    keys.send_text(f"2026-06-29{ENTER}{ENTER}{ENTER}{DOWN}{ENTER}{ENTER}{ENTER}{ENTER}{DOWN}{ENTER}")
    code, out, _ = add()
    assert (code, "没有登记。" in out) == (0, True)
    assert not (lanwan / "ledger.db").exists()


def test_the_wizard_asks_for_the_day_that_no_field_gives(lanwan: Path, keys: PipeInput) -> None:
    assert lanwan
    keys.send_text(f"{ENTER}{ENTER}{ENTER}来访人甲{ENTER}{ENTER * 4}")  # yes, a row: day, firm, name …
    keys.send_text(
        f"{DOWN}{DOWN}{ENTER}{ENTER * 2}{DOWN}{ENTER}"
    )  # a promise of secrecy was not signed; no further row
    keys.send_text(f"{ENTER}2026-06-28{ENTER}{ENTER}")  # nobody signed; the day; keep it
    code, _, err = gbtool("ledger", "add", VISITOR, "--on", "2026-06-30")
    assert (code, err) == (0, "")
    (entry,) = entries()
    assert entry["date"] == "2026-06-28"
    data = entry["data"]
    assert isinstance(data, dict)
    assert data["rows"] == [{"序号": "1", "姓名": "来访人甲", "是否签保密提示": "否"}]
