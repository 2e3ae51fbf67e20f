"""What is made beside its place first, and put there whole; what a killed command left goes with the next."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(place: Path) -> Iterator[Path]:
    """A scratch folder beside a new folder; once that stands, those that killed commands left for it are removed.

    Another command that still fills one could not put it there any more.
    """
    prefix = f".gbtool-{hashlib.sha256(place.name.encode()).hexdigest()[:12]}-"
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place.parent) as scratch:
        yield Path(scratch)
    for left in place.parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def begin(draft: Path) -> None:
    """An empty draft that is its owner's alone, in place of one that a killed command left."""
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
