"""All that is looked for in a Word file, in one list."""

from collections.abc import Callable, Iterator

from gbtool.model.document import DocumentKind
from gbtool.word.lint import package, pages, tables, words
from gbtool.word.lint.opened import Flaw, Opened, opened

_ALWAYS: tuple[Callable[[Opened], Iterator[Flaw]], ...] = (
    words.punctuation,
    words.typed_numbers,
    words.lists,
    words.first_lines,
    words.faces,
    words.together,
    words.empty_paragraphs,
    tables.grids,
    tables.rows,
    tables.signatures,
    tables.columns,
    pages.sections,
    pages.wide,
    package.language,
    package.properties,
    package.drawings,
)
_BY_KIND: tuple[Callable[[Opened, DocumentKind], Iterator[Flaw]], ...] = (
    pages.sides,
    pages.red_head,
    pages.control,
    pages.contents,
)


def flaws(data: bytes, kind: DocumentKind) -> tuple[Flaw, ...]:
    """What is wrong with a Word file of a kind.

    Raises:
        FileFaults: it is no Word file.
    """
    file = opened(data)
    return (
        *(flaw for look in _ALWAYS for flaw in look(file)),
        *(flaw for look in _BY_KIND for flaw in look(file, kind)),
    )
