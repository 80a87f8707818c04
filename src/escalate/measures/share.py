"""`share`: units, minutes or hours of a set in the student's own possible or planned time (M12); no value below its floor."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from ..policy import Measure
from .count import units
from .units import TIMED, Cell, View, code_of, counts, in_unit, minutes_of
from .windows import Numbers, Reach

Pair = tuple[Fraction | int, Fraction | int]


def share(measure: Measure, view: View, reach: Reach, number: Numbers) -> tuple[Pair | None, list[Cell]]:
    """(numerator, denominator), unreduced, and the cells counted; None where there is no base or too small a one."""
    begun = list(units(measure, view, reach))
    counted = [cells for cells in begun if counts(measure, view, cells)]
    made = [cell for cells in counted for cell in cells if code_of(cell) in measure.counted]
    top = in_unit(measure, view, sum(minutes_of(view, cell) for cell in made)) if measure.unit in TIMED else len(counted)
    among = _planned(measure, view, reach) if measure.base == "planned" else (cells for cells in begun if _possible(view, cells))
    base = _size(measure, view, among)
    floor = number(measure.floor) if measure.floor is not None else 0
    return ((top, base) if base and base >= floor else None), made


def _size(measure: Measure, view: View, among: Iterable[list[Cell]]) -> Fraction | int:
    if measure.unit in TIMED:
        return in_unit(measure, view, sum(session.minutes for cells in among for session, _ in cells))
    return sum(1 for _ in among)


def _possible(view: View, cells: list[Cell]) -> bool:
    left_out = view.codes.unknown | view.codes.not_expected
    return any(cell[1] is not None and cell[1].code in view.policy.marks and cell[1].code not in left_out for cell in cells)


def _planned(measure: Measure, view: View, reach: Reach) -> list[list[Cell]]:
    """The units of the whole window but those not expected, as far as marks of sessions that have started say so."""
    days = view.history.days(reach.last)
    last = min(reach.end or reach.last, days.last)
    at = view.history.zone.next_midnight(last)
    whole = evolve(view, at=at, today=last, date=last)
    return [
        cells for cells in units(measure, whole, evolve(reach, last=last))
        if any(cell[0].start > view.at or code_of(cell) not in view.codes.not_expected for cell in cells)
    ]
