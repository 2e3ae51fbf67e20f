"""Templates on shelves: head and body, nearest first, chapters of the manual in order."""

from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.document import Specification
from gbtool.shelf import templates
from gbtool.shelf.seen import seen_by
from gbtool.shelf.shelves import Shelves, shelves_of
from gbtool.structs import replace

SHIPPED = shelves_of(None, None)
CATALOGUE = {specification.id: specification for specification in seen_by(("2023",), SHIPPED)}


def firm(folder: Path, path: str, text: str | bytes) -> Shelves:
    """Shelves of a firm that has one template of its own."""
    file = folder / "templates" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return shelves_of(None, folder)


def document(id_: str) -> Specification:
    """A document of the catalogue."""
    return CATALOGUE[id_]


def test_a_template_has_a_head_and_a_body_and_knows_its_line() -> None:
    found = templates.template("systems/sys-reward.md.j2", SHIPPED)
    assert found
    assert (found.shelf, found.numbering, found.editions) == ("自带", "articles", ("2013", "2023"))
    assert found.line > 1
    assert not found.body.startswith("---")


def test_a_template_without_a_head_is_all_body(tmp_path: Path) -> None:
    found = templates.template("systems/x.md.j2", firm(tmp_path, "systems/x.md.j2", "\ufeff甲\r\n乙"))
    assert found
    assert (found.body, found.line, found.shelf, found.numbering, found.conditions) == ("甲\n乙", 1, "机构", "", ())


def test_the_nearest_template_wins_and_the_shipped_one_is_still_there(tmp_path: Path) -> None:
    shelves = firm(tmp_path, "systems/sys-reward.md.j2", "---\nid: sys-reward\nwhen: [has_rd]\n---\n自己的")
    (found,) = templates.parts_of(document("sys-reward"), "2023", shelves)
    assert (found.body, found.conditions) == ("自己的", ("has_rd",))
    shipped = templates.shipped_template("systems/sys-reward.md.j2")
    assert shipped
    assert shipped.shelf == "自带"
    assert templates.shipped_template("systems/nothing.md.j2") is None
    assert templates.template("systems/nothing.md.j2", shelves) is None


def test_the_manual_is_its_chapters_and_those_of_the_edition_in_order() -> None:
    names = [part.path.rpartition("/")[2] for part in templates.parts_of(document("ip-manual"), "2023", SHIPPED)]
    assert names == sorted(names)
    assert "01-scope.md.j2" in names
    assert "00b-commitment.md.j2" in names
    assert not any(
        part.path.startswith("manual/2013") for part in templates.parts_of(document("ip-manual"), "2023", SHIPPED)
    )


def test_a_firm_may_replace_one_chapter(tmp_path: Path) -> None:
    shelves = firm(tmp_path, "manual/01-scope.md.j2", "# 1 范围")
    found = {part.path: part.shelf for part in templates.parts_of(document("ip-manual"), "2023", shelves)}
    assert found["manual/01-scope.md.j2"] == "机构"
    assert found["manual/02-references.md.j2"] == "自带"


def test_a_flow_lies_beside_its_steps_and_an_edition_may_have_its_own(tmp_path: Path) -> None:
    (found,) = templates.parts_of(document("flow-rd"), "2023", SHIPPED)
    assert found.path == "procedures/flows/flow-rd.md.j2"
    shelves = firm(tmp_path, "systems/2023/sys-reward.md.j2", "新版")
    assert [part.body for part in templates.parts_of(document("sys-reward"), "2023", shelves)] == ["新版"]
    assert templates.parts_of(document("sys-reward"), "2013", shelves)[0].shelf == "自带"


@pytest.mark.parametrize(
    ("path", "text", "editions"),
    [
        ("manual/04-system.md.j2", "# 自己的", {"2013": "机构", "2023": "机构"}),
        ("manual/04-system.md.j2", "---\nedition: '2023'\n---\n# 自己的", {"2013": "自带", "2023": "机构"}),
        ("manual/2013/04-system.md.j2", "# 自己的", {"2013": "机构"}),
    ],
)
def test_a_firms_general_text_wins_over_a_shipped_one_for_an_edition(
    path: str, text: str, editions: dict[str, str], tmp_path: Path
) -> None:
    shelves = firm(tmp_path, path, text)
    for edition, shelf in editions.items():
        parts = templates.parts_of(document("ip-manual"), edition, shelves)
        (found,) = [part for part in parts if part.path.endswith("/04-system.md.j2")]
        assert found.shelf == shelf, edition


def test_on_one_shelf_the_editions_own_text_wins(tmp_path: Path) -> None:
    shelves = firm(tmp_path, "systems/sys-reward.md.j2", "两版")
    firm(tmp_path, "systems/2013/sys-reward.md.j2", "旧版")
    assert [part.body for part in templates.parts_of(document("sys-reward"), "2013", shelves)] == ["旧版"]
    assert [part.body for part in templates.parts_of(document("sys-reward"), "2023", shelves)] == ["两版"]


def test_a_text_for_another_edition_is_no_part(tmp_path: Path) -> None:
    shelves = firm(tmp_path, "systems/sys-reward.md.j2", "---\nedition: '2013'\n---\n旧版")
    assert templates.parts_of(document("sys-reward"), "2023", shelves) == ()


def test_what_nobody_wrote_has_no_parts() -> None:
    assert templates.parts_of(replace(document("sys-reward"), id="nobody"), "2023", SHIPPED) == ()


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("a: [1", "文件头不是合法的 YAML"),
        ("- a", "键: 值"),
        ("idd: x", "不认识“idd”"),
        ("a: \x01", "不允许的字符"),
    ],
)
def test_a_wrong_head_is_a_complaint(head: str, message: str, tmp_path: Path) -> None:
    shelves = firm(tmp_path, "systems/x.md.j2", f"---\n{head}\n---\n甲")
    with pytest.raises(FileFaults, match=message):
        templates.template("systems/x.md.j2", shelves)


def test_a_template_in_another_encoding_is_a_complaint(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="GB18030"):
        templates.template("systems/x.md.j2", firm(tmp_path, "systems/x.md.j2", "知识产权".encode("gb18030")))
