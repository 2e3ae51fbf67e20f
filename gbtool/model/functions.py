"""Functions that departments carry: which a client must have, and what is wrong with a list of departments."""

import re
from collections.abc import Mapping, Sequence

from gbtool.model.condition import holds
from gbtool.model.standards.chosen import chosen
from gbtool.structs import Frozen, field

_BETWEEN = re.compile(r"[,，、;；\s]+")


class Functions(Frozen):
    """The names of all functions, and when a department must carry one."""

    names: Mapping[str, str]
    usual: Mapping[str, tuple[str, ...]]
    by_standard: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def needed(self, answers: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
        """The functions that somebody must carry, and when: those of the client's standards, else the usual ones."""
        main, *others = chosen(answers) or ("",)
        found = dict(self.by_standard.get(main, self.usual))
        for function, when in ((f, w) for key in others for f, w in self.by_standard.get(key, {}).items()):
            found[function] = when if found.get(function, when) else ()
        return found

    def keys(self, text: object) -> str:
        """What somebody wrote in a cell as keys between commas: `研发、采购` is rd,purchasing; unknown words stay."""
        by_name = {name: key for key, name in self.names.items()}
        words = [word for word in _BETWEEN.split(str(text or "")) if word]
        return ",".join(by_name.get(word, word) for word in words)

    def shown(self, key: str) -> str:
        """A function as users read it: `rd（研发）`."""
        return f"{key}（{self.names[key]}）" if key in self.names else key

    def missing(self, rows: Sequence[Mapping[str, object]], answers: Mapping[str, object]) -> tuple[str, ...]:
        """The functions that this client must have and no department carries."""
        carried = {key for row in rows for key in self.keys(row.get("职能")).split(",")}
        return tuple(key for key, when in self.needed(answers).items() if holds(when, answers) and key not in carried)

    def complaint(self, rows: Sequence[Mapping[str, object]], answers: Mapping[str, object]) -> str | None:
        """What is wrong with a list of departments: unknown functions, equal names, functions that nobody carries."""
        if not rows:
            return "至少要有一个部门"
        seen: set[object] = set()
        for number, row in enumerate(rows, 1):
            name = row.get("部门")
            if not name or name in seen:
                return f"第{number}行的部门名称{f'“{name}”重复' if name else '空着'}"
            seen.add(name)
            unknown = [key for key in self.keys(row.get("职能")).split(",") if key and key not in self.names]
            if unknown:
                known = "、".join(self.shown(key) for key in self.needed(answers))
                return f"第{number}行“职能”不认识“{unknown[0]}”，常用的：{known}"
        missing = self.missing(rows, answers)
        return f"还没有部门承担：{'、'.join(map(self.shown, missing))}" if missing else None
