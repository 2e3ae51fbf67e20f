"""People over time: terms of employment, posts, departments and their names, on any day."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.client import Department
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.structs import Frozen

FROM, UNTIL, MAY_SIGN, HEAD = "起", "止", "可签", "负责人"
OLD, NEW = "原名", "新名"
YES = ("是", "true", "True")
_SEPARATED = re.compile("[、，,;；]")


class Post(Frozen):
    """What somebody is: department and title, from when until when; which roles he may sign by delegation."""

    person: str
    department: str
    title: str
    first: date | None
    last: date | None
    head: bool
    roles: tuple[str, ...]
    entry: Entry

    def on(self, day: date) -> bool:
        """Whether it covers a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def _posts(facts: Facts) -> Iterator[Post]:
    """Those of the table of posts; who is not in it has the one that the roster gives."""
    names = {person.text("工号"): person.text("姓名") for person in facts.roster if person.text("工号")}
    listed = set()
    for entry in facts.of(EntryKind.POSITION):
        name = entry.text("姓名") or names.get(entry.text("工号"), "")
        listed.add(name)
        yield _post(entry, name, (FROM, UNTIL))
    for entry in facts.roster:
        if entry.text("姓名") not in listed:
            yield _post(entry, entry.text("姓名"), ("入职日", "离职日"))


def _post(entry: Entry, name: str, days: tuple[str, str]) -> Post:
    first, last = (as_date(entry.text(day)) for day in days)
    roles = _SEPARATED.split(entry.text(MAY_SIGN))
    named = tuple(role.strip() for role in roles if role.strip())
    return Post(name, entry.text("部门"), entry.text("岗位"), first, last, entry.text(HEAD) in YES, named, entry)


class Renaming(Frozen):
    """A department that got another name, or was merged into another, from a day on."""

    old: str
    new: str
    day: date
    entry: Entry


def renamings(facts: Facts) -> tuple[Renaming, ...]:
    """The changes of names in order of time."""
    found = (
        Renaming(entry.text(OLD), entry.text(NEW), day, entry)
        for entry in facts.of(EntryKind.DEPARTMENT)
        if (day := as_date(entry.text(FROM)))
    )
    return tuple(sorted(found, key=lambda each: each.day))


class Staff(Frozen):
    """Everybody's posts by name, the departments of the client, and how they were renamed."""

    posts: Mapping[str, tuple[Post, ...]]
    departments: tuple[Department, ...]
    renamed: tuple[Renaming, ...]

    def known(self, name: str) -> bool:
        """Whether the roster or the table of posts has a person of this name."""
        return name in self.posts

    def on(self, name: str, day: date) -> tuple[Post, ...]:
        """What somebody is on a day."""
        return tuple(post for post in self.posts.get(name, ()) if post.on(day))

    def latest(self, name: str) -> str:
        """The name by which a department goes after all changes."""
        for each in self.renamed:
            name = each.new if name == each.old else name
        return name

    def carrying(self, function: str) -> frozenset[str]:
        """The departments that carry a function, by their latest names."""
        return frozenset(self.latest(d.name) for d in self.departments if function in d.functions)

    def departments_of(self, name: str, day: date) -> frozenset[str]:
        """The departments, by their latest names, in which somebody is on a day."""
        return frozenset(self.latest(post.department) for post in self.on(name, day))

    def heads(self, day: date, department: str = "") -> frozenset[str]:
        """The heads on a day, of all departments or of one: by the table of posts, else the client's list."""
        current = [(self.latest(post.department), post.person) for post in self._heads() if post.on(day)]
        have = {name for name, _ in current}
        listed = [(self.latest(d.name), d.head) for d in self.departments if d.head]
        current += [(name, head) for name, head in listed if name not in have]
        return frozenset(person for name, person in current if department in ("", name))

    def _heads(self) -> Iterator[Post]:
        for posts in self.posts.values():
            yield from (post for post in posts if post.head)


def staff(facts: Facts) -> Staff:
    """The people of a client over time, put together once."""
    found: dict[str, tuple[Post, ...]] = {}
    for post in _posts(facts):
        found[post.person] = (*found.get(post.person, ()), post)
    return Staff(found, facts.client.departments, renamings(facts))
