"""What comes next for one student: the first thing that is decided if they stay away, come back, or nobody records anything."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from .days import Calendar
from .engine import Decision, Engine
from .events import SHARED, Event, Mark, about, level_of
from .policy import Policy
from .roster import Roster
from .times import DAY, Instant

Date = datetime.date
# What is supposed of the student from now on, with the meaning of the marks that say so; none for silence.
COURSES = {"away": "unexcused", "back": "present", "silence": ""}
SOON = 600  # seconds from a session's start to its mark


@frozen
class Next:
    """What comes first on one course: everything that is decided at that instant, in order; nothing where the calendar ends before.

    before: what was decided up to now. missing: no code of the policies says what the course supposes.
    """

    course: str
    decisions: tuple[Decision, ...]
    before: tuple[Decision, ...]
    last: Date
    missing: bool = False


def what_next(
    policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], student: str, now: Instant, *, matcher: str | None = None
) -> Iterator[Next]:
    """What comes next on each course after `now`, of what is known by then; nobody does anything that would be recorded.

    What is asked of groups is left out: it hangs on others too. Raises `Refused` like an evaluation.
    """
    known = list(events)
    for course, meaning in COURSES.items():
        codes = codes_of(policies, meaning) if meaning else []
        engine = alone(policies, calendar, roster, known, student, now, matcher=matcher)
        before = tuple(engine.advance(now))
        last = engine.intake.subject(student).history.days(Date.max).last
        found: tuple[Decision, ...] = ()
        if codes or not meaning:
            found = _first(engine, student, codes[0] if codes else "", now, last)
        yield Next(course, found, before, last, missing=bool(meaning) and not codes)


def alone(
    policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], student: str, now: Instant, *, matcher: str | None = None
) -> Engine:
    """An engine that knows of one student what is known by now, and of the others nothing; it is not advanced."""
    engine = Engine(policies, calendar, Roster(tuple(row for row in roster.students if row.id == student), roster.assignments), matcher=matcher)
    engine.feed(event for event in events if event.known <= now and (isinstance(event, SHARED) or (about(event), level_of(event)) == (student, "student")))
    return engine


def codes_of(policies: Sequence[Policy], meaning: str) -> list[str]:
    """The codes that every policy takes for a meaning, those without a reason of their own first."""
    plain = sorted(policies[0].marks.values(), key=lambda mark: bool(mark.reasons))
    return [mark.code for mark in plain if all(mark.code in policy.marks and policy.marks[mark.code].meaning == meaning for policy in policies)]


def _first(engine: Engine, student: str, code: str, now: Instant, last: Date) -> tuple[Decision, ...]:
    """What is decided first, day by day."""
    zone, date = engine.calendar.zone, engine.calendar.zone.date(now)
    while date <= last:
        if code:
            engine.feed(_marks(engine, student, code, date, now))
        found = [one for one in engine.advance(zone.next_midnight(date)) if one.level == "student"]
        if found:
            return tuple(one for one in found if one.decided == found[0].decided)
        date += DAY
    return ()


def _marks(engine: Engine, student: str, code: str, date: Date, now: Instant) -> list[Event]:
    """The marks of the sessions of a date that are still to come."""
    days = engine.intake.subject(student).history.days(date)
    sessions = days.sessions(date) if days.covers(date) else ()
    return [Mark(student=student, date=date, session=one.period, code=code, known=one.start + SOON) for one in sessions if one.start + SOON > now]
