"""Rows and roles, each on the dates for which it holds."""

from __future__ import annotations

import pytest

from escalate.roster import Assignment, Roster, Student
from tests.build import date


def test_a_row_is_asked_by_column():
    """As the roster file names it; a further column is a field."""
    row = Student("s1", "north", "7-1", "7", fields={"village": "east", "name": "Li"})

    assert ["s1", "s1", "north", "7-1", "7", "east", "Li", ""] == [row.get(name) for name in ("student", "id", "school", "class", "grade", "village", "name", "household")]


def test_students_stand_in_file_order_each_once():
    """However many rows one has."""

    assert ("s2", "s1") == Roster((Student("s2"), Student("s1"), Student("s2", start=date("10-01")))).ids()


@pytest.mark.parametrize(
    ("day", "expected"),
    [("08-01", "a"), ("09-01", "a"), ("09-09", "a"), ("09-10", "b"), ("09-30", "b"), ("10-01", "c"), ("2026-01-01", "c")],
)
def test_of_several_rows_the_newest_that_has_begun_is_in_force(day, expected):
    """Before them all the earliest; file order does not matter."""
    rows = (Student("s1", "c", start=date("10-01")), Student("s1", "a", start=date("09-01")), Student("s1", "b", start=date("09-10"), end=date("09-20")))

    assert expected == Roster(rows).row("s1", date(day)).school


def test_a_row_without_a_start_is_the_oldest():
    """It has always held."""
    roster = Roster((Student("s1", "b", start=date("09-10")), Student("s1", "a", end=date("09-09"))))

    assert ["a", "b"] == [roster.row("s1", date(day)).school for day in ("09-09", "09-10")]


def test_a_students_only_row_holds_on_every_date():
    """And a student who is not in the roster has none."""
    roster = Roster((Student("s1", "north", start=date("09-10"), end=date("09-11")),))

    assert ["north", "north"] == [roster.row("s1", date(day)).school for day in ("09-01", "10-01")]
    assert roster.row("s2", date("09-10")) is None


@pytest.mark.parametrize(("day", "expected"), [("09-01", ()), ("09-02", ("ann",)), ("09-04", ("ann", "bob")), ("09-05", ("bob",)), ("12-31", ("bob",))])
def test_who_holds_a_role_on_a_date(day, expected):
    """Both edges are counted; an edge that is not written is open."""
    held = [Assignment("teacher", "c1", "bob", start=date("09-03")), Assignment("teacher", "c1", "ann", date("09-02"), date("09-04")), Assignment("teacher", "c2", "eve")]

    assert expected == Roster((), tuple(held)).holders("teacher", "c1", date(day))


def test_holders_are_sorted_and_each_is_named_once():
    """However often the person is assigned."""
    held = [Assignment("teacher", "c1", person) for person in ("eve", "ann", "eve")]

    assert ("ann", "eve") == Roster((), tuple(held)).holders("teacher", "c1", date("09-01"))
    assert () == Roster((), tuple(held)).holders("principal", "c1", date("09-01"))
