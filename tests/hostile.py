"""Texts that a spreadsheet, a template, XML or CSV could take for something else than text."""

from hypothesis import strategies as st

_PARTS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example")',
    "+1",
    "-2",
    "@sum",
    "'=1",
    "''",
    "{{ 7*7 }}",
    "{% raw %}",
    "<b>&amp;</b>",
    "]]>",
    "_x0041_",
    "_x000D_",
    '"',
    ",",
    ";",
    "\n",
    "\t",
    "\U00020bb7",
    "\U0001f600",
    "http://x.example",
    "../..",
    "\\",
    "%s",
    "GB/T 29490",
    "☑ 是",
    "2026-02-30",
    "007",
    "1e5",
    "#REF!",
    "  ",
    "　",
)
_SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))
# What a cell can hold exactly: blanks at both ends are dropped when a table is read.
TEXTS = st.lists(st.one_of(st.sampled_from(_PARTS), st.text(_SIGNS, max_size=8)), min_size=1, max_size=6).map(
    lambda parts: "".join(parts).replace("\u00a0", " ").strip()
)
