"""What becomes of an item: done in time, late or never, with one of its results."""

from __future__ import annotations

import datetime

from ..events import Outcome
from ..ledger import Item
from ..policy import Action
from ..times import Instant, Zone
from .draws import Draws
from .rates import Rates

HOUR, DAY = 3600, 86400
LATE_BY = 3 * DAY  # at most
WITHOUT_DUE = 5 * DAY  # what has no due is done within so long
WAKING = (datetime.time(8), datetime.time(20))


def answer(item: Item, action: Action, whom: str, now: Instant, zone: Zone, rates: Rates, draws: Draws) -> Outcome | None:
    """The outcome of an item that is open now, None where it is never done; nobody need do what is optional."""
    if action.optional or not any(who.startswith("by ") for who, _ in item.persons):
        return None
    in_time = draws.chance(rates.in_time, "in time", *_what(item))
    if not in_time and not draws.chance(rates.late / (1 - rates.in_time) if rates.in_time < 1 else rates.late, "late", *_what(item)):
        return None
    first, last = _span(item, now, in_time=in_time)
    at = _waking(draws.between(first, last, "done", *_what(item)), first, last, zone)
    level, _, name = whom.rpartition("/")
    by = "+".join(dict.fromkeys(person for who, persons in item.persons if who.startswith("by ") for person in persons))
    result = draws.pick(action.results, "result", *_what(item)) if action.results else ""
    return Outcome(student=name, level=level or "student", item=item.id, at=at, known=at, result=result, by=by, times=action.times, id=f"done.{item.id}")


def _what(item: Item) -> tuple[object, ...]:
    """What its draws are for: the same under every policy that asks for it at that time."""
    return item.id.partition("/")[2], item.effective


def _span(item: Item, now: Instant, *, in_time: bool) -> tuple[Instant, Instant]:
    """The first and the last instant at which it may be done, both after now."""
    if item.late_from is None:
        return now + 1, now + WITHOUT_DUE
    if in_time and item.late_from > now + 1:
        return now + 1, item.late_from - 1
    first = max(item.late_from, now + 1)
    return first, first + LATE_BY


def _waking(at: Instant, first: Instant, last: Instant, zone: Zone) -> Instant:
    """The same date by day, where that is still between the first and the last instant."""
    low, high = (zone.instant(zone.date(at), time) for time in WAKING)
    found = min(max(at, low), high)
    return found if first <= found <= last else at
