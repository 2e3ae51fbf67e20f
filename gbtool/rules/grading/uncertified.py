"""Readiness where there is nothing to be certified: what the standard is, and what is asked of a client instead."""

from collections.abc import Iterator

from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules.dates.innovation import SELF_GRADE
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.reading import at


@rule("standard.certifiable", of=once)
def standard_is_certified_by(facts: Facts, _: Facts) -> Fault | None:
    """The standard is one by which systems are certified."""
    head = facts.standard.head
    if head.certifiable:
        return None
    return Fault(
        f"{head.cite} 不是认证依据，没有“能不能申请认证”的结论", (f"{head.folder}/standard.yaml",), head.instead
    )


@rule("records.kept", of=once)
def form_is_filled(facts: Facts, _: Facts, forms: str) -> Iterator[Fault]:
    """Each of some forms was filled at least once."""
    titles = {each.id: each.title_in(facts.client.edition) for each in facts.applicable}
    for form in forms.split("、"):
        if not facts.records(form):
            fix = f"gbtool ledger add {form}，或者出这张表的命令"
            yield Fault(f"没有《{titles.get(form, form)}》的记录", (form,), fix)


@rule("grade.claimed", of=lambda facts: facts.records(SELF_GRADE)[-1:])
def level_is_claimed(record: Entry, facts: Facts) -> Fault | None:
    """The last self-grading says that the level may be claimed."""
    said = str(record.mapping("foot").get("自评结论") or "未评")
    level = str(record.mapping("head").get("拟申请等级") or "")
    if said == "具备":
        return None
    fix = "逐条看差什么：gbtool grade"
    return Fault(f"最近一次自评（{record.date}）对{level}级的结论是“{said}”", (at(record, "自评结论"),), fix)
