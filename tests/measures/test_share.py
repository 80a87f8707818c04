"""Shares of possible and of planned time (docs/semantics.md, M8, M12).

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30, unless a test says otherwise.
A absent, S excused, P present, X not expected, - unknown, _ no mark, ? a code that the policy does not know.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.policy import Param
from tests.asked import closes, measured, read
from tests.build import calendar, marks, rate

TWO_WEEKS = calendar(weeks=2)


def test_possible_sessions_are_those_with_a_mark_that_says_something():
    """Unmarked, unknown, not expected and strange codes are left out."""

    assert (1, 3) == measured(rate("A"), "AP S_ X- ??", "09-04").pair


def test_possible_days_have_one_such_session():
    """P_ and AX are possible, __ and X- are not."""

    assert (1, 2) == measured(rate("A", "school day"), "P_ AX __ X-", "09-04").pair


def test_a_share_without_a_base_has_no_value():
    """Nothing divided by nothing is unknown, not none."""

    assert [None, None, 0, Fraction(1, 2)] == read(rate("A"), "__ P_ A_", "09-01", "09-02 07:59", "09-02 08:00", "09-03")


@pytest.mark.parametrize(("floor", "expected"), [(0, [1, 1, 1]), (1, [1, 1, 1]), (2, [None, 1, 1]), (3, [None, None, 1]), (4, [None, None, None])])
def test_a_share_has_no_value_below_its_floor(floor, expected):
    """At the floor it has."""

    assert expected == read(rate("A", "school day", floor=floor), "AA AA AA", *closes(1, 3))


def test_the_floor_may_be_a_parameter():
    """Resolved at the instant."""
    rule = evolve(rate("A", "school day"), floor=Param("least"))

    assert [None, 1] == read(rule, "AA AA", *closes(1, 2), parameters={"least": 2})


@pytest.mark.parametrize(("day", "expected"), [("all", (1, 3)), ("any", (2, 3)), ("50%", (2, 3))])
def test_a_share_of_days_asks_the_day_rule(day, expected):
    """AP is half a day."""

    assert expected == measured(rate("A", "school day"), "AP AA PP", "09-03", day=day).pair


def test_the_two_numbers_are_not_reduced():
    """Two of four is one half, and is said as two of four."""
    found = measured(rate("A"), "AA PP", "09-02")

    assert (Fraction(1, 2), (2, 4)) == (found.value, found.pair)


def test_the_cells_of_a_share_are_those_it_counted():
    """Not those of its base."""

    assert ["2025-09-01/am", "2025-09-02/am"] == [session.id for session, _ in measured(rate("A"), "AP AP", "09-02").cells]
    assert ["2025-09-01/am"] == [session.id for session, _ in measured(rate("A", "school day", day="any"), "AP PP", "09-02").cells]


@pytest.mark.parametrize(
    ("unit", "within", "when", "expected"),
    [
        ("session", "term", "09-01 08:00", (1, 20)),
        ("session", "week", "09-01 08:00", (1, 10)),
        ("session", "week", "09-08 08:00", (0, 10)),
        ("school day", "term", "09-01", (1, 10)),
        ("school day", "week", "09-02", (1, 5)),
        ("school day", "day", "09-01", (1, 1)),
        ("school day", "month", "09-01", (1, 10)),
        ("school day", "5 days", "09-03", (1, 3)),
        ("school day", "term, week", "09-03", (1, 5)),
    ],
)
def test_planned_time_is_that_of_the_whole_window(unit, within, when, expected):
    """Of a period until its end, of a rolling window until the instant, of several until the first end, and never beyond the calendar."""

    assert expected == measured(rate("A", unit, within, of="planned"), "AA PP PP PP PP", when, cal=TWO_WEEKS).pair


def test_planned_time_leaves_out_what_was_marked_not_expected():
    """Once its session has begun: a judging knows no fact that is about a later instant."""

    assert (1, 20) == measured(rate("A", of="planned"), "AP XX", "09-01", cal=TWO_WEEKS).pair
    assert (1, 18) == measured(rate("A", of="planned"), "AP XX", "09-02", cal=TWO_WEEKS).pair
    assert (1, 9) == measured(rate("A", "school day", of="planned"), "AA XX XP", "09-03", cal=TWO_WEEKS).pair


@pytest.mark.parametrize(
    ("unit", "of", "expected"),
    [("minute", "possible", (220, 400)), ("hour", "possible", (Fraction(11, 3), Fraction(20, 3))), ("minute", "planned", (220, 4000)), ("hour", "planned", (Fraction(11, 3), Fraction(200, 3)))],
)
def test_a_share_of_time_adds_the_lengths_of_its_sessions(unit, of, expected):
    """Of 220 and 180 minutes; the two numbers and the value are in one unit."""
    found = measured(rate("A", unit, "2 weeks" if of == "possible" else "term", of=of), "AP __", "09-02", cal=TWO_WEEKS)

    assert (expected, expected[0] / Fraction(expected[1])) == (found.pair, found.value)


@pytest.mark.parametrize("day", ["all", "any", "4 sessions", "100%"])
def test_a_share_of_time_does_not_ask_the_day(day):
    """Its unit is the session."""

    assert (220, 400) == measured(rate("A", "minute"), "AP", "09-01", day=day).pair


def test_the_minutes_of_a_mark_are_what_was_missed():
    """Of the 220 minutes of the morning, 40: as a sum of minutes says."""
    events = [evolve(mark, minutes=40) if mark.code == "L" else mark for mark in marks("s1", "09-01", "LA")]

    assert (220, 400) == measured(rate("AL", "minute"), events, "09-01").pair


@pytest.mark.parametrize(("unit", "floor", "expected"), [("minute", 400, Fraction(220, 400)), ("minute", 401, None), ("hour", 6, Fraction(220, 400)), ("hour", 7, None), ("hour", "20/3", Fraction(220, 400))])
def test_the_floor_of_a_share_of_time_is_in_its_unit(unit, floor, expected):
    """400 minutes are six hours and two thirds, not two sessions."""

    assert [expected] == read(rate("A", unit, floor=floor), "AP", "09-01")


def test_planned_time_takes_sessions_without_a_mark():
    """Ten are planned in the week, two are marked."""

    assert (1, 10) == measured(rate("A", within="week", of="planned"), "A_ P_", "09-03").pair
