"""Whatever a line holds, what is shown of it fits and is harmless."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from arazzoc.diagnostics.writers.cells import excerpt, visible

WINDOW = 40
LINES = st.text(st.characters(exclude_characters="\r\n"), max_size=200)


@given(LINES, st.integers(0, 210), st.integers(0, 210))
def test_a_line_is_shown_within_its_window(line: str, start: int, end: int) -> None:
    shown = excerpt(line, start, end, window=WINDOW)
    columns = sum(
        1 + (unicodedata.east_asian_width(each) in "WF")
        for each in shown.text
        if unicodedata.category(each) not in {"Mn", "Me"} and each not in "\u200c\u200d"
    )
    assert columns <= WINDOW
    assert shown.width >= 1
    assert 0 <= shown.indent <= columns


@given(LINES)
def test_nothing_shown_moves_the_cursor(line: str) -> None:
    for text in (visible(line), excerpt(line, 0, 0, window=WINDOW).text):
        assert not any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in text)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=300), st.data())
def test_the_underline_stands_below_the_span(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown = excerpt(line, start, end, window=WINDOW)
    below = shown.text[shown.indent : shown.indent + shown.width]
    if start < end:
        assert below == line[start : start + shown.width]
        assert shown.width == end - start or shown.text.endswith("…")
