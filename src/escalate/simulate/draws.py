"""What is left to chance: numbers that follow from a seed and from what they are drawn for, whatever was drawn before.

So one student's term does not hang on another's, and an item that two policies ask for is done alike under both.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import blake2b
from typing import TypeVar

from attrs import frozen

T = TypeVar("T")
ALL = 2**64


@frozen
class Draws:
    """Everything that is drawn with one seed. what: what a number is drawn for; the same gives the same number again."""

    seed: int

    def number(self, *what: object) -> int:
        """A whole number from 0 up to, not including, 2^64."""
        text = "\x1f".join(map(str, (self.seed, *what)))
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")

    def chance(self, share: Fraction, *what: object) -> bool:
        """True in this share of draws."""
        return self.number(*what) * share.denominator < share.numerator * ALL

    def between(self, low: int, high: int, *what: object) -> int:
        """A whole number from low to high, both included."""
        return low + self.number(*what) * (high - low + 1) // ALL

    def pick(self, options: Sequence[T], *what: object) -> T:
        """One of the options."""
        return options[self.between(0, len(options) - 1, *what)]
