"""Short texts of data that hold Jinja, such as audit questions, as this client reads them."""

from collections.abc import Callable, Mapping

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from gbtool.documents.jinja import zh_date


def writer(names: Mapping[str, object]) -> Callable[[str], str]:
    """A function that fills these names into a text; plain text comes out, nothing is escaped."""
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters["zh_date"] = zh_date
    return lambda text: environment.from_string(text).render(names).strip()
