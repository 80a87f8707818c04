"""Every form of deadline, on both sides of each of its boundaries (docs/semantics.md, D1-D9).

School is from Monday 2025-09-01 for six weeks but for Wednesday 09-10, sessions am (08:00) and pm (14:00), close 17:30, unless a test says otherwise.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from escalate.deadlines import BEYOND, NONE, NOT_YET, Deadline, Ground, deadline, held
from escalate.loading.dues import due_in
from escalate.policy import After, DueParam, Nth, Param
from tests.build import at, calendar, date

SCHOOL = calendar(weeks=6, closed=["09-10"])
SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"})
YEARS = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"}, years={"first": ("one",), "second": ("two",)})


def ground(base: str, cal=SCHOOL, *, came: str = "", if_no_school: str = "", if_in_break: str = "", **parameters: int) -> Ground:
    return Ground(
        at(base, cal), cal.of("north"), datetime.time(17, 30),
        lambda amount: parameters[amount.name] if isinstance(amount, Param) else int(amount),
        lambda measure, n: at(came, cal) if came and (measure, n) == ("total", 3) else None,
        if_no_school, due_in(if_in_break) if if_in_break else None,
    )


def said(found: Deadline, cal=SCHOOL) -> str:
    """`2025-09-02 late 09-03 00:00:00`, or the note of one that has no due."""
    if found.late_from is None:
        return found.note or "none"
    return f"{found.due[:19]} late {cal.zone.local(found.late_from):%m-%d %H:%M:%S}"


def due(text: str, base: str, cal=SCHOOL, **more) -> str:
    form = due_in(text)
    assert form is not None, text
    return said(deadline(form, ground(base, cal, **more)), cal)


def day(text: str, base: str, cal=SCHOOL, **more) -> str:
    """The date of a deadline that is a date, which is late from the midnight after it."""
    found = deadline(due_in(text), ground(base, cal, **more))
    if found.late_from is None:
        return found.note
    written = datetime.date.fromisoformat(found.due)
    assert cal.zone.local(found.late_from).replace(tzinfo=None) == datetime.datetime.combine(written, datetime.time()) + datetime.timedelta(days=1)
    return found.due[5:] if written.year == 2025 else found.due


# --- none at all ------------------------------------------------------------------------------------


def test_an_item_without_a_deadline_is_never_late():
    """No form, no due, no note."""

    assert deadline(None, ground("09-01")) == NONE == Deadline("", None, "")


def test_a_parameter_must_be_resolved_before():
    """A name is no deadline."""

    with pytest.raises(TypeError, match="is not resolved"):
        deadline(DueParam("limit"), ground("09-01"))


# --- lengths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("0 days", "09-01 10:00", "09-01"),
        ("1 day", "09-01 00:00", "09-02"),
        ("1 day", "09-01 23:59:59", "09-02"),
        ("1 day", "09-05", "09-06"),
        ("1 week", "09-01", "09-08"),
        ("2 weeks", "09-03", "09-17"),
        ("1 month", "09-30", "10-30"),
        ("1 month", "2026-01-31", "2026-02-28"),
        ("2 months", "2025-12-31", "2026-02-28"),
        ("0 school days", "09-06", "09-06"),
        ("1 school day", "09-04", "09-05"),
        ("1 school day", "09-05", "09-08"),
        ("1 school day", "09-06", "09-08"),
        ("1 school day", "09-07", "09-08"),
        ("1 school day", "09-08", "09-09"),
        ("1 school day", "09-09", "09-11"),
        ("3 school days", "09-08", "09-12"),
        ("0 office days", "09-06", "09-06"),
        ("1 office day", "09-05", "09-08"),
        ("2 office days", "09-08", "09-10"),
        ("3 office days", "09-04", "09-09"),
        ("0 school weeks", "09-01", "09-01"),
        ("1 school week", "09-03", "09-10"),
        ("1 school week", "09-07", "09-14"),
        ("2 school weeks", "09-01", "09-15"),
    ],
)
def test_a_length_in_days_counts_from_the_local_date_of_its_base(text, base, expected):
    """Day zero is not counted, the last day is still in time."""

    assert expected == day(text, base)


def test_no_school_weeks_after_a_date_are_the_date_itself():
    """As with every other unit."""

    assert "09-03" == day("0 school weeks", "09-03")


def test_a_school_week_passes_over_weeks_without_school():
    """The week of the break between the terms is none."""

    assert ["09-22", "09-24"] == [day("1 school week", base, SPLIT) for base in ("09-08", "09-10")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 minutes", "2025-09-05T23:45:00 late 09-05 23:45:01"),
        ("1 minute", "2025-09-05T23:46:00 late 09-05 23:46:01"),
        ("30 minutes", "2025-09-06T00:15:00 late 09-06 00:15:01"),
        ("1 hour", "2025-09-06T00:45:00 late 09-06 00:45:01"),
        ("48 hours", "2025-09-07T23:45:00 late 09-07 23:45:01"),
    ],
)
def test_a_length_in_minutes_or_hours_counts_from_the_base_itself(text, expected):
    """The due second is in time, the next one is late, school or not."""

    assert expected == due(text, "09-05 23:45")


def test_a_length_may_be_a_parameters_number():
    """`(visit_days) school days`."""

    assert "09-03" == day("visit_days school days", "09-01", visit_days=2)


# --- ends of periods ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("end of day", "09-01 00:00", "09-01"),
        ("end of day", "09-01 23:59:59", "09-01"),
        ("end of week", "09-01", "09-07"),
        ("end of week", "09-07 23:59:59", "09-07"),
        ("end of week", "09-08 00:00", "09-14"),
        ("end of month", "09-30", "09-30"),
        ("end of month", "10-01", "10-31"),
        ("end of month", "2024-02-01", "2024-02-29"),
        ("end of month", "2026-12-31", "2026-12-31"),
    ],
)
def test_the_end_of_a_day_week_or_month_is_its_last_date(text, base, expected):
    """Of the one that holds day zero."""

    assert expected == day(text, base)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("09-01 00:00", "2025-09-01T17:30:00 late 09-01 17:30:01"),
        ("09-01 17:29:59", "2025-09-01T17:30:00 late 09-01 17:30:01"),
        ("09-01 17:30", "2025-09-02T17:30:00 late 09-02 17:30:01"),
        ("09-01 17:30:01", "2025-09-02T17:30:00 late 09-02 17:30:01"),
        ("09-05 17:30", "2025-09-08T17:30:00 late 09-08 17:30:01"),
        ("09-06 09:00", "2025-09-08T17:30:00 late 09-08 17:30:01"),
        ("09-10 09:00", "2025-09-11T17:30:00 late 09-11 17:30:01"),
        ("10-10 17:29:59", "2025-10-10T17:30:00 late 10-10 17:30:01"),
        ("10-10 17:30", "beyond the calendar"),
    ],
)
def test_the_end_of_the_school_day_is_a_close_that_is_still_to_come(base, expected):
    """At the close itself it is the next school day's."""

    assert expected == due("end of school day", base)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("08-25", "09-12"),
        ("09-01", "09-12"),
        ("09-12 23:59:59", "09-12"),
        ("09-13", "10-10"),
        ("09-21", "10-10"),
        ("09-22", "10-10"),
        ("10-10", "10-10"),
        ("10-11", "beyond the calendar"),
    ],
)
def test_the_end_of_term_is_the_next_terms_outside_every_term(base, expected):
    """After the last term there is none."""

    assert expected == day("end of term", base, SPLIT)


@pytest.mark.parametrize(
    ("base", "expected"),
    [("08-25", "09-21"), ("09-01", "09-21"), ("09-13", "09-21"), ("09-21", "09-21"), ("09-22", "10-10"), ("10-10", "10-10"), ("10-11", "beyond the calendar")],
)
def test_a_school_year_ends_the_day_before_the_next_begins(base, expected):
    """The last one with the calendar."""

    assert expected == day("end of school year", base, YEARS)


def test_before_the_first_school_year_it_is_the_end_of_the_next_one():
    """The first of two terms belongs to no year."""
    cal = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"}, years={"year": ("two",)})

    assert ["10-10"] * 4 == [day("end of school year", base, cal) for base in ("08-25", "09-01", "09-03", "09-13")]


# --- clock times and dates ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("09-05 15:59:59", "2025-09-05T16:00:00 late 09-05 16:00:01"),
        ("09-05 16:00", "2025-09-05T16:00:00 late 09-05 16:00:01"),
        ("09-05 16:00:01", "2025-09-06T16:00:00 late 09-06 16:00:01"),
    ],
)
def test_a_clock_time_is_the_first_at_or_after_the_base(base, expected):
    """The next day's once it has passed, school or not."""

    assert expected == due("at 16:00", base)


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("09-15", "09-14", "09-15"),
        ("09-15", "09-15 23:59:59", "09-15"),
        ("09-15", "09-16 00:00", "2026-09-15"),
        ("12-31", "12-31", "12-31"),
        ("01-01", "12-31", "2026-01-01"),
        ("02-29", "2024-02-29", "2024-02-29"),
        ("02-29", "2025-02-28", "02-28"),
        ("02-29", "2025-03-01", "2026-02-28"),
        ("02-29", "2027-03-01", "2028-02-29"),
    ],
)
def test_a_date_of_the_year_is_the_first_on_or_after_day_zero(text, base, expected):
    """29 February is the last day of a shorter one."""

    assert expected == day(text, base)


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("28th", "09-27", "09-28"),
        ("28th", "09-28", "09-28"),
        ("28th", "09-29", "10-28"),
        ("31st", "09-30", "09-30"),
        ("31st", "10-01", "10-31"),
        ("31st", "2026-01-31", "2026-01-31"),
        ("30th", "2026-01-31", "2026-02-28"),
        ("5th", "2025-12-05", "12-05"),
        ("5th", "2025-12-06", "2026-01-05"),
    ],
)
def test_a_day_of_the_month_is_the_first_on_or_after_day_zero(text, base, expected):
    """A day that a month lacks is its last."""

    assert expected == day(text, base)


def test_a_day_of_the_month_may_be_a_parameters_number():
    """`(report_day)th`."""

    assert "09-20" == day("(report_day)th", "09-03", report_day=20)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("09-01 00:00", "2025-09-02T08:00:00 late 09-02 08:00:00"),
        ("09-05 17:30", "2025-09-08T08:00:00 late 09-08 08:00:00"),
        ("09-07 09:00", "2025-09-08T08:00:00 late 09-08 08:00:00"),
        ("09-09 09:00", "2025-09-11T08:00:00 late 09-11 08:00:00"),
        ("10-10 09:00", "beyond the calendar"),
    ],
)
def test_before_the_next_school_day_is_late_from_its_first_session(base, expected):
    """Not a second after it."""

    assert expected == due("before the next school day", base)


# --- anchors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("2025-09-20", "09-25", "09-20"),
        ("2 days after 2025-09-20", "09-01", "09-22"),
        ("1 week before 2025-09-20", "09-01", "09-13"),
        ("term start", "09-01", "09-01"),
        ("term start", "09-02", "09-22"),
        ("term start", "09-22", "09-22"),
        ("term start", "09-23", "beyond the calendar"),
        ("term end", "09-12", "09-12"),
        ("term end", "09-13", "10-10"),
        ("term end", "10-11", "beyond the calendar"),
        ("3 days after term start", "09-04", "09-04"),
        ("3 days after term start", "09-05", "09-25"),
        ("1 week before term end", "09-05", "09-05"),
        ("1 week before term end", "09-06", "10-03"),
        ("2 weeks after term start", "09-16", "10-06"),
        ("school year start", "09-01", "09-01"),
        ("school year start", "09-02", "09-22"),
        ("school year start", "09-23", "beyond the calendar"),
        ("school year end", "09-21", "09-21"),
        ("school year end", "09-22", "10-10"),
    ],
)
def test_an_anchor_is_the_first_on_or_after_day_zero(text, base, expected):
    """Moved first, then compared; one with a date is that date whenever it was."""

    assert expected == day(text, base, YEARS)


# --- the nth ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at the 3rd total", "2025-09-05T17:30:00 late 09-05 17:30:01"),
        ("before the 3rd total", "2025-09-05T17:30:00 late 09-05 17:30:00"),
        ("2 school days after the 3rd total", "2025-09-09 late 09-10 00:00:00"),
        ("30 minutes after the 3rd total", "2025-09-05T18:00:00 late 09-05 18:00:01"),
    ],
)
def test_the_nth_counts_from_the_instant_at_which_it_came(text, expected):
    """At it, before it, or a length after it."""

    assert expected == due(text, "09-01", came="09-05 17:30")


@pytest.mark.parametrize("text", ["at the 3rd total", "before the 3rd total", "1 day after the 3rd total", "at the 4th total", "at the 3rd other"])
def test_the_nth_has_no_due_until_it_comes(text):
    """It is asked for by measure and number."""
    came = "" if text.endswith("3rd total") else "09-05"

    assert deadline(due_in(text), ground("09-01", came=came)) == NOT_YET == Deadline(note="no due yet")


def test_the_nth_may_be_a_parameters_number():
    """`at the (limit)th total`."""

    found = deadline(Nth("at", Param("limit"), "total"), ground("09-01", came="09-05", limit=3))

    assert "2025-09-05T17:30:00 late 09-05 17:30:01" == said(found)


# --- moved by the calendar ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "direction", "expected"),
    [
        ("09-04", "next", "09-05"),
        ("09-05", "next", "09-08"),
        ("09-06", "next", "09-08"),
        ("09-07", "next", "09-08"),
        ("09-09", "next", "09-11"),
        ("09-04", "previous", "09-05"),
        ("09-05", "previous", "09-05"),
        ("09-06", "previous", "09-05"),
        ("09-07", "previous", "09-08"),
        ("09-09", "previous", "09-09"),
        ("10-10", "next", "beyond the calendar"),
        ("10-11", "previous", "10-10"),
        ("10-12", "previous", "beyond the calendar"),
    ],
)
def test_a_date_without_school_is_moved_as_the_item_says(base, direction, expected):
    """A date with school stays."""

    assert expected == day("1 day", base, if_no_school=direction)


def test_there_is_no_previous_school_day_before_the_first():
    """A calendar may cover more dates than its terms."""
    cal = calendar(covers="2025-08-25..2025-10-12", weeks=6)

    assert ["beyond the calendar", "09-01"] == [day("0 days", "08-30", cal, if_no_school=way) for way in ("previous", "next")]


@pytest.mark.parametrize(
    ("base", "expected"),
    [("09-11", "09-12"), ("09-12", "09-25"), ("09-20", "09-25"), ("09-21", "09-22"), ("08-25", "08-26"), ("10-10", "10-11")],
)
def test_a_date_between_terms_is_moved_into_the_next_term(base, expected):
    """Counted from the term's first date; before the first term and after the last one nothing is moved."""

    assert expected == day("1 day", base, SPLIT, if_in_break="3 days")


def test_the_move_into_the_term_may_be_in_school_days():
    """09-22 is day zero."""

    assert "09-23" == day("1 day", "09-12", SPLIT, if_in_break="1 school day")


def test_the_break_comes_first_and_then_the_day_without_school():
    """Five days after 09-22 is Saturday 09-27."""

    assert "09-29" == day("1 day", "09-12", SPLIT, if_in_break="5 days", if_no_school="next")


def test_deadlines_that_are_instants_are_not_moved():
    """24 hours after Friday noon is Saturday noon."""

    assert "2025-09-13T12:00:00 late 09-13 12:00:01" == due("24 hours", "09-12 12:00", SPLIT, if_in_break="3 days", if_no_school="next")


# --- beyond the calendar ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 school day", "beyond the calendar"),
        ("1 school week", "beyond the calendar"),
        ("1 office day", "beyond the calendar"),
        ("5 days", "10-15"),
        ("1 week", "10-17"),
        ("1 month", "11-10"),
    ],
)
def test_plain_days_weeks_and_months_need_no_calendar(text, expected):
    """All others do."""

    assert expected == day(text, "10-10", SPLIT)


def test_beyond_says_so():
    """There is no due, and a note that says why."""

    assert Deadline("", None, "beyond the calendar") == BEYOND == deadline(due_in("1 school day"), ground("10-10"))


# --- held ---------------------------------------------------------------------------------------------


def moved(text: str, base: str, times: int, **more) -> str:
    form, where = due_in(text), ground(base, **more)
    return said(held(deadline(form, where), form, times, where))


@pytest.mark.parametrize(
    ("text", "base", "times", "expected"),
    [
        ("1 school day", "09-03", 0, "2025-09-04 late 09-05 00:00:00"),
        ("1 school day", "09-03", 1, "2025-09-05 late 09-06 00:00:00"),
        ("1 school day", "09-03", 2, "2025-09-08 late 09-09 00:00:00"),
        ("1 office day", "09-04", 1, "2025-09-08 late 09-09 00:00:00"),
        ("1 office day", "09-08", 1, "2025-09-10 late 09-11 00:00:00"),
        ("1 day", "09-04", 1, "2025-09-06 late 09-07 00:00:00"),
        ("1 day", "09-04", 3, "2025-09-08 late 09-09 00:00:00"),
        ("28th", "09-04", 1, "2025-09-29 late 09-30 00:00:00"),
        ("30 minutes", "09-04 10:00", 1, "2025-09-05T10:30:00 late 09-05 10:30:01"),
        ("2 hours", "09-04 10:00", 2, "2025-09-06T12:00:00 late 09-06 12:00:01"),
        ("at 16:00", "09-04 10:00", 1, "2025-09-05T16:00:00 late 09-05 16:00:01"),
        ("1 school day", "10-09", 1, "beyond the calendar"),
        ("1 office day", "10-09", 1, "beyond the calendar"),
    ],
)
def test_a_held_deadline_moves_on_by_its_own_days(text, base, times, expected):
    """One in minutes, hours or a clock time by whole days."""

    assert expected == moved(text, base, times)


def test_a_held_date_is_moved_by_the_calendar_again():
    """Friday held by a day is Saturday, which is Monday."""

    assert "2025-09-08 late 09-09 00:00:00" == moved("1 day", "09-04", 1, if_no_school="next")


def test_what_has_no_due_is_not_held():
    """Neither an item without a deadline nor one whose nth has not come."""
    where = ground("09-01")

    assert held(NONE, None, 2, where) is NONE
    assert held(NOT_YET, due_in("at the 3rd total"), 2, where) is NOT_YET


def test_a_held_deadline_before_a_session_keeps_its_clock_time():
    """Late from the same time of the next day, and said as that time."""

    assert "2025-09-06T08:00:00 late 09-06 08:00:00" == moved("before the next school day", "09-04 10:00", 1)


def test_the_date_of_the_ground_is_the_local_one():
    """Half past midnight in Shanghai is still the day before in UTC."""

    assert date("09-02") == ground("09-02 00:30").date


@pytest.mark.parametrize("unit", ["minute", "hour"])
def test_amounts_are_exact_numbers(unit):
    """Whole ones, of minutes and hours too."""
    found = deadline(After(Fraction(2), unit), ground("09-01 10:00"))

    assert at("09-01 10:00") + 2 * {"minute": 60, "hour": 3600}[unit] + 1 == found.late_from
