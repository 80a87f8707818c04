"""Calendars of a few weeks: short and plain first, then closed days, days made up, two terms with a break, another day off in the south."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from hypothesis import strategies as st

from ...days import Calendar, DayPlan, Period, Plans, Term
from ...times import DAY, Zone

Date = datetime.date
MONDAY = Date(2025, 9, 1)
AFTER = 200  # dates that the calendar covers after its terms, for deadlines that look forward
TIMETABLES = (
    (("am", 8, 11), ("pm", 14, 17)),
    (("am", 8, 11),),
    (("1", 8, 9), ("2", 9, 10), ("3", 10, 11), ("4", 14, 15), ("5", 15, 16)),
)


def turning(zone: Zone, start: Date = MONDAY) -> Iterator[Date]:
    """The dates of the year from a date on at whose midnight or later the clocks of a zone change."""
    for date in (start + DAY * n for n in range(366)):
        if zone.local(zone.midnight(date)).utcoffset() != zone.local(zone.midnight(date + DAY)).utcoffset():
            yield date


@st.composite
def calendars(
    draw: st.DrawFn, timezone: str = "Asia/Shanghai", start: Date = MONDAY, weeks: tuple[int, ...] = (2, 1, 3), closes: datetime.time | None = None
) -> Calendar:
    """A calendar whose first term begins on a date; weeks: how long it may be. Sessions start before `closes`."""
    held = [table for table in TIMETABLES if closes is None or all(datetime.time(first) < closes for _, first, _ in table)] or [TIMETABLES[1]]
    periods = tuple(Period(name, datetime.time(first), datetime.time(last)) for name, first, last in draw(st.sampled_from(held)))
    length, gap = 7 * draw(st.sampled_from(weeks)), draw(st.sampled_from((3, 3, 0, 9)))
    first = Term("first", start, start + DAY * (length - 3))
    second = Term("second", first.end + DAY * gap, first.end + DAY * (gap + 18)) if gap else None
    terms = (first, second) if second is not None else (first,)
    dates = st.integers(0, length + 4).map(lambda n: start + DAY * n)
    shut = draw(st.lists(dates, max_size=2, unique=True))
    plans = {date: DayPlan("closed", (), None, "closed") for date in shut if date.weekday() < 5}
    for date in draw(st.lists(dates.map(lambda date: date + DAY * (5 - date.weekday())), max_size=1)):
        if any(term.start <= date <= term.end for term in terms):  # a file could not say it elsewhere
            plans[date] = DayPlan("make_up", None, 4)
    away = draw(st.one_of(st.none(), dates))
    schools = {"south": Plans({away: DayPlan("closed", ())})} if away is not None and away.weekday() < 5 else {}
    last = max(term.end for term in terms)
    return Calendar("generated", timezone, periods, terms, {"year": tuple(term.key for term in terms)}, {}, Plans(plans), schools, (start, last + DAY * AFTER))
