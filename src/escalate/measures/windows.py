"""Windows that look back: the dates that a measure sees."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from ..days import Days
from ..policy import Amount, Measure, NoAmount, Window
from ..times import Instant
from .units import View

Date = datetime.date


@frozen
class Reach:
    """The dates that are seen, both counted, and the instant before which nothing is."""

    first: Date
    last: Date
    start: Instant | None = None
    end: Date | None = None  # of a whole period, for planned time


Numbers = Callable[[Amount], Fraction]
Anchors = Callable[[str], "Instant | None"]


def reach(measure: Measure, view: View, number: Numbers, anchor: Anchors) -> Reach | None:
    """The intersection of a measure's windows, ending with the last date judged; None where one has no value (M8)."""
    last = view.today if measure.by_day else view.date
    days = view.history.days(last)
    first, start, end = days.first, None, None
    for window in measure.windows:
        found = _one(window, view, last, number, anchor)
        if found is None:
            return None
        first = max(first, found.first)
        start = found.start if start is None else max(start, found.start or start)
        end = found.end if end is None else min(end, found.end or end)
    return Reach(first, last, start, end)


def _one(window: Window, view: View, last: Date, number: Numbers, anchor: Anchors) -> Reach | None:
    if window.kind == "since":
        instant = anchor(window.anchor)
        return None if instant is None else Reach(view.history.zone.date(instant), last, instant, last)
    return seen(window, view.history.days(last), last, number)


def seen(window: Window, days: Days, last: Date, number: Numbers) -> Reach | None:
    """The dates of a window that ends with `last`, counted from nothing but the calendar; None where it lies in none."""
    if window.kind == "rolling":
        return Reach(days.back(int(number(window.n)), window.unit, last), last, None, last)
    tile = days.period(window.unit, last) if window.kind == "period" else days.tile(int(number(window.n)), window.unit, last)
    return None if tile is None else Reach(tile[1], last, None, tile[2])


def tile_key(window: Window, view: View, date: Date, number: Numbers) -> str:
    """The name of the tile that holds a date, empty outside every one."""
    days = view.history.days(date)
    try:
        tile = days.period(window.unit, date) if window.kind == "period" else days.tile(int(number(window.n)), window.unit, date)
    except NoAmount:
        return ""
    return tile[0] if tile else ""
