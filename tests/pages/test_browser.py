"""The pages in a real browser without a window: they open without errors, show their figures, fit a telephone."""

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import Demo
from gbtool.cli.app import app
from gbtool.cli.portfolio import verbs

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium（Debian 上 apt install chromium）")
ON = ("--on", "2026-11-22")
PHONE = 360


@pytest.fixture(scope="module")
def pages(demonstrated: Demo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, object]]]:
    """A client's page and the firm's, each with what --json said."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verbs, "cache_folder", lambda: folder / "cache")
        for name, words in (("client", ("page",)), ("firm", ("portfolio", "page"))):
            target, where = folder / f"{name}.html", demonstrated.folder / ("岚湾流控" if name == "client" else "")
            result = CliRunner().invoke(app, [*words, str(target), "--json", "-C", str(where), *ON])
            made[name] = (target, json.loads(result.stdout))
    return made


def browse(path: Path, *words: str) -> tuple[str, str]:
    """What the browser wrote about a file on standard output and on standard error."""
    assert CHROMIUM
    done = subprocess.run(
        [
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--no-first-run", "--disable-extensions", "--enable-logging=stderr", "--virtual-time-budget=2000"),
            *(f"--user-data-dir={path.parent / 'profile'}", *words, path.as_uri()),
        ],
        capture_output=True,
        check=True,
        timeout=120,
        text=True,
        encoding="utf-8",
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize("name", ["client", "firm"])
def test_it_opens_without_errors_and_shows_the_figures(
    name: str, pages: dict[str, tuple[Path, dict[str, object]]]
) -> None:
    path, said = pages[name]
    shown, told = browse(path, "--dump-dom")
    assert "CONSOLE" not in told
    verdicts = re.findall(r'data-figure="verdict" data-value="(\w+)"', shown)
    clients = said["clients"] if name == "firm" else [said]
    assert isinstance(clients, list)
    assert verdicts == [each["verdict"] for each in clients]
    days = [due["days"] for each in clients for due in each["due"]]
    assert sorted(map(int, re.findall(r'data-figure="due.days" data-value="(-?\d+)"', shown))) == sorted(days)
    bars = [bar for each in clients for bar in each["stages"]]
    assert shown.count("<rect ") == len(bars)


def test_it_fits_a_telephone(pages: dict[str, tuple[Path, dict[str, object]]]) -> None:
    """The page in a frame as wide as a telephone: nothing stands over its edge, no letter is too small to read."""
    frames = "".join(
        f'<iframe width="{PHONE}" height="640" srcdoc="{escape(path.read_text(encoding="utf-8"))}"></iframe>'
        for path, _ in pages.values()
    )
    script = """
      addEventListener("load", () => {
        document.title = JSON.stringify([...document.querySelectorAll("iframe")].map(f => {
        const d = f.contentDocument, all = [...d.querySelectorAll("td, p, b, span, text, th")];
        const sizes = all.map(e => parseFloat(d.defaultView.getComputedStyle(e).fontSize));
        const fills = d.defaultView.getComputedStyle(d.querySelector(".cards li")).borderTopWidth;
        return [d.documentElement.scrollWidth, Math.min(...sizes), fills];
      })); });
    """
    whole = next(iter(pages.values()))[0].with_name("phone.html")
    whole.write_text(f"<!DOCTYPE html><body>{frames}<script>{script}</script>", encoding="utf-8")
    shown, _ = browse(whole, "--dump-dom")
    title = re.search(r"<title>(.*?)</title>", shown)
    assert title, shown[:500]
    for width, smallest, border in json.loads(title[1]):
        assert width <= PHONE
        assert smallest >= 12
        assert border == "1px"  # the style was taken: the policy lets it through


def test_it_prints(pages: dict[str, tuple[Path, dict[str, object]]]) -> None:
    path, _ = pages["client"]
    target = path.with_suffix(".pdf")
    browse(path, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    assert target.read_bytes().startswith(b"%PDF-")
