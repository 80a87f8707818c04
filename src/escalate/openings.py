"""When a duty falls: its periods and dates in one school's calendar (docs/semantics.md, U1 to U6)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from .days import Days, add_months
from .policy import Anchor, DayOfMonth, Due, Duty, Every, MonthDay
from .times import DAY, Instant

Date = datetime.date


@frozen
class Opening:
    """One time that a duty falls: the instant from which it is owed, its period by name, first and last date."""

    at: Instant
    period: str
    first: Date
    last: Date

    def share(self, date: Date, n: int) -> int:
        """How many of `n` one owes who comes on a date of the period: by the whole weeks left, rounded down (U5)."""
        weeks = ((self.last - self.first).days + 1) // 7
        left = ((self.last - date).days + 1) // 7
        return n * left // weeks if weeks else 0


def openings(duty: Duty, days: Days) -> tuple[Opening, ...]:
    """Every time that a duty falls within a calendar, in order."""
    if duty.every is None:
        found = [opening for due in duty.on for date in dates(due, days) for opening in _on(date, duty, days)]
    elif duty.every.unit == "session":
        found = [
            Opening(session.start, f"{date.isoformat()}.{session.period}", date, date) for date in days.school_days for session in days.sessions(date)
        ]
    else:
        found = [opening for key, first, last in _periods(duty.every, duty.starting, days) for opening in _in(key, first, last, duty, days)]
    unique = {opening.period: opening for opening in found}
    return tuple(sorted(unique.values(), key=lambda opening: (opening.at, opening.period)))


def _in(key: str, first: Date, last: Date, duty: Duty, days: Days) -> Iterator[Opening]:
    """A period opens on its first school day; one without school only where the duty keeps holidays (U2)."""
    first, last = max(first, days.first), min(last, days.last)
    if first > last:
        return  # a tile before the calendar, from which those in it are counted
    school = days.school_days
    index = bisect.bisect_left(school, first)
    day = school[index] if index < len(school) and school[index] <= last else None
    if duty.in_holidays == "only":
        day = first if day is None else None
    elif duty.in_holidays == "keep":
        day = first
    if day is not None:
        yield Opening(days.zone.midnight(day), key, first, last)


def _on(date: Date, duty: Duty, days: Days) -> Iterator[Opening]:
    """A date without school moves to the next school day, or as the duty says (U3)."""
    day: Date | None = date
    if not days.is_school_day(date):
        after = bisect.bisect_right(days.school_days, date)
        following = days.school_days[after] if after < len(days.school_days) else None
        day = {"keep": date, "only": date, "skip": None}.get(duty.in_holidays, following)
    elif duty.in_holidays == "only":
        day = None
    if day is not None:
        yield Opening(days.zone.midnight(day), date.isoformat(), date, max(date, day))


# --- periods ----------------------------------------------------------------------------------------


def _periods(every: Every, starting: Due | None, days: Days) -> Iterator[tuple[str, Date, Date]]:
    if every.unit == "term":
        yield from ((term.key, term.start, term.end) for term in days.terms)
    elif every.unit == "school_year":
        yield from days.years
    elif every.n == 1 and starting is None and every.unit in ("week", "month"):
        yield from _of_the_calendar(every.unit, days)
    else:
        yield from _tiles(every, starting, days)


def _of_the_calendar(unit: str, days: Days) -> Iterator[tuple[str, Date, Date]]:
    date = days.first
    while date <= days.last:
        period = days.period(unit, date)
        if period is None:
            return
        yield period
        date = period[2] + DAY


def _tiles(every: Every, starting: Due | None, days: Days) -> Iterator[tuple[str, Date, Date]]:
    """Periods of several units, counted anew from each date of the anchor; from each school year's first date where none is written (U4)."""
    anchor = starting if starting is not None else Anchor(period="school_year", edge="start")
    begins = sorted({date for date in _dates(anchor, days) if date <= days.last})
    for begin, following in zip(begins, [*begins[1:], days.last + DAY], strict=True):
        for first, after in _steps(every, begin, following, days):
            yield first.isoformat(), first, min(after, following) - DAY


def _steps(every: Every, begin: Date, end: Date, days: Days) -> Iterator[tuple[Date, Date]]:
    if every.unit == "school_day":
        school = days.school_days[bisect.bisect_left(days.school_days, begin) : bisect.bisect_left(days.school_days, end)]
        stops = [*school[:: every.n], end]
    else:
        stops = [begin]
        while stops[-1] < end:
            stops.append(add_months(begin, every.n * len(stops)) if every.unit == "month" else stops[-1] + DAY * every.n * (7 if every.unit == "week" else 1))
    yield from pairwise(stops)


# --- places in the calendar ---------------------------------------------------------------------------


def dates(due: Due, days: Days) -> list[Date]:
    """Every date of a place in the calendar, in order."""
    return sorted({date for date in _dates(due, days) if days.first <= date <= days.last})


def _dates(due: Due, days: Days) -> Iterator[Date]:
    if isinstance(due, Anchor):
        shift = DAY * due.offset * (7 if due.unit == "week" else 1)
        edges: Sequence[tuple[Date, Date]] = [(term.start, term.end) for term in days.terms]
        if due.period == "school_year":
            edges = [(first, last) for _, first, last in days.years]
        yield from [due.date + shift] if due.date is not None else [edge[due.edge == "end"] + shift for edge in edges]
    elif isinstance(due, MonthDay):
        for year in range(days.first.year - 1, days.last.year + 1):
            yield _cut(year, due.month, due.day)
    elif isinstance(due, DayOfMonth) and isinstance(due.day, Fraction):
        month = add_months(days.first.replace(day=1), -1)  # what is counted from it may reach into the calendar (U4)
        while month <= days.last:
            yield _cut(month.year, month.month, int(due.day))
            month = add_months(month, 1)


def _cut(year: int, month: int, day: int) -> Date:
    """A day of a month, the last one where the month is shorter."""
    last = add_months(Date(year, month, 1), 1) - DAY
    return last.replace(day=min(day, last.day))


def latest(due: Due, date: Date, days: Days) -> Date | None:
    """The last date of a place in the calendar that is not after a date; None where the calendar holds none."""
    return max((found for found in dates(due, days) if found <= date), default=None)
