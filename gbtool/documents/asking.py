"""Audit questions as one client reads them: plain text from the names that templates know."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import jinja2
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

from gbtool.documents.context import DERIVED
from gbtool.documents.desk import Desk
from gbtool.documents.faults import NothingToPrint, in_chinese
from gbtool.documents.jinja import zh_date
from gbtool.errors import Complaint, FileFaults
from gbtool.model.checklist import AuditQuestion

Asked = Callable[[AuditQuestion], tuple[str, str, str]]


def asker(desk: Desk) -> Asked:
    """Gives question, sample and evidence of an audit question in this client's words."""

    def asked(question: AuditQuestion) -> tuple[str, str, str]:
        texts = (question.question, question.sample, question.evidence)
        question_text, sample, evidence = (_rendered(text, question, desk) for text in texts)
        return question_text, sample, evidence

    return asked


@cache
def _environment() -> SandboxedEnvironment:
    env = SandboxedEnvironment(autoescape=False, undefined=jinja2.StrictUndefined, finalize=_printed)
    env.filters["zh_date"] = zh_date
    return env


def _printed(value: object) -> object:
    if value is None:
        raise NothingToPrint
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


@lru_cache(maxsize=2048)  # the questions of every standard that one process asks; those of a client are few
def _compiled(text: str) -> jinja2.Template:
    return _environment().from_string(text)


def _rendered(text: str, question: AuditQuestion, desk: Desk) -> str:
    try:
        return _compiled(text).render(desk.names).strip()
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        raise FileFaults(list(_complaints(text, question, desk.names, error))) from error


def _complaints(text: str, question: AuditQuestion, names: Mapping[str, object], error: Exception) -> list[Complaint]:
    """The answers that the text needs and nobody gave; else what is wrong with the text."""
    where = f"{question.place}（问题 {question.id}）"
    try:
        used = meta.find_undeclared_variables(_environment().parse(text))
    except jinja2.TemplateSyntaxError:
        used = set()
    keys = dict.fromkeys(key for name in sorted(used) for key in DERIVED.get(name, (name,)))
    open_ = [key for key in keys if key in names and names[key] is None]
    if open_:
        return [Complaint(where, f"要用到 {key}，还没有回答", f"gbtool profile set {key}=…") for key in open_]
    return [Complaint(where, f"这个问题印不出来（{in_chinese(error)}）", "改检查表的问题，或补全企业资料")]
