"""What is due for copyrights, layouts, domain names, indications, secrets and customs recordals."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines import periods, terms
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.registry import COPYRIGHT, OTHER, SECRET, Right, Watch, plain_number
from gbtool.rules.reading import at
from gbtool.structs import Frozen

CUSTOMS = "reg-customs"
GENERIC_DOMAINS = ("com", "net", "org", "info", "biz")
UNTIL = ("到期", "到期日", "续费日")
ENDLESS = "无期限"
SECRET_DAYS = (
    ("解密日期", "解密，或决定延长保密期限"),
    ("保密期限至", "保密期限满，决定是否延长"),
    ("复核日期", "复核密级"),
)


def items(right: Right, watch: Watch) -> Iterator[Item]:
    """What is due for a copyright, a secret, or a line of the register of other rights."""
    if right.kind == COPYRIGHT:
        return _copyright(right, watch)
    if right.kind == SECRET:
        return _dated(right, SECRET_DAYS, watch)
    return _other(right, watch) if right.kind == OTHER else iter(())


def _copyright(right: Right, watch: Watch) -> Iterator[Item]:
    software = right.text("类型") in ("", "软件")
    rule = watch.rule("SW-TERM-ORG" if software else "WK-TERM-ORG")
    if rule is None:
        return
    found = terms.copyright_term(rule, right.day("首次发表日"), right.day("开发完成日", "创作完成日"))
    if found.ends and found.ends <= watch.until:
        yield right.item(rule.title, rule, periods.fixed(found.ends))
    elif found.lapses_unpublished and found.lapses_unpublished <= watch.until:
        yield right.item("不发表就不再保护", rule, periods.fixed(found.lapses_unpublished))


def _other(right: Right, watch: Watch) -> Iterator[Item]:
    kind = right.text("类型")
    if "域名" in kind:
        return _domain(right, watch)
    if "布图" in kind:
        return _layout(right, watch)
    return _unruled(right, kind or right.name, watch)


def _unruled(right: Right, kind: str, watch: Watch) -> Iterator[Item]:
    """What no rule of ours covers, such as geographical indications: the register's own day, else it is asked for."""
    if right.day(*UNTIL) is None:
        if not any(ENDLESS in right.text(column) for column in ("标注", "状态")):
            what = f"{kind}的期限：没有收录它的规则，按证书或公告登记；没有期限的在标注里写“{ENDLESS}”"
            yield right.lacks(what, None, UNTIL[0])
        return
    yield from _dated(right, tuple((column, f"{kind}到期，办理续期") for column in UNTIL), watch)


def _dated(right: Right, columns: tuple[tuple[str, str], ...], watch: Watch) -> Iterator[Item]:
    """The days that the register itself says: no rule stands behind them."""
    for column, what in columns:
        day = right.day(column)
        end = periods.fixed(day) if day else None
        if end and not watch.done(right, end):
            yield right.item(what, None, end)


def _domain(right: Right, watch: Watch) -> Iterator[Item]:
    """The day of expiry is taken as hard; what registrars grant after it is told, not counted on."""
    expiry = right.day(*UNTIL)
    if expiry is None:
        yield right.lacks("域名续费", None, UNTIL[0])
        return
    suffix = right.name.rsplit(".", 1)[-1].lower()
    name = "DOM-CN" if suffix == "cn" else "DOM-GTLD" if suffix in GENERIC_DOMAINS else ""
    rule, end = watch.rule(name), periods.fixed(expiry)
    if watch.done(right, end):
        return
    stages = terms.domain_stages(rule, expiry) if rule else None
    custom = f"注册商一般到 {stages[0]} 可续、到 {stages[1]} 可赎回，不要依赖" if stages else "宽限由注册商定，不要依赖"
    yield right.item("域名续费", rule, end, notes=(custom,) if watch.today > expiry else ())


def _layout(right: Right, watch: Watch) -> Iterator[Item]:
    term, apply = watch.rule("IC-TERM"), watch.rule("IC-APPLY")
    applied, exploited = right.day("申请日", "登记申请日"), right.day("首次商业利用日")
    registered = right.text("登记或注册号", "登记号") or applied
    if apply and exploited and not registered:
        yield right.item(apply.title, apply, periods.ends(apply, exploited, watch.facts.calendar))
    end = terms.layout_end(term, applied, exploited, right.day("创作完成日")) if term and registered else None
    if term and registered and end is None:
        yield right.lacks(term.title, term, "申请日")
    elif end and end <= watch.until:
        yield right.item(term.title if term else "", term, periods.fixed(end - timedelta(days=1)))


class Recordal(Frozen):
    """A recordal with the customs."""

    number: str
    name: str
    expiry: date
    base_end: date | None
    place: str


def recordals(facts: Facts) -> tuple[Recordal, ...]:
    """The recordals of the latest customs register, else those that the client named."""
    records = facts.records(CUSTOMS)
    if records:
        rows = ((row, at(records[-1], f"第{row.get('序号')}行")) for row in records[-1].rows())
        found = (_recordal(row, place, ("备案失效日", "权利名称")) for row, place in rows)
    else:
        place = f"{facts.client.place('customs_recordals')} customs_recordals"
        found = (_recordal(r, place, ("失效日", "权利")) for r in facts.client.rows("customs_recordals"))
    return tuple(each for each in found if each)


def _recordal(row: Mapping[str, object], place: str, columns: tuple[str, str]) -> Recordal | None:
    expiry, name = as_date(row.get(columns[0])), str(row.get(columns[1]) or "")
    number = str(row.get("备案号") or name)
    return Recordal(number, name, expiry, as_date(row.get("基础权利到期日")), place) if expiry else None


def customs(watch: Watch) -> Iterator[Item]:
    """Renewals of recordals: within six months before they end, and no grace after (知识产权海关保护条例第10条)."""
    rule = watch.rule("CUS-RENEW")
    for each in recordals(watch.facts) if rule else ():
        end = periods.fixed(each.expiry)
        if watch.acts.of((plain_number(each.number), plain_number(each.name)), end):
            continue
        notes = (f"基础权利 {each.base_end} 到期，先办基础权利",) if _ends_first(each) else ()
        opens = add_months(each.expiry, -6)
        title = rule.title if rule else ""
        yield Item(each.number, each.name, title, rule, end, opens=opens, notes=notes, place=each.place)


def _ends_first(each: Recordal) -> bool:
    return each.base_end is not None and each.base_end <= each.expiry
