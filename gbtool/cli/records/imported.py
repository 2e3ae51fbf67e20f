"""What an import did, or would do, as it is told and as JSON."""

from collections.abc import Sequence
from pathlib import Path

from gbtool.cli import show
from gbtool.cli.kinds import KINDS
from gbtool.commands.ledger.importing import Imported
from gbtool.commands.records.found import Found, Request
from gbtool.commands.records.taking import Taken
from gbtool.commands.registers.reading import Listed
from gbtool.exchange.matching import How, Match
from gbtool.model.entry import EntryKind
from gbtool.structs import Frozen

_HOW = {
    How.TOLD: "指定",
    How.KEPT: "同上次",
    How.SAME: "同义",
    How.ALIKE: "同名，不计空格和括号",
    How.NEAR: "相近",
    How.OWN: "台账没有这一列，照存",
    How.OPEN: "认不出",
}


class Layout(Frozen):
    """A folder, YAML file or named table that came in, as it is told."""

    source: Path
    imported: Imported

    def tell(self) -> None:
        """How many entries of each kind."""
        done = self.imported
        kinds = [kind for kind in EntryKind if kind in done.added or kind in done.replaced or kind in done.same]
        counts = [[group.get(kind, 0) for group in (done.added, done.replaced, done.same)] for kind in kinds]
        show.table(("种类", "新", "更新", "没变"), [(KINDS[k], *row) for k, row in zip(kinds, counts, strict=True)])
        if done.skipped:
            show.text(f"没有读的文件：{'、'.join(done.skipped)}")
        show.done(f"新 {sum(done.added.values())} 条，更新 {sum(done.replaced.values())} 条。")

    def plain(self) -> dict[str, object]:
        """The same for scripts."""
        done = self.imported
        groups = {"added": done.added, "updated": done.replaced, "same": done.same}
        counts = {name: {kind.value: count for kind, count in group.items()} for name, group in groups.items()}
        return {"file": self.source.name, **counts, "skipped": list(done.skipped)}


class Records(Frozen):
    """A file with records that came in, or would, as it is told."""

    taken: Sequence[Taken]
    request: Request

    def tell(self) -> None:
        """How each sheet was read, and what became of its records."""
        for each in self.taken:
            mapping(each.found)
            for change in each.updated:
                show.text(f"  {change.old.id}：{'；'.join(change.differences)}")
            for entry in each.gone:
                show.text(f"  注意：{entry.id} 上次在这个文件里，这次没有；台账里的没有动。")
            _counted(each, self.request)

    def plain(self) -> dict[str, object]:
        """The same for scripts."""
        first = self.taken[0].found
        return {
            "file": first.file,
            "sha256": first.sha256,
            "dry_run": self.request.dry_run,
            "sheets": [_plain(each, self.request) for each in self.taken],
        }


def mapping(found: Found | Listed) -> None:
    """How the columns of a sheet were matched, and what is to be said of it."""
    place = f" 工作表“{found.sheet}”" if found.sheet else ""
    head = f"，表头在第{found.head}行，{found.lines} 行" if found.head else ""
    show.text(f"{found.file}{place}：《{found.title}》（{found.form}）{head}")
    same = sum(map(_same, found.matches))
    if same:
        show.text(f"  {same} 列与字段同名。")
    skipped = [match.column for match in found.matches if match.how is How.SKIPPED]
    if skipped:
        show.text(f"  不导入的列：{'、'.join(skipped)}。")
    rows = [(m.column, m.field or "—", _how(m)) for m in found.matches if m.how is not How.SKIPPED and not _same(m)]
    if rows:
        show.table(("列", "字段", "怎么认的"), rows)
    for remark in found.remarks:
        show.text(f"  {remark}。")


def _same(match: Match) -> bool:
    return match.how is How.SAME and match.column == match.field


def _how(match: Match) -> str:
    score = f" {match.score:.2f}" if match.how is How.NEAR else ""
    return f"{_HOW[match.how]}{score}"


def _counted(taken: Taken, request: Request) -> None:
    if taken.known_since and not (taken.added or taken.updated):
        show.done(f"这个文件 {taken.known_since} 导入过，{len(taken.same)} 条都在台账里，没有再记。")
        return
    verb = "会" if request.dry_run else ""
    ids = [entry.id for entry in taken.added if entry.id and isinstance(taken.found, Found)]
    span = f"（{ids[0]}{f'–{ids[-1]}' if len(ids) > 1 else ''}）" if ids and not request.dry_run else ""
    changed = f"，{len(taken.updated)} 条与台账不同" if request.dry_run else f"，更新 {len(taken.updated)} 条"
    show.done(f"{verb}新增 {len(taken.added)} 条{span}{changed}，没变 {len(taken.same)} 条。")


def _plain(taken: Taken, request: Request) -> dict[str, object]:
    found = taken.found
    matches = [
        {"column": m.column, "field": m.field, "how": m.how.value, "score": round(m.score, 2)} for m in found.matches
    ]
    return {
        "sheet": found.sheet,
        "form": found.form,
        "lines": found.lines,
        "columns": matches,
        "added": len(taken.added) if request.dry_run else [entry.id for entry in taken.added],
        "updated": [{"id": change.old.id, "differences": list(change.differences)} for change in taken.updated],
        "same": [entry.id for entry in taken.same],
        "gone": [entry.id for entry in taken.gone],
    }
