"""Who was there and who was not: marks of a made-up school, with absences that last, late entries, corrections, dropouts and returns.

They follow from the seed alone: nobody comes back sooner because somebody called.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import define, frozen

from ..days import Days, Session
from ..events import Mark, Status
from ..roster import Roster, Student
from ..times import Instant
from .draws import Draws
from .rates import AS_OFTEN, DROPPED_AFTER, EXCUSED_LATER, LATE_MARK, LATE_ROLL, LONG, LONG_SPELL, MOST, RESTLESS, SKIPPED, Rates

Happened = Mark | Status
MINUTE, MORNING = 60, datetime.time(7, 30)
ROLL = (3, 12)  # minutes from a session's start until its roll is known


@frozen
class Codes:
    """What is marked; empty where the policies have no code that means it."""

    present: str
    unexcused: str
    excused: str = ""
    late: str = ""


@define
class Away:
    """An absence as it goes on. long: it is one of the long ones; days: so far, without leave."""

    excused: bool
    long: bool
    days: int = 0
    dropped: bool = False


def events_of(roster: Roster, days: Mapping[str, Days], codes: Codes, rates: Rates, draws: Draws, until: Instant) -> list[Happened]:
    """Every mark and status that is known by an instant, in the order in which it came to be known."""
    found = [event for student in roster.students for event in _student(student, days[student.school], codes, rates, draws, until) if event.known <= until]
    return sorted(found, key=lambda event: (event.known, event.id))


def _student(student: Student, days: Days, codes: Codes, rates: Rates, draws: Draws, until: Instant) -> Iterator[Happened]:
    """One student's days: at home for as long as an absence lasts, else at school."""
    leaves = _leaves(student.id, rates, draws)
    away: Away | None = None
    dates = [date for date in days.school_days if days.sessions(date)[0].start <= until]
    for n, date in enumerate(dates):
        if away is not None and draws.chance(1 / (LONG_SPELL if away.long else rates.spell), "back", student.id, date):
            if away.dropped:
                first = days.sessions(date)[0]
                yield Status(student=student.id, status="returned", at=first.start, known=_roll(student, first, draws), id=f"{student.id}.{date}.back")
            away = None
        elif away is None and draws.chance(leaves, "away", student.id, date):
            excused = bool(codes.excused) and not draws.chance(rates.unexcused, "unexcused", student.id, date)
            away = Away(excused, draws.chance(LONG, "long", student.id, date))
        following = days.zone.instant(dates[n + 1], MORNING) if n + 1 < len(dates) else None
        yield from _day(student, days.sessions(date), away, codes, draws, following)
        if away is not None and not away.excused:
            away.days += 1
            if away.days == DROPPED_AFTER:
                away.dropped = True
                last = days.sessions(date)[-1].end
                yield Status(student=student.id, status="dropped_out", at=last, known=last, id=f"{student.id}.{date}.out")


def _leaves(student: str, rates: Rates, draws: Draws) -> Fraction:
    """How often a day at school is followed by one at home, so that absences of the mean length make up the rate."""
    often = AS_OFTEN if draws.chance(RESTLESS, "restless", student) else 1
    share = min(rates.absence * often / (1 - RESTLESS + RESTLESS * AS_OFTEN), MOST)
    mean = (1 - LONG) * rates.spell + LONG * LONG_SPELL
    return min(share / (mean * (1 - share)), Fraction(1))


def _day(student: Student, sessions: Sequence[Session], away: Away | None, codes: Codes, draws: Draws, following: Instant | None) -> Iterator[Happened]:
    """The marks of one day, and what becomes of them the next morning."""
    skipped = draws.chance(SKIPPED, "skipped", student.id, sessions[0].date) if away is None else False
    gone = draws.pick(sessions, "which", student.id, sessions[0].date) if skipped else None
    noted = away is not None and not away.excused and codes.excused and draws.chance(EXCUSED_LATER, "note", student.id, sessions[0].date)
    for session in sessions:
        if away is not None:
            code = codes.excused if away.excused else codes.unexcused
        elif session is gone:
            code = codes.unexcused
        else:
            code = codes.late if codes.late and draws.chance(LATE_MARK, "late", student.id, session.id) else codes.present
        taken = _roll(student, session, draws)
        late = following is not None and draws.chance(LATE_ROLL, "roll", student.class_, session.id)
        known = following if late and following is not None else taken
        name = f"{student.id}.{session.date}.{session.period}"
        yield Mark(student=student.id, date=session.date, session=session.period, code=code, known=known, recorded=taken if late else None, id=name)
        if noted and following is not None:
            note = following + draws.between(10, 90, "noted", student.id, session.date) * MINUTE
            yield Mark(student=student.id, date=session.date, session=session.period, code=codes.excused, known=note, id=f"{name}.note")


def _roll(student: Student, session: Session, draws: Draws) -> Instant:
    """When the roll of a class is known."""
    return session.start + draws.between(*ROLL, "taken", student.class_, session.id) * MINUTE
