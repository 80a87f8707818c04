"""The ways in which a threshold may be reached: what is given beside it, and how marks are laid."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator

from attrs import frozen

from ..lints.bounds import Clause, clauses_of
from ..policy import Ladder, Policy
from .given import Given, given
from .layouts import Layout, codes_of, layouts
from .playing import ENDS
from .thresholds import Threshold, measure_of

MOST = 20  # days that open a case whose end is looked for


@frozen
class Way:
    """One way to reach a threshold."""

    given: Given
    layout: Layout


def ways(threshold: Threshold, start: datetime.date, a_day: int) -> Iterator[Way]:
    """Each way once, in the order in which it is tried; a_day: sessions of a school day."""
    policy, measure, value, line = threshold.policy, threshold.measure, threshold.value, threshold.parameter_line
    if measure is None or value is None:
        return
    ladder = policy.ladders[threshold.part]
    of_line = clauses_of(line.where, policy) if line is not None else (Clause(),)
    around = [one + other for one in clauses_of(ladder.where, policy) or () for other in of_line or ()]
    opened = list(_openings(ladder, policy, a_day)) if threshold.name == ENDS else [(Clause(), ())]
    seen: set[str] = set()
    for clause in threshold.clauses:
        for first, before in opened:
            for beside in around:
                found = given((beside, first, clause), policy, start)
                for layout in layouts(measure, policy, a_day, value, before):
                    way = Way(found, layout)
                    if repr(way) not in seen:
                        seen.add(repr(way))
                        yield way


def _openings(ladder: Ladder, policy: Policy, a_day: int) -> Iterator[tuple[Clause, tuple[str, ...]]]:
    """The ways in which a stage opens a case, and the sessions that its measures want; the simplest first."""
    found = [(clause, _away(clause, policy)) for stage in ladder.stages for clause in clauses_of(stage.when, policy) or ()]
    for clause, cells in sorted(found, key=lambda one: len(one[1])):
        yield clause, tuple(code for code in cells for _ in range(a_day))


def _away(clause: Clause, policy: Policy) -> tuple[str, ...]:
    """The days that put the measures of a clause where it wants them."""
    for bound in clause.bounds:
        measure, must = measure_of(bound.what, policy), clause.must(bound.what)
        if measure is not None and must.low is not None and codes_of(measure, policy):
            return codes_of(measure, policy)[:1] * min(MOST, math.floor(must.low) + must.low_open)
    return ()
