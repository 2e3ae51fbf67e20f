"""`gbtool ledger people`: who is employed on a day, in which department and post, and what he may sign."""

from collections.abc import Iterator
from datetime import date

from gbtool.commands.gather import looking
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules.reading import employed
from gbtool.rules.signing import roles
from gbtool.rules.staff import Post, Staff, staff
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import Frozen, replace


class Person(Frozen):
    """Somebody on a day: terms of employment, posts, the roles in which he may sign."""

    name: str
    number: str
    terms: tuple[tuple[str, str], ...]
    posts: tuple[Post, ...]
    roles: tuple[str, ...]


class People(Frozen):
    """Who is employed on a day, and the changes of departments' names up to it."""

    today: date
    people: tuple[Person, ...]
    renamed: tuple[tuple[str, str, str], ...]


def people(work: Workspace, today: date, name: str = "", *, signing: bool = False) -> People:
    """The people on a day; with a name that person alone, whether employed or not; else those who may sign only.

    Raises:
        UsageError: there is nobody of this name; with a guess.
    """
    with looking(work, today) as facts:
        return _people_of(facts, name, signing=signing)


def _people_of(facts: Facts, name: str, *, signing: bool) -> People:
    rows = facts.roster
    known = staff(facts)
    if name and not known.known(name):
        raise UsageError(f"名册里没有“{name}”{did_you_mean(name, known.posts)}", "名册见 gbtool ledger people")
    wanted = [row for row in rows if (row.text("姓名") == name if name else employed(row, facts.today))]
    found = tuple(_people(wanted, known, facts))
    shown = tuple(person for person in found if person.roles or not signing)
    return People(facts.today, shown, tuple((each.old, each.new, str(each.day)) for each in known.renamed))


def _people(rows: list[Entry], known: Staff, facts: Facts) -> Iterator[Person]:
    by_name: dict[tuple[str, str], list[Entry]] = {}
    for row in rows:
        by_name.setdefault((row.text("姓名"), row.text("工号")), []).append(row)
    for (name, number), terms in by_name.items():
        days = tuple((row.text("入职日"), row.text("离职日")) for row in terms)
        here = any(employed(row, facts.today) for row in terms)
        posts = tuple(replace(post, department=known.latest(post.department)) for post in known.on(name, facts.today))
        yield Person(name, number, days, posts, roles(facts, known, name, facts.today) if here else ())
