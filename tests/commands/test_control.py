"""Document control: asked, approved, made anew, issued, handed out, taken back; the list equals the disk; suspects."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import Demo
from gbtool.cli import options
from gbtool.cli.app import app
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.document import Doubt
from gbtool.model.revision import order, raised

NOW = "2026-11-23"
SYSTEM = "sys-reward"
ASK = ("--where", "第5条", "--before", "一年发一次", "--after", "半年发一次", "--why", "奖励不及时", "--by", "梁若溪")


@pytest.fixture
def lanwan(demonstrated: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The manufacturer of the demo, everything issued."""
    folder = tmp_path / "岚湾流控"
    shutil.copytree(demonstrated.folder / "岚湾流控", folder)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(options, "cache_folder", lambda: demonstrated.folder.parent / "cache")
    return folder


def gbtool(*words: str, on: str = NOW) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "--on", on])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout + result.stderr


def value(*words: str, on: str = NOW) -> dict[str, object]:
    """The one JSON value of a command, whatever its answer."""
    result = CliRunner().invoke(app, [*words, "--on", on, "--json"])
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def listed(id_: str) -> dict[str, object]:
    rows = value("control", "list")["documents"]
    assert isinstance(rows, list)
    return next(row for row in rows if row["id"] == id_)


def doubts(folder: Path) -> tuple[Doubt, ...]:
    """What is doubtful about the system."""
    return gather(workspace(folder), date.fromisoformat(NOW)).doubts.get(SYSTEM, ())


def asked() -> str:
    code, out = gbtool("control", "request", SYSTEM, *ASK, "--date", "2026-11-20")
    assert code == 0, out
    return out.split("　")[0].strip("✓ ").strip()


def granted() -> str:
    number = asked()
    words = ("--by", "沈知远", "--date", "2026-11-20", "--effective", "2026-11-23", "--opinion", "同意")
    code, out = gbtool("control", "approve", number, *words, "--reviewed-by", "方可宁", "--reviewed", "2026-11-20")
    assert code == 0, out
    return number


def test_a_document_goes_from_one_version_to_the_next(lanwan: Path) -> None:
    before = gather(workspace(lanwan), date.fromisoformat(NOW))
    assert value("control", "list") | {"documents": []} == {"documents": [], "strangers": []}
    granted()
    assert doubts(lanwan) == (Doubt("A/1 的更改已批准（2026-11-20），文件还是 A/0"),)
    code, out = gbtool("generate", SYSTEM)
    assert code == 0, out
    assert listed(SYSTEM)["state"] == "A/1 待发布，A/0 现行"
    assert doubts(lanwan) == (Doubt("A/1 已生成，还没有发布", soft=True),)
    days = ("--approved", "2026-11-20", "--issued", "2026-11-20", "--effective", "2026-11-23")
    code, out = gbtool("issue", SYSTEM, "--approved-by", "沈知远", *days)
    assert code == 0, out
    row = listed(SYSTEM)
    assert (row["version"], row["state"], row["fault"]) == ("A/1", "现行", "")
    after = gather(workspace(lanwan), date.fromisoformat(NOW))
    assert after.effective == before.effective
    earlier = gather(workspace(lanwan), date(2026, 9, 22)).document(SYSTEM)
    assert earlier
    assert (earlier.version, earlier.in_force) == ("A/0", True)
    assert CliRunner().invoke(app, ["ledger", "verify"]).exit_code == 0


def test_a_new_version_of_the_manual_goes_on_with_the_period(lanwan: Path) -> None:
    start = gather(workspace(lanwan), date.fromisoformat(NOW)).effective
    words = ("--by", "沈知远", "--date", "2026-11-20", "--effective", "2026-11-23")
    gbtool("control", "request", "ip-manual", *ASK, "--date", "2026-11-20")
    number = value("control", "changes")["changes"][-1]["id"]  # type: ignore[index] # a list of changes
    assert gbtool("control", "approve", str(number), *words)[0] == 0
    assert gbtool("generate", "ip-manual")[0] == 0
    days = ("--approved", "2026-11-20", "--issued", "2026-11-20", "--effective", "2026-11-23")
    code, out = gbtool("issue", "ip-manual", "--approved-by", "周屿川", *days)
    assert code == 0, out
    assert gather(workspace(lanwan), date.fromisoformat(NOW)).effective == start
    assert gbtool("issue", "ip-manual", "--withdraw")[0] == 0
    assert gather(workspace(lanwan), date.fromisoformat(NOW)).effective is None


def test_another_text_does_not_go_out_in_the_old_version(lanwan: Path) -> None:
    text = (lanwan / "client.yaml").read_text(encoding="utf-8")
    (lanwan / "client.yaml").write_text(
        text.replace("reward_procedure: 有会议记录和公示", "reward_procedure: 准备补做"), "utf-8"
    )
    assert gbtool("generate", SYSTEM)[0] == 0
    assert listed(SYSTEM)["fault"] == "发布以后文字变过，版本没有变"
    assert doubts(lanwan)[0] == Doubt("发布以后文字变过，版本没有变")
    days = ("--approved", "2026-11-20", "--issued", "2026-11-20", "--effective", "2026-11-23")
    code, out = gbtool("issue", SYSTEM, "--approved-by", "沈知远", *days)
    assert code == 1
    assert "先办更改申请" in out


def test_a_new_version_is_issued_while_others_still_wait_to_be_reviewed(lanwan: Path) -> None:
    text = (lanwan / "client.yaml").read_text(encoding="utf-8")
    changed = text.replace("reward_procedure: 有会议记录和公示", "reward_procedure: 准备补做")
    (lanwan / "client.yaml").write_text(changed.replace("6000元/件", "8000元/件"), "utf-8")
    assert len(value("control", "suspects")["suspects"]) > 1  # type: ignore[arg-type] # rows
    granted()
    assert gbtool("generate", SYSTEM)[0] == 0
    days = ("--approved", "2026-11-20", "--issued", "2026-11-20", "--effective", "2026-11-23")
    code, out = gbtool("issue", SYSTEM, "--approved-by", "沈知远", *days)
    assert code == 0, out
    assert doubts(lanwan) == ()
    assert value("control", "suspects")["suspects"]


def test_who_asks_does_not_approve_and_nothing_is_approved_twice(lanwan: Path) -> None:
    number = asked()
    days = ("--date", "2026-11-20", "--effective", "2026-11-23")
    code, out = gbtool("control", "approve", number, "--by", "梁若溪", *days)
    assert (code, "不能自己批准" in out) == (1, True)
    code, out = gbtool("control", "request", SYSTEM, *ASK, "--date", "2026-11-20")
    assert (code, "没批准的更改申请" in out) == (1, True)
    assert gbtool("control", "approve", number, "--by", "沈知远", *days)[0] == 0
    code, out = gbtool("control", "approve", number, "--by", "沈知远", *days)
    assert (code, "已由 沈知远" in out) == (1, True)
    assert "A/0→A/1" in gbtool("control", "changes")[1]
    assert lanwan.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("request", "sys-rewards", *ASK, "--date", "2026-11-20"), "是不是"),
        (("request", SYSTEM, "--by", "梁若溪", "--date", "2026-11-20"), "不能空着"),
        (("request", SYSTEM, *ASK[:-1], "查无此人", "--date", "2026-11-20"), "查无此人"),
        (("request", SYSTEM, *ASK, "--date", "2027-01-01"), "还没有发生"),
        (("approve", "LW-IPM-JL-04-02-099", "--by", "沈知远", "--date", NOW, "--effective", NOW), "没有更改申请"),
        (("distribute", SYSTEM, "--to", "技术中心", "--by", "姜予墨", "--date", NOW), "部门:领用人"),
        (("distribute", SYSTEM, "--to", "不存在部:韩泊舟", "--by", "姜予墨", "--date", NOW), "没有部门"),
        (("distribute", SYSTEM, "--to", "技术中心:韩泊舟", "--by", "姜予墨", "--date", "2026-01-05"), "早于发布日"),
        (("recall", SYSTEM, "--version", "A/0", "--by", "查无此人", "--date", NOW), "查无此人"),
        (("reviewed", SYSTEM, "--by", "查无此人"), "查无此人"),
        (("reviewed", SYSTEM, "--by", " "), "不能空着"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...], said: str, lanwan: Path) -> None:
    before = (lanwan / "ledger.db").read_bytes()
    code, out = gbtool("control", *words)
    assert (code, said in out) == (2, True), out
    assert (lanwan / "ledger.db").read_bytes() == before


def test_days_of_an_approval_are_in_order(lanwan: Path) -> None:
    number = asked()
    code, out = gbtool("control", "approve", number, "--by", "沈知远", "--date", "2026-11-19", "--effective", NOW)
    assert (code, "次序" in out) == (2, True)
    words = ("--reviewed-by", "方可宁", "--reviewed", "2027-02-01")
    code, out = gbtool(
        "control", "approve", number, "--by", "沈知远", "--date", "2026-11-20", "--effective", NOW, *words
    )
    assert (code, "还没有发生" in out) == (2, True)
    assert lanwan.exists()


def test_what_was_never_issued_needs_no_request(lanwan: Path) -> None:
    assert gbtool("issue", SYSTEM, "--withdraw")[0] == 0
    for words in (("distribute", SYSTEM, "--to", "技术中心:韩泊舟", "--date", NOW), ("reviewed", SYSTEM)):
        code, out = gbtool("control", *words, "--by", "姜予墨")
        assert (code, "没有在用" in out) == (1, True)
    assert listed(SYSTEM)["state"] == "作废"
    (lanwan / str(listed(SYSTEM)["path"])).unlink()
    assert listed(SYSTEM)["fault"] == ""


@pytest.mark.usefixtures("lanwan")
def test_copies_are_numbered_handed_out_and_taken_back() -> None:
    words = ("--to", "技术中心:韩泊舟", "--to", "采购部：贺闻笙", "--by", "姜予墨", "--date", NOW)
    code, out = gbtool("control", "distribute", SYSTEM, *words)
    assert code == 0, out
    assert "发放 02 号：采购部 贺闻笙" in out
    assert listed(SYSTEM)["out"] == 2
    copies = value("control", "distribute", SYSTEM, *words)["copies"]
    assert [each["number"] for each in copies] == ["03", "04"]  # type: ignore[attr-defined] # a list of copies
    code, out = gbtool("control", "recall", SYSTEM, "--version", "A/0", "--by", "姜予墨", "--date", NOW)
    assert (code, "收回 4 份" in out) == (0, True)
    assert listed(SYSTEM)["out"] == 0
    code, out = gbtool("control", "recall", SYSTEM, "--version", "A/0", "--by", "姜予墨", "--date", NOW)
    assert (code, "没有发在外面" in out) == (1, True)
    assert value("control", "distribute", SYSTEM, *words)["copies"]
    assert len(value("control", "recall", SYSTEM, "--version", "A/0", *words[4:])["copies"]) == 2  # type: ignore[arg-type]


def test_the_list_and_the_disk_are_compared(lanwan: Path) -> None:
    assert gbtool("control", "list")[0] == 0
    (lanwan / "文件" / "制度" / "朋友给的.docx").write_bytes(b"PK")
    (lanwan / "文件" / "制度" / "~$朋友给的.docx").write_bytes(b"")
    (lanwan / str(listed(SYSTEM)["path"])).unlink()
    code, out = gbtool("control", "list")
    assert code == 1
    assert "不在清单里的文件：文件/制度/朋友给的.docx" in out
    assert "~$" not in out
    assert "文件不见了" in out
    assert "不一致 2 处" in out


def test_what_changed_under_a_document_waits_for_somebody(lanwan: Path) -> None:
    assert value("control", "suspects") == {"suspects": []}
    assert "没有待复核" in gbtool("control", "suspects")[1]
    text = (lanwan / "client.yaml").read_text(encoding="utf-8")
    (lanwan / "client.yaml").write_text(
        text.replace("reward_procedure: 有会议记录和公示", "reward_procedure: 准备补做"), "utf-8"
    )
    shelf = lanwan / "checklists" / "gb29490" / "2023"
    shelf.mkdir(parents=True)
    clause = "clauses:\n  - key: leadership.policy\n    number: '5.2'\n    title: 方针与承诺\n"
    (shelf / "clauses.yaml").write_text(clause, encoding="utf-8")
    found = {row["id"]: row for row in value("control", "suspects")["suspects"]}  # type: ignore[attr-defined] # rows
    assert any("reward_procedure" in each for each in found[SYSTEM]["changed"])
    assert any("leadership.policy" in each for each in found["ip-manual"]["changed"])
    code, out = gbtool("control", "suspects")
    assert code == 1
    assert "资料 reward_procedure" in out
    for verb in (("check",), ("readiness", "--on", "2026-11-22")):
        code, out = gbtool(*verb)
        assert code == 1
        assert "LW-IPM-ZD-04《知识产权奖励与利益分配制度》待复核：资料 reward_procedure" in out
    assert "份待复核" in gbtool("status")[1]
    code, out = gbtool("control", "reviewed", SYSTEM, "LW-IPM-01", "--by", "梁若溪")
    assert code == 0, out
    left = {row["id"] for row in value("control", "suspects")["suspects"]}  # type: ignore[attr-defined] # rows
    assert not {SYSTEM, "ip-manual"} & left
    assert value("control", "reviewed", SYSTEM, "--by", "梁若溪") == {"reviewed": [SYSTEM]}
    assert CliRunner().invoke(app, ["ledger", "verify"]).exit_code == 0


def test_a_document_that_no_longer_applies_is_suspect(lanwan: Path) -> None:
    text = (lanwan / "client.yaml").read_text(encoding="utf-8")
    (lanwan / "client.yaml").write_text(
        text.replace("attends_exhibitions: true", "attends_exhibitions: false"), "utf-8"
    )
    found = {row["id"]: row for row in value("control", "suspects")["suspects"]}  # type: ignore[attr-defined] # rows
    assert found["flow-exhibition"]["changed"] == ["这家客户现在不用这份文件"]


def test_versions_follow_each_other() -> None:
    assert [raised("A/0"), raised("A/9"), raised("A/0", major=True), raised("B/3", major=True)] == [
        "A/1",
        "A/10",
        "B/0",
        "C/0",
    ]
    assert (raised("第一版"), raised("Z/1", major=True)) == (None, None)
    assert sorted(["B/0", "A/10", "A/2", "x"], key=order) == ["x", "A/2", "A/10", "B/0"]
