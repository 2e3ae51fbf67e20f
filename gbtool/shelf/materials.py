"""checklists/materials.yaml: what any certification body asks for with an application; a standard may ask otherwise."""

from gbtool.errors import Complaint, FileFaults
from gbtool.model.outside.material import Materials
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of
from gbtool.structs import replace

PATH = "checklists/materials.yaml"
NAME = "materials.yaml"


def materials(shelves: Shelves, standard: str = "") -> Materials:
    """The general list on the nearest shelf, what a standard asks for otherwise laid over it.

    Raises:
        FileFaults: it is not there or does not fit.
    """
    found = shelves.find(PATH)
    if found is None:
        raise FileFaults([Complaint(PATH, "没有这个文件", "重新安装 gbtool")])
    general = read(Materials, found[1], PATH)
    own = f"{folder_of(standard, shelves)}/{NAME}"
    laid = shelves.find(own) if standard else None
    if laid is None:
        return general
    over = read(Materials, laid[1], own)
    return replace(over, materials=general.of_body(over.materials))
