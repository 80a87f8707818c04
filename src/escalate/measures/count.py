"""`count`: how many units of a set lie in the window, and `plus`: what counts by its minutes (M9)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator

from ..policy import Measure
from .units import Cell, View, code_of, counts, halves, minutes_of, picked
from .windows import Numbers, Reach

Date = datetime.date


def count(measure: Measure, view: View, reach: Reach, number: Numbers) -> tuple[int, list[Cell]]:
    """The number of units, and the cells that make them, oldest first."""
    total, made = 0, []
    for cells in units(measure, view, reach):
        if counts(measure, view, cells):
            total += 1
            made += [cell for cell in cells if code_of(cell) in measure.counted]
        else:
            added, more = _plus(measure, view, cells, number)
            total += added
            made += more
    return total, made


def _plus(measure: Measure, view: View, cells: list[Cell], number: Numbers) -> tuple[int, list[Cell]]:
    """What the lines add for a unit that was not counted: each session once or the whole once, a date never twice."""
    left, added, made = cells, 0, []
    for plus in measure.plus:
        met = [cell for cell in left if code_of(cell) in plus.codes and minutes_of(view, cell) > number(plus.over_minutes)]
        each = plus.unit == "session" and not measure.by_day
        added += len(met) if each else bool(met)
        left = [cell for cell in left if cell not in met] if each or not met else []
        made += met
    return added, made


def units(measure: Measure, view: View, reach: Reach) -> Iterator[list[Cell]]:
    """The units in the window, oldest first; dates of ordinary presence are left out where they cannot count."""
    for date in _dates(measure, view, reach):
        if measure.by_day:
            close = view.history.zone.instant(date, view.policy.day.closes)
            if reach.start is None or close >= reach.start:
                yield picked(measure, view.whole(date))
            continue
        begun = halves(measure, view, date) if measure.unit == "half_day" else [[cell] for cell in picked(measure, view.cells(date))]
        yield from (cells for cells in begun if reach.start is None or cells[0][0].start >= reach.start)


def _dates(measure: Measure, view: View, reach: Reach) -> Iterator[Date]:
    named = measure.named
    if measure.base == "possible" and not view.history.slots:
        return  # what has no mark is neither counted nor possible
    if measure.base or named & view.history.quiet:
        yield from view.history.school_days(reach.first, reach.last)
        return
    notable = view.history.notable
    for ordinal in notable[bisect.bisect_left(notable, reach.first.toordinal()) : bisect.bisect_right(notable, reach.last.toordinal())]:
        yield Date.fromordinal(ordinal)
