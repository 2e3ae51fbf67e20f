"""One planned document from the desk to the bytes of a .docx."""

from collections.abc import Mapping, Sequence

import jinja2
from markupsafe import Markup

from gbtool.documents import forms, kept
from gbtool.documents.context import CONTENT, FORMS, cites, department, under
from gbtool.documents.desk import Desk, layout_for
from gbtool.documents.faults import NothingToPrint, absent_in, in_chinese, misspelt
from gbtool.documents.figures import FIGURE, Figures
from gbtool.documents.needs import columns_in, printed_at, printed_in
from gbtool.documents.plan import Planned
from gbtool.documents.sections import with_sections
from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import DocumentKind, Field, OpenValue, Specification
from gbtool.model.template import Template
from gbtool.structs import replace
from gbtool.word import wordml
from gbtool.word.control import Approval, Control
from gbtool.word.look import Layout
from gbtool.word.numbering import Lists
from gbtool.word.package import FIELDS, Held, Identity, docx
from gbtool.word.whole import whole

_CONTROLLED = frozenset(
    {
        DocumentKind.MANUAL,
        DocumentKind.SYSTEM,
        DocumentKind.PROCEDURE,
        DocumentKind.FLOW,
        DocumentKind.PLAN,
        DocumentKind.REPORT,
    }
)

_PAPERS = frozenset({DocumentKind.PLAN, DocumentKind.REPORT})


class StillOpen(Exception):  # it says what happened
    """A text prints answers that nobody gave."""

    def __init__(self, values: tuple[OpenValue, ...]) -> None:
        super().__init__(values)
        self.values = values


def draft(planned: Planned, desk: Desk) -> bytes:
    """The Word file of a document.

    Raises:
        StillOpen: its text prints an answer that is open, or reports on what the ledger does not hold.
        FileFaults: a template does not work; with file and line.
    """
    if lacking := kept.missing(planned.templates, desk.facts):
        raise StillOpen(lacking)
    if planned.templates and planned.templates[0].data:
        return _word(planned.templates[0], planned, desk)
    if planned.templates:
        return _text(planned, desk)
    return form_file(form(planned, desk), identity(planned, desk), desk)


def form_file(printed: forms.Form, named: Identity, desk: Desk, *more: forms.Form) -> bytes:
    """A form, empty or filled, as a Word file; more of them follow on pages of their own."""
    layout = printed.layout
    first = forms.held(printed)
    if more:
        first = Held(first.whole + "".join(forms.body(each, new_page=True) for each in more))
    body = Held(with_sections(first.xml, layout), first.rows)
    marked = replace(named, marks=(*named.marks, (FIELDS, "|".join(printed.fields.names))), logo=desk.logo)
    return docx(body, marked, layout, Lists(), desk.look)


def identity(planned: Planned, desk: Desk) -> Identity:
    """Who and what the document is."""
    client = desk.facts.client
    return Identity(
        planned.specification.id,
        planned.title,
        planned.number,
        planned.version,
        client.name,
        desk.facts.edition_of(planned.specification),
        client.text("manual_effective_date" if planned.specification.kind in FORMS else "manual_issue_date"),
        logo=desk.logo,
        author=desk.author(planned.specification.id),
    )


def form(planned: Planned, desk: Desk) -> forms.Form:
    """The form of a document, empty."""
    specification = planned.specification
    departments = tuple(department.name for department in desk.facts.client.departments)
    return forms.Form(planned.title, specification.fields, specification.kind, departments, _notes(specification, desk))


def _notes(specification: Specification, desk: Desk) -> tuple[str, ...]:
    """Why, when and by whom a form is filled, and how long it is kept."""
    words = desk.words
    when = specification.trigger or words.frequencies.get(specification.frequency, "")
    owner = department(specification.owner, desk.facts, words)
    keep = words.retention.get(specification.retention, specification.retention)
    purpose = specification.purpose.rstrip("。")
    lines = (
        f"用途：{purpose}。" if purpose else "",
        f"填写时机：{when}。" if when else "",
        f"归口部门：{owner}；保存期限：{keep}。" if keep else "",
        f"对应条款：{'；'.join(cited)}。" if (cited := cites(specification, desk.facts)) else "",
    )
    return tuple(desk.facts.words.said(line) for line in lines if line)


def _answered(specification: Specification, layout: Layout, desk: Desk) -> str:
    """The clauses of several standards that a document answers at once, under its text."""
    found = cites(specification, desk.facts)
    said = f"本文件同时用于：{'；'.join(found)}。"
    return wordml.paragraph(layout.body, wordml.inside(said)) if len(found) > 1 else ""


def _text(planned: Planned, desk: Desk) -> bytes:
    layout = layout_for(planned.templates[0])
    lists = Lists()
    made = desk.steps_of(planned.specification)
    figures = Figures(desk.facts, planned.title, made, layout.page.width)
    names = {
        "this": desk.documents.get(planned.specification.id, {}),
        "steps": made,
        "_lists": lists,
        "_made": figures.make,
        **under(planned.specification, desk.facts),
    }
    rendered = [_rendered(template, names, desk) for template in planned.templates]
    desk.environment.asked.update(f"{FIGURE}{name}" for name in figures.made)
    body = "".join(parts[0] for parts in rendered) + _answered(planned.specification, layout, desk)
    named = identity(planned, desk)
    controlled = planned.specification.kind in _CONTROLLED
    control = _control(planned, rendered[0][1:], desk) if controlled else None
    printed, layout = whole(body, named, control, layout, lists)
    printed = figures.settled(printed, layout.page)
    return docx(with_sections(printed, layout), named, layout, lists, desk.look)


def _word(template: Template, planned: Planned, desk: Desk) -> bytes:
    """A document from a firm's own Word file."""
    specification = planned.specification
    names: dict[str, object] = {
        "this": desk.documents.get(specification.id, {}),
        "steps": desk.steps_of(specification),
    }
    named = identity(planned, desk)
    if specification.fields:
        names |= form_names(form(planned, desk))
        named = replace(named, marks=(*named.marks, (FIELDS, "|".join(specification.fields.names))))
    return word_file(template, names, named, desk)


def form_names(printed: forms.Form) -> dict[str, object]:
    """What a firm's Word file may print of a form, empty or filled: all of it as `content`, or its parts."""
    fields, filled = (
        printed.fields,
        printed.filled or forms.Filled(sign=tuple((role, "", "") for role in printed.fields.sign)),
    )

    def values(of: Sequence[Field], given: Mapping[str, object]) -> dict[str, str]:
        blank = not printed.filled
        return {f.name: forms.blank(f, printed.departments) if blank else forms.value(f, given.get(f.name)) for f in of}

    return {
        CONTENT: Markup(forms.content(printed)),  # noqa: S704 # made of escaped texts
        "head": values(fields.head, filled.head),
        "rows": [values(fields.columns, row) for row in filled.rows],
        "foot": values(fields.foot, filled.foot),
        "sign": [{"role": role, "name": name, "date": day} for role, name, day in filled.sign],
    }


def word_file(template: Template, names: Mapping[str, object], named: Identity, desk: Desk) -> bytes:
    """A firm's own Word file with the client's names and these in it.

    Raises:
        StillOpen: it prints an answer that is open.
        FileFaults: a tag does not work; with the paragraph.
    """
    from gbtool.documents import wordfile  # noqa: PLC0415 # docxtpl and python-docx are needed for these alone

    try:
        return wordfile.rendered(template, {**desk.names, **names}, named, desk.look)
    except NothingToPrint as error:
        values = printed_in(template, desk.facts.client)
        raise StillOpen(values) if values else _word_fault(template, error) from error
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        raise _word_fault(template, error) from error


def _word_fault(template: Template, error: Exception) -> FileFaults:
    from gbtool.documents import wordfile  # noqa: PLC0415 # as above

    return FileFaults([Complaint(wordfile.place(template, error), f"印不出来（{in_chinese(error)}）")])


def _control(planned: Planned, texts: Sequence[str], desk: Desk) -> Control:
    """The control block: what the template's head says, else what the catalogue says."""
    compile_, review, approve, effective, issued = (*texts, "", "", "", "", "")[:5]
    given = planned.specification.approval
    owner = planned.specification.owner
    approval = Approval(
        compile_ or _post(given.compile if given else "", owner, desk),
        review or _post(given.review if given else "", owner, desk),
        approve or _post(given.approve if given else "", owner, desk),
    )
    if planned.specification.kind in _PAPERS:
        ours = planned.specification.audience == "consultancy"
        made_by = wordml.escape(desk.author(planned.specification.id)) or _post("owner", owner, desk)
        by = made_by if ours else approval.compile
        return Control(approval, by, effective, labels=("编制部门", "适用期间"))
    client = desk.facts.client
    return Control(
        approval,
        issued or wordml.escape(client.text("manual_issue_date")),
        effective or wordml.escape(client.text("manual_effective_date")),
        wordml.escape(client.text("doc_version")),
        tuple(_revision(each) for each in _changes(planned, desk)),
    )


def _changes(planned: Planned, desk: Desk) -> Sequence[Mapping[str, str]]:
    about = desk.documents.get(planned.specification.id)
    found = about.get("revisions") if isinstance(about, Mapping) else None
    return found if isinstance(found, list) else ()


def _revision(change: Mapping[str, str]) -> tuple[str, ...]:
    names = ("new", "day", "where", "what", "by", "granted_by")
    return tuple(wordml.escape(change[name]) for name in names)


def _post(function: str, owner: str, desk: Desk) -> str:
    if not function:
        return ""
    keys = {"top": "top_manager", "mr": "management_rep"}
    if function in keys:
        post = desk.facts.client.post(keys[function])
        words = desk.facts.words
        if function == "mr" and words.has("管理者代表"):
            return wordml.escape(words["管理者代表"])
        return wordml.escape(post.title if post else words["最高管理者"])
    return wordml.escape(department(owner if function == "owner" else function, desk.facts, desk.words))


def _rendered(template: Template, names: dict[str, object], desk: Desk) -> list[str]:
    try:
        return desk.render(template, names)
    except jinja2.TemplateSyntaxError as error:
        raise misspelt(str(template.at(error.lineno)), error) from error
    except jinja2.TemplateNotFound as error:
        raise FileFaults([Complaint(f"templates/{template.path}", f"找不到模板“{error.name}”")]) from error
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        raise _trouble(template, error, desk) from error


def _trouble(template: Template, error: Exception, desk: Desk) -> Exception:
    """What went wrong in a text, at its line: an open answer, a column that a table lacks, a fault of the template."""
    line, client = _line(template, error), desk.facts.client
    values = printed_at(template, line, client) or columns_in(template, line, absent_in(error), client)
    if values:
        return StillOpen(values)
    return FileFaults([Complaint(str(template.at(line)), f"这一行印不出来（{in_chinese(error)}）")])


def _line(template: Template, error: Exception) -> int:
    """The line of the template on which an error happened: a compiled template keeps its lines."""
    line = template.line
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == template.path:
            line = at.tb_lineno
        at = at.tb_next
    return line
