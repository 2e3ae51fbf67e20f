"""Pages: the same figures as --json, everything escaped, nothing from elsewhere, no file of another overwritten."""

import html
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES, Demo
from firm import SPOILED, small_firm
from gbtool.cli.app import app
from gbtool.cli.portfolio import verbs
from gbtool.documents.pages.gantt import axis, picture
from gbtool.documents.pages.html import page
from gbtool.model.facts import Facts
from gbtool.model.portfolio import Bar, BarState
from gbtool.rules.coverage import coverage
from gbtool.rules.timeline import timeline
from gbtool.shelf.shipped import shipped
from gbtool.structs import replace

ON = ("--on", "2026-11-22")
DAY = date(2026, 11, 22)
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "cache_folder", lambda: tmp_path / "cache")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def figures(text: str) -> dict[str, list[str]]:
    """What the page shows under each name."""
    found: dict[str, list[str]] = {}
    for name, value, shown in re.findall(r'data-figure="([\w.]+)"(?: data-value="([^"]*)")?[^>]*>([^<]*)<', text):
        found.setdefault(name, []).append(html.unescape(value or shown))
    return found


def test_a_client_page_has_the_figures_of_json(demonstrated: Demo, tmp_path: Path) -> None:
    for client in ("岚湾流控", "青屿软件"):
        target = tmp_path / f"{client}.html"
        folder = str(demonstrated.folder / client)
        result = run("page", str(target), "--json", "-C", folder, *ON)
        assert result.exit_code == 0
        said, shown = json.loads(result.stdout), figures(target.read_text(encoding="utf-8"))
        ready = json.loads(run("readiness", "--json", "-C", folder, *ON).stdout)
        status = json.loads(run("status", "--json", "-C", folder, *ON).stdout)
        assert said["verdict"] == ready["verdict"]
        assert [r["status"] for r in said["results"]] == [r["status"] for r in ready["results"]]
        assert said["stage"] == status["stage"]
        assert {k: said["period"][k] for k in ("effective", "day", "months", "earliest")} == {
            k: status["period"][k] for k in ("effective", "day", "months", "earliest")
        }
        against = [r for r in said["results"] if r["blocks"] and r["status"] in ("failed", "not_assessed")]
        assert shown["status"] == [r["status"] for r in against]
        for name in ("day", "months", "effective", "earliest", "days"):
            assert shown[name] == [str(said["period"][name])]
        assert shown["verdict"] == [said["verdict"]]
        assert shown["due.days"] == [str(each["days"]) for each in said["due"]]
        assert shown["coverage.audited"] == [str(said["coverage"]["audited"])]
        assert shown["audited"] == [str(row["audited"]) for row in said["coverage"]["clauses"]]
        assert shown.get("state", []) == [each["state"] for each in said["nonconformities"]]
        assert shown["nonconformities.open"] == [str(said["open_nonconformities"])]


def test_a_firm_page_has_the_figures_of_json(demonstrated: Demo, tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    result = run("portfolio", "page", str(target), "--json", "-C", str(demonstrated.folder), *ON)
    said, text = json.loads(result.stdout), target.read_text(encoding="utf-8")
    shown = figures(text)
    clients = said["clients"]
    assert re.findall(r'<tr data-path="([^"]*)"', text) == [each["path"] for each in clients]
    assert shown["verdict"] == [each["verdict"] for each in clients]
    assert shown["stage"] == [each["stage"] for each in clients]
    assert shown["days"] == [json.dumps(each["days"]) for each in clients]
    assert sorted(map(int, shown["due.days"])) == sorted(due["days"] for each in clients for due in each["due"])
    assert shown["clients"] == ["3"]
    assert sum(int(shown[word][0]) for word in ("ready", "not_ready", "not_assessed")) == len(clients)
    few = run("portfolio", "page", str(target), "--stage", "运行", "-C", str(demonstrated.folder), *ON)
    assert "1 家客户" in few.stdout
    assert "（运行）" in target.read_text(encoding="utf-8")


def test_nothing_comes_from_elsewhere(demonstrated: Demo, tmp_path: Path) -> None:
    one, all_ = tmp_path / "one.html", tmp_path / "all.html"
    run("page", str(one), "-C", str(demonstrated.folder / "岚湾流控"), *ON)
    run("portfolio", "page", str(all_), "-C", str(demonstrated.folder), *ON)
    for path in (one, all_):
        text = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in html.unescape(text)
        assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\son\w+=|\sstyle=|\ssrc=|\shref=", text)
        assert re.findall(r"https?://[^\"\s]+", text) == ["http://www.w3.org/2000/svg"]


def test_what_a_client_wrote_is_text(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构")
    client = firm / "衡拓科贸"
    path = client / "client.yaml"
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    text = re.sub(r"^company_(name|short): .*$", rf"company_\1: {quoted}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    (firm / "gbtool.yaml").write_text(f"name: {quoted}\n", encoding="utf-8")
    assert run("page", str(tmp_path / "a.html"), "-C", str(client), *ON).exit_code == 0
    assert run("portfolio", "page", str(tmp_path / "b.html"), "-C", str(firm), *ON).exit_code == 3
    for name in ("a.html", "b.html"):
        page_ = (tmp_path / name).read_text(encoding="utf-8")
        assert "<script" not in page_
        assert HOSTILE in html.unescape(page_)
    assert f'data-broken="{SPOILED}"' in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_a_client_that_has_hardly_begun_has_a_page(tmp_path: Path) -> None:
    client = tmp_path / "新客户"
    client.mkdir()
    (client / "client.yaml").write_text("company_short: 新\n", encoding="utf-8")
    made = json.loads(run("page", "--json", "-C", str(client), *ON).stdout)
    text = Path(made["path"]).read_text(encoding="utf-8")
    assert made["path"].endswith("进度 2026-11-22.html")
    assert (made["client"], made["stages"], made["due"], made["coverage"]["clauses"]) == ("新客户", [], [], [])
    for words in ("还没有各阶段的日期", "运行期没有起算", "没有登记到期的事", "还没有内审", "职能分配表排不出来"):
        assert words in text


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    client = tmp_path / "客户"
    shutil.copytree(EXAMPLES / "hengtuo", client)
    target = tmp_path / "x.html"
    target.write_text("别人的", encoding="utf-8")
    assert run("page", str(target), "-C", str(client), *ON).exit_code == 1
    assert target.read_text(encoding="utf-8") == "别人的"
    target.unlink()
    assert "可以直接发给客户" in run("page", str(target), "-C", str(client), *ON).stdout
    first = target.read_bytes()
    assert run("page", str(target), "-C", str(client), *ON).exit_code == 0
    assert target.read_bytes() == first
    assert run("page", str(tmp_path / "x.txt"), "-C", str(client), *ON).exit_code == 2
    (tmp_path / "y.html").mkdir()
    assert run("page", str(tmp_path / "y.html"), "-C", str(client), *ON).exit_code == 1


def test_signs_that_no_file_may_hold_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("", encoding="utf-8")
    (tmp_path / "x.j2").write_text("{{ a }}|{{ b }}|{{ c|without_commands }}", encoding="utf-8")
    made = page(tmp_path, "x.j2", {"a": "甲\x00\ud800乙", "b": None, "c": "先做内审（gbtool audit plan）"})
    assert made.decode() == "甲\ufffd\ufffd乙||先做内审"
    assert (shipped("templates", "pages", "style.css")).is_file()


def test_bars_lie_on_the_line_of_time() -> None:
    first, last = date(2026, 1, 15), date(2027, 3, 2)
    bars = (Bar("甲", first, first, BarState.DONE), Bar("乙", first, last, BarState.NOW))
    line = axis(bars, date(2026, 6, 1))
    assert (line.first, line.last) == (date(2026, 1, 1), date(2027, 3, 31))
    drawn = picture([("行", bars)], date(2026, 6, 1))
    months = line.months()
    assert len(months) == 15
    assert len([month for month in months if month["name"]]) == 5
    assert months[0] == {"x": 0.0, "name": "2026-01"}
    one, two = line.bar(bars[0]), line.bar(bars[1])
    assert (one["width"], one["days"]) == (0.8, "2026-01-15")
    assert float(str(two["x"])) + float(str(two["width"])) < 100
    assert drawn["today"] == line.at(date(2026, 6, 1))


def states(facts: Facts) -> dict[str, str]:
    return {bar.stage: bar.state.value for bar in timeline(facts)}


def test_what_was_only_planned_is_never_done(lanwan_ready: Facts, qingyu: Facts) -> None:
    assert states(lanwan_ready) | {"申请": "", "运行": ""} == {
        **dict.fromkeys(("立项", "诊断", "策划与编写", "发布", "内审与整改", "管理评审"), "完成"),
        "运行": "",
        "申请": "",
    }
    later = replace(qingyu, today=date(2027, 6, 1))
    found = states(later)
    assert [found[stage] for stage in ("内审与整改", "管理评审", "申请")] == ["计划已过"] * 3
    assert found["运行"] == "进行"
    assert states(replace(qingyu, today=date(2026, 7, 1)))["立项"] == "计划"
    under_way = replace(
        lanwan_ready,
        today=date(2026, 8, 27),
        entries=tuple(e for e in lanwan_ready.entries if not e.date or e.date <= "2026-08-27"),
    )
    assert states(under_way)["内审与整改"] == "进行"


def test_coverage_is_what_was_judged(lanwan: Facts, qingyu: Facts) -> None:
    rows = coverage(lanwan)
    assert {row.key for row in rows} == {clause.key for clause in lanwan.clauses}
    assert all(row.audited for row in rows)
    judged = {(row.key, where): word.value for row in rows for where, word in row.judged.items()}
    assert "一般不符合" in judged.values()
    assert not any(row.audited or row.judged for row in coverage(qingyu))
