from collections.abc import Callable
from datetime import date
from pathlib import Path

from gbtool.model.document import Document
from gbtool.store import documents, history
from gbtool.store.database import Change, open_ledger
from gbtool.store.documents import Signing
from gbtool.structs import replace
from store.conftest import action, document

ISSUE = Signing(
    approved_by="周屿川", approved="2026-05-14", issued="2026-05-15", effective="2026-05-18", compiled_by="梁若溪"
)


def change(path: Path, deed: Callable[[Change], None]) -> None:
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as under_way:
        deed(under_way)


def save(path: Path, *given: Document) -> None:
    change(path, lambda under_way: documents.save(under_way, given))


def read(path: Path) -> tuple[Document, ...]:
    with open_ledger(path) as ledger:
        return documents.read(ledger)


def test_a_document_comes_back_as_it_went_in(path: Path) -> None:
    save(path, document("sys-reward"), document())
    assert read(path) == (document("sys-reward"), document())


def test_whether_it_is_present_or_edited_is_not_kept(path: Path) -> None:
    save(path, replace(document(), present=False, edited=True))
    assert read(path) == (document(),)


def test_an_issue_sets_signers_and_dates_and_leaves_the_rest(path: Path) -> None:
    save(path, document())
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE}))
    (issued,) = read(path)
    assert issued == replace(
        document(),
        compiled_by="梁若溪",
        approved_by="周屿川",
        approved="2026-05-14",
        issued="2026-05-15",
        effective="2026-05-18",
    )
    assert issued.in_force


def test_the_history_has_the_day_of_issue(path: Path) -> None:
    save(path, document())
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE}))
    with open_ledger(path) as ledger:
        assert [link.happened for link in history.read(ledger, "document/ip-manual")] == ["2026-06-09", "2026-05-15"]


def test_generating_again_keeps_approval_and_issue(path: Path) -> None:
    save(path, document())
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE}))
    save(path, document(content="c2", sha256="f2"))
    (after,) = read(path)
    assert (after.content, after.issued, after.approved_by) == ("c2", "2026-05-15", "周屿川")


def test_generating_the_same_again_leaves_no_trace(path: Path) -> None:
    save(path, document())
    save(path, document())
    with open_ledger(path) as ledger:
        assert len(history.read(ledger)) == 1


def test_a_text_that_changed_after_its_issue_is_known(path: Path) -> None:
    save(path, document(), document("sys-reward"), document("rec-scope"))
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE, "sys-reward": ISSUE}))
    save(path, document(content="c2"), document("rec-scope", content="c2"))
    with open_ledger(path) as ledger:
        assert documents.changed_since_issue(ledger) == ("ip-manual",)


def test_an_approval_alone_is_no_issue(path: Path) -> None:
    save(path, document())
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": Signing(approved="2026-05-14")}))
    assert not read(path)[0].in_force


def test_a_withdrawn_document_is_out_of_force_until_it_is_issued_again(path: Path) -> None:
    save(path, document())
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE}))
    change(path, lambda under_way: documents.withdraw(under_way, ["ip-manual"], date(2026, 8, 1)))
    assert read(path)[0].withdrawn == "2026-08-01"
    assert not read(path)[0].in_force
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE}))
    assert read(path)[0].in_force


def test_an_issue_of_a_text_that_is_not_known_is_no_proof(path: Path) -> None:
    save(path, document(content=""), document("sys-reward", content=""))
    said = {"sys-reward": "c1"}
    change(path, lambda under_way: documents.sign(under_way, {"ip-manual": ISSUE, "sys-reward": ISSUE}, said))
    assert [each.content for each in read(path)] == ["", "c1"]
    with open_ledger(path) as ledger:
        assert documents.changed_since_issue(ledger) == ("ip-manual",)
