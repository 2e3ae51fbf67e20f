"""What somebody means by a change: a law, a clause, a rule, a period, a template, the firm's style."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from gbtool.commands.drafts import STYLE
from gbtool.errors import UsageError
from gbtool.model.deadline import SURE
from gbtool.model.impact import Change, ChangeKind
from gbtool.model.register import Law, LawVersion
from gbtool.model.standards.words import AS_USUAL
from gbtool.shelf import catalogue, deadlines, gates, rule_texts, screens, standards, templates
from gbtool.shelf.periods import periods
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import Shelves, shelves_of

_FULL = "中华人民共和国"
_STYLE_WORDS = ("style", "样式", "style.docx", STYLE)
_RECENT = 366  # days that a law is offered after it has come into force
_FORMS = "写法：商标法、商标法@2027-01-01，2023:条款键或编号，规则或时限的键，文件代号或模板路径，style（样式）"


def change_of(key: str, firm: Path) -> Change:
    """The change that a word means on the shelves of a firm.

    Raises:
        UsageError: it means none.
        FileFaults: a file of a shelf is wrong.
    """
    shelves, word = shelves_of(None, firm), key.strip()
    for meant in (_style, _law, _clause, _rule, _period, _template):
        found = meant(word, shelves)
        if found:
            return found
    names = [*(law.title.removeprefix(_FULL) for law in screens.register(shelves).laws), *periods(shelves)]
    names += [*deadlines.book(shelves).rules, *(each.id for each in catalogue.catalogue(shelves))]
    raise UsageError(f"“{key}”不是法律、条款、规则、时限、模板或样式{did_you_mean(word, names)}", _FORMS)


def upcoming(firm: Path, today: date) -> tuple[Change, ...]:
    """The versions of laws that come into force after a day, or did so within a year before it, the earliest first."""
    shelves = shelves_of(None, firm)
    first, last = (today - timedelta(days=_RECENT)).isoformat(), today.isoformat()
    found = [
        _changed(law, version)
        for law in screens.register(shelves).laws
        for version in law.versions[1:]
        if version.in_force > last or version.in_force >= first
    ]
    return tuple(sorted(found, key=lambda each: each.day or date.max))


def _style(word: str, shelves: Shelves) -> Change | None:
    found = shelves.find(STYLE) if word in _STYLE_WORDS else None
    return Change(ChangeKind.STYLE, STYLE, "Word 样式", paths=(STYLE,), note=f"取自{found[0].name}") if found else None


def _law(word: str, shelves: Shelves) -> Change | None:
    named = ((law, name) for law in screens.register(shelves).laws for name in _names(law) if word.startswith(name))
    versions = ((law, _version(law, word.removeprefix(name).strip("@ （）()《》"))) for law, name in named)
    return next((_changed(law, version) for law, version in versions if version), None)


def _names(law: Law) -> tuple[str, ...]:
    """All names of a law, the longest first."""
    return tuple(sorted({*law.names, law.title.removeprefix(_FULL)}, key=len, reverse=True))


def _version(law: Law, wanted: str) -> LawVersion | None:
    """The version of a name, a year or a day; the last one where nothing is said."""
    if not wanted:
        return law.versions[-1] if law.versions else None
    return next((v for v in law.versions if wanted in (v.name, v.in_force, v.year)), None)


def _changed(law: Law, version: LawVersion) -> Change:
    at = law.versions.index(version)
    before = f"，此前是{law.versions[at - 1].name}" if at else ""
    published = f"{version.published} 公布，" if version.published else ""
    source = f"；来源：{law.source}" if law.source else ""
    note = f"{published}{version.in_force} 施行{before}（把握{SURE.get(version.confidence, '低')}）{source}"
    title = f"{law.title.removeprefix(_FULL)}{version.name}"
    return Change(ChangeKind.LAW, law.title, title, date.fromisoformat(version.in_force), _names(law), note=note)


def _clause(word: str, shelves: Shelves) -> Change | None:
    name, colon, key = word.replace("：", ":").partition(":")
    if not colon:
        return None
    try:
        found = standards.standard(standards.named(name, shelves).key, shelves)
    except UsageError:  # no standard, or several
        return None
    clauses = found.find(key.strip()) if re.fullmatch(r"[\d.]+", key.strip()) else [found.clause(key.strip())]
    clause = next((each for each in clauses if each), None)
    if clause is None:
        return None
    note = f"{found.code} {clause.number} {clause.title}（把握{SURE.get(clause.confidence, '低')}）"
    return Change(ChangeKind.CLAUSE, clause.key, f"{found.code} {clause.cite}", standard=found.key, note=note)


def _rule(word: str, shelves: Shelves) -> Change | None:
    published = deadlines.book(shelves).rules.get(word)
    if published:
        note = f"{published.law}（把握{published.confidence.word}）"
        return Change(ChangeKind.RULE, word, published.title or published.statement, note=note)
    text = rule_texts.rule_texts(shelves).get(word)
    if text:
        return Change(ChangeKind.RULE, word, text.title, note=_basis(text.basis))
    found = next((each for each in _requirements(shelves) if each[0] == word), None)
    return Change(ChangeKind.RULE, word, AS_USUAL.said(found[1]), note=found[2].partition("（")[0]) if found else None


def _basis(text: str) -> str:
    """Where a rule comes from, in the reader's language; a rule of the trade has no text to name."""
    said = re.sub(r"^[\w +-]+: ", "", text, flags=re.ASCII)
    return said if re.search("[\u4e00-\u9fff]", said) else "行业的做法"


def _requirements(shelves: Shelves) -> Iterator[tuple[str, str, str]]:
    """The requirements of every gate of every standard: rule, title, source."""
    for head in standards.heads(shelves):
        for name in gates.names(head.key, shelves):
            for each in gates.gate(name, head.key, shelves).requirements:
                yield each.rule, each.title, each.source


def _period(word: str, shelves: Shelves) -> Change | None:
    found = periods(shelves).get(word)
    if not found:
        return None
    counted = rule_texts.counting_with(word, shelves)
    return Change(ChangeKind.PERIOD, word, f"{found.meaning}：{found}", rules=counted, note=found.source)


def _template(word: str, shelves: Shelves) -> Change | None:
    path = word.replace("\\", "/")
    path = path if path.startswith("templates/") else f"templates/{path}"
    found = shelves.find(path)
    if found:
        return Change(ChangeKind.TEMPLATE, path, path, paths=(path,), note=f"取自{found[0].name}")
    known = [each for each in catalogue.catalogue(shelves) if each.id == word]
    paths = {
        f"templates/{part.path}"
        for each in known
        for edition in each.editions
        for part in templates.parts_of(each, edition, shelves)
    }
    paths |= {each.place.file for each in known if each.fields or each.steps}
    if not paths:
        return None
    return Change(ChangeKind.TEMPLATE, word, known[0].title, paths=tuple(sorted(paths)), note="、".join(sorted(paths)))
