"""How subsidies are shown: what was paid, what was received, what may still be had, every step of the arithmetic."""

from collections.abc import Sequence
from decimal import Decimal

from gbtool.cli import show
from gbtool.commands.programmes.subsidy import Reckoned, Sum
from gbtool.rules.gates.known import yuan
from gbtool.rules.gates.money import OTHER
from gbtool.rules.gates.subsidies import Award, State


def shown(found: Reckoned) -> None:
    """Costs, grants, each subsidy with its arithmetic, the sum."""
    _sums("认证费用和其他费用（台账 fees）", "用途", found.costs)
    _sums("各级奖补（台账 grants，已批准和已到账）", "级别", found.grants)
    room = max(found.certification - found.received, Decimal(0))
    paid, got = yuan(found.certification), yuan(found.received)
    show.text(f"实际认证费用 {paid} 元，各级已得 {got} 元；按不超额，最多还可得 {yuan(room)} 元（POL-001、POL-002）")
    if found.programme is None:
        return
    show.text()
    standing = found.programme.standing(found.today)
    show.text(f"{found.programme.name}（{found.programme.id}）　{found.today} {standing.value}")
    for award in found.awards:
        _award(award)
    show.text()
    _sum(found)


def _sums(title: str, column: str, sums: Sequence[Sum]) -> None:
    if not sums:
        show.text(f"{title}：没有登记")
        return
    note = dict.fromkeys(OTHER, "不算认证费用")
    rows = [(each.name, yuan(each.amount), each.count, note.get(each.name, "")) for each in sums]
    show.table((column, "金额（元）", "笔", "说明"), rows, title)


def _award(award: Award) -> None:
    subsidy = award.subsidy
    about = "，".join(part for part in (subsidy.form, subsidy.rule) if part)
    most = "" if award.nominal is not None else "，至多"
    amount = "" if award.payable is None or award.state is not State.MAY else f"{most} {yuan(award.payable)} 元"
    show.text(f"{subsidy.id} {subsidy.title}：{award.state.value}{amount}{f'（{about}）' if about else ''}")
    for line in award.lines:
        show.text(f"    {line}")
    for reason in award.unmet:
        show.text(f"    不满足　{reason}")
    for reason in award.unknown:
        show.text(f"    未知　　{reason}")
    if award.above and award.state is not State.NO:
        says, left = yuan(award.nominal or Decimal(0)), yuan(award.room or Decimal(0))
        show.text(f"    两条规则不一致：通知所写 {says} 元 ↔ 不超额只剩 {left} 元（POL-002），由人判断，不能据此承诺")


def _sum(found: Reckoned) -> None:
    if found.choose:
        names = " 或 ".join(
            f"{a.subsidy.id} {a.subsidy.title} {yuan(a.payable or Decimal(0))} 元" for a in found.choose
        )
        show.text(f"只能得一份：{names}；选哪一份加 --take 编号")
    elif found.total is None:
        show.text("合计：有没有查明的，不合计")
    else:
        open_ = any(a.nominal is None for a in found.awards if a.state is State.MAY)
        show.text(f"合计{'至多' if open_ else '可得'} {yuan(found.total)} 元{'，多少由主管部门定' if open_ else ''}")


def mapping(found: Reckoned) -> dict[str, object]:
    """The reckoning as scripts read it; amounts are text in yuan."""
    sums = {
        name: [{"name": each.name, "amount": yuan(each.amount), "count": each.count} for each in each_of]
        for name, each_of in (("costs", found.costs), ("grants", found.grants))
    }
    awards = [
        {
            "id": award.subsidy.id,
            "title": award.subsidy.title,
            "state": award.state.value,
            "nominal": None if award.nominal is None else yuan(award.nominal),
            "room": None if award.room is None else yuan(award.room),
            "payable": None if award.payable is None else yuan(award.payable),
            "conflict": award.above,
            "unmet": award.unmet,
            "unknown": award.unknown,
            "lines": award.lines,
        }
        for award in found.awards
    ]
    return {
        "on": found.today,
        "programme": found.programme.id if found.programme else None,
        "standing": found.programme.standing(found.today).value if found.programme else None,
        **sums,
        "certification": yuan(found.certification),
        "received": yuan(found.received),
        "awards": awards,
        "choose": [award.subsidy.id for award in found.choose],
        "total": None if found.total is None else yuan(found.total),
    }
