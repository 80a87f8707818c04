"""`sum` of minutes and hours (M7), and `count`, `sum`, `mean` of facts (M13)."""

from __future__ import annotations

from fractions import Fraction

from ..events import Fact
from ..policy import Measure
from .count import units
from .units import Cell, View, code_of, in_unit, minutes_of
from .windows import Reach


def total(measure: Measure, view: View, reach: Reach) -> tuple[Fraction, list[Cell]]:
    """Minutes or hours of the counted sessions in the window, and the cells that make them."""
    made = [cell for cells in units(measure, view, reach) for cell in cells if code_of(cell) in measure.counted]
    return in_unit(measure, view, sum(minutes_of(view, cell) for cell in made)), made


def of_facts(measure: Measure, view: View, reach: Reach) -> tuple[Fraction | int | None, list[Fact]]:
    """The number, sum or mean of the student's facts of one name in the window."""
    zone = view.history.zone
    found = [
        fact for fact in view.history.facts
        if fact.fact == measure.fact and fact.at <= view.at and reach.first <= zone.date(fact.at) <= view.date
        and (reach.start is None or fact.at >= reach.start)
    ]
    if measure.kind == "count":
        return len(found), found
    values = [Fraction(fact.value) for fact in found]
    if measure.kind == "sum":
        return sum(values, Fraction(0)), found
    return (sum(values, Fraction(0)) / len(values) if values else None), found
