"""When duties fall: periods, dates, holidays, short months."""

import datetime

import pytest

from escalate.days import Calendar, Period, Term
from escalate.openings import Opening, latest, openings
from escalate.policy import Anchor, MonthDay
from tests.groups_world import CALENDAR, ZONE, policy

Date = datetime.date
DO = "do: {report: {by: principal, due: end of day}}"


def falls(rhythm, calendar=CALENDAR):
    """The dates on which a duty falls, each with its period."""
    duty = policy(f"duties: {{d: {{{rhythm}, {DO}}}}}").duties["d"]
    return [(f"{ZONE.local(one.at):%m-%d %H:%M}", one.period) for one in openings(duty, calendar.of("north"))]


def test_a_week_falls_on_its_first_school_day():
    """The week of the break has none (U1, U2)."""
    found = falls("every: week")

    assert ("09-01 00:00", "2025-09-01") == found[0]
    assert [("10-27 00:00", "2025-10-27"), ("11-10 00:00", "2025-11-10")] == found[8:10]
    assert len(found) == 15


def test_a_month_falls_once_and_one_without_school_not_at_all():
    """November begins in the break (U2)."""

    assert [("09-01 00:00", "2025-09"), ("10-01 00:00", "2025-10"), ("11-10 00:00", "2025-11"), ("12-01 00:00", "2025-12")] == falls("every: month")


@pytest.mark.parametrize(
    ("holidays", "found"),
    [("skip", []), ("next school day", ["11-10 00:00"]), ("keep", ["11-01 00:00"]), ("only", ["11-01 00:00"])],
)
def test_a_date_without_school(holidays, found):
    """It moves, stands or is left out, as the duty says (U3)."""

    assert found == [at for at, _ in falls(f"on: 11-01, in_holidays: {holidays}")]


def test_a_date_with_school_where_only_holidays_are_meant():
    """It does not fall."""

    assert [] == falls("on: 10-08, in_holidays: only")


def test_the_31st_of_a_short_month_is_its_last_day():
    """September has 30 days."""

    assert ["09-30 00:00", "10-31 00:00", "11-30 00:00", "12-31 00:00"] == [at for at, _ in falls("on: 31st, in_holidays: keep")]


def test_four_weeks_are_counted_from_each_date_of_the_anchor():
    """The second term begins anew; the last tile of the first ends before it (U4)."""
    found = falls("every: 4 weeks, starting: term start")

    assert ["2025-09-01", "2025-09-29", "2025-10-27", "2025-11-10", "2025-12-08"] == [period for _, period in found]


def test_quarters_are_counted_from_a_date_before_the_calendar():
    """July to September is there though the calendar begins in September (U4)."""

    assert ["2025-07-01", "2025-10-01"] == [period for _, period in falls("every: 3 months, starting: 01-01")]


def test_a_session_falls_at_its_start():
    """Twice a day here."""

    assert [("09-01 08:00", "2025-09-01.am"), ("09-01 14:00", "2025-09-01.pm")] == falls("every: session")[:2]


def test_terms_and_years():
    """By their keys."""

    assert ["autumn", "spring"] == [period for _, period in falls("every: term")]
    assert ["2025"] == [period for _, period in falls("every: school year")]


def test_several_school_days():
    """Each fifth from the year's first."""

    assert ["2025-09-01", "2025-09-08"] == [period for _, period in falls("every: 5 school days")[:2]]


def test_who_comes_late_owes_by_the_whole_weeks_left():
    """Rounded down (U5)."""
    term = Opening(0, "autumn", Date(2025, 9, 1), Date(2025, 11, 9))  # ten weeks

    assert [20, 18, 2, 0] == [term.share(Date.fromisoformat(date), 20) for date in ("2025-09-01", "2025-09-02", "2025-11-02", "2025-11-04")]
    assert Opening(0, "x", Date(2025, 9, 1), Date(2025, 9, 3)).share(Date(2025, 9, 1), 5) == 0


def test_the_latest_date_of_a_place_in_the_calendar():
    """Never one that is still to come."""
    days = CALENDAR.of("north")

    assert latest(Anchor(period="term", edge="start"), Date(2025, 11, 9), days) == Date(2025, 9, 1)
    assert latest(Anchor(period="term", edge="start"), Date(2025, 11, 10), days) == Date(2025, 11, 10)
    assert latest(MonthDay(12, 31), Date(2025, 12, 1), days) is None


def test_a_calendar_without_school_on_a_makeup_day():
    """A school day is what the calendar says, not a weekday."""
    plain = Calendar("c", "Asia/Shanghai", (Period("am", datetime.time(8), datetime.time(12)),), (Term("t", Date(2025, 9, 1), Date(2025, 9, 7)),), {"2025": ("t",)})

    assert [f"09-0{n} 00:00" for n in range(1, 6)] == [at for at, _ in falls("every: school day", plain)]
