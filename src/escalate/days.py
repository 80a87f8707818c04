"""The calendar: which dates are school days, their sessions with clock times, terms, years, office days.

`Calendar` holds what an author wrote; `Calendar.of(school)` gives the `Days` of one school,
which answer every question about dates. A date outside the calendar is `Beyond`, never a guess.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Mapping
from itertools import pairwise

from attrs import evolve, field, frozen

from .times import DAY, Instant, Zone

Date = datetime.date
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Beyond(Exception):
    """A date outside the calendar."""

    def __init__(self, date: Date) -> None:
        self.date = date
        super().__init__(f"{date.isoformat()} is outside the calendar")


@frozen
class Period:
    """A period of an ordinary day's timetable: `am` from 08:00 to 11:40."""

    name: str
    start: datetime.time
    end: datetime.time


@frozen
class Session:
    """One time that students are expected."""

    date: Date
    period: str
    start: Instant
    end: Instant

    @property
    def id(self) -> str:
        """`2025-11-03/am`, as unmarked sessions are cited."""
        return f"{self.date.isoformat()}/{self.period}"

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // 60


@frozen
class Term:
    """A term of the school year, from `start` to `end`, both counted."""

    key: str
    start: Date
    end: Date


CLOSED = "closed"  # the kind of a date without sessions


@frozen
class DayPlan:
    """What one date holds when it is not ordinary; `periods` None means those of its weekday, and none where it is `closed`."""

    kind: str
    periods: tuple[str, ...] | None = None
    weekday: int | None = None
    reason: str = ""


@frozen
class Plans:
    """The dates that one school, or all, has otherwise than its weekdays say."""

    days: Mapping[Date, DayPlan] = field(factory=dict)
    office: Mapping[Date, bool] = field(factory=dict)


@frozen
class Edit:
    """A later change of one date, for one school or (empty) for all."""

    date: Date
    school: str = ""
    plan: DayPlan | None = None
    office: bool | None = None


@frozen
class Calendar:
    """A calendar as written. `week` names the periods of each weekday (0 = Monday); `years` the terms of each year."""

    name: str
    timezone: str
    periods: tuple[Period, ...]
    terms: tuple[Term, ...]
    years: Mapping[str, tuple[str, ...]] = field(factory=dict)
    week: Mapping[int, tuple[str, ...]] = field(factory=dict)
    plans: Plans = Plans()
    schools: Mapping[str, Plans] = field(factory=dict)
    covers: tuple[Date, Date] | None = None
    edits: tuple[Edit, ...] = ()
    _known: dict[str, Days] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def zone(self) -> Zone:
        return self.of("").zone

    def of(self, school: str) -> Days:
        """The days of one school; a school that the calendar does not name has the common ones."""
        key = school if school in self.schools or any(edit.school == school for edit in self.edits) else ""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Days(self, key)
        return found

    def edited(self, *edits: Edit) -> Calendar:
        """The same calendar after some edits; for one date and school the last one stands."""
        return evolve(self, edits=self.edits + edits)


class Days:
    """One school's dates. Made by `Calendar.of`; every method is a look-up."""

    def __init__(self, calendar: Calendar, school: str) -> None:
        self.calendar = calendar
        self.school = school
        self.zone = Zone(calendar.timezone)
        self.terms = tuple(sorted(calendar.terms, key=lambda term: term.start))
        self.first, self.last = calendar.covers or (self.terms[0].start, max(term.end for term in self.terms))
        self._periods = {period.name: period for period in calendar.periods}
        own = calendar.schools.get(school, Plans())
        self._plans = {**calendar.plans.days, **own.days}
        self._office = {**calendar.plans.office, **own.office}
        for edit in calendar.edits:
            if edit.school in ("", school):
                if edit.plan is not None:
                    self._plans[edit.date] = edit.plan
                if edit.office is not None:
                    self._office[edit.date] = edit.office
        self._sessions: dict[Date, tuple[Session, ...]] = {}
        self._starts: dict[tuple[Date, str], Instant | None] = {}
        self._term_of: dict[Date, Term] = {}
        for term in self.terms:
            date = term.start
            while date <= term.end:
                self._term_of[date] = term
                date += DAY
        self.school_days = tuple(date for date in self._dates() if self._period_names(date))
        self._school_set = frozenset(self.school_days)
        mondays = dict.fromkeys(date - DAY * date.weekday() for date in self.school_days)
        self.school_weeks = tuple(mondays)
        by_key = {term.key: term for term in self.terms}
        years = calendar.years or {}
        starts = sorted((min(by_key[key].start for key in keys), year) for year, keys in years.items())
        ends = [start - DAY for start, _ in starts[1:]] + [self.last]
        self.years = tuple((year, start, end) for (start, year), end in zip(starts, ends, strict=False))  # a calendar without years has an end and no start

    def _dates(self) -> list[Date]:
        return [self.first + DAY * n for n in range((self.last - self.first).days + 1)]

    def covers(self, date: Date) -> bool:
        return self.first <= date <= self.last

    def check(self, date: Date) -> None:
        if not self.covers(date):
            raise Beyond(date)

    # --- one date -----------------------------------------------------------------------------

    def kind(self, date: Date) -> str:
        """school, weekend, break, closed, make_up or the kind that the calendar gives the date."""
        self.check(date)
        plan = self._plans.get(date)
        if plan is not None:
            return plan.kind
        if date not in self._term_of:
            return "break"
        return "school" if self._week(date.weekday()) else "weekend"

    def reason(self, date: Date) -> str:
        """Why the date is not ordinary, in the calendar's words."""
        plan = self._plans.get(date)
        return plan.reason if plan else ""

    def _week(self, weekday: int) -> tuple[str, ...]:
        if self.calendar.week:
            return self.calendar.week.get(weekday, ())
        return tuple(self._periods) if weekday < 5 else ()

    def _period_names(self, date: Date) -> tuple[str, ...]:
        plan = self._plans.get(date)
        if plan is None:
            return self._week(date.weekday()) if date in self._term_of else ()
        if plan.periods is not None or plan.kind == CLOSED:
            return plan.periods or ()
        return self._week(date.weekday() if plan.weekday is None else plan.weekday)

    def sessions(self, date: Date) -> tuple[Session, ...]:
        """The sessions of a date, in order of time; none on a day without school."""
        found = self._sessions.get(date)
        if found is None:
            self.check(date)
            made = [self._session(date, self._periods[name]) for name in self._period_names(date)]
            found = self._sessions[date] = tuple(sorted(made, key=lambda session: (session.start, session.period)))
        return found

    def holds(self, date: Date, period: str) -> bool:
        """Whether a session is held on a date; none is outside the calendar."""
        return self.covers(date) and any(session.period == period for session in self.sessions(date))

    def _session(self, date: Date, period: Period) -> Session:
        start = self.zone.instant(date, period.start)
        return Session(date, period.name, start, self.zone.instant(date, period.end))

    def mark_at(self, date: Date, period: str) -> Instant | None:
        """A mark's `at`: its period's start in the base timetable, session or not.

        None for a period that the calendar does not know, and outside the calendar.
        """
        try:
            return self._starts[date, period]
        except KeyError:
            found = self._periods.get(period)
            start = self.zone.instant(date, found.start) if found is not None and self.covers(date) else None
            self._starts[date, period] = start
            return start

    def is_school_day(self, date: Date) -> bool:
        return date in self._school_set

    def is_office_day(self, date: Date) -> bool:
        """Monday to Friday, unless the calendar opens or closes the office on the date."""
        self.check(date)
        return self._office.get(date, date.weekday() < 5)

    def term(self, date: Date) -> Term | None:
        return self._term_of.get(date)

    def year(self, date: Date) -> tuple[str, Date, Date] | None:
        """Key, first and last date of the school year: it lasts until the next one begins."""
        for year in self.years:
            if year[1] <= date <= year[2]:
                return year
        return None

    def term_week(self, date: Date) -> int | None:
        """The teaching week, counted from 1 in Monday-to-Sunday weeks from the one the term starts in."""
        term = self.term(date)
        if term is None:
            return None
        monday = term.start - DAY * term.start.weekday()
        return (date - monday).days // 7 + 1

    # --- stretches of dates ---------------------------------------------------------------------

    def period(self, unit: str, date: Date) -> tuple[str, Date, Date] | None:
        """Key, first and last date of the day, week, month, term or school_year that holds a date."""
        if unit == "day":
            return date.isoformat(), date, date
        if unit == "week":
            monday = date - DAY * date.weekday()
            return monday.isoformat(), monday, monday + DAY * 6
        if unit == "month":
            first = date.replace(day=1)
            return f"{date.year:04}-{date.month:02}", first, add_months(first, 1) - DAY
        if unit == "term":
            term = self.term(date)
            return (term.key, term.start, term.end) if term else None
        return self.year(date)

    def tile(self, n: int, unit: str, date: Date) -> tuple[str, Date, Date] | None:
        """The tile of `each N ...` that holds a date, counted from the first date of the school year."""
        year = self.year(date)
        if year is None:
            return None
        starts = self._tile_starts(n, unit, year[1], year[2])
        index = bisect.bisect_right(starts, date) - 1
        end = starts[index + 1] - DAY if index + 1 < len(starts) else year[2]
        return starts[index].isoformat(), starts[index], end

    def _tile_starts(self, n: int, unit: str, first: Date, last: Date) -> list[Date]:
        if unit == "school_week":
            weeks = [week for week in self.school_weeks if first - DAY * 6 <= week <= last]
            return [max(first, week) for week in weeks[::n]] or [first]
        if unit == "school_day":
            return list(self.school_days[bisect.bisect_left(self.school_days, first) : bisect.bisect_right(self.school_days, last)][::n]) or [first]
        starts = []
        while first <= last:
            starts.append(first)
            first = add_months(starts[0], n * len(starts)) if unit == "month" else first + DAY * (n * (7 if unit == "week" else 1))
        return starts

    def back(self, n: int, unit: str, date: Date) -> Date:
        """The first date of a rolling window of `n` units that ends with `date`."""
        if unit == "day":
            return date - DAY * (n - 1)
        if unit == "week":
            return date - DAY * (7 * n - 1)
        if unit in ("month", "year"):
            return add_months(date, -n * (12 if unit == "year" else 1)) + DAY
        stops = self.school_days if unit == "school_day" else self.school_weeks
        index = bisect.bisect_right(stops, date) - n
        return stops[index] if index >= 0 else self.first

    def school_days_between(self, after: Date, until: Date) -> int:
        """How many school days lie after `after` and not after `until`."""
        return bisect.bisect_right(self.school_days, until) - bisect.bisect_right(self.school_days, after)

    # --- forwards ---------------------------------------------------------------------------------

    def add(self, date: Date, n: int, unit: str) -> Date:
        """The day `n` units after day zero. Raises `Beyond` where the calendar does not reach.

        unit: day week month school_day office_day school_week.
        """
        if unit == "day":
            return date + DAY * n
        if unit == "week":
            return date + DAY * 7 * n
        if unit == "month":
            return add_months(date, n)
        if unit == "school_day":
            return self._nth(self.school_days, bisect.bisect_right(self.school_days, date) + n - 1, date, n)
        if unit == "school_week":
            monday = date - DAY * date.weekday()
            return self._nth(self.school_weeks, bisect.bisect_right(self.school_weeks, monday) + n - 1, monday, n) + DAY * date.weekday()
        while n > 0:
            date += DAY
            n -= self.is_office_day(date)
        return date

    def _nth(self, stops: tuple[Date, ...], index: int, date: Date, n: int) -> Date:
        if n <= 0:
            return date
        if index >= len(stops):
            raise Beyond(self.last + DAY)
        return stops[index]

    def next_school_day(self, date: Date) -> Date:
        """The first school day after a date."""
        return self.add(date, 1, "school_day")

    def on_school_day(self, date: Date, direction: str) -> Date:
        """The date itself if it is a school day, else the next or previous one. Raises `Beyond` outside the calendar."""
        self.check(date)
        if self.is_school_day(date):
            return date
        if direction == "next":
            return self.next_school_day(date)
        index = bisect.bisect_left(self.school_days, date) - 1
        if index < 0:
            raise Beyond(self.first - DAY)
        return self.school_days[index]

    def break_after(self, date: Date) -> Term | None:
        """If the date lies in a gap between terms, the term that comes next."""
        return next((later for earlier, later in pairwise(self.terms) if earlier.end < date < later.start), None)

    def out_of_term(self, first: Date, last: Date) -> int:
        """How many dates from `first` to `last` lie outside every term."""
        return sum(1 for n in range((last - first).days + 1) if first + DAY * n not in self._term_of)


def add_months(date: Date, n: int) -> Date:
    """The same day `n` months later, or the last day of that month where it has none."""
    month = date.year * 12 + date.month - 1 + n
    year, index = divmod(month, 12)
    for day in range(date.day, 27, -1):
        try:
            return Date(year, index + 1, day)
        except ValueError:
            continue
    return Date(year, index + 1, min(date.day, 28))
