"""The page of a client before and in its operating period."""

from datetime import date, timedelta

import pytest

from gbtool.cli import status as page
from gbtool.commands.status import Papers, Status, Step
from gbtool.rules.period import Hole
from gbtool.rules.progress import Deadline, Stage
from gbtool.structs import replace

DAY = date(2026, 5, 16)
STATUS = Status(
    client="岚湾流控",
    edition="2023",
    cite="GB/T 29490—2023《要求》",
    today=DAY,
    stage=Stage.ISSUE,
    effective=date(2026, 5, 18),
    day=0,
    months=0,
    earliest=date(2026, 8, 18),
    holes=(),
    papers=Papers(3, 3, 3, 1, 2),
    open=0,
    required=0,
    records=0,
    deadlines=tuple(Deadline(DAY + timedelta(days=n), f"事{n}") for n in range(8)),
    next=Step("gbtool ledger add", "先记培训"),
)


def shown(status: Status, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(page, "workspace", lambda folder: folder)
    monkeypatch.setattr(page, "status", lambda *_: status)
    page.command(DAY)
    return capsys.readouterr().out


def test_a_period_that_is_to_come_has_no_day_yet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = shown(STATUS, capsys, monkeypatch)
    assert "运行期  2026-05-18 开始\n" in out
    assert "已发布 3 份，1 份文件不见了，2 份待复核\n" in out
    assert "待答    没有\n" in out
    assert "缺口    没有\n" in out


def test_only_the_next_deadlines_are_on_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = shown(STATUS, capsys, monkeypatch)
    assert "事5" in out
    assert "事6" not in out
    assert "半年内另有 2 项" in out


def test_no_deadlines_need_no_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "期限" not in shown(replace(STATUS, deadlines=()), capsys, monkeypatch)


def test_holes_are_named_and_the_rest_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holes = (
        Hole("2026-06", empty=True, missing=()),
        *(Hole(f"2026-0{n}", empty=False, missing=("会议",)) for n in range(7)),
    )
    out = shown(replace(STATUS, holes=holes, day=60), capsys, monkeypatch)
    assert "缺口    2026-06 没有任何记录；2026-00 缺 会议" in out
    assert "另有 2 处" in out
