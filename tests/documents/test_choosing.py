"""Rows are chosen and collected exactly as Jinja's own filters do it."""

from dataclasses import dataclass

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from gbtool.documents.jinja import environment


@dataclass(frozen=True)
class Right:
    """Something that is no row."""

    title: str
    year: int


NAMES = {
    "rows": [{"种类": "发明", "数": 3, "人": ["甲"]}, {"种类": "外观", "数": 0, "人": []}, {"种类": "发明", "数": 12}],
    "rights": (Right("一", 2020), Right("二", 2024)),
    "words": ["b", "A", "a", ""],
    "pairs": [("甲", 1), ("乙", 2)],
    "nothing": [],
}

SAME = [
    "{{ rows | selectattr('种类', 'equalto', '发明') | map(attribute='数') | join('、') }}",
    "{{ rows | rejectattr('种类', 'in', ['发明']) | map(attribute='数') | list }}",
    "{{ rows | selectattr('数') | list | length }}{{ rows | rejectattr('数') | list | length }}",
    "{{ rows | selectattr('人', 'defined') | list | length }}",
    "{{ rows | selectattr('数', 'divisibleby', 3) | list | length }}",
    "{{ rows | map(attribute='人.0', default='无') | join }}",
    "{{ rows | map(attribute='人', default='无') | first }}",
    "{{ rows | map(attribute='items') | list | length }}",
    "{{ rights | selectattr('year', 'gt', 2021) | map(attribute='title') | join }}",
    "{{ pairs | selectattr(1, 'eq', 2) | map(attribute=0) | join }}{{ pairs | map(attribute='1') | sum }}",
    "{{ words | select | join }}{{ words | reject('equalto', 'A') | join('-') }}",
    "{{ words | select('in', 'ab') | list }}",
    "{{ words | map('upper') | unique | join }}{{ words | unique | list }}{{ words | reject | list }}",
    "{{ nothing | selectattr('a', 'b') | list }}{{ nothing | map(attribute='a') | list }}",
    "{{ words | select('filter') | list }}",
    "{% if nothing | select %}chosen rows are always true until they are listed{% endif %}",
]


@pytest.mark.parametrize("text", SAME)
def test_what_is_chosen_is_what_jinja_chooses(text: str) -> None:
    theirs = SandboxedEnvironment(undefined=jinja2.StrictUndefined)
    expected = theirs.from_string(text).render(NAMES)
    assert environment().from_string("{% autoescape false %}" + text + "{% endautoescape %}").render(NAMES) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ rows | selectattr('没有', 'equalto', 1) | list }}", jinja2.UndefinedError),
        ("{{ rows | selectattr('种类', '没有', 1) | list }}", jinja2.TemplateRuntimeError),
        ("{{ rows | selectattr | list }}", jinja2.exceptions.FilterArgumentError),
        ("{{ rows | map | list }}", jinja2.exceptions.FilterArgumentError),
        ("{{ rows | map(attribute='__class__') | map(attribute='__name__') | list }}", jinja2.exceptions.SecurityError),
        ("{{ rights | selectattr('__class__') | list }}", jinja2.exceptions.SecurityError),
        ("{{ nobody | selectattr('a') | list }}", jinja2.UndefinedError),
        ("{{ nobody | map(attribute='a') | list }}", jinja2.UndefinedError),
        ("{{ rows[0].没有 }}", jinja2.UndefinedError),
        ("{{ rows[0].__class__ }}", jinja2.exceptions.SecurityError),
        ("{{ rows[0].get.__self__ }}", jinja2.exceptions.SecurityError),
        ("{{ '{0.__class__}'.format(rights[0]) }}", jinja2.exceptions.SecurityError),
    ],
)
def test_what_jinja_refuses_is_refused(text: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        environment().from_string(text).render(NAMES)


def test_a_row_gives_its_own_values_and_methods() -> None:
    row = {"items": "名目", "名称": "甲<乙"}
    made = environment().from_string("{{ row.名称 }}{{ row['items'] }}{{ row.items() | length }}{{ row.get('名称') }}")
    assert made.render({"row": row}) == "甲&lt;乙名目2甲&lt;乙"
