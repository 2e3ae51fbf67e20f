"""Who may sign as what: the roles of signature fields, and the function or post that stands behind each."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Power(Frozen):
    """A role in a signature field.

    `function` is carried by a department, `head` asks for its head; `answer` is the question that names the person or
    people, `since` the document that appoints them.
    """

    role: str
    function: str = ""
    head: bool = False
    answer: str = ""
    since: str = ""
    place: Place = NOWHERE
