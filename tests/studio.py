"""The made-up standard of a design studio with questions, figures and grades of its own, and a client of it."""

import json
import shutil
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from gbtool.cli.app import app

DATA = Path(__file__).parent / "data"
CLIENT = """company_name: 嘉兴（示例）木格设计有限公司
entity_type: 企业
company_short: 木格设计
company_code: MG
standard_edition: studio-2030
doc_version: A/0
has_rd: 是
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
