"""`run`: how many units in a row, read backwards from the instant (docs/semantics.md, M3, M4, M6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from ..history import SLOTS
from ..policy import DayRule, Measure
from .units import SESSIONS, TIMED, Cell, View, code_of, halves, in_unit, of_set, picked, rule_of
from .windows import Reach

Date = datetime.date
ADDS, BREAKS, NEUTRAL = 1, -1, 0


def run(measure: Measure, view: View, reach: Reach) -> tuple[Fraction | int, list[Cell]]:
    """The length of the run in the measure's unit, and the cells that make it, oldest first."""
    counted: list[list[Cell]] = []
    for cells in _units(measure, view, reach):
        verdict = _judge(measure, view, cells)
        if verdict == BREAKS:
            break
        if verdict == ADDS:
            counted.append(cells)
    counted.reverse()
    return _length(measure, view, counted), [cell for cells in counted for cell in cells]


def _dates(view: View, reach: Reach) -> Iterator[Date]:
    """School days from the newest back to the first that can hold a mark."""
    if not view.history.slots:
        return
    yield from view.history.school_days_back(max(reach.first, Date.fromordinal(view.history.oldest // SLOTS)), reach.last)


def _units(measure: Measure, view: View, reach: Reach) -> Iterator[list[Cell]]:
    for date in _dates(view, reach):
        if measure.by_day:
            if view.since is not None and _close(view, date) <= view.since:
                return
            if reach.start is not None and _close(view, date) < reach.start:
                return
            yield picked(measure, view.whole(date))
            continue
        begun = halves(measure, view, date) if measure.unit == "half_day" else [[cell] for cell in picked(measure, view.cells(date))]
        yield from (cells for cells in reversed(begun) if reach.start is None or cells[0][0].start >= reach.start)


def _close(view: View, date: Date) -> int:
    return view.history.zone.instant(date, view.policy.day.closes)


def _judge(measure: Measure, view: View, cells: list[Cell]) -> int:
    if measure.unit in SESSIONS:
        return _judge_session(measure, view, code_of(cells[0]))
    codes, rule = view.codes, rule_of(measure, view.policy)
    if measure.present:
        return _judge_present(measure, view, cells, rule)
    if of_set(cells, measure.counted, rule, codes.not_expected):
        return ADDS
    if measure.breaks and of_set(cells, measure.breaks, rule, codes.not_expected):
        return BREAKS
    named = measure.counted | measure.neutral
    attended = any(code_of(cell) in codes.attended and code_of(cell) not in named | measure.breaks for cell in cells)
    return BREAKS if attended and not of_set(cells, named, rule, codes.not_expected) else NEUTRAL


def _judge_session(measure: Measure, view: View, code: str) -> int:
    if code in measure.counted or measure.present and code in view.codes.attended and code not in measure.neutral | measure.breaks:
        return ADDS
    if code in measure.breaks:
        return BREAKS
    if code in measure.neutral:
        return NEUTRAL
    return BREAKS if code in (view.codes.absent if measure.present else view.codes.attended) else NEUTRAL


def _judge_present(measure: Measure, view: View, cells: list[Cell], rule: DayRule) -> int:
    absent, not_expected = view.codes.absent, view.codes.not_expected
    if measure.breaks and of_set(cells, measure.breaks, rule, not_expected):
        return BREAKS
    if of_set(cells, absent, rule, not_expected):
        unnamed = absent - measure.counted - measure.neutral
        if any(code_of(cell) in unnamed for cell in cells):
            return BREAKS
    passed = measure.neutral | measure.breaks
    if any(code_of(cell) in view.codes.attended and code_of(cell) not in passed for cell in cells):
        return ADDS
    return ADDS if of_set(cells, measure.counted, rule, not_expected) else NEUTRAL


def _length(measure: Measure, view: View, counted: list[list[Cell]]) -> Fraction | int:
    if measure.unit in TIMED:
        return in_unit(measure, view, sum(cells[0][0].minutes for cells in counted))
    if measure.unit == "day" and counted:
        first, last = counted[0][0][0].date, counted[-1][0][0].date
        return (last - first).days + 1 - view.history.days(last).out_of_term(first, last)
    return len(counted)
