"""A firm's own Word file as the template of a document: docxtpl in the sandbox, a name nobody knows is an error."""

import functools
import io
from collections.abc import Mapping

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from gbtool.documents.context import CONTENT
from gbtool.documents.faults import misspelt
from gbtool.documents.jinja import environment
from gbtool.model.template import Template
from gbtool.word.merging.opened import open_file
from gbtool.word.package import Identity, Packed
from gbtool.word.reading import parsed
from gbtool.word.stamping import furnished, stamped

_SOURCE = "<template>"
_FAULTS = (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError)


class _File(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A template whose rendered XML must be whole: docxtpl itself would leave out what it cannot read."""

    def fix_tables(self, xml: str) -> object:
        """Refuse XML in which tags of the template tore something apart.

        Raises:
            ValueError: it is torn.
        """
        try:
            parsed(xml.encode())
        except SyntaxError as error:
            raise ValueError("标记跨了段落、格子或行，合不起来") from error
        return super().fix_tables(xml)


def rendered(
    template: Template, names: Mapping[str, object], identity: Identity, look: Mapping[str, Packed] | None = None
) -> bytes:
    """The Word file of a document from a firm's Word file; styles of `look` that it lacks come into it.

    Where a form is wider than the paper, its section is turned on its side.

    Raises:
        FileFaults: it is no Word file.
        jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError: a tag does not work.
    """
    file = _opened(template)
    file.render(dict(names), _environment(), autoescape=True)
    made = io.BytesIO()
    file.save(made)
    data = made.getvalue()
    if look and CONTENT in used(template):
        data = furnished(data, look, template.path)
    return stamped(data, identity, template.path)


def used(template: Template) -> frozenset[str]:
    """The names that a firm's Word file prints or asks.

    Raises:
        FileFaults: it is no Word file, or a tag is not understood.
    """
    try:
        return frozenset(_opened(template).get_undeclared_template_variables(_environment()))
    except _FAULTS as error:
        raise misspelt(place(template, error), error) from error


def place(template: Template, error: Exception) -> str:
    """Where a tag does not work: in which paragraph of the file, as docxtpl counts them."""
    line = getattr(error, "lineno", None)
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == _SOURCE:
            line = at.tb_lineno
        at = at.tb_next
    number = f" 第{line - 1}段" if isinstance(line, int) and line > 1 else ""
    return f"templates/{template.path}{number}"


def _opened(template: Template) -> _File:
    open_file(template.data, f"templates/{template.path}")  # bounded, without entities, before anybody else reads it
    return _File(io.BytesIO(template.data))


@functools.cache
def _environment() -> SandboxedEnvironment:
    return environment()
