"""A Word file that a firm may begin with as a template: headings of what is shipped, names that may be printed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from gbtool.documents.compiling.passages import PRINTS, Text, sign, spoken
from gbtool.documents.context import ALWAYS, CONTENT, DERIVED, PARTS
from gbtool.documents.names import names_in
from gbtool.model.document import Specification
from gbtool.structs import replace
from gbtool.word import wordml
from gbtool.word.look import layout_of
from gbtool.word.numbering import Lists
from gbtool.word.package import Identity, Packed, docx, references

OVER = "gbtool.over"
_HINT = "花括号里的名字在生成时换成这家客户的；这样写的段落是说明，生成时不出现。标记的写法见 docxtpl 的说明。"
_WHOLE = (
    f"写着 {CONTENT} 的一段换成整张表单（空白的、填好的都用它）或整份报告；表单也可以用 head、rows、foot、sign 自己排。"
)
_DEEPEST = 3


def word_file(
    specification: Specification,
    texts: Sequence[Text],
    asked: Mapping[str, str],
    look: Mapping[str, Packed],
    page: wordml.Page | None = None,
) -> bytes:
    """The file; `asked` gives the question of each name, `page` the page that a form needs."""
    layout = layout_of("report")
    layout = replace(layout, page=page or layout.page)
    title = wordml.paragraph(layout.title, "{{ this.title }}")
    number = wordml.paragraph(layout.body, "编号：{{ this.number }}　版本：{{ doc_version }}")
    whole = [wordml.paragraph(layout.body, f"{{{{p {CONTENT} }}}}")] if specification.fields or not texts else []
    hint = [_comment(_WHOLE)] if whole else []
    body = "".join(
        (
            title,
            _comment(_HINT),
            *hint,
            *_names(texts, asked),
            number,
            *whole,
            *_headings(texts, {*asked, *DERIVED, *ALWAYS, *PARTS}),
        )
    )
    over = sign("\n".join(text.template.body for text in texts)) if texts else ""
    named = Identity(
        specification.id,
        specification.title,
        "{{ this.number }}",
        "{{ doc_version }}",
        "{{ company_name }}",
        "",
        "",
        ((OVER, over),) if over else (),
    )
    return docx(body + wordml.section(layout.page, references(layout)), named, layout, Lists(), look)


def _comment(words: str) -> str:
    """A paragraph that is not printed."""
    return wordml.paragraph("FormNote", f"{{#p {wordml.escape(words)} #}}")


def _names(texts: Sequence[Text], asked: Mapping[str, str]) -> Iterator[str]:
    """The names that the shipped text uses, each with the question that it answers."""
    used = {name for text in texts for name in names_in(text.template)} | {"company_name"}
    for name in sorted(used):
        if name in asked or name in DERIVED:
            yield _comment(f"{name}　{asked.get(name, '由资料算出')}")


def _titled(title: str, text: Text, known: Collection[str]) -> str:
    """A heading that may be printed: in words where it asks for a name that the shipped text sets itself."""

    def told(tag: re.Match[str]) -> str:
        used = names_in(replace(text.template, body=tag[0]))
        return tag[0] if all(name in known for name in used) else spoken(tag[1])

    return PRINTS.sub(told, title)


def _headings(texts: Sequence[Text], known: Collection[str]) -> Iterator[str]:
    for text in texts:
        for passage in text.passages:
            if not passage.nested and passage.level <= _DEEPEST:
                style = ("Plain1", "Plain1", "Plain2")[passage.level - 1]
                title = _titled(text.title(passage), text, known)
                yield wordml.paragraph(style, wordml.escape(title))
                yield wordml.paragraph("Body", "（在这里写）")
