"""What a measure counts in: a day, a half day or a session, with what is seen of its marks at an instant."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from attrs import frozen

from ...days import Session
from ...events import Mark
from ...policy import DayRule, Measure, Policy
from ...times import DAY, Instant
from .seen import Date, Seen

NOON = datetime.time(12)
ATTENDED = ("present", "late", "left_early")
ABSENT = ("excused", "unexcused")
SILENT = ("unknown", "not_expected")


@frozen
class Sight:
    """The student's facts and policy, and the instant beyond which no mark is looked at."""

    seen: Seen
    policy: Policy
    asof: Instant

    def mark(self, session: Session) -> Mark | None:
        return self.seen.marks.get((session.date, session.period)) if session.start <= self.asof else None

    def code(self, session: Session) -> str:
        mark = self.mark(session)
        return mark.code if mark else ""

    def meaning(self, session: Session) -> str:
        """`unknown` for an unmarked session and for a code that the policy does not know."""
        known = self.policy.marks.get(self.code(session))
        return known.meaning if known else "unknown"

    def codes(self, meanings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(code for code, mark in self.policy.marks.items() if mark.meaning in meanings)

    def expected(self, sessions: Iterable[Session]) -> list[Session]:
        return [session for session in sessions if self.meaning(session) != "not_expected"]

    def possible(self, sessions: Iterable[Session]) -> bool:
        """Whether a session has a mark other than unknown and not expected."""
        return any(self.meaning(session) not in SILENT for session in sessions)

    def is_of(self, sessions: Iterable[Session], codes: frozenset[str], rule: DayRule) -> bool:
        """M1: whether the sessions marked with these codes alone make the day."""
        expected = self.expected(sessions)
        marked = sum(self.code(session) in codes for session in expected)
        if not marked:
            return False
        if rule.kind == "any":
            return True
        if rule.kind == "sessions":
            return marked >= rule.amount
        return marked >= (rule.amount if rule.kind == "share" else 1) * len(expected)


@frozen
class Unit:
    """One unit: `at` is what windows since an instant look at, a day's close or the start of the first session."""

    date: Date
    at: Instant
    start: Instant
    sessions: tuple[Session, ...]

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.sessions)


def dates(seen: Seen) -> list[Date]:
    """Every date of the calendar."""
    days = seen.calendar.of("")
    return [days.first + DAY * n for n in range((days.last - days.first).days + 1)]


def close(seen: Seen, policy: Policy, date: Date) -> Instant:
    return seen.zone.instant(date, policy.day.closes)


def units(seen: Seen, policy: Policy, measure: Measure) -> list[Unit]:
    """Every unit of the calendar, past and future, in order of time; made once for a calendar and the student's rows."""
    key = "units", seen.pages[0], policy.day.closes, measure.unit, measure.sessions
    if key not in seen.memo:
        seen.memo[key] = all_units(seen, policy, measure)
    found: list[Unit] = seen.memo[key]
    return found


def all_units(seen: Seen, policy: Policy, measure: Measure) -> list[Unit]:
    found: list[Unit] = []
    for date in dates(seen):
        sessions = seen.days(date).sessions(date)
        if measure.sessions == "first":
            sessions = sessions[:1]
        for group in groups(seen, measure.unit, date, sessions):
            start = group[0].start
            found.append(Unit(date, close(seen, policy, date) if measure.by_day else start, start, group))
    return found


def groups(seen: Seen, unit: str, date: Date, sessions: tuple[Session, ...]) -> list[tuple[Session, ...]]:
    """The sessions of a date by unit; none is empty."""
    noon = seen.zone.instant(date, NOON)
    if unit in ("school_day", "day"):
        made = [sessions]
    elif unit == "half_day":
        made = [tuple(one for one in sessions if one.start < noon), tuple(one for one in sessions if one.start >= noon)]
    else:
        made = [(session,) for session in sessions]
    return [group for group in made if group]
