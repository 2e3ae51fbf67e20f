"""The questionnaire as it stands: questions from the shelves, answers from client.yaml."""

from gbtool.commands.workspace import Workspace
from gbtool.exchange.tables import read_rows
from gbtool.model.client import Client
from gbtool.model.functions import Functions
from gbtool.model.questionnaire import Questionnaire
from gbtool.shelf import catalogue, questions, standards
from gbtool.shelf.clients import read_client
from gbtool.shelf.shelves import Shelves
from gbtool.structs import replace


def blank(shelves: Shelves, standard: str = "") -> Questionnaire:
    """A questionnaire without any answer, in the words of a standard."""
    asked = questions.questions(shelves)
    return _questionnaire(shelves, Client(dict.fromkeys(asked), {}, asked), standard)


def questionnaire(work: Workspace) -> Questionnaire:
    """The questionnaire of a client with what client.yaml answers.

    Raises:
        FileFaults: client.yaml or a table that it names is wrong.
    """
    return _questionnaire(work.shelves, read_client(work.folder, questions.questions(work.shelves), read_rows))


def _questionnaire(shelves: Shelves, client: Client, standard: str = "") -> Questionnaire:
    words = catalogue.vocabulary(shelves)
    own = {each.key: each.needed_functions for each in standards.heads(shelves) if each.needed_functions}
    functions = Functions(words.functions, words.needed_functions, own)
    groups = questions.groups(shelves, standard or client.edition)
    told = {question.key: question for group in groups for question in group.questions}
    return Questionnaire(groups, replace(client, questions=told), functions)
