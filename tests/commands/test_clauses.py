"""Clauses of an edition, corrected by the nearest shelf."""

from pathlib import Path

import pytest

from gbtool.commands.clauses import changes, find, offers, related
from gbtool.errors import FileFaults, UsageError

CORRECTED = "clauses:\n- key: operation.business.rd\n  number: '8.4.2'\n  title: 研发的更正\n"


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def test_the_newest_edition_is_the_default(tmp_path: Path) -> None:
    assert find(tmp_path).standard.edition == "2023"


def test_the_client_s_edition_comes_before_the_newest(tmp_path: Path) -> None:
    put(tmp_path, "client.yaml", "standard_edition: '2013'\n")
    assert find(tmp_path).standard.edition == "2013"
    assert find(tmp_path, edition="2023").standard.edition == "2023"


def test_a_client_without_an_edition_gets_the_newest(tmp_path: Path) -> None:
    put(tmp_path, "client.yaml", "company_name: 岚湾\n")
    assert find(tmp_path).standard.edition == "2023"


def test_an_unknown_edition_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有标准“2099”"):
        find(tmp_path, edition="2099")


def test_a_wrong_client_is_named_unless_the_edition_is_given(tmp_path: Path) -> None:
    put(tmp_path, "client.yaml", "standard: '2013'\n")
    with pytest.raises(FileFaults, match="是不是想写"):
        find(tmp_path)
    assert find(tmp_path, edition="2013").clauses


@pytest.mark.parametrize("query", ["5", "5.1", "8.3"])
def test_a_number_finds_its_clause_alone(tmp_path: Path, query: str) -> None:
    assert [clause.number for clause in find(tmp_path, query).clauses] == [query]


def test_unconfirmed_clauses_are_those_without_a_source(tmp_path: Path) -> None:
    found = find(tmp_path, unconfirmed=True).clauses
    assert found
    assert not any(clause.confirmed for clause in found)
    assert find(tmp_path, edition="2013", unconfirmed=True).clauses == ()


def test_a_firm_s_correction_is_honoured_wherever_one_stands(tmp_path: Path) -> None:
    put(tmp_path, "gbtool.yaml", "name: 渝知辅导\n")
    put(tmp_path, "checklists/gb29490/2023/clauses.yaml", CORRECTED)
    put(tmp_path, "客户/client.yaml", "company_name: 岚湾\n")
    for folder in (tmp_path, tmp_path / "客户"):
        (clause,) = find(folder, "operation.business.rd").clauses
        assert (clause.number, clause.title, clause.cite_as, clause.confirmed) == ("8.4.2", "研发的更正", "8.4.2", True)
        assert any(clause in became.after for became in changes(folder))


def test_the_map_shows_what_became_of_each_clause(tmp_path: Path) -> None:
    everything = changes(tmp_path)
    assert len(everything) > 50
    assert all(became.before or became.change.before == "" for became in everything)
    (one,) = changes(tmp_path, "system.general")
    assert one.before is not None
    assert one.before.number == "4.1"
    assert [clause.key for clause in one.after] == ["context.system"]
    assert changes(tmp_path, "没有这个词") == ()


def test_what_there_is_of_each_standard_is_counted(tmp_path: Path) -> None:
    found = {each.head.key: each for each in offers(tmp_path)}
    assert found["2023"].documents == 190
    assert found["2023"].gates
    assert found["2013"].questions
    assert found["33251-2016"].documents
    assert all(each.clauses for each in found.values())
    assert {"GB/T 39550-2020", "GB/T 42748-2023"} <= {each.code for each in related(tmp_path)}


def test_a_standard_of_one_edition_has_no_map(tmp_path: Path) -> None:
    assert changes(tmp_path, edition="33251") == ()
