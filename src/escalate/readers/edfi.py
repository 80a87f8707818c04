"""Ed-Fi StudentSchoolAttendance: marks from a source that lists absences only.

What such a file does not list is unknown until the source says that a day is complete; an upload that
covers the day says so (`imputed_presents`).
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator

from ..days import Calendar
from ..events import Event, Mark
from ..roster import Roster, Student
from ..times import Instant
from .events import read_events
from .mapping import ColumnMap, preset
from .moments import dates_between, parse_date
from .rejects import Context, Reject

Date = datetime.date


def read_edfi(
    path: str | os.PathLike[str], context: Context, *, mapping: ColumnMap | None = None, received: Instant | None = None
) -> Iterator[Event | Reject]:
    """The marks of the events that a file lists, and the rows that are none, in file order.

    The code is the category after its `#`; the mapping (by default the preset `edfi`) gives it a local code,
    and names the session that a day's event is about.
    """
    return read_events(path, context, mapping=mapping or preset("edfi"), received=received)


def imputed_presents(
    roster: Roster,
    calendar: Calendar,
    marks: Iterable[Mark],
    covers: tuple[Date, Date],
    *,
    code: str,
    closes: datetime.time,
    known: Instant | None = None,
    source: str = "",
) -> Iterator[Mark]:
    """A mark `code` for each session that an absences-only upload covers and does not list.

    marks: the marks that the upload lists. Students count from their row's `from` to its `to`. known: when the
    upload came, and so when its days were known to be complete; without it each day's close, and never before
    it: before its close no day is complete.
    """
    listed = {(mark.student, mark.date, mark.session) for mark in marks}
    for student in roster.students:
        days = calendar.of(student.school)
        for date in dates_between(max(covers[0], days.first), min(covers[1], days.last)):
            if not _on_roll(student, date):
                continue
            close = days.zone.instant(date, closes)
            when = close if known is None else max(known, close)
            for session in days.sessions(date):
                if (student.id, date, session.period) not in listed:
                    yield Mark(
                        student=student.id, date=date, session=session.period, code=code, known=when, source=source
                    )


def _on_roll(student: Student, date: Date) -> bool:
    return (student.start is None or student.start <= date) and (student.end is None or date <= student.end)


def parse_covers(text: str) -> tuple[Date, Date]:
    """`2025-09-01..2025-09-30`, or one date. Raises ValueError."""
    first, dots, last = text.partition("..")
    start = parse_date(first)
    end = parse_date(last) if dots else start
    if end < start:
        raise ValueError(f"`{text}` ends before it begins")
    return start, end
