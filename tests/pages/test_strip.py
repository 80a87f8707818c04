"""A child in one line of a report: days that can be told apart where there are few, and strokes that stay thin."""

import re
from datetime import date, timedelta

import pytest

from escalate.pages.attendance import Day, Slot
from escalate.pages.spans import Bar, Tick
from escalate.pages.strip import Axis, strip

FIRST = date(2025, 9, 1)
UNTIL = "2025-09-04T18:00:00+08:00"
BAR = Bar("p/s1/a/1", "a", "a", "open", "2025-09-01T17:30:00+08:00", "", (Tick(1, "one", "2025-09-01T17:30:00+08:00"), Tick(2, "two", UNTIL)), ())


def drawn(many):
    """So many days of absence from the first of September, with a case."""
    days = [Day(FIRST + timedelta(days=n), "school", slots=(Slot("am", "unexcused"),)) for n in range(many)]
    return strip(days, [BAR], Axis(FIRST, days[-1].date), UNTIL, "absent")


def test_few_days_have_edges_and_many_run_together():
    """Guards against four days as one solid bar."""
    few, many = (re.search(r'd="([^"]*)" class="d unexcused"', drawn(n))[1] for n in (4, 100))

    assert (4, 1) == (few.count("M"), many.count("M"))
    assert few.startswith("M0.06 0h0.88v12")


def test_a_stage_is_a_stroke_as_thin_over_a_week_as_over_a_year():
    """Guards against strokes that grow with the days into blocks, and a bar that looks broken."""
    made = drawn(4)

    assert re.search(r'<path d="M0\.\d+ 15v6M3\.\d+ 15v6" class="t">', made)
    assert made.count("<rect") == 1


@pytest.mark.parametrize(("many", "dates"), [(4, ["1", "2", "3", "4"]), (35, ["1", "8", "15", "22", "29"]), (150, [])])
def test_the_days_have_their_dates(many, dates):
    """Every one, the Mondays, or only the months, as there is room."""
    assert dates == [text for _, text in Axis(FIRST, FIRST + timedelta(days=many - 1)).dates()]
