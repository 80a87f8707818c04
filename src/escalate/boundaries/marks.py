"""Cases in which marks reach the number of a measure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from ..measures.units import TIMED
from .drafts import Draft
from .ground import Drafts, Ground
from .layouts import Layout
from .playing import Played
from .thresholds import Threshold
from .ways import ways
from .where import dates_from, starts

TRIED = 60  # ways to reach a threshold that are tried
BESIDE = 2  # steps that are laid beyond the number
UNMEASURED = (10, 60)  # steps that are laid where the number is no number of units


def by_marks(ground: Ground) -> Iterator[Drafts]:
    """One step of marks less than those at which the stage fires, those, and one more."""
    for way in islice(ways(ground.threshold, ground.start, ground.a_day), TRIED) if ground.a_day else ():
        bare = evolve(ground.draft(way.given), days=())
        times, played = 0, None
        events: tuple[tuple[str, str], ...] = ()
        for most in _lengths(ground.threshold):
            long = evolve(bare, days=way.layout.days(most))
            played = ground.play(long)
            if played is not None and not played.fired and way.given.outcomes:
                events = played.outcomes(way.given.outcomes)
                played = ground.play(evolve(long, events=events)) if events else played
            times = _times(played, way.layout, ground)
            if times:
                break
        if times:
            drafts = (evolve(bare, days=way.layout.days(n)) for n in (times - 1, times, times + 1))
            yield tuple(_within(draft, events, ground) for draft in drafts)


def _lengths(threshold: Threshold) -> tuple[int, ...]:
    """How many steps are laid to see when the stage fires; fewer first, where it may be soon."""
    measure, value = threshold.measure, threshold.value
    by_units = measure is not None and measure.kind in ("run", "count") and measure.unit not in TIMED
    return (math.ceil(value) + BESIDE,) if by_units and value is not None else UNMEASURED


def _times(played: Played | None, layout: Layout, ground: Ground) -> int:
    """After how many steps the stage fired; 0 where it did not, or fired before."""
    if played is None or not played.fired:
        return 0
    return layout.begun(sum(at <= played.fired[0] for at in starts(played.case.calendar, ground.start)))


def _within(draft: Draft, events: tuple[tuple[str, str], ...], ground: Ground) -> Draft:
    """A draft with the outcomes that come before its last day is over."""
    if not events:
        return draft
    last = dates_from(ground.calendar, draft.start)[len(draft.days) - 1].isoformat()
    return evolve(draft, events=tuple(one for one in events if one[0][: len(last)] <= last))
