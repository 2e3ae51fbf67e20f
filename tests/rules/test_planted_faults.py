"""The manufacturer is clean; each of its 25 planted faults is found with both its places."""

import re
from pathlib import Path

import pytest
import yaml

from engagement import BROKEN, LATER, broken_copy, facts_of
from gbtool.model.facts import Facts
from gbtool.rules.report import check

pytestmark = pytest.mark.no_cover  # each rule is measured in test_each_rule
CASES = yaml.safe_load((BROKEN / "cases.yaml").read_text(encoding="utf-8"))["cases"]
_FILE = re.compile(r"(?:[a-z]+/)?[a-z-]+\.(?:yaml|csv)")


def test_the_complete_example_contradicts_itself_nowhere(lanwan: Facts) -> None:
    assert [f"{each.rule} {each.message}" for each in check(lanwan).findings] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_planted_fault_is_found_with_both_places(case: dict[str, str], tmp_path: Path) -> None:
    report = check(facts_of(broken_copy(case["case"], tmp_path), LATER))
    found = [each for each in report.findings if each.rule == case["rule"]]
    assert found, [f"{each.rule} {each.message}" for each in report.findings]
    assert all(len(each.places) == 2 and all(each.places) and each.fix for each in found)
    for place in (case["place_1"], case["place_2"]):
        file = _FILE.search(place)
        if (
            file and case["case"] != "24-missing-month" and "lanwan" not in file.group()
        ):  # a record that is missing stands in no file
            assert any(file.group() in each.place for each in found), (file.group(), [each.place for each in found])
    also = set(re.findall(r"[A-Z]{2,3}-\d+|CHK-PATENT|LATE", case["may_also"]))
    assert {each.rule for each in report.findings} <= {
        case["rule"],
        *also,
        "DT-07",
        "DT-55",
    }  # records older than their form, and audited
