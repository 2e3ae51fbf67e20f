"""A whole body from a rendered text: title and control block, or the manual's cover, records, contents and chapters."""

from gbtool.word import control, cover, wordml
from gbtool.word.contents import with_contents
from gbtool.word.look import Layout
from gbtool.word.numbering import Lists
from gbtool.word.outline import counted
from gbtool.word.package import Identity
from gbtool.word.tight import tightened
from gbtool.word.together import own_pages


def whole(
    body: str, identity: Identity, control_: control.Control | None, layout: Layout, lists: Lists
) -> tuple[str, Layout]:
    """The body with what stands before it, and the layout with which it is printed.

    A text that has no title of its own gets one; `control_` is what the block under it says, nothing without one.
    """
    width = layout.page.width
    if layout.name == "manual" and control_:
        front = cover.cover(identity, control_, width) + cover.revisions(identity, control_, width)
        return front + counted(with_contents(own_pages(body), layout.page), lists), layout
    body, layout = tightened(body, layout)
    if f'<w:pStyle w:val="{layout.headings[0]}"/>' in body:
        return body, layout
    title = wordml.paragraph(layout.title, wordml.escape(identity.title))
    return title + (control.block(identity, control_, width) if control_ else "") + body, layout
