"""`count`: how many units of a set lie in the window, and `plus`: sessions that count by their minutes (M9)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator

from ..policy import Measure
from .units import Cell, View, code_of, counts, halves, picked
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
            extra = [cell for cell in cells if _plus(measure, cell, number)]
            total += len(extra)
            made += extra
    return total, made


def _plus(measure: Measure, cell: Cell, number: Numbers) -> bool:
    minutes = cell[1].minutes if cell[1] is not None else None
    return minutes is not None and any(code_of(cell) in plus.codes and minutes > number(plus.over_minutes) for plus in measure.plus)


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
    named = measure.counted.union(*(plus.codes for plus in measure.plus))
    if measure.base or named & view.history.quiet:
        yield from view.history.school_days(reach.first, reach.last)
        return
    notable = view.history.notable
    for ordinal in notable[bisect.bisect_left(notable, reach.first.toordinal()) : bisect.bisect_right(notable, reach.last.toordinal())]:
        yield Date.fromordinal(ordinal)
