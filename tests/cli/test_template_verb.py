"""gbtool template: where each document comes from, a text of one's own to begin with, what changed under it."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from docx import Document as WordDocument
from typer.testing import CliRunner, Result

from drafted import example_desk, example_facts
from engagement import EXAMPLES, catalogued
from gbtool.cli.app import app
from gbtool.documents.context import ALWAYS, DERIVED, context
from gbtool.documents.names import names_in
from gbtool.model.document import DocumentKind
from gbtool.shelf import templates
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves
from gbtool.word import reading
from gbtool.word.lint.rules import flaws
from gbtool.word.stamping import property_of, with_property

REWARD = "systems/sys-reward.md.j2"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A firm with the manufacturer as its client."""
    folder = tmp_path / "机构"
    (folder / "岚湾").mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder / "岚湾")
    (folder / "gbtool.yaml").write_text("name: 机构", "utf-8")
    return folder


def run(folder: Path, *words: str) -> Result:
    """A command in a folder."""
    return CliRunner().invoke(app, [*words, "-C", str(folder)])


def value(result: Result) -> dict[str, list[dict[str, object]]]:
    """What a command gives to scripts."""
    found: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return found


def told(folder: Path, *words: str) -> list[tuple[object, object]]:
    """What check has to say of which text."""
    found = value(run(folder, "template", "check", "--json", *words))["remarks"]
    return [(each["path"], each["trouble"]) for each in found]


def own(folder: Path, path: str = REWARD) -> Path:
    """A text on a shelf."""
    return folder / "templates" / path


def ship(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, old: str, new: str) -> None:
    """What is shipped changes: the same shelf with another text in one file."""
    other = tmp_path / "shipped"
    if not other.exists():
        shutil.copytree(SHIPPED.folder / "templates", other / "templates")
        shutil.copytree(SHIPPED.folder / "checklists", other / "checklists")
    file = other / "templates" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    changed = Shelf(SHIPPED.name, other)
    for loaded in [loaded for name, loaded in sys.modules.items() if name.startswith("gbtool.")]:
        if isinstance(getattr(loaded, "SHIPPED", None), Shelf):
            monkeypatch.setattr(loaded, "SHIPPED", changed)
    for module in ("shelf", "remembering", "starting"):
        monkeypatch.setattr(f"gbtool.commands.own_texts.{module}.ONLY_SHIPPED", Shelves((changed,)))


def test_every_document_has_a_shelf_and_every_heading_a_name(firm: Path) -> None:
    found = value(run(firm, "template", "list", "--json"))["documents"]
    assert {each["shelf"] for each in found} <= {"自带", ""}
    assert len({each["id"] for each in found}) > 150
    shown = run(firm, "template", "list", "sys-reward")
    assert "解释和修订" in shown.stdout
    assert "--block" in shown.stdout
    named = value(run(firm, "template", "list", "ip-manual", "--json"))["passages"]
    titles = {each["name"]: each["title"] for each in named}
    assert titles["leadership_policy"] == "5.2 知识产权方针"
    assert {"外协／委托加工", "……"} < {str(each["title"]) for each in named}
    assert not any("{{" in str(each["title"]) for each in named)
    assert value(run(firm, "template", "list", "appt-mr", "--json"))["passages"][0]["title"] == "管理者代表任命书"
    assert run(firm, "template", "list", "sys-rewrd").exit_code == 2


def test_outside_a_firm_and_a_client_there_is_no_shelf(tmp_path: Path) -> None:
    assert run(tmp_path, "template", "list").exit_code == 2


def test_a_passage_is_begun_as_it_is_and_changed(firm: Path) -> None:
    made = run(firm, "template", "new", "sys-reward", "--block", "解释和修订", "--block", "结尾")
    assert made.exit_code == 0, made.stderr
    file = own(firm)
    text = file.read_text("utf-8")
    assert text.count("{% block") == 2
    assert "from:\n  解释和修订: '" in text
    assert told(firm) == []
    assert run(firm, "template", "new", "sys-reward").exit_code == 1
    changed = text.replace("{% block 结尾 %}\n", "{% block 结尾 %}\n## 机构的一章\n\n机构的一句。")
    file.write_text(changed, "utf-8")
    client = firm / "岚湾"
    assert run(client, "generate", "sys-reward", "--on", "2026-05-15").exit_code == 0
    (word,) = (client / "文件").rglob("*.docx")
    assert {"机构的一章", "机构的一句。"} <= set(reading.read(word).blocks)
    (source,) = value(run(client, "template", "list", "sys-reward", "--json"))["documents"]
    assert (source["shelf"], source["how"], source["blocks"]) == ("机构", "换块", ["解释和修订", "结尾"])
    assert "换块：解释和修订、结尾" in run(client, "template", "list", "sys-reward").stdout


def test_what_is_begun_says_the_same_as_what_is_shipped(firm: Path) -> None:
    client = firm / "岚湾"
    for words in (
        ("sys-reward", "--block", "奖励项目与标准"),
        ("proc-use",),
        ("rec-background",),
        ("ip-manual", "--part", "01-scope"),
    ):
        before = run(client, "generate", words[0], "--on", "2026-05-15")
        assert before.exit_code == 0
        assert run(firm, "template", "new", *words).exit_code == 0
        (made,) = value(run(client, "generate", words[0], "--on", "2026-05-15", "--json"))["documents"]
        assert (made["outcome"], made["shelf"]) == ("same", "机构")
    assert told(firm) == []


def test_a_client_has_texts_of_its_own(firm: Path, tmp_path: Path) -> None:
    client = firm / "岚湾"
    assert run(client, "template", "new", "proc-use", "--for-client").exit_code == 0
    assert own(client, "procedures/proc-use.md.j2").is_file()
    assert run(firm, "template", "new", "proc-use", "--for-client").exit_code == 2
    alone = tmp_path / "单独"
    shutil.copytree(client, alone)
    assert json.loads(run(alone, "template", "new", "sys-reward", "--json").stdout)["path"].endswith(REWARD)
    assert own(alone).is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sys-reward", "--block", "解释与修订"), "不是这份文件的块"),
        (("ip-manual", "--block", "方针", "--block", "范围"), "不在同一个部分里"),
        (("ip-manual",), "--part"),
        (("ip-manual", "--part", "05-leadershp"), "05-leadership"),
        (("sys-rewrd",), "没有文件"),
        (("own-report",), "--word"),
    ],
)
def test_what_cannot_be_begun_is_wrong_usage(firm: Path, words: tuple[str, ...], message: str) -> None:
    catalogued(firm)
    names = {each["name"] for each in value(run(firm, "template", "list", "ip-manual", "--json"))["passages"]}
    second = next(name for name in sorted(map(str, names)) if name.startswith("context"))
    result = run(firm, "template", "new", *(second if word == "范围" else word for word in words))
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_word_file_is_begun_with_headings_and_names_and_makes_the_document(firm: Path) -> None:
    client = firm / "岚湾"
    assert run(firm, "template", "new", "proc-use", "--word").exit_code == 0
    file = own(firm, "procedures/proc-use.docx")
    texts = [paragraph.text for paragraph in WordDocument(str(file)).paragraphs]
    assert "职责" in texts
    assert any(text.startswith("{#p ip_department") for text in texts)
    assert run(client, "generate", "proc-use", "--on", "2026-05-15").exit_code == 0
    (word,) = (client / "文件").rglob("*.docx")
    blocks = reading.read(word).blocks
    assert blocks[:2] == ("知识产权运用控制程序", "编号：LW-IPM-CX-11 版本：A/0")
    assert not any("{" in text for text in blocks)
    assert run(client, "template", "list", "proc-use").stdout.count("Word") == 1
    for id_ in ("report-annual", "sys-training"):  # its headings print names that its own text sets
        assert run(firm, "template", "new", id_, "--word").exit_code == 0
    assert told(firm) == []


def test_a_wide_form_is_begun_on_a_page_as_wide(firm: Path) -> None:
    assert run(firm, "template", "new", "rec-routine-check", "--word").exit_code == 0
    assert run(firm / "岚湾", "generate", "rec-routine-check", "--on", "2026-05-15").exit_code == 0
    (word,) = (firm / "岚湾" / "文件").rglob("*.docx")
    assert flaws(word.read_bytes(), DocumentKind.RECORD) == ()


def test_check_names_what_does_not_work(firm: Path) -> None:
    for path, text in {
        REWARD: '{% extends "shipped/systems/sys-reward.md.j2" %}\n{% block 没有 %}\n甲\n{% endblock %}\n',
        "systems/sys-evaluation.md.j2": "---\nid: sys-evaluation\n---\n## 甲\n\n{{ ip_departmant }}\n",
        "systems/sys-information.md.j2": "## 甲\n\n{{ 甲\n",
        "systems/sys-training.md.j2": "## 甲\n\n{% if has_rd %}\n",
        "systems/sys-nothing.md.j2": "## 甲\n\n乙\n",
    }.items():
        own(firm, path).parent.mkdir(parents=True, exist_ok=True)
        own(firm, path).write_text(text, "utf-8")
    own(firm, "procedures").mkdir()
    own(firm, "procedures/proc-use.docx").write_bytes(b"no zip")
    result = run(firm, "template", "check")
    assert result.exit_code == 1
    for words in (
        "没有“没有”这一块",
        "没有“ip_departmant”这个名字",
        "标记写错",
        "没有文件用它",
        "不是能读的 Word 文件",
    ):
        assert words in result.stdout
    assert ("systems/sys-nothing.md.j2", "没有用上") in told(firm)
    assert ("systems/sys-evaluation.md.j2", "没有记来历") in told(firm)


def test_check_tells_what_of_ours_changed_until_somebody_has_seen_it(
    firm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ("sys-reward", "--block", "解释和修订"),
        ("proc-use",),
        ("proc-target", "--word"),
        ("rec-background",),
    ):
        assert run(firm, "template", "new", *words).exit_code == 0
    ship(monkeypatch, tmp_path, REWARD, "## 附则", "## 附　则")
    assert told(firm) == []
    ship(monkeypatch, tmp_path, REWARD, "本制度由{{ ip_department }}解释。", "本制度由{{ ip_department }}负责解释。")
    ship(monkeypatch, tmp_path, "procedures/proc-use.md.j2", "## 修订记录", "一句新的。\n\n## 修订记录")
    ship(monkeypatch, tmp_path, "procedures/proc-target.md.j2", "## 修订记录", "一句新的。\n\n## 修订记录")
    ship(monkeypatch, tmp_path, "records/rec-background.yaml", "id: rec-background", "id: rec-background\n# 新的")
    paths = (REWARD, "procedures/proc-use.md.j2", "procedures/proc-target.docx", "records/rec-background.yaml")
    assert sorted(told(firm)) == sorted((path, "自带的改过") for path in paths)
    assert "块：相关记录" in run(firm, "template", "check").stdout
    made = run(firm / "岚湾", "generate", "sys-reward", "--on", "2026-05-15")
    assert "自带的改过" in made.stdout, made.stderr
    seen = [word for path in paths for word in ("--seen", path)]
    assert told(firm, *seen) == []
    assert "没有要看的" in run(firm, "template", "check").stdout
    assert "已记下" not in run(firm, "template", "check", "--seen", f"templates/{REWARD}").stdout
    assert run(firm, "template", "check", "--seen", "systems/nothing.md.j2").exit_code == 2


def test_a_text_that_never_said_what_it_was_written_over_says_so_once_it_was_seen(firm: Path) -> None:
    own(firm).parent.mkdir(parents=True)
    own(firm).write_text("## 甲\n\n乙\n", "utf-8")
    own(firm, "records").mkdir()
    shutil.copy(SHIPPED.folder / "templates/records/rec-background.yaml", own(firm, "records"))
    (own(firm, "records") / "rec-own.yaml").write_text(
        own(firm, "records/rec-background.yaml").read_text("utf-8").replace("id: rec-background", "id: rec-own"),
        "utf-8",
    )
    texts = {(REWARD, "没有记来历"), ("records/rec-background.yaml", "没有记来历")}
    assert set(told(firm)) == texts
    shown = run(
        firm,
        "template",
        "check",
        "--seen",
        REWARD,
        "--seen",
        "records/rec-background.yaml",
        "--seen",
        "records/rec-own.yaml",
    )
    assert shown.exit_code == 0
    assert shown.stdout.count("已记下") == 2
    assert own(firm).read_text("utf-8").startswith("---\nfrom:\n  开头: '")


def test_every_name_of_the_context_is_known_to_check() -> None:
    facts = example_facts()
    names = set(context(facts, example_desk().words))
    assert names <= {*facts.client.questions, *DERIVED, *ALWAYS, *facts.client.answers}
    shipped = templates.shipped_template(REWARD)
    assert shipped
    assert set(names_in(shipped)) - {"namespace"} <= names | {"steps", "this"}


def test_a_property_of_a_word_file_is_set_once() -> None:
    made = io.BytesIO()
    WordDocument().save(made)
    assert property_of(made.getvalue(), "gbtool.over") == ""
    twice = with_property(with_property(made.getvalue(), "gbtool.over", "a"), "gbtool.over", "b")
    assert property_of(twice, "gbtool.over") == "b"
    assert property_of(twice, "other") == ""
