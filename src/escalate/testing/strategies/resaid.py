"""Days in a row of which all is said otherwise afterwards: a note of leave for a whole absence, a list that was of another class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from attrs import evolve
from hypothesis import strategies as st

from ...events import Event, Mark
from ..matters import Matters
from .attendance import HOUR

UPLOADED = (30, 75, 150, 300)  # hours after the first of them


@st.composite
def resaid(draw: st.DrawFn, found: Matters, marks: Sequence[Event]) -> list[Event]:
    """In every other world what is said later of one or two stretches of one code, with any code; else nothing."""
    given = [event for event in marks if isinstance(event, Mark)]
    stretches = [tuple(some) for _, some in groupby(given, key=lambda mark: (mark.student, mark.code))]
    if not stretches:
        return []
    words = st.tuples(st.sampled_from(stretches), st.sampled_from(found.codes), st.sampled_from(UPLOADED))
    return [
        evolve(mark, code=code, minutes=None, known=max(mark.known, stretch[0].known) + late * HOUR, seq=5 + n)
        for n, (stretch, code, late) in enumerate(draw(st.lists(words, max_size=2))) for mark in stretch
    ]  # fmt: skip
