"""Histories for anybody's policy: a world of one or two students, made of what can matter to that policy."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from ...days import Calendar
from ...events import Event, Mark
from ...policy import Policy
from ...times import DAY, Zone
from ..matters import Matters, matters
from ..model.seen import World
from ..naming import Named, policies_of
from .afterthoughts import afterthoughts
from .attendance import attendance, last_date
from .calendars import MONDAY, calendars, turning
from .facts import outcomes, said, second_thoughts
from .oddities import oddities
from .resaid import resaid
from .rosters import of_matters

Date = datetime.date
FOLLOWED = (1, 0, 3, 7, 1, 0, 3, 30)  # days after the last mark: now and then to the end of the year
CHECKED = (1, 0, 7, 30)  # where targets are checked then


def histories(policy: Named, calendar: Calendar | None = None) -> st.SearchStrategy[World]:
    """Worlds for a policy, or for several that are evaluated together; on a calendar that is given, or on generated ones.

    Drawn from what the policy names: marks of each meaning in stretches of N-1, N and N+1 of each threshold, some known late,
    corrected, repeated, voided or unknown; its flags, statuses, documents and facts; outcomes of what it asks for, in time and out
    of it; rows that move between schools; days that are closed or held after all.
    """
    given = policies_of(policy)
    return _worlds(given, matters(given), calendar)


@st.composite
def _worlds(draw: st.DrawFn, policies: tuple[Policy, ...], found: Matters, given: Calendar | None) -> World:
    calendar = given or draw(calendars_of(policies, found))
    start = calendar.of("").first
    roster = draw(of_matters(found, policies, start))
    marks: list[Event] = []
    for student in roster.ids():
        marks += draw(attendance(student, found, calendar, roster.rows(student)[0].school))
    marks += draw(resaid(found, marks))
    days = calendar.of("")
    end = min(last_date(marks, calendar) + DAY * draw(st.sampled_from(CHECKED if any(policy.targets for policy in policies) else FOLLOWED)), days.last)
    world = World(policies, calendar, roster, tuple(marks), days.zone.next_midnight(end) - 1)
    more: list[Event] = [draw(said(found, world, (end - start).days)) for _ in range(draw(st.sampled_from((0, 0, 1, 2, 3))))]
    world = evolve(world, events=named((*world.events, *more)))
    world = evolve(world, events=named((*world.events, *draw(outcomes(world)))))
    world = evolve(world, events=named((*world.events, *draw(second_thoughts(world.events)))))
    world = evolve(world, events=(*world.events, *draw(oddities(world))))
    world = evolve(world, events=named((*world.events, *draw(afterthoughts(found, world)))))
    return _followed(world) if draw(st.integers(0, 3)) == 3 else world


def _followed(world: World) -> World:
    """The same, followed until all is known."""
    days = world.calendar.of("")
    last = min(days.zone.date(max((event.known for event in world.events), default=world.until)), days.last)
    return evolve(world, until=max(world.until, days.zone.next_midnight(last) - 1))


@st.composite
def calendars_of(draw: st.DrawFn, policies: tuple[Policy, ...], found: Matters) -> Calendar:
    """One that begins shortly before something changes in the policies, or where they have long been in force."""
    ordinary = _ordinary(policies)
    turns = list(turning(Zone(policies[0].timezone), ordinary))[-1:]
    mondays = [date - DAY * (date.weekday() + 7 * weeks) for date in (*found.starts, *turns) for weeks in (0, 1) if date.weekday() + weeks]
    start = draw(st.sampled_from([ordinary, *(monday for monday in mondays if any(policy.covers(monday) for policy in policies))]))
    long = found.longest // 5 + 1
    weeks = (2, 1, 3, long) if long > 3 else (2, 1, 3)
    return draw(calendars(policies[0].timezone, start, weeks, min(policy.day.closes for policy in policies)))


def _ordinary(policies: tuple[Policy, ...]) -> Date:
    """A Monday on which the newest policy is in force, 1 September 2025 where it is."""
    newest = max(policies, key=lambda policy: policy.start or Date.min)
    date = max(newest.start or MONDAY, MONDAY)
    if newest.end is not None and newest.end < date:
        date = max(newest.start or Date.min, newest.end - DAY * 20)
    return date + DAY * (-date.weekday() % 7)


def named(events: Sequence[Event]) -> tuple[Event, ...]:
    """Each event but a mark by an id of its own; a mark is cited by its date and session."""
    return tuple(event if event.id or isinstance(event, Mark) else evolve(event, id=f"{type(event).__name__.lower()}-{n}") for n, event in enumerate(events))
