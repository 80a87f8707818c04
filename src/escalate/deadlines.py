"""Deadlines: from a trigger and a calendar to the first instant that is late (SEMANTICS, section 6; docs/semantics.md, D1-D9)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from .days import Beyond, Days, add_months
from .policy import (
    After,
    Amount,
    Anchor,
    AtClock,
    BeforeNextSchoolDay,
    DayOfMonth,
    Due,
    EndOf,
    MonthDay,
    NoAmount,
    Nth,
)
from .times import DAY, Instant

Date = datetime.date


@frozen
class Deadline:
    """`due` as people read it (a day or an instant), `late_from`, and a note where there is none yet."""

    due: str = ""
    late_from: Instant | None = None
    note: str = ""


NONE = Deadline()
BEYOND = Deadline(note="beyond the calendar")
NOT_YET = Deadline(note="no due yet")


@frozen
class Ground:
    """What deadlines count from: the base instant, the days of the student's school, the close of a day.

    number: resolves an amount. nth: the instant at which a measure came to n, None while it has not.
    """

    base: Instant
    days: Days
    closes: datetime.time
    number: Callable[[Amount], Fraction]
    nth: Callable[[str, Fraction], Instant | None]
    if_no_school: str = ""
    if_in_break: After | None = None

    @property
    def date(self) -> Date:
        return self.days.zone.date(self.base)


def deadline(due: Due | None, ground: Ground) -> Deadline:
    """The deadline of an item; `BEYOND` where it needs days that the calendar does not hold."""
    if due is None:
        return NONE
    try:
        return _deadline(due, ground)
    except Beyond:
        return BEYOND
    except NoAmount:
        return NONE


def _deadline(due: Due, ground: Ground) -> Deadline:
    if isinstance(due, After):
        return _after(due, ground)
    if isinstance(due, EndOf):
        return _end_of(due, ground)
    if isinstance(due, AtClock):
        return _instant(_clock(due, ground), ground)
    if isinstance(due, MonthDay):
        return _day(_month_day(due, ground.date), ground)
    if isinstance(due, DayOfMonth):
        return _day(_day_of_month(int(ground.number(due.day)), ground.date), ground)
    if isinstance(due, BeforeNextSchoolDay):
        return _before(ground.days.sessions(ground.days.next_school_day(ground.date))[0].start, ground)
    if isinstance(due, Nth):
        return _nth(due, ground)
    if isinstance(due, Anchor):
        return _day(anchor_date(due, ground.date, ground.days), ground)
    raise TypeError(f"{due!r} is not resolved")


def _after(due: After, ground: Ground) -> Deadline:
    n = ground.number(due.n)
    if due.unit in ("minute", "hour"):
        return _instant(ground.base + int(n * (60 if due.unit == "minute" else 3600)), ground)
    return _day(ground.days.add(ground.date, int(n), due.unit), ground)


def _end_of(due: EndOf, ground: Ground) -> Deadline:
    days, date = ground.days, ground.date
    if due.unit == "school_day":
        close = days.zone.instant(date, ground.closes)
        if not days.is_school_day(date) or ground.base >= close:
            date = days.next_school_day(date)
        return _instant(days.zone.instant(date, ground.closes), ground)
    period = days.period(due.unit, date)
    return _day(period[2] if period else anchor_date(Anchor(period=due.unit, edge="end"), date, days), ground)


def _clock(due: AtClock, ground: Ground) -> Instant:
    zone = ground.days.zone
    today = zone.instant(ground.date, due.time)
    return today if today >= ground.base else zone.instant(ground.date + DAY, due.time)


def _month_day(due: MonthDay, date: Date) -> Date:
    found = add_months(Date(date.year, due.month, 1), 0).replace(day=_cut(date.year, due.month, due.day))
    return found if found >= date else Date(date.year + 1, due.month, _cut(date.year + 1, due.month, due.day))


def _day_of_month(day: int, date: Date) -> Date:
    found = date.replace(day=_cut(date.year, date.month, day))
    if found >= date:
        return found
    following = add_months(date.replace(day=1), 1)
    return following.replace(day=_cut(following.year, following.month, day))


def _cut(year: int, month: int, day: int) -> int:
    last = add_months(Date(year, month, 1), 1) - DAY
    return min(day, last.day)


def _nth(due: Nth, ground: Ground) -> Deadline:
    came = ground.nth(due.measure, ground.number(due.n))
    if came is None:
        return NOT_YET
    if due.mode == "at":
        return _instant(came, ground)
    if due.mode == "before" or due.offset is None:
        return _before(came, ground)
    return _after(due.offset, evolve(ground, base=came))


def anchor_date(anchor: Anchor, date: Date, days: Days) -> Date:
    """The first date of an anchor on or after `date`. Raises `Beyond` where the calendar holds none."""
    shift = DAY * anchor.offset * (7 if anchor.unit == "week" else 1)
    if anchor.date is not None:
        return anchor.date + shift
    edges = [(term.start, term.end) for term in days.terms] if anchor.period == "term" else [(year[1], year[2]) for year in days.years]
    found = sorted(edge[anchor.edge == "end"] + shift for edge in edges)
    for candidate in found:
        if candidate >= date:
            return candidate
    raise Beyond(date)


def _instant(instant: Instant, ground: Ground) -> Deadline:
    return Deadline(ground.days.zone.text(instant), instant + 1)


def _before(instant: Instant, ground: Ground) -> Deadline:
    return Deadline(ground.days.zone.text(instant), instant)


def _day(date: Date, ground: Ground) -> Deadline:
    days = ground.days
    if ground.if_in_break is not None:
        term = days.break_after(date)
        if term is not None:
            date = days.add(term.start, int(ground.number(ground.if_in_break.n)), ground.if_in_break.unit)
    if ground.if_no_school:
        date = days.on_school_day(date, ground.if_no_school)
    return Deadline(date.isoformat(), days.zone.next_midnight(date))


def held(found: Deadline, due: Due | None, times: int, ground: Ground) -> Deadline:
    """A deadline moved on `times`, each time by one of its own days (D8)."""
    counted = due.offset if isinstance(due, Nth) else due
    unit = counted.unit if isinstance(counted, After) and counted.unit in ("school_day", "office_day") else "day"
    try:
        for _ in range(times):
            found = _held_once(found, unit, ground)
    except Beyond:
        return BEYOND
    except NoAmount:
        return NONE
    return found


def _held_once(found: Deadline, unit: str, ground: Ground) -> Deadline:
    if found.late_from is None:
        return found
    if len(found.due) == 10:
        return _day(ground.days.add(Date.fromisoformat(found.due), 1, unit), ground)
    zone = ground.days.zone
    before = zone.text(found.late_from) == found.due  # in time only before its due, not at it
    moment = zone.local(found.late_from - (not before))
    moved = zone.instant(moment.date() + DAY, moment.time())
    return _before(moved, ground) if before else _instant(moved, ground)
