"""Rates as two head counts, and limits as they are written."""

import datetime
from fractions import Fraction

import pytest

from escalate.load import load_policy
from escalate.phrases import phrases_for
from escalate.rates import Rate, beyond, holds
from escalate.source import Source

Date = datetime.date


TARGET = """
policy: p
extends: standard.yaml
timezone: Asia/Shanghai
parameters: {{quota: {{value: 2 students}}}}
targets: {{dropout: {{each: class, count: dropped_out, among: enrolled, base: term start, check: term end, {limit}}}}}
"""


def target(limit, bound="2%"):
    """A target with a limit as it is written."""
    return load_policy(Source("p.yaml", TARGET.format(limit=f"{limit}: {bound}"))).targets["dropout"]


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

    assert kept == [holds(target(limit), Fraction(2, 100), rate(n, 50)) for n in (0, 1, 2)]


@pytest.mark.parametrize(("counted", "heads", "over"), [(1, 48, 1), (1, 50, 0), (2, 50, 1), (3, 99, 2), (0, 48, 0)])
def test_above_the_limit_is_counted_minus_the_whole_heads_that_it_allows(counted, heads, over):
    """2 % of 48 is less than one child (Q2)."""

    assert over == beyond(target("at_most"), Fraction(2, 100), rate(counted, heads))


@pytest.mark.parametrize(("counted", "missing"), [(49, 0), (48, 1), (50, 0)])
def test_below_what_must_be_reached(counted, missing):
    """98 % of 50 are 49."""

    assert missing == beyond(target("at_least"), Fraction(98, 100), rate(counted, 50))


@pytest.mark.parametrize("bound", ["2 students", "(quota) students", "quota"])
@pytest.mark.parametrize("heads", [3, 50, 200])
@pytest.mark.parametrize(
    ("limit", "kept"), [("at_most", [True, True, False]), ("below", [True, False, False]), ("at_least", [False, True, True]), ("above", [False, False, True])],
)
def test_a_limit_in_students_is_the_same_of_every_base(bound, heads, limit, kept):
    """One student fewer, two, one more, of a small class and of a large one."""
    found = target(limit, bound)

    assert found.heads
    assert kept == [holds(found, Fraction(2), rate(n, heads)) for n in (1, 2, 3)]


def test_a_limit_in_students_needs_heads_too():
    """A class that had nobody at the base has lost nobody, and kept nothing."""

    assert holds(target("at_most", "2 students"), Fraction(2), rate(0, 0)) is None


@pytest.mark.parametrize(("limit", "counted", "over"), [("at_most", 5, 3), ("below", 2, 0), ("at_most", 1, 0), ("at_least", 0, 2), ("above", 1, 1)])
def test_above_a_limit_in_students_is_what_is_beyond_it(limit, counted, over):
    """Nothing is multiplied by the base; of `at_least` what is missing, though there are fewer heads."""

    assert over == beyond(target(limit, "2 students"), Fraction(2), rate(counted, 5))
