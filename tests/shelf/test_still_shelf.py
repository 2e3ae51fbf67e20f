"""What is shipped is listed once; what stands nearer is looked for each time."""

from pathlib import Path

from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves
from gbtool.shelf.shipped import is_shipped, mark_of, shipped, standing

PATH = "templates/vocabulary.yaml"


def test_what_is_shipped_is_what_lies_there() -> None:
    looking = Shelf(SHIPPED.name, SHIPPED.folder)
    for folder, suffix in (("templates", ".yaml"), ("templates/manual", ".md.j2"), ("checklists/profile", ".yaml")):
        assert SHIPPED.below(folder, suffix) == looking.below(folder, suffix) != frozenset()
    for path in (PATH, "templates/nobody.yaml", "templates", "checklists/standards.yaml"):
        assert SHIPPED.has(path) == looking.has(path)


def test_a_mark_tells_one_text_from_another() -> None:
    about = shipped(PATH).stat()
    assert standing()[PATH].startswith(f"{about.st_size}-{about.st_mtime_ns}")
    assert mark_of(str(shipped(PATH))) == standing()[PATH]
    assert mark_of(str(shipped("templates/nobody.yaml"))) == ""


def test_only_what_lies_below_is_shipped() -> None:
    assert is_shipped(shipped(PATH))
    assert not is_shipped(shipped("examples", "lanwan", "client.yaml"))
    assert not is_shipped(shipped("templates").with_name("templates-of-a-firm") / "x.yaml")


def test_shelves_without_such_a_folder_are_not_asked(tmp_path: Path) -> None:
    (tmp_path / "firm" / "templates").mkdir(parents=True)
    near = [Shelf(name, tmp_path / name) for name in ("client", "firm")]
    all_ = Shelves((*near, SHIPPED))
    assert [each.name for each in all_.holding("templates").shelves] == ["firm", SHIPPED.name]
    (tmp_path / "firm" / PATH).write_text("x", encoding="utf-8")
    assert all_.find(PATH) == (near[1], tmp_path / "firm" / PATH)
    assert all_.all(PATH)[-1][0] is SHIPPED
    assert PATH in all_.list("templates", ".yaml")
