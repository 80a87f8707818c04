"""`share`: units of a set in the student's own possible or planned time (M12); no value below its floor."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from attrs import evolve

from ..policy import Amount, Measure
from .count import units
from .units import Cell, View, code_of, of_set, rule_of
from .windows import Reach

Date = datetime.date


def share(measure: Measure, view: View, reach: Reach, number: Callable[[Amount], int]) -> tuple[tuple[int, int] | None, list[Cell]]:
    """(numerator, denominator), unreduced, and the cells counted; None where there is no base or too small a one."""
    top, made = 0, []
    base = 0
    for cells in units(measure, view, reach):
        base += _possible(view, cells)
        if _counts(measure, view, cells):
            top += 1
            made += [cell for cell in cells if code_of(cell) in measure.counted]
    if measure.base == "planned":
        base = _planned(measure, view, reach)
    floor = number(measure.floor) if measure.floor is not None else 1
    return ((top, base) if base >= max(floor, 1) else None), made


def _counts(measure: Measure, view: View, cells: list[Cell]) -> bool:
    if measure.unit == "session":
        return code_of(cells[0]) in measure.counted
    return of_set(cells, measure.counted, rule_of(measure, view.policy), view.codes.not_expected)


def _possible(view: View, cells: list[Cell]) -> bool:
    left_out = view.codes.unknown | view.codes.not_expected
    return any(cell[1] is not None and cell[1].code in view.policy.marks and cell[1].code not in left_out for cell in cells)


def _planned(measure: Measure, view: View, reach: Reach) -> int:
    """The units of the whole window but those not expected, as far as marks of sessions that have started say so."""
    days = view.history.days(reach.last)
    last = min(reach.end or reach.last, days.last)
    at = view.history.zone.next_midnight(last)
    whole = evolve(view, at=at, today=last, date=last)
    return sum(
        any(cell[0].start > view.at or code_of(cell) not in view.codes.not_expected for cell in cells)
        for cells in units(measure, whole, evolve(reach, last=last))
    )
