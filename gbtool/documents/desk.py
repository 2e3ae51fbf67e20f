"""Where the documents of one client are drafted: facts, words, look, and the environment over compiled templates."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from gbtool.documents import planning
from gbtool.documents.compiling.compile import FIELD, Kept, Texts
from gbtool.documents.context import SERVICE, Words, context, steps
from gbtool.documents.jinja import Bounded, environment
from gbtool.model.document import Specification
from gbtool.model.facts import Facts
from gbtool.model.template import Template
from gbtool.structs import Frozen, field
from gbtool.word.logo import Logo
from gbtool.word.look import Layout, layout_of
from gbtool.word.package import Packed

Find = Callable[[str], Template | None]
_SHIPPED = "shipped/"
_KINDS = {
    "manual": "manual",
    "systems": "system",
    "procedures": "procedure",
    "appointments": "appointment",
    "records": "record",
    "registers": "register",
    "plans": "plan",
    "reports": "report",
    "service": "report",
}


class Shelf(Frozen):
    """How templates are found: nearest first, and the shipped one by name; where the look lies; what is kept where."""

    find: Find
    shipped: Find
    style: Path
    cache: Path | None = None
    word: Callable[[Specification], Template | None] = lambda _: None  # a firm's own Word file, where it is nearest


class Desk(Frozen, dict=True):
    """Everything that drafting one client's documents needs."""

    facts: Facts
    words: Words
    shelf: Shelf
    look: Mapping[str, Packed]
    logo: Logo | None = None
    _seen: dict[str, Template] = field(default_factory=dict)
    _steps: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[str, object]:
        """The names for templates."""
        found = context(self.facts, self.words)
        documents = found["doc"]
        return {**found, **planning.names(self.facts, self.words, documents if isinstance(documents, Mapping) else {})}

    @property
    def documents(self) -> Mapping[str, object]:
        """The documents that apply, by id, as templates know them."""
        found = self.names["doc"]
        return found if isinstance(found, Mapping) else {}

    def author(self, id_: str) -> str:
        """The consultancy where a paper is its own, as far as gbtool.yaml names it; else nothing."""
        return self.words.firm if id_.startswith(SERVICE) else ""

    def steps_of(self, specification: Specification) -> list[dict[str, object]]:
        """The steps of a document's flow, as templates know them; a document without a flow has none."""
        if specification.id not in self._steps:
            self._steps[specification.id] = steps(specification, self.facts, self.words) if specification.steps else []
        return self._steps[specification.id]

    @cached_property
    def environment(self) -> Bounded:
        """The environment over the compiled templates."""
        return environment(Texts(self._find, layout_for, Kept(self.shelf.cache)))

    def _find(self, path: str) -> Template | None:
        """The template of a path; `shipped/…` is the shipped one, whatever nearer shelves say."""
        found = self._seen.get(path) or self.shelf.find(path)
        return found or (self.shelf.shipped(path.removeprefix(_SHIPPED)) if path.startswith(_SHIPPED) else None)

    def render(self, template: Template, names: Mapping[str, object]) -> list[str]:
        """The body of a template as XML, followed by the texts of its head."""
        self._seen[template.path] = template
        found = self.environment.get_template(template.path)
        asked = found.new_context({**found.globals, **self.names, **names}, shared=True)  # nobody copies them again
        try:
            return "".join(found.root_render_func(asked)).split(FIELD)
        except Exception:  # noqa: BLE001 # Jinja raises it again, at the line of the template
            self.environment.handle_exception()


def layout_for(template: Template) -> Layout:
    """The layout that a template's folders and numbering ask for; a standard has folders of these names in its own."""
    kind = next((_KINDS[folder] for folder in template.path.split("/")[:-1] if folder in _KINDS), "procedure")
    return layout_of(kind, template.numbering)
