"""Plain data as YAML for people to fill in."""

import yaml


class _Dumper(yaml.SafeDumper):
    """Indents lists and never refers to an equal one."""

    def ignore_aliases(self, _data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def dumped(data: object, note: str = "") -> str:
    """The YAML of mappings, lists and texts, under a comment."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return f"# {note}\n{text}" if note else text
