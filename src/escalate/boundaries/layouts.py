"""The marks that make a measure grow by one and one: ways to lay them, the shortest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from ..policy import Measure, Policy
from ..spec.notation import Day

CODES = 2  # of those that a measure counts, how many are tried
GAPS = (1, 4, 2, 7)  # days of presence between two that are counted
HEADS = (1, 2, 3, 4, 5, 6, 8, 10)  # days away in a share that is reached exactly
PLAIN = 1


@frozen
class Layout:
    """Sessions in a row: `before`, then `step` again and again, of which the first `counted` count; `fill` ends a day that is begun."""

    before: tuple[str, ...]
    step: tuple[str, ...]
    counted: int
    fill: str
    a_day: int

    def cells(self, times: int) -> tuple[str, ...]:
        """The sessions of so many steps, up to the last that counts."""
        if times < 1:
            return self.before
        return (*self.before, *self.step * (times - 1), *self.step[: self.counted])

    def days(self, times: int) -> tuple[Day, ...]:
        """The same by days; one day of `fill` where there would be none."""
        cells = self.cells(times) or (self.fill,)
        cells += (self.fill,) * (-len(cells) % self.a_day)
        days = [cells[n : n + self.a_day] for n in range(0, len(cells), self.a_day)]
        return tuple(day[0] if len(set(day)) == 1 else day for day in days)

    def begun(self, cells: int) -> int:
        """How many steps have begun after so many sessions."""
        return max(0, math.ceil((cells - len(self.before)) / len(self.step)))


def layouts(measure: Measure, policy: Policy, a_day: int, value: Fraction, before: Sequence[str] = ()) -> Iterator[Layout]:
    """The ways to lay the marks of a measure, after the sessions that are there `before`; a_day: sessions of a day."""
    codes = codes_of(measure, policy)
    fill = next((code for code, mark in policy.marks.items() if mark.meaning == "present" and code not in codes), "")
    fill = fill or next((code for code, mark in policy.marks.items() if mark.meaning == "unexcused" and code not in codes), "")
    for code in codes[:CODES]:
        for cells in _begun(measure, fill, a_day, value):
            for step, counted in _steps(measure, code, fill, a_day):
                yield Layout((*before, *cells), step, counted, fill, a_day)


def codes_of(measure: Measure, policy: Policy) -> tuple[str, ...]:
    """The codes that make a measure grow, in the order of the policy's marks."""
    wanted = ("present",) if measure.present else ()
    return tuple(code for code, mark in policy.marks.items() if code in measure.counted or mark.meaning in wanted)


def _begun(measure: Measure, fill: str, a_day: int, value: Fraction) -> Iterator[tuple[str, ...]]:
    """Days of presence before: those of which a share is taken, or those that move the first day away past a weekend."""
    if measure.kind == "share" and measure.base == "possible" and 0 < value < 1:
        rest = (1 - value) / value
        yield from ((fill,) * (int(rest * n) * a_day) for n in HEADS if (rest * n).denominator == 1)
    yield ()
    if measure.unit == "day":
        yield from ((fill,) * (n * a_day) for n in range(1, 5))


def _steps(measure: Measure, code: str, fill: str, a_day: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """What is laid again and again, and how much of it counts."""
    day, other = (code,) * a_day, (fill,) * a_day
    if measure.by_day:
        yield day, a_day
        if measure.kind != "run":
            yield from ((day + other * gap, a_day) for gap in GAPS)
        return
    yield (code,), PLAIN
    if measure.kind != "run" and a_day > 1:
        yield (code, *other[1:]), PLAIN
        yield from (((code, *other[1:], *other * gap), PLAIN) for gap in GAPS)
