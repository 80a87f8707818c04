"""One random slip in a policy that was right: what a hand at a keyboard does to a text, by number, so that each can be made again."""

from __future__ import annotations

from random import Random

from escalate.testing import slips
from escalate.testing.mistakes import MISTAKES

SLIPS = (*slips.SLIPS, *MISTAKES)


def mutated(text: str, number: str) -> str:
    """The text with the one slip of a number such as `1/17`."""
    return slips.slipped(text, Random(number), SLIPS)[0]  # noqa: S311  # the same number, the same slip
