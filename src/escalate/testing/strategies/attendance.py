"""Attendance that sticks: days in a row of one mark, as long as matters; then a few days otherwise, some of it known late."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from ...days import Calendar
from ...events import Event, Mark
from ...times import DAY
from ..matters import Matters

Date = datetime.date
HOUR = 3600
SHORT = (5, 5, 5, 10, 10)  # school days of most histories: what is longer is drawn now and then
LATE = (0, 2, 10, 30, 75, 150)  # hours


@st.composite
def attendance(draw: st.DrawFn, student: str, found: Matters, calendar: Calendar, school: str) -> list[Event]:
    """The marks of a student from the calendar's first day on, each known when its session begins, but for some."""
    days = calendar.of(school)
    stretches = st.tuples(st.sampled_from(found.codes + found.codes[1:2] * 3), st.sampled_from(found.lengths))
    codes = [code for code, length in draw(st.lists(stretches, min_size=1, max_size=4)) for _ in range(length)]
    dates = days.school_days[: min(len(codes), draw(st.sampled_from((*SHORT, found.longest + 3))))]
    marks = {(date, session.period): [(code, 0)] for date, code in zip(dates, codes, strict=False) for session in days.sessions(date)}
    for n, kind, code, late in draw(st.lists(_twists(found, len(dates)), max_size=3)):
        date = dates[n % len(dates)] if dates else None
        periods = [session.period for session in days.sessions(date)] if date is not None else []
        for period in periods[:1] if kind in ("mixed", "gap") else periods:
            assert date is not None
            before = marks.get((date, period), [])
            marks[date, period] = {"late": [(one, max(late, hours)) for one, hours in before], "gap": [], "unmarked": [], "mixed": [(code, 0)]}.get(
                kind, [*before, (code, max(late, 1))]
            )  # fmt: skip
    minutes = draw(st.sampled_from(found.minutes)) if found.minutes else None
    return [event for (date, period), said in marks.items() for event in _said(student, date, period, said, calendar, minutes)]


def _twists(found: Matters, days: int) -> st.SearchStrategy[tuple[int, str, str, int]]:
    """A day that is otherwise: which, how, with what code, how many hours late."""
    kinds = st.sampled_from(("corrected", "late", "mixed", "unmarked", "gap", "corrected", "late"))
    return st.tuples(st.integers(0, max(days - 1, 0)), kinds, st.sampled_from(found.codes), st.sampled_from(LATE))


def _said(student: str, date: Date, period: str, said: list[tuple[str, int]], calendar: Calendar, minutes: int | None) -> list[Event]:
    start = calendar.of("").mark_at(date, period)
    if start is None:
        return []
    return [
        Mark(student=student, date=date, session=period, code=code, known=start + late * HOUR, seq=n, minutes=minutes if code == "L" else None)
        for n, (code, late) in enumerate(said)
    ]  # fmt: skip


def last_date(events: list[Event], calendar: Calendar) -> Date:
    """The last date that is marked; where none is, the calendar's first Friday."""
    return max((event.date for event in events if isinstance(event, Mark)), default=calendar.of("").first + DAY * 4)
