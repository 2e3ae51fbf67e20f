"""Text files written whole or not at all."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from gbtool.errors import FolderNotWritable, reason_of


def write_text(path: Path, text: str) -> None:
    """Put a UTF-8 file in place in one step; line ends are written as they stand.

    Raises:
        FolderNotWritable: the folder or the disk refused; what was there is unchanged.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Put a file in place in one step; what a killed command left beside it goes then.

    Raises:
        FolderNotWritable: the folder or the disk refused; what was there is unchanged.
    """
    temporary, prefix = None, f".gbtool-{hashlib.sha256(path.name.encode()).hexdigest()[:12]}-"
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=prefix, delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise FolderNotWritable(path.name, reason_of(error)) from error
    with suppress(OSError):
        for left in path.parent.glob(f"{prefix}*"):
            left.unlink()
