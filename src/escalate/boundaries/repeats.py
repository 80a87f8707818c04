"""Cases in which something happens again and again, until it happened often enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from ..conditions import Term
from .given import given
from .ground import DAY, Drafts, Ground
from .settings import TRIED, led

MOST = 60  # times that it happens
AT = "09:00"  # within the first session


def by_repeats(ground: Ground) -> Iterator[Drafts]:
    """One outcome, or one fact, less than it takes, as many, and one more, a day after the other."""
    edge = ground.threshold.edge or 0
    if not 1 <= edge <= MOST:
        return
    event = _event(ground)
    for clauses, before in islice(led(ground.threshold, ground.a_day), TRIED):
        draft = ground.draft(given(clauses, ground.threshold.policy, ground.start), before)
        dates = [ground.start + DAY * (len(draft.days) + n) for n in range(edge + 1)]
        yield tuple(evolve(draft, events=tuple((f"{date} {AT}", event) for date in dates[:n]), until=dates[-1]) for n in (edge - 1, edge, edge + 1))


def _event(ground: Ground) -> str:
    """What happens each time."""
    what, measure = ground.threshold.sides[0], ground.threshold.measure
    assert isinstance(what, Term)  # an item, or a measure of facts
    if measure is not None:
        return f"{{fact: {measure.fact}}}"
    result = what.option("result")
    return f"{{outcome: {what.name}{f', result: {result}' if result else ''}}}"
