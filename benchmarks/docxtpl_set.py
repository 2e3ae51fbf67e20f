"""The example's whole set by docxtpl: the same facts, the same texts, as templates in Word files; one process.

`python -m benchmarks.docxtpl_set CLIENT TEMPLATES OUT` renders; with `--make` first it writes the templates.
"""

import datetime as dt
import io
import re
import sys
from pathlib import Path

from docxtpl import DocxTemplate

from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.documents import drafting, forms, kept
from gbtool.documents.compiling.compile import FIELD, compiled
from gbtool.documents.context import steps
from gbtool.documents.desk import Desk, layout_for
from gbtool.documents.figures import Figures
from gbtool.documents.plan import Planned, plan
from gbtool.word import wordml
from gbtool.word.numbering import Lists
from gbtool.word.package import docx, references

DAY = dt.date(2026, 5, 15)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def planned(client: Path) -> tuple[Desk, tuple[Planned, ...]]:
    """The desk of a client and its documents, but those that report on what the ledger does not hold."""
    work = workspace(client)
    facts = gather(work, DAY)
    documents = plan(facts, drafts.parts(work, facts.client.edition)).documents
    return drafts.desk(work, facts), tuple(each for each in documents if not kept.missing(each.templates, facts))


def _escaped(tag: re.Match[str]) -> str:
    """A tag as it may stand in XML and as docxtpl reads it: on one line."""
    return wordml.escape(" ".join(tag.group().split("\n"))).replace("&quot;", "'")


def make(client: Path, target: Path) -> None:
    """Write each document's text, its tags in place, as the template of a Word file."""
    desk, documents = planned(client)
    for each in documents:
        if each.templates:
            layout = layout_for(each.templates[0])
            body = "".join(compiled(part, layout_for(part)).split(FIELD)[0] for part in each.templates)
        else:
            form = forms.Form(each.title, each.specification.fields, each.specification.kind)
            layout, body = form.layout, forms.body(form)
        whole = _TAG.sub(_escaped, body) + wordml.section(layout.page, references(layout))
        data = docx(whole, drafting.identity(each, desk), layout, Lists(), desk.look)
        (target / f"{each.specification.id}.docx").write_bytes(data)


def render(client: Path, templates: Path, target: Path) -> None:
    """Render every document with docxtpl."""
    desk, documents = planned(client)
    for each in documents:
        made = steps(each.specification, desk.facts, desk.words) if each.specification.steps else []
        figures = Figures(desk.facts, each.title, made, 9000)
        names = {
            **desk.names,
            "this": desk.documents[each.specification.id],
            "steps": made,
            "_lists": Lists(),
            "_made": figures.make,
        }
        template = DocxTemplate(templates / f"{each.specification.id}.docx")
        template.render(names, jinja_env=desk.environment)
        file = io.BytesIO()
        template.save(file)
        (target / f"{each.specification.id}.docx").write_bytes(file.getvalue())


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[-3:]]
    if sys.argv[1] == "--make":
        make(folders[0], folders[1])
    else:
        render(*folders)
