"""How much a measure can come to at most in its windows, whoever the student is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import accumulate

from ..days import Calendar, Date, Days
from ..measures.windows import seen
from ..policy import Amount, Measure, Policy, Window
from ..times import DAY
from .bounds import amounts

# Dates in a unit, at most.
DATES = {"day": 1, "week": 7, "month": 31, "year": 366, "school_day": 1, "school_week": 7}
A_DATE = {"half_day": 2, "school_day": 1, "day": 1}  # units of a date; how many sessions it has, only a calendar says


def most(measure: Measure, policy: Policy, calendar: Calendar | None) -> Fraction | None:
    """The greatest value that a measure can have, in a calendar where there is one; None where nothing bounds it."""
    if measure.kind == "share":
        return Fraction(1)
    units = (*A_DATE, "session")
    if measure.kind not in ("count", "run") or measure.fact or measure.plus or measure.unit not in units:
        return None
    if calendar is not None:
        return _in_calendar(measure, policy, calendar)
    each = A_DATE.get(measure.unit)
    dates = [found for window in measure.windows if (found := _dates(window, measure, policy)) is not None]
    return None if each is None or not dates else Fraction(min(dates) * each)


def _dates(window: Window, measure: Measure, policy: Policy) -> int | None:
    """How many dates lie in a window, of which a measure in school days sees those with school."""
    numbers = amounts(window.n, policy)
    if window.kind == "since" or window.unit not in DATES or not numbers or window.unit.startswith("school") and measure.unit == "day":
        return None
    return int(max(numbers)) * DATES[window.unit]


def _in_calendar(measure: Measure, policy: Policy, calendar: Calendar) -> Fraction | None:
    if any(not amounts(window.n, policy) for window in measure.windows):
        return None
    return Fraction(max(_of_school(measure, policy, calendar.of(school)) for school in ("", *calendar.schools)))


def _of_school(measure: Measure, policy: Policy, days: Days) -> int:
    dates = [days.first + DAY * n for n in range((days.last - days.first).days + 1)]
    before = [0, *accumulate(_units(measure, days, date) for date in dates)]

    def number(amount: Amount) -> Fraction:
        return max(amounts(amount, policy))

    spans = ((first, last) for last in dates for first in _first(measure, days, last, number))
    return max((before[(last - days.first).days + 1] - before[(first - days.first).days] for first, last in spans), default=0)


def _first(measure: Measure, days: Days, last: Date, number: Callable[[Amount], Fraction]) -> Iterator[Date]:
    """The first date that a measure sees on a date; none where a window has no value."""
    firsts = [days.first]
    for window in measure.windows:
        if window.kind != "since":
            found = seen(window, days, last, number)
            if found is None:
                return
            firsts.append(found.first)
    yield max(firsts)


def _units(measure: Measure, days: Days, date: Date) -> int:
    sessions = len(days.sessions(date))
    if measure.unit == "day":
        return 1
    if measure.unit == "session":
        return min(sessions, 1) if measure.sessions == "first" else sessions
    return min(sessions, A_DATE[measure.unit])
