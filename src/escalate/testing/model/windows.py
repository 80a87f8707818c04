"""The stretch of time that a measure looks back on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from ...policy import Amount, Measure, Param, Window
from ...times import Instant
from .seen import Date, Seen

Anchors = Callable[[str], "Instant | None"]
Amounts = Callable[[Amount], "Fraction | None"]


@frozen
class Stretch:
    """Dates from `first` to `last`, which may lie after the judging; `start`: nothing before this instant."""

    first: Date
    last: Date
    start: Instant | None = None

    def holds(self, date: Date, at: Instant) -> bool:
        return self.first <= date <= self.last and (self.start is None or self.start <= at)


def written(amount: Amount) -> Fraction | None:
    """An amount that is a number; that of a parameter needs somebody who knows parameters."""
    return None if isinstance(amount, Param) else amount


def stretches(
    measure: Measure, seen: Seen, date: Date, case_opened: Instant | None, anchor: Anchors | None, amount: Amounts,
) -> list[Stretch] | None:
    """One stretch for each window, all of which must hold; None where one has no value."""
    found = [stretch(window, seen, date, case_opened, anchor, amount) for window in measure.windows]
    return None if None in found else [one for one in found if one]


def stretch(
    window: Window, seen: Seen, date: Date, case_opened: Instant | None, anchor: Anchors | None, amount: Amounts,
) -> Stretch | None:
    """What one window is on the date judged."""
    days = seen.days(date)
    if window.kind == "period":
        period = days.period(window.unit, date)
        return Stretch(period[1], period[2]) if period else None
    if window.kind == "since":
        return since(window.anchor, seen, date, case_opened, anchor)
    n = amount(window.n)
    if n is None:
        return None
    if window.kind == "rolling":
        return Stretch(days.back(int(n), window.unit, date), date)
    tile = days.tile(int(n), window.unit, date)
    return Stretch(tile[1], tile[2]) if tile else None


def since(name: str, seen: Seen, date: Date, case_opened: Instant | None, anchor: Anchors | None) -> Stretch | None:
    """From enrolment (a date), or from the opening, a firing or an item's effective instant."""
    if name == "enrolment":
        row = seen.roster.row(seen.student, date)
        return Stretch(row.start or Date.min, date) if row else None
    start = case_opened if name == "case" else anchor(name) if anchor else None
    return None if start is None else Stretch(Date.min, date, start)
