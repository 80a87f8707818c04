"""Which facts about one student are seen at an instant (SEMANTICS, sections 2 and 9.1)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from ...canonical import canonical
from ...days import Calendar, Days, Edit
from ...events import (
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
    to_plain,
)
from ...policy import Policy
from ...roster import Assignment, Roster, posted
from ...times import Instant, Zone

Date = datetime.date


@frozen(repr=False)
class World:
    """All that an evaluation is given. Of a generated one, how far it is followed and the number that makes it again."""

    policies: tuple[Policy, ...]
    calendar: Calendar
    roster: Roster
    events: tuple[Event, ...]
    until: Instant = 0
    number: str = field(default="", eq=False)
    kept: dict[str, Any] = field(factory=dict, init=False, eq=False, repr=False)  # what was played of it

    def __repr__(self) -> str:
        return f"numbered({self.number!r})" if self.number else f"World({self.policies!r}, {self.calendar!r}, {self.roster!r}, {self.events!r})"


@frozen
class Seen:
    """Facts(t) of one student; lists are in order of (at, precedence)."""

    student: str
    zone: Zone
    calendar: Calendar
    roster: Roster
    marks: dict[tuple[Date, str], Mark] = field(factory=dict)
    every_mark: tuple[Mark, ...] = ()
    statuses: tuple[Status, ...] = ()
    flags: tuple[Flag, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()
    columns: tuple[RosterEdit, ...] = ()
    ats: tuple[Instant, ...] = ()
    pages: tuple[int, ...] = (0,)
    memo: dict[Any, Any] = field(factory=dict, eq=False, repr=False)
    kept: dict[Any, Any] = field(factory=dict, eq=False, repr=False)

    def page(self, e: Instant) -> int:
        """Stands for all that is seen with `at` up to e: where it is the same, so are the facts (of one log)."""
        return self.pages[bisect.bisect_right(self.ats, e)]

    def column(self, name: str, date: Date) -> str:
        """A roster column on a date, empty where there is none."""
        begun = [edit for edit in self.columns if edit.column == name and (edit.start is None or edit.start <= date)]
        if begun:
            return max(begun, key=lambda edit: (edit.start or Date.min, *precedence(edit))).value
        row = self.roster.row(self.student, date)
        return row.get(name) if row else ""

    def starts(self) -> list[Date | None]:
        """The first dates of the student's rows in the roster."""
        return [row.start for row in self.roster.rows(self.student)]

    def places(self, level: str, date: Date) -> set[str]:
        """What the student belongs to on a level."""
        return {self.student if level == "student" else self.column(level, date)}

    def person(self, role: str) -> str:
        """Of a person who may hold a role, the person."""
        return ""

    def days(self, date: Date) -> Days:
        """The days of the school that the student is in on a date."""
        found = self.kept.get(date)
        if found is None:
            found = self.kept[date] = self.calendar.of(self.column("school", date))
        return found


class Log:
    """All that is ever said about a student or a group, with what was made of it; each set of visible facts is put together once.

    memo: what functions of the facts found, under keys that hold the page or the `Seen` that they read.
    """

    def __init__(self, world: World, student: str, policy: str = "", level: str = "student") -> None:
        self.world, self.student = world, student
        self.others = {each.name for each in world.policies} - {policy} if policy else set()
        self.events = [(start, event) for event in events_of(world, student, level) if (start := visible_from(world, event)) is not None]
        self.shared = [(start, event) for event in events_of(world, "") if (start := visible_from(world, event)) is not None]
        self.instants = sorted({start for start, _ in self.events + self.shared})
        self.made: dict[int, Seen] = {}
        self.memo: dict[Any, Any] = {}
        self.numbers: dict[tuple[object, ...], int] = {}

    def seen(self, t: Instant) -> Seen:
        """Facts(t)."""
        n = bisect.bisect_right(self.instants, t)
        found = self.made.get(n)
        if found is None:
            found = self.made[n] = self._seen(t)
        return found

    def _seen(self, t: Instant) -> Seen:
        world = self.world
        own = unvoided(one_for_each_id(event for start, event in self.events if start <= t))
        shared = unvoided(one_for_each_id(event for start, event in self.shared if start <= t))
        calendar, roster = self._calendar(shared), world.roster
        held = sorted((event for event in shared if isinstance(event, AssignmentEdit)), key=precedence)
        if held:
            people = (Assignment(edit.role, edit.of, edit.person, edit.start, edit.end) for edit in held)
            roster = evolve(roster, assignments=posted(roster.assignments, people))
        every = tuple(event for event in own if isinstance(event, Mark))
        marks, columns = winners(own), tuple(event for event in own if isinstance(event, RosterEdit))
        rest = [event for event in own if not isinstance(event, Mark) and not (isinstance(event, Outcome) and event.item.partition("/")[0] in self.others)]
        kinds = [dated(rest, kind) for kind in (Status, Flag, Outcome, Document, Fact)]
        ats, pages = self._pages(calendar, (*columns, *held), marks, kinds)
        statuses, flags, outcomes, documents, facts = kinds
        return Seen(
            self.student, world.calendar.zone, calendar, roster, marks, every, statuses, flags, outcomes, documents, facts, columns, ats, pages, self.memo
        )

    def _calendar(self, shared: list[Event]) -> Calendar:
        edits = sorted((event for event in shared if isinstance(event, CalendarEdit)), key=precedence)
        if not edits:
            return self.world.calendar
        key = tuple(Edit(edit.date, edit.school, edit.plan, edit.office) for edit in edits)
        if key not in self.memo:
            self.memo[key] = self.world.calendar.edited(*key)
        found: Calendar = self.memo[key]
        return found

    def _pages(self, calendar: Calendar, edits: tuple[Event, ...], marks: dict[tuple[Date, str], Mark], kinds: list[tuple[Any, ...]]) -> tuple[tuple[Instant, ...], tuple[int, ...]]:
        """When each fact is, and a number for all up to it: events of one log are told apart by which object they are."""
        days = calendar.of("")
        facts = [(at, id(mark)) for mark in marks.values() if (at := days.mark_at(mark.date, mark.session)) is not None]
        facts += [(event.at, id(event)) for events in kinds for event in events]
        facts.sort()
        page = self._number((id(calendar), *map(id, edits)))
        pages = [page]
        for fact in facts:
            page = self._number((page, fact))
            pages.append(page)
        return tuple(at for at, _ in facts), tuple(pages)

    def _number(self, key: tuple[object, ...]) -> int:
        return self.numbers.setdefault(key, len(self.numbers))


def precedence(event: Event) -> tuple[Instant, Instant, int, str, str]:
    """Of versions of one thing the greatest wins: when it was written, when it was known, its number, its id, without one what it says (M17)."""
    written = event.known if event.recorded is None else event.recorded
    says = event.code if isinstance(event, Mark) and event.minutes is None else str(event)
    return written, event.known, event.seq, event.id, "" if event.id else says


def seen(world: World, student: str, t: Instant) -> Seen:
    """Facts(t)."""
    return Log(world, student).seen(t)


def visible_from(world: World, event: Event) -> Instant | None:
    """The first instant at which an event is seen; None for a mark that the calendar cannot place."""
    if isinstance(event, Mark):
        at = world.calendar.of("").mark_at(event.date, event.session)
        return None if at is None else max(event.known, at)
    return max(event.known, getattr(event, "at", event.known))


def events_of(world: World, student: str, level: str = "student") -> list[Event]:
    """The own events of a student, or of a group of a level; for no student, the shared edits and their voids."""
    if not student:
        return [event for event in world.events if not about(event) and isinstance(event, (*SHARED, Void))]
    return [event for event in world.events if whose(event, world) == (level, student)]


def whose(event: Event, world: World) -> tuple[str, str]:
    """What an event is about: the group whose item an outcome names, else what it says itself."""
    if isinstance(event, Outcome) and event.item.count("/") > 2:
        name, part, subject = event.item.split("/")[:3]
        asked = [found.each for policy in world.policies if policy.name == name for found in (policy.duties.get(part), policy.targets.get(part)) if found]
        if asked and event.level not in asked and asked[-1] != "student":
            return asked[-1], subject
    return getattr(event, "level", "student"), about(event)


def instants(world: World, student: str) -> set[Instant]:
    """Every instant at which something about the student, or shared, is first seen."""
    return set(Log(world, student).instants)


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
    return [event for event in events if not isinstance(event, Void) and name_of(event, events) not in targets]


def name_of(event: Event, events: list[Event]) -> str | None:
    """How a void names an event: its id, or for a mark without one `<date>.<period>`, `#n` for the nth that came."""
    if event.id or not isinstance(event, Mark):
        return event.id or None
    same = [one for one in events if isinstance(one, Mark) and (one.date, one.session) == (event.date, event.session)]
    number = sorted(same, key=lambda one: (one.known, *precedence(one))).index(event) + 1
    natural = f"{event.date.isoformat()}.{event.session}"
    return natural if number == 1 else f"{natural}#{number}"


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
