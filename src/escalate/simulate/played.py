"""A made-up school under a policy: what happens is decided as it comes, and what is asked for is answered."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from ..days import Calendar
from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger, ledger_of
from ..events import Event, Outcome
from ..ledger import OPEN, Item
from ..policy import Action, Policy, actions
from ..records import whose
from ..roster import Roster
from ..times import DAY, Instant
from .answers import answer
from .draws import Draws
from .rates import Rates


@frozen
class Played:
    """What came of it. answers: the outcomes, in the order in which they came to be known."""

    engine: Engine = field(repr=False)
    ledger: Ledger = field(repr=False)
    answers: tuple[Outcome, ...] = field(repr=False)


def play(policy: Policy, calendar: Calendar, roster: Roster, events: Sequence[Event], until: Instant, rates: Rates, draws: Draws) -> Played:
    """Feed events as they come to be known, and an outcome for each item when its time has come and it is still open."""
    engine = Engine(policy, calendar, roster)
    told = {action.path: action for action in actions(policy)}
    waiting = sorted(events, key=lambda event: event.known, reverse=True)
    stops = list({event.known for event in events} | _edges(calendar, policy, until))
    heapq.heapify(stops)
    answers: list[tuple[Instant, str, Outcome]] = []
    standing: dict[str, Item] = {}
    asked: dict[str, list[tuple[Instant, Instant]]] = {}
    decisions: list[Decision] = []
    said: list[Outcome] = []
    before = None
    while stops and stops[0] <= until:
        now = heapq.heappop(stops)
        if now == before:
            continue
        before = now
        batch: list[Event] = []
        while waiting and waiting[-1].known <= now:
            batch.append(waiting.pop())
        while answers and answers[0][0] <= now:
            found = heapq.heappop(answers)[2]
            if standing[found.item].status in OPEN:
                batch.append(found)
                said.append(found)
        engine.feed(batch)
        fresh = engine.advance(now)
        decisions += fresh
        for item in _items(fresh):
            standing[item.id] = item
            times = asked.setdefault(item.id, [])
            if item.status == "open" and (item.opened, item.effective) not in times:  # what was withdrawn or recalled and is open again is asked for again
                times.append((item.opened, item.effective))
                outcome = _answer(item, len(times), policy, told, now, calendar, rates, draws)
                if outcome is not None:
                    heapq.heappush(answers, (outcome.known, outcome.id, outcome))
                    heapq.heappush(stops, outcome.known)
            if item.late_from is not None:
                heapq.heappush(stops, max(item.late_from, now + 1))
    decisions += engine.advance(until)
    return Played(engine, ledger_of(engine, until, decisions, (), (policy,)), tuple(said))


def _items(decisions: Sequence[Decision]) -> list[Item]:
    return [one.change.new for one in decisions if isinstance(one.change.new, Item)]


def _edges(calendar: Calendar, policy: Policy, until: Instant) -> set[Instant]:
    """The midnight and the close of every date, at which something may be decided without an event."""
    zone, days = calendar.zone, calendar.of("")
    date, found = days.first, set[Instant]()
    while date <= days.last and zone.midnight(date) <= until:
        found |= {zone.midnight(date), zone.instant(date, policy.day.closes)}
        date += DAY
    return found


def _answer(
    item: Item, time: int, policy: Policy, told: Mapping[str, Action], now: Instant, calendar: Calendar, rates: Rates, draws: Draws
) -> Outcome | None:
    """What becomes of an item, known after the instant that is now; time: how often it was asked for."""
    found = answer(item, told[item.path], whose(item, policy), now, calendar.zone, rates, draws)
    return None if found is None else evolve(found, known=max(found.known, now + 1), id=found.id if time == 1 else f"{found.id}#{time}")
