from pathlib import Path

from gbtool.model.difference import Dispute
from gbtool.store import pristine
from gbtool.store.database import open_ledger
from gbtool.store.pristine import Pristine
from store.conftest import action

MADE = Pristine("sys-reward", "f1", (Dispute("原", "她", "新"), Dispute("", "", "“新”\n")), "输出/新稿/x.docx", "f2")


def test_what_gbtool_made_is_kept_with_its_bytes(path: Path) -> None:
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        pristine.save(change, [(MADE, b"PK\x00\xff"), (Pristine("ip-manual", "m1"), b"")])
        pristine.save(change, [(Pristine("ip-manual", "m2"), b"2")])
    with open_ledger(path) as ledger:
        assert pristine.read(ledger) == {"sys-reward": MADE, "ip-manual": Pristine("ip-manual", "m2")}
        assert pristine.data(ledger, "sys-reward") == b"PK\x00\xff"
        assert pristine.data(ledger, "ip-manual") == b"2"


def test_nothing_is_known_before_the_first_write(path: Path) -> None:
    with open_ledger(path) as ledger:
        assert pristine.read(ledger) == {}
        assert pristine.data(ledger, "sys-reward") is None
