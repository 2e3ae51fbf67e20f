"""A page from its template: no script, nothing from elsewhere, every value escaped and bound by a policy."""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

MAKER = b'<meta name="generator" content="gbtool">'
_STYLE = "style.css"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_COMMANDS = re.compile(r"（gbtool [^）]*）")


def page(folder: Path, name: str, values: Mapping[str, object]) -> bytes:
    """A whole HTML file, UTF-8.

    Args:
        folder: where the templates and the style lie.
        name: the template.
        values: what it shows.
    """
    style = (folder / _STYLE).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    env = SandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        loader=jinja2.FileSystemLoader(folder),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["without_commands"] = without_commands
    text = env.get_template(name).render(
        values,
        style=Markup(style),  # noqa: S704 # our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    return text.encode()


def without_commands(text: object) -> str:
    """A sentence for people who type no commands."""
    return _COMMANDS.sub("", str(text))


def _printed(value: object) -> object:
    """Nothing for what is not there; text without signs that no file may hold."""
    if value is None:
        return ""
    return _UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def ours(data: bytes) -> bool:
    """Whether a file is a page that gbtool wrote."""
    return data.lstrip().startswith(b"<!DOCTYPE html>") and MAKER in data[:1000]
