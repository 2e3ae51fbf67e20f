"""Every error that a user may see; nobody prints but the boundary in `gbtool.cli.app`.

GbtoolError                  exit code 3: the user's files are wrong
├── FileFaults               several complaints about one or more files, all at once
│   └── WrongValues          exit code 2: options of a command hold values that do not fit
├── UsageError               exit code 2: the command cannot be meant like this
├── NotAClientFolder         no client.yaml here or above
├── FolderNotWritable        the folder or disk refused the write; nothing was changed
├── DocumentInUse            a Word file is open in another program
├── LedgerInUse              another gbtool command is writing to the ledger
├── LedgerTooNew             the ledger was written by a newer gbtool
├── LedgerUnreadable         the ledger is damaged, or something else stands in its place
├── OfficeMissing            LibreOffice, which makes PDF from Word, is not on this machine
├── OfficeFailed             LibreOffice did not make a PDF; nothing was changed
└── Refused                  what was asked would break a promise; the reason is in the message
"""

import errno
from collections.abc import Iterable

from gbtool.structs import Frozen


class Complaint(Frozen):
    """One thing that is wrong: where (file:line, sheet and cell, document and paragraph), what, and what to do."""

    where: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        """`client.yaml:12：…` as the user reads it."""
        text = f"{self.where}：{self.message}" if self.where else self.message
        return f"{text}。{self.fix}" if self.fix else text


class GbtoolError(Exception):
    """What a user sees without a traceback: a Chinese sentence and what to do."""

    exit_code = 3

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong, one complaint a line."""
        return (Complaint("", self.message, self.fix),)


class FileFaults(GbtoolError):
    """Several wrong things in the user's files, reported at once."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self._complaints = tuple(complaints)
        super().__init__("\n".join(str(complaint) for complaint in self._complaints))

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong, one complaint a line."""
        return self._complaints


class WrongValues(FileFaults):
    """Options of a command hold values that do not fit, all reported at once."""

    exit_code = 2


class UsageError(GbtoolError):
    """The command's words cannot be meant like this."""

    exit_code = 2


class NotAClientFolder(GbtoolError):
    """There is no client.yaml in this folder or above it."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} 不是客户文件夹：没有 client.yaml",
            "进入客户文件夹再试，或用 -C 指定；新客户用 gbtool init 文件夹名",
        )


class FolderNotWritable(GbtoolError):
    """The folder or the disk refused to be written; what was there is unchanged."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"写不进 {path}：{reason}", "检查权限和磁盘空间后再试；原来的文件没有改动")


class DocumentInUse(GbtoolError):
    """A document is held open by another program."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 正被其他程序打开", "在 Word 或 WPS 里关闭它，再运行一次；原来的文件没有改动")


class LedgerInUse(GbtoolError):
    """Another command holds the ledger's write lock."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 正由另一个 gbtool 命令写入", "等它结束再运行；这次没有改动任何东西")


class LedgerTooNew(GbtoolError):
    """The ledger carries a schema that this gbtool does not know."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"{path} 由更新的 gbtool 写成（结构版本 {found}，本机只认得 {known}）",
            "升级 gbtool 后再打开；这次没有改动任何东西",
        )


class LedgerUnreadable(GbtoolError):
    """The ledger is damaged, or the file is no ledger of gbtool."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"读不出 {path}：{reason}", "从备份里恢复这个文件；这次没有改动任何东西")


class OfficeMissing(GbtoolError):
    """LibreOffice is not where it is looked for."""

    def __init__(self, looked: str) -> None:
        super().__init__(
            f"出 PDF 要用 LibreOffice，{looked}",
            "装上 LibreOffice 再试，或用 --office 写出 soffice 程序的位置；不带 --pdf 照常生成 Word",
        )


_FEW = 5


class OfficeFailed(GbtoolError):
    """LibreOffice ended, or was ended, without a PDF of each document."""

    def __init__(self, missing: Iterable[str], told: str) -> None:
        names = tuple(missing)
        more = f"等 {len(names)} 份" if len(names) > _FEW else ""
        what = f"没有转出 {'、'.join(names[:_FEW])}{more}" if names else "没有运行起来"
        super().__init__(
            f"LibreOffice {what}{f'（{told}）' if told else ''}",
            "用 LibreOffice 打开这份文件看看；PDF 一份也没有写，Word 文件没有改动",
        )


class Refused(GbtoolError):
    """What was asked would break a promise of gbtool; the message says so, the reasons are listed under it."""

    exit_code = 1

    def __init__(self, message: str, fix: str = "", reasons: Iterable[Complaint] = ()) -> None:
        super().__init__(message, fix)
        self.reasons = tuple(reasons)

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """The refusal and then each reason."""
        return (Complaint("", self.message, self.fix), *self.reasons)


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EBUSY: "正被其他程序使用",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese where the reason is a common one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
