"""How alike documents are, as a table and as JSON."""

from gbtool.cli import show
from gbtool.model.likeness import Likeness, Measure


def likeness_json(found: Likeness) -> dict[str, object]:
    """The measures as scripts read them; shares are numbers from 0 to 1."""
    rows = [{"path": each.path, "document": each.id, **_numbers(each)} for each in found.measures]
    return {"compared": found.compared, "set": _numbers(found.set), "documents": rows}


def _numbers(each: Measure) -> dict[str, object]:
    return {
        "sentences": each.sentences,
        "template": round(each.share(each.template), 3),
        "others": round(each.share(each.others), 3),
        "copied": round(each.share(each.copied), 3),
        "facts": each.facts,
        "nearest": each.nearest,
    }


def show_likeness(found: Likeness) -> None:
    """A row for each document and one for the set."""
    columns = ("文件", "句数", "同模板", "同别家", "模板外同别家", "本企业事实", "最像")
    rows = [_row(each, each.path.rsplit("/", 1)[-1]) for each in found.measures]
    show.table(columns, [*rows, _row(found.set, "整套")], f"照搬照抄：和模板、和别家客户的 {found.compared} 份文件比")
    show.text(
        "同别家：遮住各家自己的名称以后相同或几乎相同；模板外同别家：其中不是模板写的，也不是这家重新生成会写的。"
    )
    show.text()


def _row(each: Measure, name: str) -> tuple[object, ...]:
    shares = (f"{each.share(count):.0%}" for count in (each.template, each.others, each.copied))
    return (name, each.sentences, *shares, each.facts, each.nearest)
