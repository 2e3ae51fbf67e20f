"""Short ways from a template's text to what stands in Word, for tests."""

import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import DictLoader

from engagement import EXAMPLES, READY_DAY, facts_of
from gbtool.cli.options import cache_folder
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents.compiling.compile import FIELD, compiled as compile_text
from gbtool.documents.desk import Desk
from gbtool.documents.jinja import environment
from gbtool.documents.plan import Planned
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.template import Template
from gbtool.structs import replace
from gbtool.word.look import Layout, layout_of
from gbtool.word.numbering import Lists

CACHE = cache_folder()  # what is compiled once is known to all tests and all that they start
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def compiled(body: str, layout: Layout | None = None, line: int = 1, head: Mapping[str, object] | None = None) -> str:
    """A body as a Word-XML template."""
    template = Template("systems/x.md.j2", "自带", head or {}, body, line)
    return compile_text(template, layout or layout_of("system", "articles"))


def rendered(body: str, layout: Layout | None = None, **names: object) -> str:
    """A body rendered with these names, as XML."""
    return printed(body, layout, **names)[0]


def printed(body: str, layout: Layout | None = None, **names: object) -> tuple[str, Lists]:
    """A body rendered with these names, and the lists that it opened."""
    source = compiled(body, layout)
    lists = Lists()
    env = environment(DictLoader({"x": source}))
    xml = env.get_template("x").render({"_lists": lists, "_made": lambda name: f"[{name}]", **names})
    return xml.split(FIELD)[0], lists


def texts(xml: str) -> list[str]:
    """The text of each paragraph."""
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", each.replace("<w:br/>", "\n"))) for each in paragraphs]


def styles(xml: str) -> list[str]:
    """The style of each paragraph."""
    return re.findall(r'<w:pStyle w:val="(\w+)"/>', xml)


@cache
def example(name: str = "lanwan") -> Workspace:
    """An example as it is shipped."""
    return workspace(EXAMPLES / name)


@cache
def example_facts(name: str = "lanwan") -> Facts:
    """The facts of an example, without a ledger."""
    return gather(example(name), READY_DAY)


@cache
def kept_facts(name: str = "lanwan") -> Facts:
    """The facts of an example with what it holds for its ledger, and the papers that close a project."""
    return closed(facts_of(EXAMPLES / name, READY_DAY))


def closed(facts: Facts) -> Facts:
    """Facts with the papers that close a project."""
    code = facts.client.code
    delivered = {"文件名称": "知识产权合规管理手册", "编号": f"{code}-IPM-01", "版本": "A/0", "份数": "2"}
    judged = {"评价项": "进度", "得分": "8", "意见": "程序初稿晚了三天"}
    closing = (
        _record("svc-delivery", f"{code}-FW-08-001", {"交付日期": "2026-09-21"}, delivered),
        _record("svc-satisfaction", f"{code}-FW-10-001", {"日期": "2026-09-22", "评价人": "沈知远"}, judged),
    )
    return replace(facts, entries=(*facts.entries, *closing))


def _record(form: str, id_: str, head: Mapping[str, str], row: Mapping[str, str]) -> Entry:
    day = next(iter(head.values()))
    return Entry(EntryKind.RECORD, id_, day, form=form, data={"head": head, "rows": [row]})


def desk_of(planned: Planned) -> Desk:
    """The desk of the manufacturer, with its ledger where the document reports on it."""
    return example_desk(kept_facts() if any(each.needs for each in planned.templates) else None)


def example_desk(facts: Facts | None = None, cache: Path | None = CACHE) -> Desk:
    """The desk of the manufacturer, or of these facts."""
    return drafts.desk(example(), facts or example_facts(), cache)
