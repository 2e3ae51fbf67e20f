import pytest

from drafted import CACHE
from engagement import EXAMPLES, LATER
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.documents.asking import Asked, asker
from gbtool.errors import FileFaults
from gbtool.model.checklist import AuditQuestion
from gbtool.model.place import Place


def question(text: str, sample: str = "", evidence: str = "") -> AuditQuestion:
    return AuditQuestion(
        "q", "planning.objectives", ("all",), text, ("询问",), sample, evidence, (), place=Place("x.yaml", 3)
    )


def asked(client: str) -> Asked:
    work = workspace(EXAMPLES / client)
    return asker(drafts.desk(work, gather(work, LATER), CACHE))


def test_a_question_speaks_of_this_client() -> None:
    texts = asked("lanwan")(
        question(" {{ ip_department }}？", "{{ manual_issue_date | zh_date }}", "{{ doc['reg-laws'].number }}")
    )
    assert texts == ("知识产权部？", "2026年5月15日", "LW-IPM-TZ-01")


def test_what_clients_wrote_goes_through_as_it_is() -> None:
    assert asked("lanwan")(question("{{ '<甲&乙> {{ }}' }} {{ has_rd }}{{ military }}"))[0] == "<甲&乙> {{ }} 是否"


def test_an_open_answer_is_named_with_its_command() -> None:
    with pytest.raises(FileFaults) as stopped:
        asked("hengtuo")(question("{{ manual_effective_date | zh_date }}起"))
    only = stopped.value.complaints[0]
    assert (only.where, only.message) == ("x.yaml:3（问题 q）", "要用到 manual_effective_date，还没有回答")
    assert only.fix == "gbtool profile set manual_effective_date=…"
    with pytest.raises(FileFaults, match="manual_effective_date"):
        asked("hengtuo")(question("{{ manual_effective_date }}起"))


@pytest.mark.parametrize("text", ["{{ no_such_name }}", "{% if %}", "{{ doc['no-such'].number }}"])
def test_a_question_that_cannot_be_printed_names_its_place(text: str) -> None:
    with pytest.raises(FileFaults) as stopped:
        asked("lanwan")(question(text))
    assert stopped.value.complaints[0].where == "x.yaml:3（问题 q）"
    assert "印不出来" in stopped.value.complaints[0].message
