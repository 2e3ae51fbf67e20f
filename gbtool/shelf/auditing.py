"""What a consultancy may set for its audits: how long a question takes."""

from gbtool.errors import Complaint, FileFaults
from gbtool.model.checklist import AuditTime
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import SHIPPED, Shelves

TIME = "checklists/audit-time.yaml"


def audit_time(shelves: Shelves) -> AuditTime:
    """How long a question takes, from the nearest checklists/audit-time.yaml.

    Raises:
        FileFaults: the file does not fit, or a time is not at least a minute.
    """
    found = shelves.find(TIME) or (SHIPPED, SHIPPED.folder / TIME)
    time = read(AuditTime, found[1], TIME)
    if min((time.minutes, *(each.minutes for each in time.methods))) < 1:
        raise FileFaults([Complaint(TIME, "用时不能小于 1 分钟", "写正整数")])
    return time
