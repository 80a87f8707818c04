"""Which facts about one student are seen at an instant (SEMANTICS, sections 2 and 9.1)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from escalate.canonical import canonical
from escalate.days import Calendar, Days, Edit
from escalate.events import (
    SHARED,
    AssignmentEdit,
    CalendarEdit,
    Document,
    Event,
    Fact,
    Flag,
    Mark,
    Outcome,
    RosterEdit,
    Status,
    Void,
    about,
    precedence,
    to_plain,
)
from escalate.policy import Policy
from escalate.roster import Assignment, Roster
from escalate.times import Instant, Zone

Date = datetime.date


@frozen
class World:
    """All that an evaluation is given."""

    policies: tuple[Policy, ...]
    calendar: Calendar
    roster: Roster
    events: tuple[Event, ...]


@frozen
class Seen:
    """Facts(t) of one student; lists are in order of (at, precedence)."""

    student: str
    zone: Zone
    calendar: Calendar
    roster: Roster
    marks: dict[tuple[Date, str], Mark] = field(factory=dict)
    statuses: tuple[Status, ...] = ()
    flags: tuple[Flag, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()
    columns: tuple[RosterEdit, ...] = ()
    kept: dict = field(factory=dict, eq=False, repr=False)

    def column(self, name: str, date: Date) -> str:
        """A roster column on a date, empty where there is none."""
        begun = [edit for edit in self.columns if edit.column == name and (edit.start is None or edit.start <= date)]
        if begun:
            return max(begun, key=lambda edit: (edit.start or Date.min, *precedence(edit))).value
        row = self.roster.row(self.student, date)
        return row.get(name) if row else ""

    def days(self, date: Date) -> Days:
        """The days of the school that the student is in on a date."""
        return self.calendar.of(self.column("school", date))


def seen(world: World, student: str, t: Instant) -> Seen:
    """Facts(t)."""
    own = standing(world, student, t)
    shared = standing(world, "", t)
    edits = sorted((event for event in shared if isinstance(event, CalendarEdit)), key=precedence)
    held = sorted((event for event in shared if isinstance(event, AssignmentEdit)), key=precedence)
    calendar = world.calendar.edited(*(Edit(edit.date, edit.school, edit.plan, edit.office) for edit in edits)) if edits else world.calendar
    people = tuple(Assignment(edit.role, edit.of, edit.person, edit.start, edit.end) for edit in held)
    return Seen(
        student, world.calendar.zone, calendar, evolve(world.roster, assignments=world.roster.assignments + people), winners(own),
        dated(own, Status), dated(own, Flag), dated(own, Outcome), dated(own, Document), dated(own, Fact),
        tuple(event for event in own if isinstance(event, RosterEdit)),
    )


def visible_from(world: World, event: Event) -> Instant | None:
    """The first instant at which an event is seen; None for a mark that the calendar cannot place."""
    if isinstance(event, Mark):
        at = world.calendar.of("").mark_at(event.date, event.session)
        return None if at is None else max(event.known, at)
    return max(event.known, getattr(event, "at", event.known))


def events_of(world: World, student: str) -> list[Event]:
    """The student's own events; for no student, the shared edits and their voids."""
    return [event for event in world.events if about(event) == student and (student or isinstance(event, (*SHARED, Void)))]


def instants(world: World, student: str) -> set[Instant]:
    """Every instant at which something about the student, or shared, is first seen."""
    return {t for event in events_of(world, student) + events_of(world, "") if (t := visible_from(world, event)) is not None}


def standing(world: World, student: str, t: Instant) -> list[Event]:
    """The visible events without duplicates, clashes and what was voided."""
    visible = [event for event in events_of(world, student) if (start := visible_from(world, event)) is not None and start <= t]
    return unvoided(one_for_each_id(visible))


def one_for_each_id(events: Iterable[Event]) -> list[Event]:
    """Of the events under one id the least (known, canonical bytes); an event without an id is always its own."""
    kept: list[Event] = []
    by_id: dict[str, Event] = {}
    for event in events:
        if not event.id:
            kept.append(event)
        elif event.id not in by_id or rank(event) < rank(by_id[event.id]):
            by_id[event.id] = event
    return kept + list(by_id.values())


def rank(event: Event) -> tuple[Instant, bytes]:
    """What decides between two events of one id, whether they say the same or not."""
    return event.known, canonical(plain(to_plain(event)))


def plain(value: object) -> object:
    """A value as canonical bytes take it: what is missing is left out."""
    return {key: plain(inner) for key, inner in value.items() if inner is not None} if isinstance(value, dict) else value


def unvoided(events: list[Event]) -> list[Event]:
    """The events that no void names, without the voids."""
    targets = {event.target for event in events if isinstance(event, Void)}
    return [event for event in events if not isinstance(event, Void) and name_of(event) not in targets]


def name_of(event: Event) -> str | None:
    """How a void names an event: its id, or for a mark without one `<date>.<period>`."""
    if not event.id and isinstance(event, Mark):
        return f"{event.date.isoformat()}.{event.session}"
    return event.id or None


def winners(events: Iterable[Event]) -> dict[tuple[Date, str], Mark]:
    """The mark that counts for each session."""
    found: dict[tuple[Date, str], Mark] = {}
    for event in events:
        if isinstance(event, Mark):
            key = event.date, event.session
            if key not in found or precedence(found[key]) < precedence(event):
                found[key] = event
    return found


def dated(events: Iterable[Event], kind: type) -> tuple[Any, ...]:
    """The events of one type by (at, precedence)."""
    return tuple(sorted((event for event in events if type(event) is kind), key=lambda event: (event.at, *precedence(event))))
