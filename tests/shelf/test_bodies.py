"""Certification bodies: the empty profile knows nothing, a filled one is read, what is wrong is said with its place."""

from datetime import date
from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.outside.body import Body, Limit, body_of
from gbtool.shelf import bodies
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import SHIPPED, shelves_of

FILE = """\
name: 示例认证有限公司
aliases: [示例认证]
limits:
  - {grade: 一般, days: 30, counted_from: 末次会议日期, source: 合同附件二}
  - {stage: 二阶段, grade: 一般, months: 1, counted_from: 开出日期, source: 不符合报告}
  - {stage: 二阶段, grade: 严重, days: , source: }
"""


def written(folder: Path, text: str, name: str = "shili.yaml") -> None:
    own = folder / bodies.FOLDER
    own.mkdir(parents=True, exist_ok=True)
    (own / name).write_text(text, "utf-8")


def known(folder: Path) -> tuple[Body, ...]:
    return bodies.bodies(shelves_of(folder, None))


def test_the_empty_profile_reads_and_knows_no_limit() -> None:
    body = read(Body, SHIPPED.folder / bodies.EMPTY, bodies.EMPTY)
    assert body.limits
    assert not any(limit.known for limit in body.limits)
    assert body.limit("二阶段", "一般") is None


def test_the_closest_known_limit_is_taken(tmp_path: Path) -> None:
    written(tmp_path, FILE)
    body = body_of("示例认证", known(tmp_path))
    assert body
    closest, wider = body.limit("二阶段", "一般"), body.limit("监督审核", "一般")
    assert closest
    assert (str(closest), closest.last(date(2027, 1, 31))) == ("1个月", date(2027, 2, 28))
    assert wider
    assert (str(wider), wider.last(date(2027, 1, 31))) == ("30天", date(2027, 3, 2))
    assert body.limit("二阶段", "严重") is None
    assert body_of("别的机构", known(tmp_path)) is None


def test_an_unknown_limit_has_no_last_day() -> None:
    assert (str(Limit()), Limit().last(date(2027, 1, 1))) == ("", None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: 示例认证有限公司", "name: ''", "没有写认证机构的名称"),
        ("days: 30,", "days: 30, months: 1,", "都写了"),
        ("days: 30,", "days: 0,", "不能小于1"),
        ("source: 合同附件二", "source: ''", "没有写 counted_from 或 source"),
        ("stage: 二阶段, grade: 一般", "stage: 三阶段, grade: 一般", "三阶段"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in FILE
    written(tmp_path, FILE.replace(old, new))
    with pytest.raises(FileFaults) as caught:
        known(tmp_path)
    (complaint,) = caught.value.complaints
    assert said in complaint.message
    assert "shili.yaml" in complaint.where


def test_two_bodies_of_one_name_are_refused(tmp_path: Path) -> None:
    written(tmp_path, FILE)
    written(tmp_path, "name: 示例认证\n", "zwei.yaml")
    with pytest.raises(FileFaults) as caught:
        known(tmp_path)
    assert "“示例认证”在" in caught.value.complaints[0].message
