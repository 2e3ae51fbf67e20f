"""A firm of three clients for tests: one that runs, one that begins, one that cannot be read."""

import shutil
from pathlib import Path

from engagement import EXAMPLES

RUNNING, BEGUN, SPOILED = "青屿软件", "衡拓科贸", "读不出"


def small_firm(folder: Path, *names: str) -> Path:
    """A firm's folder with clients by these names, made from the examples; all three when none is given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gbtool.yaml").write_text("name: （示例）晴川咨询\n", encoding="utf-8")
    for name in names or (RUNNING, BEGUN, SPOILED):
        source = EXAMPLES / ("qingyu" if name == RUNNING else "hengtuo")
        (folder / name).mkdir(parents=True)
        for file in (*source.glob("*.csv"), source / "client.yaml"):
            shutil.copy(file, folder / name)
    if (folder / SPOILED).is_dir():
        (folder / SPOILED / "client.yaml").write_text("company_name: [\n", encoding="utf-8")
    return folder
