"""The made-up standard of a design studio with questions, figures and grades of its own, and a client of it."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from gbtool.cli.app import app
from gbtool.exchange.writing import Cell, Page, book

DATA = Path(__file__).parent / "data"
FEB = "2026-02-20"
HEADS = ("编号", "2023年", "2024年", "2025年", "统计口径", "来源文件", "核对人", "说明")
Rows = Mapping[str, Mapping[str, str | float]]
GOOD: Rows = {
    "Y1.1": {"2025年": 4},
    "Y1.2": {"2025年": 6},
    "Y1": {"2023年": 6, "2024年": 8, "2025年": 10},
    "Y2.1": {"2025年": 5, "说明": "外地的没有登记"},
    "Y2": {"2025年": 50},
    "Y3": {"2025年": 8},
}
CLIENT = """company_name: 嘉兴（示例）木格设计有限公司
entity_type: 企业
company_short: 木格设计
company_code: MG
standard_edition: studio-2030
doc_version: A/0
has_rd: 是
studio_trial: 2026-09-01
studio_grade: 1级
studio_years:
  - {年份: '2023', 作品: '6'}
  - {年份: '2024', 作品: '8'}
departments:
  - {部门: 主理人, 负责人: 林木, 职能: "top,mr,ip,作品登记人", 人数: 2}
  - {部门: 设计组, 负责人: 何格, 职能: rd, 人数: 4}
"""


def studio(firm: Path) -> Path:
    """A client of the standard in a firm whose shelf holds it."""
    for files in ("standard", "measured"):
        shutil.copytree(DATA / files, firm, dirs_exist_ok=True)
    (firm / "gbtool.yaml").write_text("name: 示例机构\n", encoding="utf-8")
    client = firm / "木格设计"
    client.mkdir()
    (client / "client.yaml").write_text(CLIENT, encoding="utf-8")
    return client


def run(client: Path, *words: str, code: int = 0, on: str = "2026-11-22") -> Result:
    """A command in the client's folder on a day, that ends with this code."""
    result = CliRunner().invoke(app, [*words, "-C", str(client), "--on", on])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


def told(client: Path, *words: str, on: str = "2026-11-22") -> Any:  # noqa: ANN401 - JSON is anything
    """The JSON of a command."""
    return json.loads(run(client, *words, "--json", on=on).stdout)


def filled(path: Path, rows: Rows, year: int = 2025) -> Path:
    """A filled sheet; every line says its source and who checked it."""
    usual = {"来源文件": "登记簿", "核对人": "何格"}
    shift = year - 2025
    heads = tuple(f"{int(head[:4]) + shift}年" if head.endswith("年") and head[0] == "2" else head for head in HEADS)
    cells = [[{**usual, **row}.get(head, "") if head != "编号" else id_ for head in heads] for id_, row in rows.items()]
    table = [[Cell(head, "head") for head in heads], *([Cell(value) for value in row] for row in cells)]
    path.write_bytes(book([Page(f"{year}年数据", table)], date(2026, 2, 20)))
    return path
