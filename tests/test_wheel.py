"""What a stranger receives: the wheel alone, in an empty environment, carries all that the commands need."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from engagement import ROOT
from gbtool import __version__

pytestmark = pytest.mark.no_cover  # what is installed runs in processes of its own
DATA = ("templates", "checklists", "examples")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist as package indexes do."""
    base = tmp_path_factory.mktemp("build")
    sdist = Path(next(SdistBuilder(str(ROOT)).build(directory=str(base), versions=["standard"])))
    subprocess.run([sys.executable, "-m", "tarfile", "-e", str(sdist), str(base)], check=True)
    source = base / sdist.name.removesuffix(".tar.gz")
    return Path(next(WheelBuilder(str(source)).build(directory=str(base), versions=["standard"])))


def test_the_wheel_carries_every_data_file(wheel: Path) -> None:
    command = ["git", "-c", "core.quotepath=off", "ls-files", *DATA]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    wanted = {f"gbtool/_shipped/{name}" for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as parts:
        held = set(parts.namelist())
    assert wanted <= held
    assert {name for name in held if name.startswith("gbtool/_shipped/")} <= wanted
    assert not [name for name in held if name.split("/")[0] in (*DATA, "tests")]


def test_pip_uv_and_pipx_find_what_they_need(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as parts:
        about = next(name for name in parts.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = parts.read(about).decode("utf-8")
        commands = parts.read(about.replace("METADATA", "entry_points.txt")).decode("utf-8")
        licence = parts.read(about.replace("METADATA", "licenses/LICENSE")).decode("utf-8")
    assert "[console_scripts]\ngbtool = gbtool.__main__:main" in commands
    assert "Requires-Python: >=3.11" in metadata
    assert f"Version: {__version__}" in metadata
    assert "# gbtool：知识产权贯标辅导工具" in metadata
    assert "MIT" in licence


@pytest.fixture(scope="module")
def gbtool(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed program in an environment that holds the wheel; its libraries are those of the tests."""
    base = tmp_path_factory.mktemp("env")
    venv.create(base, with_pip=True)
    python = base / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    # Behind the wheel on the path, so that the program comes from the wheel and never from this checkout.
    (Path(own) / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.with_name("gbtool.exe" if sys.platform == "win32" else "gbtool")


def run(gbtool: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command of the installed program."""
    return subprocess.run([str(gbtool), *words], cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_installed_program_does_the_main_job_elsewhere(gbtool: Path, tmp_path: Path) -> None:
    assert run(gbtool, "--version", cwd=tmp_path).stdout.strip() == f"gbtool {__version__}"
    where = [str(gbtool.with_name(Path(sys.executable).name)), "-c", "import gbtool; print(gbtool.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()
    assert Path(found).is_relative_to(gbtool.parents[1])
    demo = run(gbtool, "demo", cwd=tmp_path)
    assert (demo.returncode, "2026-09-22 能不能申请：就绪" in demo.stdout) == (0, True), demo.stderr
    client = tmp_path / "demo" / "岚湾流控"
    assert run(gbtool, "readiness", "--on", "2026-09-22", cwd=client).returncode == 0
    assert "领导作用和承诺" in run(gbtool, "clauses", "5.1", cwd=tmp_path).stdout
    (tmp_path / "a.yaml").write_text("company_name: 甲公司\nstandard_edition: '2023'\n", encoding="utf-8")
    assert run(gbtool, "init", "甲公司", "--answers", "a.yaml", cwd=tmp_path).returncode == 0
    assert run(gbtool, "generate", "--kind", "record", cwd=tmp_path / "甲公司").returncode in (0, 1)
    assert run(gbtool, "readiness", cwd=tmp_path / "甲公司").returncode == 1
