"""Which of its standards a client is looked at under, and how that standard speaks."""

from gbtool.commands import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.standards.chosen import FURTHER
from gbtool.model.standards.seen import View
from gbtool.model.standards.words import Words
from gbtool.shelf import standards
from gbtool.structs import replace


def view(work: Workspace) -> View:
    """Under which of a client's standards one looks, and which is the main one.

    Raises:
        FileFaults: client.yaml or a standard is wrong.
    """
    main = gather.key_of(gather.read(work), work)
    return View(work.standard or main, main)


def under(work: Workspace, word: str) -> Workspace:
    """The same client looked at under one of its standards, by key, code or family; all of them without a word.

    Raises:
        UsageError: the client does not follow this standard.
        FileFaults: a file is wrong.
    """
    if not word:
        return work
    found, wanted = gather.client(work), standards.named(word, work.shelves)
    followed = found.standards or (gather.key_of(found, work),)
    if wanted.key not in followed:
        heads = "、".join(f"{key}（{standards.head(key, work.shelves).code}）" for key in followed)
        fix = f"再加一个：gbtool profile set {FURTHER}={wanted.key}"
        raise UsageError(f"这个客户不按 {wanted.code}，按的是 {heads}", fix)
    return replace(work, standard=wanted.key)


def each_standard(work: Workspace) -> tuple[Workspace, ...]:
    """The client once under each standard that it follows, the main one first; once where one was named."""
    if work.standard:
        return (work,)
    keys = gather.client(work).standards
    return tuple(replace(work, standard=key) for key in keys) if len(keys) > 1 else (work,)


def words_of(work: Workspace) -> Words:
    """How the client's standard says audit, review and posts.

    Raises:
        FileFaults: client.yaml or a standard is wrong.
    """
    return standards.head(gather.key_of(gather.client(work), work), work.shelves).words
