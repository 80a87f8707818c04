"""Deadlines: every form of due becomes its text and the first instant that is late (SEMANTICS 6, D1 to D9)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import frozen

from ...days import Beyond, Days
from ...policy import (
    Action,
    After,
    Amount,
    Anchor,
    AtClock,
    BeforeNextSchoolDay,
    DayOfMonth,
    Due,
    DueParam,
    EndOf,
    MonthDay,
    NoAmount,
    Nth,
)
from ...times import DAY, Instant, Zone

Date = datetime.date
BEYOND, NO_DUE_YET, NEVER_CAME, ALREADY_PAST = "beyond the calendar", "no due yet", "due never came", "already past"


@frozen
class Deadline:
    """`due` as it is written, the first instant that is late, and why there is none."""

    due: str = ""
    late_from: Instant | None = None
    note: str = ""


@frozen
class Asked:
    """What a deadline is counted with: amounts and due parameters on a date, the nth instant, and a hold at a close."""

    days: Days
    closes: datetime.time
    amount: Callable[[Amount, Date], Fraction]
    parameter: Callable[[str, Date], Due]
    nth: Callable[[Nth, Fraction], Instant | str]
    held: Callable[[Instant], bool]


@frozen
class On:
    """The end of a date."""

    date: Date
    unit: str = "day"


@frozen
class At:
    """An instant that is still in time, or with `before` the first that is late."""

    instant: Instant
    before: bool = False


def whole_day(days: Days, date: Date) -> Deadline:
    return Deadline(date.isoformat(), days.zone.next_midnight(date))


def written(days: Days, found: On | At) -> Deadline:
    """What stands on the item."""
    if isinstance(found, On):
        return whole_day(days, found.date)
    return Deadline(days.zone.text(found.instant), late_of(days, found))


def late_of(days: Days, found: On | At) -> Instant:
    """The first instant that is late."""
    return days.zone.next_midnight(found.date) if isinstance(found, On) else found.instant + (not found.before)


def deadline(action: Action, base: Instant, opened: Instant, t: Instant, asked: Asked) -> Deadline:
    """The deadline of an item, counted from `base`; `opened` may be the decision that unblocked it."""
    assert action.due is not None
    try:
        found = form(action.due, base, asked, action)
        if isinstance(found, Deadline):
            return found
        unheld = late_of(asked.days, moved(action, moved(action, found, asked), asked))
        found = held(action, moved(action, found, asked), opened, t, asked)
    except Beyond:
        return Deadline(note=BEYOND)
    except NoAmount:
        return Deadline()
    today = On(asked.days.zone.date(opened))
    if action.counts_from != "event" and unheld <= opened and late_of(asked.days, found) < late_of(asked.days, today):
        return written(asked.days, today)
    return written(asked.days, found)


def form(due: Due, base: Instant, asked: Asked, action: Action) -> On | At | Deadline:
    """One form of due, counted from `base`."""
    days, zero = asked.days, asked.days.zone.date(base)
    if isinstance(due, DueParam):
        return form(asked.parameter(due.name, zero), base, asked, action)
    if isinstance(due, After):
        return after(due, base, zero, asked)
    if isinstance(due, EndOf):
        return end_of(due.unit, base, zero, asked)
    if isinstance(due, AtClock):
        at = days.zone.instant(zero, due.time)
        return At(at if at >= base else days.zone.instant(zero + DAY, due.time))
    if isinstance(due, MonthDay):
        return On(next(date for date in dates_from(zero) if date == in_month(date, due.day) and date.month == due.month))
    if isinstance(due, DayOfMonth):
        day = int(asked.amount(due.day, zero))
        return On(next(date for date in dates_from(zero) if date == in_month(date, day)))
    if isinstance(due, BeforeNextSchoolDay):
        return At(days.sessions(days.next_school_day(zero))[0].start, True)
    if isinstance(due, Anchor):
        return On(anchor(due, zero, days))
    return nth(due, asked, zero)


def after(due: After, base: Instant, zero: Date, asked: Asked) -> On | At:
    n = asked.amount(due.n, zero)
    if due.unit in ("minute", "hour"):
        return At(base + int(n * (60 if due.unit == "minute" else 3600)))
    return On(asked.days.add(zero, int(n), due.unit), due.unit)


def end_of(unit: str, base: Instant, zero: Date, asked: Asked) -> On | At:
    days = asked.days
    if unit == "day":
        return On(zero)
    if unit == "school_day":
        date = zero
        if not days.is_school_day(zero) or base >= days.zone.instant(zero, asked.closes):
            date = days.next_school_day(zero)
        return At(days.zone.instant(date, asked.closes))
    if unit in ("week", "month"):
        period = days.period(unit, zero)
        assert period is not None  # every date has a week and a month
        return On(period[2])
    ends = [period[2] for date in dates_from(zero, days.last) if (period := days.period(unit, date))]
    if not ends:
        raise Beyond(zero)
    return On(ends[0])


def nth(due: Nth, asked: Asked, zero: Date) -> On | At | Deadline:
    found = asked.nth(due, asked.amount(due.n, zero))
    if isinstance(found, str):
        return Deadline(note=found)
    if due.mode == "at":
        return At(found)
    if due.mode == "before":
        return At(found, True)
    assert due.offset is not None
    return after(due.offset, found, asked.days.zone.date(found), asked)


def nth_of(action: Action, base: Instant, asked: Asked) -> Instant | str:
    """When the nth came that a deadline waits for, or why it did not."""
    zero = asked.days.zone.date(base)
    due = asked.parameter(action.due.name, zero) if isinstance(action.due, DueParam) else action.due
    return asked.nth(due, asked.amount(due.n, zero)) if isinstance(due, Nth) else NO_DUE_YET


def anchor(due: Anchor, zero: Date, days: Days) -> Date:
    move = DAY * due.offset * (7 if due.unit == "week" else 1)
    if due.date is not None:
        return due.date + move
    spans = [(term.start, term.end) for term in days.terms] if due.period == "term" else [year[1:] for year in days.years]
    found = sorted((start if due.edge == "start" else end) + move for start, end in spans)
    later = [date for date in found if date >= zero]
    if not later:
        raise Beyond(zero)
    return later[0]


def moved(action: Action, found: On | At, asked: Asked) -> On | At:
    """`if_in_break`, then `if_no_school`."""
    if isinstance(found, At):
        return found
    days, date = asked.days, found.date
    if action.if_in_break is not None:
        term = days.break_after(date)
        if term is not None:
            date = days.add(term.start, int(asked.amount(action.if_in_break.n, date)), action.if_in_break.unit)
    if action.if_no_school:
        days.check(date)
        date = days.on_school_day(date, action.if_no_school)
    return On(date, found.unit)


def held(action: Action, raw: On | At, opened: Instant, t: Instant, asked: Asked) -> On | At:
    """Each close at which the hold is true moves the deadline on."""
    if action.hold is None:
        return moved(action, raw, asked)
    zone, first = asked.days.zone, late_of(asked.days, moved(action, raw, asked))
    date = zone.date(opened)
    while True:
        close, found = zone.instant(date, asked.closes), moved(action, raw, asked)
        if close > t or close >= late_at(late_of(asked.days, found), first, opened, zone):
            return found
        if close > opened and asked.held(close):
            if isinstance(raw, On):
                unit = raw.unit if raw.unit in ("school_day", "office_day") else "day"
                assert isinstance(found, On)
                raw = On(asked.days.add(found.date, 1, unit), raw.unit)
            else:
                local = zone.local(raw.instant)
                raw = At(zone.instant(local.date() + DAY, local.time()), raw.before)
        date += DAY


def late_at(late: Instant, first: Instant, opened: Instant, zone: Zone) -> Instant:
    """A deadline that had passed when the item opened holds to the midnight after, at least."""
    return late if first > opened else max(late, zone.next_midnight(zone.date(opened)))


def in_month(date: Date, day: int) -> Date:
    """The day of that number in a date's month, or its last."""
    last = (date.replace(day=28) + DAY * 4).replace(day=1) - DAY
    return date.replace(day=min(day, last.day))


def dates_from(date: Date, last: Date | None = None) -> Iterator[Date]:
    """A date and those after it."""
    while last is None or date <= last:
        yield date
        date += DAY
