"""Attendance that sticks: days in a row of one mark, as long as matters; then a few days otherwise, some of it known late."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from hypothesis import strategies as st

from ...days import Calendar
from ...events import Event, Mark
from ...times import DAY
from ..matters import Matters

Date = datetime.date
HOUR = 3600
SHORT = (5, 5, 5, 10, 10)  # school days of most histories: what is longer is drawn now and then
LATE = (0, 2, 10, 30, 75, 150)  # hours
LATER = (75, 5, 2, 5, 10, 30, 75, 150)  # of marks that come late: after what is said of later days, more often than not
KINDS = ("corrected", "late", "mixed", "unmarked", "gap", "half", "offline", "upload", "corrected", "late", "offline", "upload", "half")
# A mark of a session: its code, and how many hours after the session began it was known and, where that was before, written.
Said = tuple[str, int, int | None]


@st.composite
def attendance(draw: st.DrawFn, student: str, found: Matters, calendar: Calendar, school: str) -> list[Event]:
    """The marks of a student from the calendar's first day on, each known when its session begins, but for some."""
    days = calendar.of(school)
    codes = [code for code, length in draw(_stretches(found)) for _ in range(length)]
    dates = days.school_days[: min(len(codes), draw(st.sampled_from((*SHORT, found.longest + 3))))]
    marks: dict[tuple[Date, str], Sequence[Said]] = {
        (date, session.period): [(code, 0, None)] for date, code in zip(dates, codes, strict=False) for session in days.sessions(date)
    }
    for n, kind, code, late in draw(st.lists(_twists(found, codes[: len(dates)]), max_size=3)) if dates else ():
        periods = [session.period for session in days.sessions(dates[n])]
        for period in {"mixed": periods[:1], "gap": periods[:1], "half": periods[1:]}.get(kind, periods):
            marks[dates[n], period] = _twisted(marks.get((dates[n], period), ()), kind, code, late)
        for before in range(n if kind == "upload" else 0):  # all so far comes with that of this day
            for session in days.sessions(dates[before]):
                said = marks.get((dates[before], session.period), ())
                marks[dates[before], session.period] = _twisted(said, "late", code, late + 24 * (dates[n] - dates[before]).days)
    minutes = draw(st.sampled_from(found.minutes)) if found.minutes else None
    return [event for (date, period), said in marks.items() for event in _said(student, date, period, said, calendar, minutes)]


def _stretches(found: Matters) -> st.SearchStrategy[list[tuple[str, int]]]:
    """Stretches of days of one code.

    Any after any; or an absence with something else in its midst, which a run must count, pass over or break at; or one after days of presence.
    """
    away, lengths, short = found.away[0], st.sampled_from(found.lengths), st.sampled_from((1, 1, 2))
    free = st.lists(st.tuples(st.sampled_from((away,) * 4 + found.codes), lengths), min_size=1, max_size=4)
    parted = st.tuples(short, st.sampled_from(found.codes), short, lengths)
    begun = st.tuples(short, lengths).map(lambda drawn: [(found.codes[0], drawn[0]), (away, drawn[1])])
    return free | parted.map(lambda drawn: [(away, drawn[0]), (drawn[1], drawn[2]), (away, drawn[3])]) | begun


def _twists(found: Matters, codes: Sequence[str]) -> st.SearchStrategy[tuple[int, str, str, int]]:
    """A day that is otherwise: which, how, with what code, how many hours late. The first day, and those on which the code turns, are drawn more often."""
    turns = [n for n in range(1, len(codes)) if codes[n] != codes[n - 1]]
    return st.tuples(st.sampled_from((0, *turns * 3, *range(len(codes)))), st.sampled_from(KINDS), st.sampled_from(found.codes), st.sampled_from(LATER))


def _twisted(before: Sequence[Said], kind: str, code: str, late: int) -> Sequence[Said]:
    """What is said of a session otherwise; offline: it was written before what we knew already, and comes after it."""
    if kind in ("gap", "half", "unmarked"):
        return ()
    if kind == "mixed":
        return [(code, 0, None)]
    if kind in ("late", "upload"):
        return [(one, max(late, hours), written) for one, hours, written in before]
    if kind == "offline":
        return [*((one, max(hours, 2), written) for one, hours, written in before), (code, max(late, 10), 1)]
    return [*before, (code, max(late, 1), None)]


def _said(student: str, date: Date, period: str, said: Sequence[Said], calendar: Calendar, minutes: int | None) -> list[Event]:
    start = calendar.of("").mark_at(date, period)
    if start is None:
        return []
    return [
        Mark(
            student=student, date=date, session=period, code=code, known=start + late * HOUR, recorded=None if written is None else start + written * HOUR,
            seq=n, minutes=minutes if code == "L" else None,
        )
        for n, (code, late, written) in enumerate(said)
    ]  # fmt: skip


def last_date(events: list[Event], calendar: Calendar) -> Date:
    """The last date that is marked; where none is, the calendar's first Friday."""
    return max((event.date for event in events if isinstance(event, Mark)), default=calendar.of("").first + DAY * 4)
