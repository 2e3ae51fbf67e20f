"""gbtool clauses --family: which standards there are, and what gbtool has of each."""

from pathlib import Path

from gbtool.cli import show
from gbtool.commands.clauses import Offer, offers, related
from gbtool.model.deadline import SURE

_PARTS = (("documents", "文件", "份"), ("questions", "审核问题", "条"), ("gates", "门槛", "道"))


def show_family(folder: Path, *, as_json: bool) -> None:
    """Print every standard on the shelves with status and confidence, then those of which only the name is known."""
    found, others = offers(folder), related(folder)
    if as_json:
        show.json(
            {
                "standards": [_mapping(each) for each in found],
                "related": [{"code": r.code, "title": r.title, "about": r.about} for r in others],
            }
        )
        return
    show.text("书架上的标准（键就是 gbtool init --standard 后面写的）")
    show.table(
        ("键", "标准", "状态", "把握", "gbtool 有什么", "没有什么"),
        [(o.head.key, o.head.cite, o.head.status, SURE.get(o.head.confidence, ""), _has(o), _lacks(o)) for o in found],
    )
    if others:
        show.text("常被问到、gbtool 没有条款也没有文件的（编号和名称没有逐一核对，用前先查）")
        show.table(
            ("标准", "名称", "什么时候用到", "把握"),
            [(r.code, r.title, r.about, SURE.get(r.confidence, "")) for r in others],
        )


def _has(offer: Offer) -> str:
    parts = [f"条款 {offer.clauses} 条"]
    parts += [f"{word} {getattr(offer, name)} {unit}" for name, word, unit in _PARTS if getattr(offer, name)]
    return "、".join(parts)


def _lacks(offer: Offer) -> str:
    lacking = [word for name, word, _ in _PARTS if not getattr(offer, name)]
    certified = [] if offer.head.certifiable else ["不是认证依据"]
    return "、".join([*lacking, *certified]) or "—"


def _mapping(offer: Offer) -> dict[str, object]:
    head = offer.head
    return {
        "key": head.key,
        "code": head.code,
        "title": head.title,
        "status": head.status,
        "confidence": head.confidence,
        "in_force_from": head.in_force_from,
        "superseded_on": head.superseded_on or None,
        "certifiable": head.certifiable,
        "clauses": offer.clauses,
        "documents": offer.documents,
        "questions": offer.questions,
        "gates": offer.gates,
    }
