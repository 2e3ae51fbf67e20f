"""What the environment writes less than Jinja changes nothing: names that are not set, scopes, what is printed."""

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from gbtool.documents.faults import NothingToPrint
from gbtool.documents.jinja import environment

INCLUDED = {
    "own": "{{ a }}{{ b if b is defined else '无' }}",
    "macros": "{% macro m(x, y=1) %}{{ x }}{{ y }}{% endmacro %}",
}
NAMES = {"a": "甲", "rows": [{"n": 1}, {"n": 2}], "yes": True, "no": False}

SAME = [
    "{% if no %}{% set x = 1 %}{% endif %}{{ x is defined }}",
    "{% if yes %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}",
    "{% set a = a ~ '乙' %}{{ a }}",
    "{{ b is defined }}{{ b | default('无') }}{{ 'b' in ['b'] }}",
    "{% for r in rows %}{% set x = r.n %}{{ x }}{% if not loop.last %}、{% endif %}{% endfor %}{{ x is defined }}",
    "{% for r in rows if r.n > 1 %}{{ loop.index }}{{ r.n }}{% else %}无{% endfor %}",
    "{% set s = namespace(n=0) %}{% for r in rows %}{% set s.n = s.n + r.n %}{% endfor %}{{ s.n }}",
    "{% for r in rows %}{{ a.split('x') | length }}{{ r.get('n') }}{{ r.get('m', 0) }}{% endfor %}",
    "{% macro m(x, y=2) %}{{ a }}{{ x }}{{ y }}{{ varargs | length }}{% endmacro %}{{ m(1) }}{{ m(1, 3, 4) }}",
    "{% from 'macros' import m %}{{ m('丙') }}{% include 'own' %}",
    "{% set b = 1 %}{% include 'own' %}",
    "{% set x %}{{ a }}·{{ rows | length }}{% endset %}{{ x }}{{ x ~ a }}{{ [x, a] | join('、') }}",
    "{% filter upper %}a{{ a }}b{% endfilter %}{% with z = a %}{{ z }}{% endwith %}",
    "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}{{ x }}{{ a }}{% endcall %}",
    "{{ [1, 2] }}{{ 1.50 }}{{ a if no }}{{ yes }}{{ no }}",
]
LACKING = [
    "{{ b }}",
    "{{ b.c }}",
    "{% if no %}{% set x = 1 %}{% endif %}{{ x }}",
    "{% for r in rows %}{% set x = 1 %}{% endfor %}{{ x }}",
    "{% if b %}{% endif %}",
    "{{ b ~ a }}",
    "{{ b | join }}",
    "{% for r in b %}{% endfor %}",
    "{{ b() }}",
    "{{ a.b }}",
]


def ours() -> SandboxedEnvironment:
    """The environment of all texts, with two that can be included."""
    return environment(jinja2.DictLoader(INCLUDED))


@pytest.mark.parametrize("text", SAME)
def test_a_text_says_what_jinja_makes_of_it(text: str) -> None:
    theirs = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=True, loader=jinja2.DictLoader(INCLUDED), finalize=_in_chinese
    )
    assert ours().from_string(text).render(NAMES) == theirs.from_string(text).render(NAMES)


def _in_chinese(value: object) -> object:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


@pytest.mark.parametrize("text", LACKING)
def test_a_name_that_nobody_set_is_told(text: str) -> None:
    theirs = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    with pytest.raises(jinja2.UndefinedError) as expected:
        theirs.from_string(text).render(NAMES)
    with pytest.raises(jinja2.UndefinedError) as found:
        ours().from_string(text).render(NAMES)
    assert str(found.value) == str(expected.value)


def test_what_is_printed_is_escaped_once() -> None:
    text = "{{ v }}{% set x %}{{ v }}{% endset %}{{ x }}{% filter trim %}{{ v }}{% endfilter %}{{ v | safe }}{{ '<' }}"
    assert ours().from_string(text).render(v="<&>") == "&lt;&amp;&gt;" * 3 + "<&>" + "&lt;"
    for off in ("{% autoescape false %}{{ v }}{% endautoescape %}", "{% autoescape yes %}{{ v }}{% endautoescape %}"):
        assert ours().from_string(off).render(v="<", yes=True) == "&lt;"


def test_nothing_is_never_printed() -> None:
    with pytest.raises(NothingToPrint):
        ours().from_string("{{ v }}").render(v=None)
