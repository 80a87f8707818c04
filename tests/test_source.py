"""Problems and where they stand: what a person sees of them."""

from __future__ import annotations

import pytest

from escalate.source import Problem, Refused, Source, Span, render

TEXT = Source("p.yaml", "one: 1\n\ttwo: 二二 three\n\nlong: " + "x" * 300)


def span(line: int, col: int, end_line: int, end_col: int) -> Span:
    return Span(TEXT, line, col, end_line, end_col)


def test_lines_count_from_one():
    """Past the end, and before it, there is nothing."""

    assert ["", "one: 1", "", ""] == [TEXT.line(number) for number in (0, 1, 3, 5)]


def test_a_span_says_its_place():
    """Path, line and column."""

    assert "p.yaml:2:7" == str(span(2, 7, 2, 9))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (span(1, 1, 1, 4), "    1 | one: 1\n      | ^^^"),
        (span(1, 6, 1, 7), "    1 | one: 1\n      |      ^"),
        (span(1, 6, 2, 3), "    1 | one: 1\n      |      ^"),
        (span(1, 7, 1, 7), "    1 | one: 1\n      |       ^"),
        (span(2, 7, 2, 9), "    2 | \ttwo: 二二 three\n      | \t     ^^^^"),
        (span(2, 10, 2, 15), "    2 | \ttwo: 二二 three\n      | \t          ^^^^^"),
    ],
)
def test_the_caret_stands_under_what_is_meant(where, expected):
    """A Chinese sign is two cells wide, a tab stays one; at the end of a line there is one caret."""

    assert f"{where}: wrong [slip]\n{expected}" == render(Problem("slip", "wrong", where))


def test_an_empty_line_is_not_shown():
    """There is nothing to point at."""

    assert "p.yaml:3:1: wrong [slip]" == render(Problem("slip", "wrong", span(3, 1, 3, 1)))


@pytest.mark.parametrize(("col", "carets"), [(200, 1), (201, 0)])
def test_a_long_line_is_cut(col, carets):
    """After two hundred signs; what lies behind is not pointed at."""
    lines = render(Problem("slip", "wrong", span(4, col, 4, col + 1))).split("\n")

    assert f"    4 | long: {'x' * 194}…" == lines[1]
    assert carets == len(lines) - 2


def test_help_follows_below():
    """Line by line under its first."""
    problem = Problem("slip", "wrong", help="write this\nor that")

    assert "wrong [slip]\n   help: write this\n         or that" == render(problem)


def test_a_warning_says_so():
    """A problem does not."""

    assert "p.yaml:1:1: warning: odd [slip]" == render(Problem("slip", "odd", span(1, 1, 1, 4), warning=True)).split("\n")[0]


def test_a_refusal_carries_all_problems_in_order_of_place():
    """Those without a place first."""
    later, early, nowhere = Problem("a", "later", span(2, 2, 2, 3)), Problem("b", "early", span(1, 5, 1, 6)), Problem("c", "nowhere")

    found = Refused([later, early, nowhere])

    assert (nowhere, early, later) == found.problems
    assert ["nowhere [c]", "p.yaml:1:5: early [b]", "p.yaml:2:2: later [a]"] == [line for line in str(found).split("\n") if line.endswith("]")]
