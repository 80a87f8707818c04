"""What is said in a world: its calendar, its roster, its marks, and all other events."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

from ...events import NAMES, CalendarEdit, Event, Fact, Flag, Mark, Outcome, RosterEdit, Status, Void, about, content, written
from ...policy import NOT_ENROLLED
from ...times import DAY
from ..model.seen import World

Date = datetime.date


def said(world: World) -> Iterator[str]:
    """The names of the features of what is said, some of them more than once."""
    yield from of_calendar(world)
    yield from of_roster(world)
    yield from of_marks(world)
    yield from of_policies(world)
    for event in world.events:
        yield from of_event(event, world)
    yield from of_copies(world)
    yield from of_strays(world)


def followed(world: World) -> tuple[Date, Date]:
    """The first and the last date of what is followed."""
    return world.calendar.of("").first, world.calendar.zone.date(world.until)


def of_calendar(world: World) -> Iterator[str]:
    """What the followed part of the calendar holds."""
    (first, last), zone, calendar = followed(world), world.calendar.zone, world.calendar
    for date, plan in calendar.plans.days.items():
        if first <= date <= last:
            yield "a day that is made up" if plan.kind == "make_up" else "a day without school"
    yield "one session a day" if len(calendar.periods) == 1 else "several sessions a day"
    if sum(term.start <= last for term in calendar.terms) > 1:
        yield "a second term"
    if any(first <= date <= last for plans in calendar.schools.values() for date in plans.days):
        yield "another school's day off"
    if zone.local(zone.midnight(first)).utcoffset() != zone.local(zone.midnight(last + DAY)).utcoffset():
        yield "the clocks change"


def of_roster(world: World) -> Iterator[str]:
    """Who is there, and who holds what."""
    first, last = followed(world)
    rows, held = world.roster.students, world.roster.assignments
    if len(world.roster.ids()) > 1:
        yield "several students"
    if any(row.start is not None and first < row.start <= last for row in rows):
        yield "a move to another school"
    for policy in world.policies:
        for role in policy.roles:
            persons = [one for one in held if one.role == role]
            if not persons:
                yield "a vacant role"
            if any(one.start is not None and first < one.start <= last for one in persons):
                yield "a role that is handed over"
            if any(one.of == other.of and one is not other and not (one.end or other.end or one.start or other.start) for one in persons for other in persons):
                yield "a role that two hold"


def of_policies(world: World) -> Iterator[str]:
    """Versions and parameters that begin while the world is followed."""
    first, last = followed(world)
    if any(policy.start is not None and first < policy.start <= last for policy in world.policies):
        yield "a version begins"
    lines = [line for policy in world.policies for one in policy.parameters.values() for line in one.lines]
    if any(line.start is not None and first < line.start <= last for line in lines):
        yield "a parameter changes"


def of_marks(world: World) -> Iterator[str]:
    """What the marks of each session say, and when."""
    meanings = {code: mark.meaning for policy in world.policies for code, mark in policy.marks.items()}
    sessions: dict[tuple[str, Date, str], list[Mark]] = defaultdict(list)
    for event in world.events:
        if isinstance(event, Mark):
            sessions[event.student, event.date, event.session].append(event)
    days: dict[tuple[str, Date], set[str]] = defaultdict(set)
    for (student, date, period), marks in sessions.items():
        days[student, date] |= {meanings.get(mark.code, "unknown") for mark in marks}
        yield from of_session(marks, world, date, period)
    yield from (f"marked {meaning.replace('_', ' ')}" for some in days.values() for meaning in some)
    if any(len(some) > 1 for some in days.values()):
        yield "a day of several meanings"
    marked: dict[str, set[Date]] = defaultdict(set)
    for student, date in days:
        marked[student].add(date)
    for student, dates in marked.items():
        own = world.calendar.of(world.roster.rows(student)[0].school) if world.roster.rows(student) else world.calendar.of("")
        open_days = [date for date in own.school_days if min(dates) <= date <= max(dates)]
        if any((student, date, one.period) not in sessions for date in open_days for one in own.sessions(date)):
            yield "an unmarked session"


def of_strays(world: World) -> Iterator[str]:
    """Marks and voids that nothing can be done with."""
    days, codes = world.calendar.of(""), {code for policy in world.policies for code in policy.marks}
    names = {name for event in world.events for name in (event.id, _natural(event))}
    for event in world.events:
        if isinstance(event, Mark):
            if days.mark_at(event.date, event.session) is None:
                yield "a mark outside the calendar"
            elif not any(one.period == event.session for one in days.sessions(event.date)):
                yield "a mark of no session"
            if event.code not in codes:
                yield "a code that no policy knows"
            if not world.roster.rows(event.student):
                yield "a student who is on no roster"
        elif isinstance(event, Void) and event.target not in names:
            yield "a void of nothing"


def of_session(marks: list[Mark], world: World, date: Date, period: str) -> Iterator[str]:
    """What was said of one session, the first word and what came after it."""
    start = world.calendar.of("").mark_at(date, period)
    first = min(mark.known for mark in marks)
    close = min(world.calendar.zone.instant(date, policy.day.closes) for policy in world.policies)
    if start is not None and first > start:
        yield "a mark known late"
    if first > close:
        yield "a mark known after the day"
    if len({mark.code for mark in marks}) > 1:
        yield "a mark corrected"
    if max(marks, key=lambda mark: mark.known) is not max(marks, key=lambda mark: (written(mark), mark.known, mark.seq, mark.id)):
        yield "a later word that does not win"
    if any(mark.minutes is not None for mark in marks):
        yield "a mark with minutes"


def of_event(event: Event, world: World) -> Iterator[str]:
    """What one event is, and whether it came late."""
    at = getattr(event, "at", None)
    if not isinstance(event, Mark | Void | CalendarEdit):
        yield f"{_a(NAMES[type(event)])}"
        if at is not None and event.known > at:
            yield f"{_a(NAMES[type(event)])} known late"
    if isinstance(event, Status):
        yield "a student leaves" if event.status in NOT_ENROLLED else "another status"
    elif isinstance(event, Flag) and event.value == "no":
        yield "a flag is taken back"
    elif isinstance(event, Fact) and event.level != "student":
        yield "a fact of a group"
    elif isinstance(event, Outcome):
        yield from of_outcome(event)
    elif isinstance(event, CalendarEdit):
        midnight = world.calendar.zone.midnight(event.date)
        yield "a day closed by an edit" if event.plan is not None and event.plan.kind == "closed" else "a day added by an edit"
        yield "an edit known before its day" if event.known < midnight else "an edit known on its day or after"
    elif isinstance(event, RosterEdit) and event.start is not None and world.calendar.zone.midnight(event.start) < event.known:
        yield "a row edited for the past"
    if event.known > world.until:
        yield "an event known after the end"


def of_outcome(outcome: Outcome) -> Iterator[str]:
    """What it names, and what it says."""
    yield {(True, False): "an outcome that names an action", (False, True): "an outcome that names an item"}.get(
        (bool(outcome.action), bool(outcome.item)), "an outcome that names both"
    )
    if not outcome.done:
        yield "an outcome: not done"
    if outcome.times > 1:
        yield "an outcome of several times"
    if outcome.result:
        yield "an outcome with a result"


def of_copies(world: World) -> Iterator[str]:
    """What is said twice, or taken back."""
    by_id: dict[str, list[Event]] = defaultdict(list)
    for event in world.events:
        by_id[event.id or repr(content(event))].append(event)
    for some in by_id.values():
        if len(some) > 1:
            yield "an event twice" if all(content(one) == content(some[0]) for one in some) else "two events of one id"
    for void in (event for event in world.events if isinstance(event, Void)):
        targets = [one for one in world.events if about(one) == void.student and one is not void and void.target in (one.id, _natural(one))]
        yield "an event taken back"
        if any(isinstance(one, Mark) for one in targets):
            yield "a mark taken back"
        if targets and all(one.known > void.known for one in targets):
            yield "a void before its event"


def _natural(event: Event) -> str:
    return f"{event.date}.{event.session}" if isinstance(event, Mark) else ""


def _a(name: str) -> str:
    return {"assignment": "a role edited", "roster": "a row edited"}.get(name) or f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
