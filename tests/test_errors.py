"""What the system refuses is said in Chinese."""

import errno

import pytest

from gbtool.errors import reason_of


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("别的"), "别的"),
    ],
)
def test_the_common_reasons_are_known(error: OSError, said: str) -> None:
    assert reason_of(error) == said
