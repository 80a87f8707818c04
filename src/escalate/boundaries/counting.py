"""Cases in which a student of a target's base is counted at its check, or is not: what counts happens as often, or as long ago, as a number says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice, product

from attrs import evolve

from ..conditions import Term
from ..lints.bounds import Clause
from ..rates import base_date
from ..spec.notation import Day
from .drafts import Draft
from .given import AT, Given, given
from .ground import DAY, NOTHING, Drafts, Ground
from .groups import YEAR, heads
from .layouts import codes_of
from .thresholds import measure_of
from .where import dates_from

Date = datetime.date
TRIED = 60  # triples that are played
CHECKS = 2  # of a target that is looked at again and again, how many
WEEKS = DAY * 14  # that are laid before a check
LATER = "12:00"  # on the day of a status, when it is over
# What may follow upon a status, or upon what put a student among those of the base.
AFTER = ("", "returned", "resumed", "transferred_in")


def by_count(ground: Ground) -> Iterator[Drafts]:
    """One short of the number, at it, one beyond, of a student who is there at the base and is looked at on the date of a check."""
    return islice(_ways(ground), TRIED)


def _ways(ground: Ground) -> Iterator[Drafts]:
    edge = ground.threshold.edge or 0
    for head, (check, base), clause in product(heads(ground), _checks(ground), ground.threshold.clauses):
        first = evolve(ground, start=next(iter(dates_from(ground.calendar, check - WEEKS)), check))
        for after, lead in product(AFTER, _leads(ground)):
            before = _then(base, base + DAY, head.statuses, after)
            drafts = [_draft(first, clause, head, n, check, after, lead) if n >= 0 else None for n in (edge - 1, edge, edge + 1)]
            yield tuple(evolve(one, events=(*before, *one.events)) if one is not None else None for one in drafts)


def _checks(ground: Ground) -> Iterator[tuple[Date, Date]]:
    """The dates on which a target is looked at, each with the date of its base: those after the first date, and those of the year that ends there."""
    target, zone = ground.threshold.policy.targets[ground.threshold.part], ground.calendar.zone
    for start in (ground.start, ground.start - DAY * YEAR):
        here = evolve(ground, start=start)
        played = here.play(evolve(here.draft(Given()), until=here.after(YEAR)))
        for check in (zone.date(at) for at in (played.checks[:CHECKS] if played is not None else ())):
            base = base_date(target.bases[0], check, ground.calendar.of(""))
            if base is not None:
                yield check, base


def _leads(ground: Ground) -> Iterator[tuple[Day, ...]]:
    """Days before those that are counted: none, or one of presence."""
    yield ()
    yield tuple(code for code, mark in ground.threshold.policy.marks.items() if mark.meaning == "present")[:1]


def _draft(ground: Ground, clause: Clause, head: Given, n: int, check: Date, after: str, lead: tuple[Day, ...]) -> Draft:
    """A case up to a check in which what is compared comes to a number, and the rest of the clause holds."""
    own, laid, events = ground.threshold.sides[0], list(lead), list[tuple[str, str]]()
    for bound in clause.bounds:
        low, high, measure = bound.sure.low, bound.sure.high, measure_of(bound.what, ground.threshold.policy)
        times = n if bound.what == own else int(low or 0)
        if isinstance(bound.what, Term) and bound.what.kind == "days_since":
            date = check - DAY * (times if bound.what == own or high is None else int(high))
            events += _then(date, date, (bound.what.name,), after)
        elif measure is not None and measure.fact:
            events += [(f"{check - DAY * (times - k)} {AT}", f"{{fact: {measure.fact}}}") for k in range(times)]
        elif measure is not None:
            laid += list(codes_of(measure, ground.threshold.policy)[:1]) * times
    others = given((clause,), ground.threshold.policy, ground.start)
    bare = ground.draft(evolve(head, columns={**head.columns, **others.columns}, statuses=()))
    dates = [date for date in dates_from(ground.calendar, ground.start) if date < check]
    return evolve(bare, days=((NOTHING,) * (len(dates) - len(laid)) + tuple(laid)) if laid else (), events=tuple(events), until=check)


def _then(first: Date, then: Date, statuses: Sequence[str], after: str) -> list[tuple[str, str]]:
    """Statuses on a date, and what follows upon them."""
    found = [(f"{first} {AT}", f"{{status: {status}}}") for status in statuses]
    return [*found, (f"{then} {LATER}", f"{{status: {after}}}")] if found and after else found
