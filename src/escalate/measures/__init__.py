"""Measures: named numbers over a student's history, one file a kind.

`measure_value` is a pure function of the visible facts and an instant; nothing is kept between calls.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from ..events import Fact
from ..policy import Measure
from .count import count
from .run import run
from .share import Pair, share
from .total import of_facts, total
from .units import Cell, Codes, View
from .windows import Anchors, Numbers, Reach, reach, tile_key

__all__ = ["Codes", "Measured", "View", "measure_value", "tile_key"]


@frozen
class Measured:
    """A measure's value with what it was taken from: the window, the cells or facts, a share's two numbers."""

    value: Fraction | int | None
    window: Reach | None = None
    cells: tuple[Cell, ...] = ()
    facts: tuple[Fact, ...] = ()
    pair: Pair | None = None


NO_VALUE = Measured(None)


def measure_value(measure: Measure, view: View, number: Numbers, anchor: Anchors) -> Measured:
    """What a measure reads at the view's instant; `number` resolves amounts, `anchor` the start of `since` windows."""
    if view.since is not None and measure.kind != "run":
        view = evolve(view, since=None)  # J5: only runs are cut where the case opened
    window = reach(measure, view, number, anchor)
    if window is None:
        return NO_VALUE
    if measure.fact:
        value, facts = of_facts(measure, view, window)
        return Measured(value, window, facts=tuple(facts))
    if measure.kind == "share":
        pair, cells = share(measure, view, window, number)
        return Measured(None if pair is None else Fraction(pair[0]) / pair[1], window, tuple(cells), pair=pair)
    number_, cells = (
        run(measure, view, window) if measure.kind == "run"
        else count(measure, view, window, number) if measure.kind == "count"
        else total(measure, view, window)
    )
    return Measured(number_, window, tuple(cells))
