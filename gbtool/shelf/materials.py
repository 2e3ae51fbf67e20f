"""checklists/materials.yaml: what any certification body asks for with an application."""

from gbtool.errors import Complaint, FileFaults
from gbtool.model.outside.material import Materials
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

PATH = "checklists/materials.yaml"


def materials(shelves: Shelves) -> Materials:
    """The general list on the nearest shelf.

    Raises:
        FileFaults: it is not there or does not fit.
    """
    found = shelves.find(PATH)
    if found is None:
        raise FileFaults([Complaint(PATH, "没有这个文件", "重新安装 gbtool")])
    return read(Materials, found[1], PATH)
