"""Cases in which time passes until a number of days, or of weeks, is reached."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from ..conditions import Term
from .drafts import Draft
from .given import AT, given
from .ground import DAY, Drafts, Ground
from .settings import TRIED, led

DAYS = {"days_since": 1, "school_days_since": 2, "term_week": 7}  # days that pass for one of its units, breaks counted in
MORE = 40  # days that are waited beyond that
WEEK = DAY * 7
SOON = 30  # days on which something may happen late


def by_waiting(ground: Ground) -> Iterator[Drafts]:
    """Up to the day before that on which the stage fires, up to that day, and up to the next."""
    for here in _grounds(ground):
        for clauses, before in islice(led(here.threshold, here.a_day), TRIED):
            found = given(clauses, here.threshold.policy, here.start)
            value = here.threshold.value or 0
            until = here.after(math.ceil(value) * DAYS[here.threshold.kind] + MORE)
            draft, played = here.settled(evolve(here.draft(found, before), until=until), found)
            date = here.calendar.zone.date(played.fired[0]) if played is not None and played.fired else None
            if date is not None and date < here.start:
                yield draft, draft, draft
            elif date is not None and date > here.start:
                yield tuple(here.cut(draft, date + DAY * n) for n in (-1, 0, 1))
            elif here.threshold.kind == "term_week" and found.statuses:
                yield from _late(here, draft)


def _late(ground: Ground, draft: Draft) -> Iterator[Drafts]:
    """What is reported comes a day before that on which the stage fires, on that day, and on the next."""
    on = [evolve(draft, statuses=(), events=_reported(draft, ground.start + DAY * n), until=ground.start + DAY * n) for n in range(SOON)]
    fired = (n for n, one in enumerate(on) if (played := ground.play(one)) is not None and played.fired)
    first = next(fired, 0)
    if 0 < first < SOON - 1:
        yield on[first - 1], on[first], on[first + 1]


def _reported(draft: Draft, date: datetime.date) -> tuple[tuple[str, str], ...]:
    return tuple((f"{date} {AT}", f"{{status: {status}}}") for status in draft.statuses)


def _grounds(ground: Ground) -> Iterator[Ground]:
    """From when it plays: where it counts from the start of a term, that of the next, else that of the last before; then from a week before."""
    what = ground.threshold.sides[0]
    if isinstance(what, Term) and (what.kind == "term_week" or what.target == "term_start"):
        begun = sorted(term.start for term in ground.calendar.terms)
        next_ones = [date for date in begun if date >= ground.start]
        first = next((date for date in (*next_ones, *reversed(begun)) if ground.where.in_force(ground.threshold.policy, date)), ground.start)
        for start in (first, first - WEEK):
            calendar = ground.where.calendar(start)
            yield from (evolve(ground, start=start, calendar=calendar),) if calendar is not None else ()
    else:
        yield ground
