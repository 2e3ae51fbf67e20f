"""Whether the documents in force still hold: what changed under each since it was issued or somebody looked at it."""

import hashlib
from collections.abc import Iterator, Mapping

from gbtool.commands import drafts
from gbtool.commands.workspace import Workspace
from gbtool.documents import needs, plan
from gbtool.model.document import Document, Doubt
from gbtool.model.facts import Facts
from gbtool.model.revision import granted
from gbtool.store import documents, links
from gbtool.store.database import open_ledger
from gbtool.store.history import packed
from gbtool.store.links import Checked
from gbtool.structs import Frozen, field

FACT, CLAUSE, TEMPLATE = "fact", "clause", "template"


def doubts(work: Workspace, facts: Facts) -> Mapping[str, tuple[Doubt, ...]]:
    """What is to be said of each document in force that may no longer hold."""
    with open_ledger(work.ledger) as ledger:
        before, rewritten = links.read(ledger), frozenset(documents.changed_since_issue(ledger))
        versions = documents.issued_versions(ledger)
    found: dict[str, tuple[Doubt, ...]] = {}
    now = Standing(facts, planned(work, facts)) if before else None
    waiting = granted(facts)
    for document in (each for each in facts.documents if each.in_force):
        said = list(_written(document, versions.get(document.id, ""), rewritten))
        changes = waiting.get(document.number, ())
        if changes and changes[-1].new != document.version:
            said.append(Doubt(f"{changes[-1].new} 的更改已批准（{changes[-1].approved}），文件还是 {document.version}"))
        old = before.get(document.id)
        if old and now:
            said += now.changed(document, old)
        if said:
            found[document.id] = tuple(said)
    return found


def _written(document: Document, before: str, rewritten: frozenset[str]) -> Iterator[Doubt]:
    if document.id in rewritten and before == document.version:
        yield Doubt("发布以后文字变过，版本没有变")
    elif document.id in rewritten:
        yield Doubt(f"{document.version} 已生成，还没有发布", soft=True)


def planned(work: Workspace, facts: Facts) -> Mapping[str, plan.Planned]:
    """The documents that the client has by the facts of today, by id."""
    made = plan.plan(facts, drafts.parts_for(work, facts)).documents
    return {each.specification.id: each for each in made}


class Standing(Frozen, dict=True):
    """What documents depend on as it stands now: the fingerprint of every fact, clause and template."""

    facts: Facts
    planned: Mapping[str, plan.Planned]
    _known: dict[str, str] = field(default_factory=dict)

    def prints(self, id_: str) -> dict[str, str]:
        """A fingerprint of every answer that a document's texts use, every clause that it answers, every template."""
        made, client = self.planned[id_], self.facts.client
        found = {name: self._print(name, client.get(key)) for key in needs.used(made) for name in [f"{FACT}:{key}"]}
        edition = self.facts.edition_of(made.specification)
        standard = next((each for each in self.facts.further if each.key == edition), self.facts.standard)
        every = [clause.key for clause in standard] if needs.prints_clauses(made) else []
        for key in (*made.specification.clauses.get(edition, ()), *every):
            clause = standard.clause(key)
            if clause:
                about = (clause.number, clause.title, clause.cite_as)
                found[f"{CLAUSE}:{key}"] = self._print(f"{standard.key} {key}", about)
        for template in made.templates:
            name = f"{TEMPLATE}:{template.path}"
            found[name] = self._print(name, template.body)
        return found

    def changed(self, document: Document, old: Checked) -> tuple[Doubt, ...]:
        """What changed since a document was checked; templates alone are a softer doubt, its own text is as it was."""
        if document.id not in self.planned:
            return (Doubt("这家客户现在不用这份文件"),)
        now = self.prints(document.id)
        names = sorted(name for name in {*now, *old.prints} if now.get(name) != old.prints.get(name))
        return tuple(Doubt(f"{words(name, self.facts)}变了", soft=name.startswith(f"{TEMPLATE}:")) for name in names)

    def _print(self, name: str, value: object) -> str:
        if name not in self._known:
            self._known[name] = hashlib.sha256(packed(value).encode()).hexdigest()[:16]
        return self._known[name]


def words(name: str, facts: Facts) -> str:
    """A fact, clause or template in the user's words."""
    kind, _, key = name.partition(":")
    if kind == FACT:
        question = facts.client.questions.get(key)
        return f"资料 {key}（{question.question}）" if question else f"资料 {key} "
    if kind == CLAUSE:
        clause = facts.standard.clause(key)
        return f"条款 {clause.cite} （{key}）" if clause else f"条款 {key} "
    return f"模板 templates/{key} "
