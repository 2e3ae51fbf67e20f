"""Checks of what there is: how many, all of a list, one of some, yes and no, filled forms, answers of a person."""

from gbtool.model.finding import Status
from gbtool.model.outside.published import Check
from gbtool.rules.engine import ask as ask_rule
from gbtool.rules.gates.known import Known, said
from gbtool.rules.gates.outcome import Outcome, kind, met, missed, unknown
from gbtool.rules.reading import at


@kind("count_at_least")
def count_at_least(check: Check, known: Known) -> Outcome:
    """There are at least so many."""
    value = known.get(check.fact)
    wanted = known.get(check.count_fact) if check.count_fact else None
    if value is None or (check.count_fact and wanted is None):
        return unknown(known, check.fact, *([check.count_fact] if check.count_fact else []))
    need = wanted.count if wanted else check.count
    message = f"{known.title(check.fact)} {value.count}，要求至少 {need}"
    if value.count >= need:
        return met(message, value.place)
    return missed(f"{message}，差 {need - value.count}", (value.place,))


@kind("any_count")
def any_count(check: Check, known: Known) -> Outcome:
    """Of several things at least one is there so often."""
    values = {name: known.get(name) for name in check.counts}
    have = "，".join(
        f"{known.title(name)} {'不知道' if value is None else value.count}/{check.counts[name]}"
        for name, value in values.items()
    )
    for name, value in values.items():
        if value is not None and value.count >= check.counts[name]:
            return met(have, value.place)
    lacking = [name for name, value in values.items() if value is None]
    return unknown(known, *lacking, message=f"任一项够数即可：{have}") if lacking else missed(f"没有一项够数：{have}")


@kind("all_of")
def all_of(check: Check, known: Known) -> Outcome:
    """Every one of these is there; those that are not are named."""
    value = known.get(check.fact)
    if value is None:
        return unknown(known, check.fact)
    lacking = [each for each in check.values if each not in value.texts]
    message = f"{known.title(check.fact)}：{len(check.values)} 项里有 {len(check.values) - len(lacking)} 项"
    if lacking:
        return missed(
            f"{message}，缺 {'、'.join(_called(each, known) for each in lacking)}", (value.place,), "补齐缺的几项"
        )
    wanted = known.get(check.count_fact) if check.count_fact else None
    if check.count_fact and wanted is None:
        return unknown(known, check.count_fact)
    return met(message, value.place)


def _called(name: str, known: Known) -> str:
    """The title of a document that is meant by its id."""
    specification = next((each for each in known.facts.specifications if each.id == name), None)
    return f"《{specification.title_in(known.facts.client.edition)}》" if specification else name


@kind("one_of")
def one_of(check: Check, known: Known) -> Outcome:
    """A fact is one of these."""
    value = known.get(check.fact)
    if value is None:
        return unknown(known, check.fact)
    message = f"{known.title(check.fact)}：{said(value.datum)}"
    if any(text in check.values for text in value.texts):
        return met(message, value.place)
    return missed(f"{message}，应当是 {'、'.join(check.values)}", (value.place,))


@kind("none_of")
def none_of(check: Check, known: Known) -> Outcome:
    """A fact is none of these; without a list nothing at all may be there."""
    value = known.get(check.fact)
    if value is None:
        return unknown(known, check.fact)
    bad = [text for text in value.texts if not check.values or text in check.values]
    if bad:
        return missed(f"{known.title(check.fact)}：{'、'.join(bad)}", (value.place,))
    return met(f"{known.title(check.fact)}：{said(value.datum)}", value.place)


@kind("yes")
def yes(check: Check, known: Known) -> Outcome:
    """All of these are so."""
    return _all(check, known, wanted=True)


@kind("no")
def no(check: Check, known: Known) -> Outcome:
    """None of these is so."""
    return _all(check, known, wanted=False)


def _all(check: Check, known: Known, *, wanted: bool) -> Outcome:
    names = (*([check.fact] if check.fact else []), *check.facts)
    values = {name: known.get(name) for name in names}
    bad = [name for name, value in values.items() if value is not None and bool(value.datum) is not wanted]
    places = [value.place for name, value in values.items() if value and name in bad]
    if bad:
        return missed("；".join(f"{known.title(n)}：{'否' if wanted else '是'}" for n in bad), places)
    lacking = [name for name, value in values.items() if value is None]
    if lacking:
        return unknown(known, *lacking)
    return met("；".join(f"{known.title(name)}：{'是' if wanted else '否'}" for name in names))


@kind("not_both")
def not_both(check: Check, known: Known) -> Outcome:
    """At most one of these is so."""
    values = {name: known.get(name) for name in check.facts}
    true = [name for name, value in values.items() if value is not None and value.datum]
    if len(true) > 1:
        places = [value.place for name, value in values.items() if value and name in true]
        return missed(f"{'、'.join(known.title(name) for name in true)}只能有一样", places)
    lacking = [name for name, value in values.items() if value is None]
    return unknown(known, *lacking) if lacking else met("；".join(known.title(name) for name in true) or "都没有")


@kind("filled")
def filled(check: Check, known: Known) -> Outcome:
    """Every record of a form has these fields filled."""
    records = known.facts.records(check.form)
    if not records:
        return Outcome(Status.NOT_APPLICABLE, "台账里没有这种记录")
    for record in records:
        lacking = [name for name in check.values if not any(value for _, value in record.values(name))]
        if lacking:
            return missed(f"{record.id} 缺 {'、'.join(lacking)}", (at(record),), "补齐再关闭")
    return met(f"{len(records)} 份都填全了")


@kind("ask")
def ask(check: Check, known: Known) -> Outcome:
    """Only a person can say so; what he said stands in the ledger under the rule's own name."""
    value = known.get(check.fact)
    if value is None:
        fix = f"由人判断后登记：gbtool ledger fact {known.id_of(check.fact)}=是或否 --basis 依据"
        return Outcome(Status.NOT_ASSESSED, f"要人判断：{check.question}", (), fix)
    if value.datum:
        return met("已有人判断：是", value.place)
    return missed(f"已有人判断为否：{check.question}", (value.place,))


@kind("coded")
def coded(check: Check, known: Known) -> Outcome:
    """Another rule of gbtool finds nothing wrong."""
    answer = ask_rule(check.rule, known.facts, {name: str(each) for name, each in check.counts.items()}, check.place)
    if answer.faults:
        first = answer.faults[0]
        more = f"（共 {len(answer.faults)} 处）" if len(answer.faults) > 1 else ""
        return missed(f"{first.message}{more}", first.places, first.fix, soft=all(each.soft for each in answer.faults))
    if not answer.subjects:
        return Outcome(Status.NOT_ASSESSED, "台账里没有可查的内容", (), "登记以后再查")
    return met(f"查了 {answer.subjects} 处")
