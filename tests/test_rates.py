"""Rates as two head counts, and limits as they are written."""

import datetime
from fractions import Fraction

import pytest

from escalate.phrases import phrases_for
from escalate.rates import Rate, beyond, holds

Date = datetime.date


def rate(counted, heads):
    """So many of so many."""
    names = tuple(f"s{n:04}" for n in range(heads))
    return Rate("dropout", Date(2025, 9, 1), Date(2026, 1, 23), names, names[:counted])


def test_fourteen_of_885_is_not_what_was_printed():
    """S001-01-c1 printed 1.35 %; its own numbers give 1.58 %."""
    found = rate(14, 885)

    assert (14, 885) == (found.num, found.den)
    assert Fraction(158, 10_000) == Fraction(round(found.value * 10_000), 10_000)
    assert "1.6" in phrases_for("en").percent(found.value)


def test_no_heads_have_no_rate():
    """Nothing is divided by nothing."""

    assert rate(0, 0).value is None


@pytest.mark.parametrize(
    ("limit", "kept"), [("at_most", [True, True, False]), ("below", [True, False, False]), ("at_least", [False, True, True]), ("above", [False, False, True])],
)
def test_a_limit_is_inclusive_or_strict_as_it_is_written(limit, kept):
    """One head fewer, as many, one more than 2 % of 50."""

    assert kept == [holds(limit, Fraction(2, 100), rate(n, 50).value) for n in (0, 1, 2)]


@pytest.mark.parametrize(("counted", "heads", "over"), [(1, 48, 1), (1, 50, 0), (2, 50, 1), (3, 99, 2), (0, 48, 0)])
def test_above_the_limit_is_counted_minus_the_whole_heads_that_it_allows(counted, heads, over):
    """2 % of 48 is less than one child (Q2)."""

    assert over == beyond("at_most", Fraction(2, 100), rate(counted, heads))


@pytest.mark.parametrize(("counted", "missing"), [(49, 0), (48, 1), (50, 0)])
def test_below_what_must_be_reached(counted, missing):
    """98 % of 50 are 49."""

    assert missing == beyond("at_least", Fraction(98, 100), rate(counted, 50))
