"""Cases in which something happens again and again, until it happened often enough."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import islice

from attrs import evolve

from ..conditions import Term
from ..quoting import quoted
from ..spec.ordinary import COLUMNS
from .drafts import Draft
from .given import MOST, WITHIN, given, outcome
from .ground import DAY, Drafts, Ground
from .groups import YEAR
from .settings import TRIED, led

PERSON = {"zh": "王老师"}
OTHER_PERSON = "pat"


def by_repeats(ground: Ground) -> Iterator[Drafts]:
    """One outcome, or one fact, less than it takes, as many, and one more, a day after the other."""
    edge = ground.threshold.edge or 0
    if not 1 <= edge <= MOST:
        return
    for clauses, before in islice(led(ground.threshold, ground.a_day), TRIED):
        found = given(clauses, ground.threshold.policy, ground.start)
        event, person = _event(ground)
        own = getattr(ground.threshold.sides[0], "name", "")
        draft = evolve(ground.draft(evolve(found, repeats=()), before), roles=person)
        dates = [ground.start + DAY * (len(draft.days) + n) for n in range(edge + 1)]
        done = tuple((f"{dates[0]} {WITHIN}", outcome(name, result)) for name, result in found.outcomes if name != own)
        last = _judged(ground, draft, event, dates[edge])
        yield tuple(evolve(draft, events=(*done, *((f"{date} {WITHIN}", event) for date in dates[:n])), until=last) for n in (edge - 1, edge, edge + 1))


def _judged(ground: Ground, draft: Draft, event: str, last: datetime.date) -> datetime.date:
    """The date up to which it is played: of a duty, that on which it is asked for where it happened so often."""
    if ground.threshold.part not in ground.threshold.policy.duties:
        return last
    often = tuple((f"{ground.start + DAY * n} {WITHIN}", event) for n in range((last - ground.start).days))
    played = ground.play(evolve(draft, events=often, until=ground.after(YEAR)))
    return ground.calendar.zone.date(played.fired[0]) if played is not None and played.fired else last


def _event(ground: Ground) -> tuple[str, Mapping[str, str]]:
    """What happens each time, and who holds the role that it is about."""
    what, measure, policy = ground.threshold.sides[0], ground.threshold.measure, ground.threshold.policy
    assert isinstance(what, Term)  # an item, or a measure of facts
    if measure is None:
        return outcome(what.name, str(what.option("result") or "")), {}
    each = policy.duties[ground.threshold.part].each if ground.threshold.part in policy.duties else "student"
    if each == "student":
        return f"{{fact: {measure.fact}}}", {}
    person = PERSON.get(policy.lang.partition("-")[0], OTHER_PERSON) if each in policy.roles else ""
    return f"{{fact: {measure.fact}, level: {each}, about: {quoted(person or COLUMNS.get(each, each))}}}", {each: person} if person else {}
