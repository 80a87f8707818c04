"""Sessions that a source of absences does not list: present, once a day is declared complete (SEMANTICS, section 1).

An upload that covers the day declares it (`--covers`), or a fact `roll complete` about a class or a school.
Until then such a session is unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..days import Calendar, Days
from ..events import ROLL_COMPLETE, Event, Fact, Mark, RosterEdit, precedence
from ..messages import say
from ..roster import Roster, Student
from ..times import NEVER, Instant, Zone
from .moments import dates_between, parse_date
from .rejects import Unread

Date = datetime.date
LEVELS = ("class", "school")
# What nobody wrote is older than anything that somebody wrote, so an absence that comes later wins whenever it was recorded.
NEVER_WRITTEN: Instant = 0
Listed = dict[tuple[str, Date, str], Instant]


def imputed_presents(
    roster: Roster, calendar: Calendar, marks: Iterable[Mark], covers: tuple[Date, Date], *,
    code: str, closes: datetime.time, known: Instant | None = None, source: str = "", unread: Iterable[Unread] = (), edits: Iterable[RosterEdit] = (),
) -> Iterator[Mark]:  # fmt: skip
    """A mark `code` for each session that an absences-only upload covers and does not list.

    marks: the marks that the upload lists. Students count from their row's `from` to its `to`. known: when the
    upload came, and so when its days were known to be complete; without it each day's close, and never before
    it: before its close no day is complete. unread: what is listed and could not be read. edits: of the roster.
    """
    listed, columns = _listed(marks), _Columns(edits)
    lost = set(unread)
    for student in roster.students:
        days = calendar.of(student.school)
        for date in dates_between(max(covers[0], days.first), min(covers[1], days.last)):
            yield from _unlisted(student, date, calendar.of(columns.of(student, "school", date)), listed, lost, code, closes, known, source)


def declared_presents(
    roster: Roster, calendar: Calendar, marks: Iterable[Mark], facts: Iterable[Fact], *, code: str, closes: datetime.time, source: str = "",
    unread: Iterable[Unread] = (), edits: Iterable[RosterEdit] = (),
) -> Iterator[Mark]:  # fmt: skip
    """A mark `code` for each session of a day that a fact `roll complete` declares and that `marks` do not list.

    A fact is about the class or school that it names, on the date of its `at`; of several the first known counts.
    """
    listed, columns = _listed(marks), _Columns(edits)
    lost = set(unread)
    zone = calendar.zone
    for fact in sorted(facts, key=lambda fact: (fact.known, fact.at, fact.about)):
        date = zone.date(fact.at)
        for student in _concerned(fact, date, roster, calendar, columns):
            for mark in _unlisted(student, date, calendar.of(columns.of(student, "school", date)), listed, lost, code, closes, fact.known, source):
                listed[mark.student, mark.date, mark.session] = mark.known
                yield mark


def concerns_nobody(fact: Fact, roster: Roster, calendar: Calendar, edits: Iterable[RosterEdit] = ()) -> bool:
    """Whether a day declared complete is one on which nobody of that class or school has a session."""
    return next(_concerned(fact, calendar.zone.date(fact.at), roster, calendar, _Columns(edits)), None) is None


class _Columns:
    """What a roster column is on a date, after the edits of it."""

    def __init__(self, edits: Iterable[RosterEdit]) -> None:
        self.edits: dict[tuple[str, str], list[RosterEdit]] = {}
        for edit in sorted(edits, key=lambda edit: (edit.start or Date.min, *precedence(edit))):
            self.edits.setdefault((edit.student, edit.column), []).append(edit)

    def of(self, student: Student, column: str, date: Date) -> str:
        begun = [edit for edit in self.edits.get((student.id, column), ()) if edit.start is None or edit.start <= date]
        return begun[-1].value if begun else student.get(column)


def _listed(marks: Iterable[Mark]) -> Listed:
    """Since when each session is listed: an absence that becomes known after its day was declared complete takes nothing back."""
    found: Listed = {}
    for mark in marks:
        key = mark.student, mark.date, mark.session
        found[key] = min(mark.known, found.get(key, mark.known))
    return found


def _concerned(fact: Fact, date: Date, roster: Roster, calendar: Calendar, columns: _Columns) -> Iterator[Student]:
    """The students of a fact's class or school who are on the roll on a date and have a session then."""
    for student in roster.students:
        days = calendar.of(columns.of(student, "school", date))
        if columns.of(student, fact.level, date) == fact.about and _on_roll(student, date) and days.covers(date) and days.sessions(date):
            yield student


def is_imputed(event: Event) -> bool:
    """Whether nobody wrote a mark: it stands for a session that a complete source does not list."""
    return isinstance(event, Mark) and event.recorded == NEVER_WRITTEN


def is_roll(event: Event) -> bool:
    """Whether an event declares a day of a class or a school complete."""
    return isinstance(event, Fact) and event.fact == ROLL_COMPLETE and event.level in LEVELS


def parse_covers(text: str) -> tuple[Date, Date]:
    """`2025-09-01..2025-09-30`, or one date. Raises ValueError."""
    first, dots, last = text.partition("..")
    start = parse_date(first)
    end = parse_date(last) if dots else start
    if end < start:
        raise ValueError(say("`{text}` ends before it begins", text=text))
    return start, end


def _unlisted(
    student: Student, date: Date, days: Days, listed: Listed, lost: set[Unread],
    code: str, closes: datetime.time, known: Instant | None, source: str,
) -> Iterator[Mark]:  # fmt: skip
    if not _on_roll(student, date) or (student.id, None, "") in lost or (student.id, date, "") in lost:
        return
    when = _known(days.zone, date, closes, known)
    for session in days.sessions(date):
        key = student.id, date, session.period
        if listed.get(key, NEVER) > when and key not in lost:
            yield Mark(student=student.id, date=date, session=session.period, code=code, known=when, recorded=NEVER_WRITTEN, source=source)


def _known(zone: Zone, date: Date, closes: datetime.time, known: Instant | None) -> Instant:
    close = zone.instant(date, closes)
    return close if known is None else max(known, close)


def _on_roll(student: Student, date: Date) -> bool:
    return (student.start is None or student.start <= date) and (student.end is None or date <= student.end)
