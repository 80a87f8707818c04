"""Places in the calendar, and the periods in which duties fall, asked date by date (U1 to U4)."""

from __future__ import annotations

import datetime
import functools

from attrs import frozen

from ...days import Days
from ...policy import Anchor, DayOfMonth, Due, Duty, Every, MonthDay, Param
from ...times import DAY, Instant
from .dues import in_month

Date = datetime.date
BEFORE = DAY * 400  # places that begin tiles may lie before the calendar; each comes again within a year


@frozen
class Period:
    """What a duty falls in: its name, its dates, and when it falls."""

    key: str
    first: Date
    last: Date
    at: Instant


def dates(days: Days, before: datetime.timedelta = DAY * 0) -> list[Date]:
    """Every date of a calendar, and some before it."""
    first = days.first - before
    return [first + DAY * n for n in range((days.last - first).days + 1)]


@functools.lru_cache(maxsize=2000)
def places(due: Due, days: Days, before: datetime.timedelta = DAY * 0) -> tuple[Date, ...]:
    """The dates of a place in the calendar, in order."""
    if isinstance(due, Anchor) and due.date is not None:
        return tuple(date for date in [due.date] if date <= days.last and (before or days.first <= date))
    return tuple(date for date in dates(days, before) if is_place(due, date, days))


def is_place(due: Due, date: Date, days: Days) -> bool:
    """Whether a date is a place such as `03-10`, `28th` or `2 weeks after term start`."""
    if isinstance(due, MonthDay):
        return in_month(date, due.day) == date and date.month == due.month
    if isinstance(due, DayOfMonth):
        assert not isinstance(due.day, Param)
        return in_month(date, int(due.day)) == date
    assert isinstance(due, Anchor)
    zero = date - DAY * due.offset * (7 if due.unit == "week" else 1)
    spans = [(term.start, term.end) for term in days.terms] if due.period == "term" else [year[1:] for year in days.years]
    return any(zero == (start if due.edge == "start" else end) for start, end in spans)


@functools.lru_cache(maxsize=20000)
def falls(duty: Duty, date: Date, days: Days) -> tuple[Period, ...]:
    """All that falls on a date of the calendar."""
    midnight = days.zone.midnight(date)
    if duty.every is None:
        found = {place for due in duty.on for place in places(due, days) if lands(place, duty, days) == date}
        return tuple(Period(place.isoformat(), place, max(place, date), midnight) for place in sorted(found))
    if duty.every.unit == "session":
        return tuple(Period(f"{date}.{session.period}", date, date, session.start) for session in days.sessions(date))
    period = period_of(duty.every, duty.starting, date, days)
    if period is None:
        return ()
    key, first, last = period
    span = [one for one in dates(days) if first <= one <= last]
    school = [one for one in span if days.is_school_day(one)]
    on = school[0] if school and duty.in_holidays in ("skip", "next school day") else None
    if duty.in_holidays == "keep" or (duty.in_holidays == "only" and not school):
        on = span[0]
    return (Period(key, span[0], span[-1], midnight),) if on == date else ()


def lands(place: Date, duty: Duty, days: Days) -> Date | None:
    """On which date something falls that is to be on another (U3)."""
    if days.is_school_day(place):
        return place if duty.in_holidays != "only" else None
    if duty.in_holidays in ("keep", "only"):
        return place
    later = [date for date in days.school_days if date > place]
    return later[0] if later and duty.in_holidays != "skip" else None


def period_of(every: Every, starting: Due | None, date: Date, days: Days) -> tuple[str, Date, Date] | None:
    """The period that holds a date."""
    if every.n == 1 and starting is None and every.unit in ("week", "month", "term", "school_year"):
        return days.period(every.unit, date)
    anchor = starting if starting is not None else Anchor(period="school_year", edge="start")
    begins = places(anchor, days, BEFORE)
    before, after = [begin for begin in begins if begin <= date], [begin for begin in begins if begin > date]
    if not before:
        return None
    end = after[0] if after else days.last + DAY
    edges = [edge for edge in steps(every, before[-1], end, days) if edge < end]
    first = max((edge for edge in edges if edge <= date), default=None)
    following = min((edge for edge in edges if edge > date), default=end)
    return None if first is None else (first.isoformat(), first, following - DAY)


def steps(every: Every, begin: Date, end: Date, days: Days) -> list[Date]:
    """The first dates of the tiles that are counted from a date."""
    if every.unit == "school_day":
        return [date for date in days.school_days if begin <= date < end][:: every.n]
    if every.unit == "month":
        months = [begin.year * 12 + begin.month - 1 + every.n * n for n in range(40)]
        return [in_month(Date(month // 12, month % 12 + 1, 1), begin.day) for month in months]
    size = every.n * (7 if every.unit == "week" else 1)
    return [begin + DAY * size * n for n in range((end - begin).days // size + 1)]


def latest(due: Due, date: Date, days: Days) -> Date | None:
    """The last date of a place that is not after a date."""
    return max((place for place in places(due, days) if place <= date), default=None)
