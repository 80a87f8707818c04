"""Stretches of numbers, with or without their ends."""

from __future__ import annotations

import math
from fractions import Fraction

from attrs import evolve, frozen


@frozen
class Interval:
    """Every number from `low` to `high`; None is no bound, `open` leaves the bound itself out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or self.low == self.high and (self.low_open or self.high_open)

    def meet(self, other: Interval) -> Interval:
        """What lies in both."""
        found = self
        if other.low is not None and (found.low is None or (other.low, other.low_open) > (found.low, found.low_open)):
            found = evolve(found, low=other.low, low_open=other.low_open)
        if other.high is not None and (found.high is None or (other.high, not other.high_open) < (found.high, not found.high_open)):
            found = evolve(found, high=other.high, high_open=other.high_open)
        return found

    def inside(self, other: Interval) -> bool:
        """Whether all of it lies in another."""
        return self.empty or self.meet(other) == self

    def above(self, other: Interval) -> bool:
        """Whether it begins later than another that begins somewhere."""
        return self.low is not None and other.low is not None and (self.low, self.low_open) > (other.low, other.low_open)

    def whole(self) -> Interval:
        """The same whole numbers, its bounds among them."""
        low, high = self.low, self.high
        if low is not None:
            low = Fraction(math.floor(low) + 1 if self.low_open else math.ceil(low))
        if high is not None:
            high = Fraction(math.ceil(high) - 1 if self.high_open else math.floor(high))
        return Interval(low, high)


def compared(op: str, number: Fraction) -> Interval:
    """The numbers that compare so with one: `>= 3` is all from 3 on."""
    return {
        ">=": Interval(low=number), ">": Interval(low=number, low_open=True), "==": Interval(number, number),
        "<=": Interval(high=number), "<": Interval(high=number, high_open=True),
    }[op]  # fmt: skip
