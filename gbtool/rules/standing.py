"""Whether the documents in force still hold: what they depend on changed, and nobody has said that they do."""

from gbtool.model.document import Document
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, rule

REVIEW = "REVIEW"
_FIX = "看过仍然成立的：gbtool control reviewed {id} --by 姓名；要改的：gbtool control request {id}"


@rule(REVIEW, of=lambda facts: tuple(document for document in facts.documents if document.in_force))
def document_still_holds(document: Document, facts: Facts) -> Fault | None:
    """A document in force was looked at since a fact, a clause or a template under it changed."""
    doubts = facts.doubts.get(document.id, ())
    if not doubts:
        return None
    what = "；".join(doubt.what for doubt in doubts)
    return Fault(
        f"{document.number}《{document.title}》待复核：{what}",
        (document.path,),
        _FIX.format(id=document.id),
        document=document.id,
        path=document.path,
        soft=all(doubt.soft for doubt in doubts),
    )
