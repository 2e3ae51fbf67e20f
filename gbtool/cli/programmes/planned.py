"""How a plan is typed and shown: working days for a step, the latest day of each, what is too late."""

from collections.abc import Iterable

from gbtool.cli import show
from gbtool.cli.filling import pair
from gbtool.commands.programmes.planning import Planned
from gbtool.errors import UsageError


def leads(given: Iterable[str]) -> dict[str, int]:
    """`步骤=30` as working days.

    Raises:
        UsageError: it is not written like this.
    """
    found: dict[str, int] = {}
    for text in given:
        name, days = pair("--lead", text)
        if not (str(days).isascii() and str(days).isdigit()):
            raise UsageError(f"--lead “{text}”应当写成 步骤=工作日数", "如 --lead 递交认证申请=20")
        found[name] = int(str(days))
    return found


def shown(found: Planned) -> None:
    """The plan as a table, then what is too late and what nobody knows."""
    plan, today = found.plan, found.plan.today
    what = found.due.action if found.due else "所给的日期"
    show.text(f"{found.programme.name}（{found.programme.id} {found.route}）　要赶 {plan.end}：{what}　今天 {today}")
    standing = found.programme.standing(today)
    if standing.value != "有效":
        show.text(f"注意：这个项目在 {today} {standing.value}，日期只供参考；先向主管部门问清")
    show.text()
    rows = [(each.latest, each.step.title, each.step.who, each.state(today), each.why) for each in plan.steps]
    show.table(("最迟", "步骤", "谁", "情况", "为什么"), rows)
    for caveat in dict.fromkeys(each.caveat for each in plan.steps if each.caveat):
        show.text(f"注意：{caveat}")
    for step in plan.unknown:
        show.text(f"没有算进去：{step.title}以后要多久（{step.ask}）；问清以后加 --lead {step.title}=工作日数")
    show.text()
    if plan.late:
        names = "、".join(each.step.title for each in plan.late)
        show.text(f"已经晚了：{names}")
    last = plan.steps[-1]
    unknown = "，还没有算上不知道的时间" if plan.unknown else ""
    earliest = f"从今天接着做，最早 {plan.earliest} {last.step.title}{unknown}"
    show.text(f"{last.step.title}已经做完：{last.done}" if last.done else earliest)


def mapping(found: Planned) -> dict[str, object]:
    """The plan as scripts read it."""
    plan = found.plan
    steps = [
        {
            "step": each.step.id,
            "title": each.step.title,
            "who": each.step.who,
            "latest": each.latest,
            "done": each.done,
            "earliest": each.earliest,
            "late": max(each.late(plan.today), 0),
            "why": each.why,
            "caveat": each.caveat,
        }
        for each in plan.steps
    ]
    return {
        "programme": found.programme.id,
        "route": found.route,
        "standing": found.programme.standing(plan.today).value,
        "due": found.due.id if found.due else None,
        "end": plan.end,
        "earliest": plan.earliest,
        "late": bool(plan.late),
        "steps": steps,
        "unknown": [{"step": step.id, "title": step.title, "ask": step.ask} for step in plan.unknown],
    }
