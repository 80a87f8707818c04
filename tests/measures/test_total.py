"""Sums of minutes and hours, and counts, sums and means of facts (docs/semantics.md, M7, M13).

School is from Monday 2025-09-01 for six weeks, sessions am (08:00, 220 minutes) and pm (14:00, 180 minutes), close 17:30.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.events import Fact
from escalate.policy import Day, Measure, Window
from escalate.terms import Asker
from tests.asked import Case, measured, moment, read
from tests.build import at, marks, policy, window


def amount(counted: str, unit: str = "minute", within: str = "term") -> Measure:
    return Measure("", "sum", unit, frozenset(counted), windows=(window(within),))


def lasting(text: str, *minutes: int | None):
    return [evolve(mark, minutes=found) for mark, found in zip(marks("s1", "09-01", text), minutes, strict=True)]


# --- minutes ------------------------------------------------------------------------------------------


def test_an_absence_without_minutes_is_as_long_as_its_session():
    """From the start of the session on."""

    assert [0, 220, 220, 400] == read(amount("A"), "AA", "09-01 07:59:59", "09-01 08:00", "09-01 13:59:59", "09-01 14:00")


def test_the_minutes_that_the_source_gave_stand_before_the_length():
    """Also where they are none."""

    assert [50] == read(amount("A"), lasting("AA", 50, 0), "09-01")


def test_a_late_mark_without_minutes_is_of_no_length():
    """Only excused and unexcused codes are as long as their session."""

    assert [12 + 220 + 220] == read(amount("ASLE"), lasting("LL SE A_", 12, None, None, None, None), "09-03")


def test_other_codes_are_not_added():
    """Minutes or not."""

    assert [0] == read(amount("A"), lasting("SL", None, 30), "09-01")


def test_hours_are_minutes_by_the_lesson_hour():
    """Exact fractions of 60 minutes, or of what the policy calls an hour."""
    rules = policy(measures={"m": amount("A", "hour")})
    short = evolve(rules, day=Day(lesson_hour=40))

    assert [Fraction(20, 3), 10] == [moment("09-01", marks("s1", "09-01", "AA"), one).measured("m", Asker()).value for one in (rules, short)]


def test_the_cells_of_a_sum_are_those_it_added():
    """Late ones of no length too."""

    assert ["2025-09-01/am", "2025-09-02/pm"] == [session.id for session, _ in measured(amount("AL"), "AP PL", "09-02").cells]


def test_a_sum_has_a_window():
    """The next week starts at nothing."""

    assert [400, 400, 0] == read(amount("A", within="week"), "AA", "09-01", "09-07 23:59", "09-08 00:00")


# --- facts --------------------------------------------------------------------------------------------


def fact(when: str, value: str = "1", name: str = "grade", **more) -> Fact:
    return Fact(about="s1", fact=name, value=value, at=at(when), known=at(when), **more)


def of_facts(kind: str, within: str = "term", name: str = "grade") -> Measure:
    return Measure("", kind, "session", fact=name, windows=(window(within),))


FACTS = [fact("09-02 10:00", "2"), fact("09-09 10:00", "3.5"), fact("09-10 00:00", "-1"), fact("09-03", "9", "other")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("count", [0, 1, 2, 3]), ("sum", [0, 2, Fraction(11, 2), Fraction(9, 2)]), ("mean", [None, 2, Fraction(11, 4), Fraction(3, 2)])],
)
def test_facts_of_one_name_are_counted_added_or_averaged(kind, expected):
    """From the instant at which they are; the mean of none has no value."""

    assert expected == read(of_facts(kind), FACTS, "09-02 09:59:59", "09-02 10:00", "09-09 10:00", "09-10 00:00")


def test_facts_outside_the_window_are_left_out():
    """The first and the last date of the week count, and what came before does not."""
    facts = [fact("09-07 23:59:59"), fact("09-08 00:00"), fact("09-14 23:59:59")]

    assert [1, 1, 2, 0] == read(of_facts("count", "week"), facts, "09-07 23:59:59", "09-08", "09-14 23:59:59", "09-15 00:00")


def test_facts_since_the_case_opened_are_at_or_after_it():
    """A second before is before."""
    rules = policy(measures={"m": Measure("", "count", "session", fact="grade", windows=(Window("since", anchor="case"),))})
    found = moment("09-10 12:00", FACTS, rules)

    def value(opened: str) -> object:
        return found.measured("m", Asker(Case(opened))).value

    assert [3, 3, 2, 1] == [value(opened) for opened in ("09-01", "09-02 10:00", "09-02 10:00:01", "09-10 00:00")]


def test_the_facts_of_a_reading_are_those_it_took():
    """With their ids they are what is cited."""
    found = measured(of_facts("sum"), [fact("09-02", "2", id="a"), fact("09-03", "3", "other", id="b"), fact("09-04", "4", id="c")], "09-05")

    assert ["a", "c"] == [one.id for one in found.facts]
