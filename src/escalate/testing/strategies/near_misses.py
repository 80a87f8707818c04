"""Texts of policies one mistake from well-formed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from attrs import frozen
from hypothesis import strategies as st

from ..mistakes import MISTAKES
from ..slips import SLIPS, slipped
from ..texts import NearMiss
from ..written import Written
from .policies import policies

T = TypeVar("T")


@frozen
class _Draws:
    """Chance that Hypothesis has a hand in, so that a slip shrinks."""

    draw: st.DrawFn

    def choice(self, seq: Sequence[T], /) -> T:
        return self.draw(st.sampled_from(seq))

    def randrange(self, stop: int, /) -> int:
        return self.draw(st.integers(0, stop - 1))


@st.composite
def near_misses(draw: st.DrawFn, of: st.SearchStrategy[Written] | None = None) -> NearMiss:
    """Texts of policies one mistake from well-formed, with what was done to each; of: the policies that are taken, generated ones where none are given.

    A few of them are still right: a title may well be misspelt.
    """
    before = draw(policies() if of is None else of)
    text, what = slipped(before.text, _Draws(draw), (*MISTAKES, *SLIPS))
    return NearMiss(text, what, before)
