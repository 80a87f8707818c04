"""Small ways to draw: one of a list, something now and then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from .yaml import value

T = TypeVar("T")


def one(draw: st.DrawFn, options: Sequence[T]) -> T:
    """One of a few; it shrinks to the first."""
    return draw(st.sampled_from(options))


def seldom(draw: st.DrawFn, n: int) -> bool:
    """True about one time in n; it shrinks to never."""
    return draw(st.integers(0, n - 1)) == n - 1


def some(draw: st.DrawFn, options: Sequence[T], most: int) -> list[T]:
    """A few of a list, each once, in its order; it shrinks to none."""
    found = draw(st.lists(st.sampled_from(options), max_size=most, unique=True)) if options else []
    return [option for option in options if option in found]


def said(draw: st.DrawFn, options: Sequence[str]) -> object:
    """What one text of a menu says in YAML."""
    return value(one(draw, options))
