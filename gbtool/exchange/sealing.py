"""Files sealed with a passphrase in the format of age (age-encryption.org/v1), which other programs open as well."""

from pathlib import Path

from gbtool.errors import Complaint, FileFaults, UsageError

HEADER = b"age-encryption.org/v1\n"
SUFFIX = ".age"
MOST_BYTES = 1 << 30  # it is sealed in memory
LEAST_SIGNS = 8


def sealed(path: Path) -> bool:
    """Whether a file is sealed.

    Raises:
        FileFaults: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError as error:
        raise FileFaults([Complaint(str(path), f"读不出文件（{error.strerror or error}）")]) from error


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Seal a file.

    Raises:
        UsageError: the passphrase is too short, or the file too large.
        OSError: the target cannot be written.
    """
    import pyrage  # noqa: PLC0415 - only what is sealed needs it

    if len(passphrase) < LEAST_SIGNS:
        raise UsageError(f"口令只有 {len(passphrase)} 个字符，至少要 {LEAST_SIGNS} 个", "用一句别人猜不到的话")
    if source.stat().st_size > MOST_BYTES:
        raise UsageError(f"包超过 {MOST_BYTES >> 30} GB，不能加密", "不加密打包，放到加密的磁盘上")
    target.write_bytes(pyrage.passphrase.encrypt(source.read_bytes(), passphrase))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Open a sealed file.

    Raises:
        FileFaults: the passphrase is another one, or the file was changed on the way.
        OSError: the target cannot be written.
    """
    import pyrage  # noqa: PLC0415 - as above

    if source.stat().st_size > MOST_BYTES + (1 << 20):
        raise FileFaults([Complaint(str(source), f"超过 {MOST_BYTES >> 30} GB，不打开")])
    try:
        data = pyrage.passphrase.decrypt(source.read_bytes(), passphrase)
    except pyrage.DecryptError as error:
        raise FileFaults(
            [Complaint(str(source), "口令不对，或文件在路上被改过、没有传完", "核对口令，再试一次")]
        ) from error
    target.write_bytes(data)
