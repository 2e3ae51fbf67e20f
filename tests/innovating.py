"""Clients that work by ISO 56005, made from the examples and tests/data/innovation."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from engagement import EXAMPLES, LATER, ROOT, entries_of
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.model.facts import Facts
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

DATA = ROOT / "tests" / "data" / "innovation"
STANDARD = "56005-2020"
# Forms for which one of GB/T 29490 is filled by a client that has both.
SERVED = ("n-rec-disclosure", "n-rec-filing", "n-rec-launch", "n-rec-enforce")
GENERAL = ("iso56005_track", "pilot_eligibility", "rd_spend", "trial_start")


def folder_of(name: str, into: Path, own: Mapping[str, object] | None = None) -> Path:
    """An example as a client of ISO 56005 alone: its answers, those to the standard's questions, its records."""
    folder = into / name
    shutil.copytree(EXAMPLES / name, folder)
    file = folder / "client.yaml"
    said = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 # text only
    further = yaml.safe_load((DATA / "answers.yaml").read_text("utf-8"))
    departments = [
        {**row, "职能": row["职能"] + (",strategy" if "top" in row["职能"] else "")} for row in said["departments"]
    ]
    asked = further if name == "lanwan" else {key: further[key] for key in GENERAL}
    given = {**said, "standard_edition": STANDARD, "departments": departments, **asked, **(own or {})}
    kept = {key: value for key, value in given.items() if value not in ("null", None)}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
    _without_the_rest(folder)
    if name == "lanwan":
        shutil.copytree(DATA / "records", folder / "records", dirs_exist_ok=True)
    return folder


def both_of(into: Path) -> Path:
    """The manufacturer under GB/T 29490 and ISO 56005 at once: one set of records, none kept twice."""
    folder = into / "both"
    shutil.copytree(EXAMPLES / "lanwan", folder)
    file = folder / "client.yaml"
    said = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 # text only
    further = yaml.safe_load((DATA / "answers.yaml").read_text("utf-8"))
    departments = [
        {**row, "职能": row["职能"] + (",strategy" if "top" in row["职能"] else "")} for row in said["departments"]
    ]
    more = {"departments": departments, "further_standards": [STANDARD], "innovation_issued": "2026-05-25"}
    kept = {key: value for key, value in {**said, **further, **more}.items() if value != "null"}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
    for record in (DATA / "records").glob("*.yaml"):
        if record.stem not in SERVED:
            shutil.copy(record, folder / "records" / record.name)
    return folder


def _without_the_rest(folder: Path) -> None:
    """Only the records stay whose forms the standard uses too."""
    for other in ("audit", "review", "visits"):
        shutil.rmtree(folder / other, ignore_errors=True)
    (folder / "documents.yaml").unlink(missing_ok=True)
    kept = {each.id for each in catalogue(shelves_of(None, None)) if STANDARD in each.editions}
    for file in (folder / "records").glob("*.yaml"):
        if file.stem not in kept:
            file.unlink()
    if not any((folder / "records").glob("*.yaml")):
        shutil.rmtree(folder / "records", ignore_errors=True)


def client_of(folder: Path) -> tuple[Workspace, Facts]:
    """The folder and its facts, with its records as the ledger."""
    work = workspace(folder)
    entries = entries_of(work, folder, LATER) if (folder / "records").is_dir() else ()
    return work, replace(gather(work, LATER), entries=entries)
