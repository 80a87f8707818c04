"""The ways in which marks may reach a threshold: what is given beside it, and how they are laid."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attrs import frozen

from .given import Given, given
from .layouts import Layout, layouts
from .settings import settings
from .thresholds import Threshold


@frozen
class Way:
    """One way to reach a threshold."""

    given: Given
    layout: Layout


def ways(threshold: Threshold, start: datetime.date, a_day: int) -> Iterator[Way]:
    """Each way once, in the order in which it is tried; a_day: sessions of a school day."""
    measure, value = threshold.measure, threshold.value
    if measure is None or value is None:
        return
    seen: set[str] = set()
    for clauses, before in settings(threshold, a_day):
        found = given(clauses, threshold.policy, start)
        for layout in layouts(measure, threshold.policy, a_day, value, before):
            way = Way(found, layout)
            if repr(way) not in seen:
                seen.add(repr(way))
                yield way
