"""What people read when something is wrong."""

from __future__ import annotations

import unicodedata
from textwrap import dedent

import pytest

from arazzoc.diagnostics.model import Related, Severity
from arazzoc.diagnostics.writers.report import summary
from arazzoc.diagnostics.writers.text import write_text
from arazzoc.text import LineIndex, Position, Span
from tests.unit.diagnostics.findings import FakeReport, finding, report, span


def expected(text: str) -> str:
    return dedent(text).lstrip("\n")


def test_a_finding_shows_its_place_its_line_and_what_to_do() -> None:
    found = finding(
        span(2, 14, 6), "there is no operation `getJob`", hint="did you mean `get_job`?"
    )
    assert write_text(report("steps:\n- operation: getJob\n", found)) == expected("""
        a.yaml:2:14: error[AZ101] there is no operation `getJob`
          |
        2 | - operation: getJob
          |              ^^^^^^
          = help: did you mean `get_job`?
        """)


def test_related_places_are_shown_with_their_lines_in_one_gutter() -> None:
    text = "a: 1\n" + "\n" * 8 + "a: 2\n"
    found = finding(span(10, 1, 1), "`a` twice", related=(Related(span(1, 1, 1), "first here"),))
    assert write_text(report(text, found)) == expected("""
        a.yaml:10:1: error[AZ101] `a` twice
           |
        10 | a: 2
           | ^
        a.yaml:1:1: first here
           |
         1 | a: 1
           | -
        """)


def test_findings_are_parted_by_an_empty_line() -> None:
    text = write_text(report("", finding(span(1, 1, 0)), finding(span(1, 1, 0), "second")))
    assert text == "a.yaml:1:1: error[AZ101] `x` is wrong\n\na.yaml:1:1: error[AZ101] second\n"


def test_nothing_found_is_nothing_written() -> None:
    assert write_text(FakeReport()) == ""


def test_a_file_that_could_not_be_read_has_no_line() -> None:
    found = finding(span(3, 1, 1, file="gone.yaml"), "no such file", hint="check the path")
    assert write_text(FakeReport((found,))) == expected("""
        gone.yaml:3:1: error[AZ101] no such file
          = help: check the path
        """)


def underlined(line: str, found_at: Span) -> list[str]:
    """The shown line and its underline, both without the gutter."""
    return [shown[4:] for shown in write_text(report(line, finding(found_at))).splitlines()[2:4]]


def test_a_place_between_characters_gets_one_caret() -> None:
    assert underlined("abc", span(1, 4, 0)) == ["abc", "   ^"]


def test_a_place_past_the_end_is_shown_just_after_it() -> None:
    assert underlined("abc", span(1, 40, 3)) == ["abc", "   ^"]


def test_a_span_of_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    assert underlined("ab: |  \n  text\n", Span("a.yaml", Position(1, 5), Position(2, 5))) == [
        "ab: |",
        "    ^",
    ]


def test_tabs_become_blanks_and_the_underline_follows() -> None:
    assert underlined("\ta\tb", span(1, 4, 1)) == ["    a   b", "        ^"]


def test_wide_characters_take_two_columns() -> None:
    assert underlined("名: 値段", span(1, 4, 2)) == ["名: 値段", "    ^^^^"]


def test_combining_marks_take_none() -> None:
    text = unicodedata.normalize("NFD", "é: ü")
    assert underlined(text, span(1, 5, 2)) == [text, "   ^"]


@pytest.mark.parametrize("column", [1, 50, 200, 380, 400])
def test_a_long_line_is_cut_around_the_span(column: int) -> None:
    line = "".join(f"{number:05} " for number in range(67))[:400]
    shown, marks = underlined(line, span(1, column, 5))
    assert len(shown) <= 100
    start = marks.index("^")
    assert shown[start : start + marks.count("^")] == line[column - 1 : column + 4]
    assert shown.startswith("…") == (column > 97)
    assert shown.endswith("…") == (column < 340)


def test_of_a_document_without_line_breaks_a_piece_is_shown() -> None:
    line = "{" + '"a": 1, ' * 1_000_000
    shown, marks = underlined(line, span(1, 4_000_002, 3))
    assert len(shown) <= 100
    assert shown[marks.index("^") :].startswith('"a": 1,')


def test_a_span_wider_than_the_window_is_underlined_as_far_as_it_is_shown() -> None:
    shown, marks = underlined("x" * 400, span(1, 3, 398))
    assert len(shown) <= 100
    assert len(marks) == len(shown) - 1


def test_a_document_cannot_steer_the_terminal() -> None:
    found = finding(span(1, 1, 3), "`\x1b[2J\nx` is wrong", hint="drop `\x07`")
    text = write_text(report("\x1b[2Jevil \u202egnp", found))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "␛[2J␊x" in text


def test_colour_comes_only_when_asked_for() -> None:
    one = report("a: 1", finding(span(1, 1, 1), severity=Severity.WARNING))
    assert "\x1b" not in write_text(one)
    assert "\x1b[33m" in write_text(one, colour=True)


@pytest.mark.parametrize(
    ("severities", "line"),
    [
        ([], "no problems found in 3 documents"),
        ([Severity.ERROR], "1 error in 1 file"),
        ([Severity.WARNING] * 3, "3 warnings in 1 file"),
        ([Severity.ERROR, Severity.WARNING], "1 error and 1 warning in 1 file"),
        (
            [Severity.HINT, Severity.ERROR, Severity.WARNING, Severity.ERROR],
            "2 errors, 1 warning and 1 hint in 1 file",
        ),
    ],
)
def test_the_summary_counts(severities: list[Severity], line: str) -> None:
    found = tuple(
        finding(span(row, 1, 1), severity=severity) for row, severity in enumerate(severities, 1)
    )
    assert summary(FakeReport(found, ("a", "b", "c"), {"a": LineIndex("")})) == line


def test_the_summary_counts_files() -> None:
    found = (finding(span(1, 1, 1, file="a")), finding(span(1, 1, 1, file="b")))
    assert summary(FakeReport(found)) == "2 errors in 2 files"
