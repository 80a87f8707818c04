"""Where boundary cases play: the policies, the calendar, and from when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attrs import field, frozen

from ..days import Calendar
from ..policy import Policy
from ..source import Source
from ..spec import Case, parse_spec
from ..times import Instant
from .thresholds import Threshold

Date = datetime.date
NOVEMBER = 11  # a month of school without an end of term
USUAL = 2025


@frozen
class Where:
    """path: of the file to write. head: the keys that its cases share, in English. begins: the date that a spec gives. lang: that of the file's keys."""

    path: str
    head: str
    policies: tuple[Policy, ...] = field(repr=False)
    begins: Date | None = None
    lang: str = "en"
    library: dict[str, Policy] = field(factory=dict, eq=False, repr=False)  # the policies as its cases name them: read once for all drafts

    @property
    def has_calendar(self) -> bool:
        """Whether its cases share a calendar of their own."""
        return "\ncalendar:" in self.head

    def start_of(self, threshold: Threshold) -> Date | None:
        """The Monday from which the cases of a threshold play; None where its policy is never the one in force."""
        line = threshold.parameter_line
        first = max((date for date in (threshold.policy.start, line.start if line is not None else None) if date is not None), default=Date.min)
        year = max(USUAL, first.year)
        given = [self.begins] if self.begins is not None else []
        dates = [*given, *(_monday(Date(one, NOVEMBER, 1)) for one in (year, year + 1, first.year) if one > 1), *([_monday(first)] if first.year > 1 else [])]
        return next((date for date in dates if date >= first and self.in_force(threshold.policy, date)), None)

    def in_force(self, policy: Policy, date: Date) -> bool:
        """Whether a policy is the one of its name that holds on a date."""
        later = (one for one in self.policies if one.name == policy.name and one.start is not None and (policy.start is None or one.start > policy.start))
        return policy.covers(date) and not any(one.covers(date) for one in later)

    def calendar(self, start: Date) -> Calendar | None:
        """The calendar of a case from a date on; None where it cannot be read."""
        case = self.case(start, f"  draft: {{until: {start}, expect: {{}}}}")
        return case.calendar if case is not None else None

    def case(self, start: Date, text: str) -> Case | None:
        """The case that a spec of this path would hold; None where it cannot be read, such as marks beyond the calendar."""
        cases, _ = parse_spec(Source(self.path, f"{self.head}from: {start}\ncases:\n{text}\n"), self.library)
        return cases[0] if cases else None


def dates_from(calendar: Calendar, first: Date) -> list[Date]:
    """The school days from a date on."""
    return [date for date in calendar.of("").school_days if date >= first]


def sessions_a_day(calendar: Calendar, first: Date) -> int:
    """How many sessions the first school day from a date on has; 0 where there is none."""
    return next((len(calendar.of("").sessions(date)) for date in dates_from(calendar, first)), 0)


def starts(calendar: Calendar, first: Date) -> Iterator[Instant]:
    """When sessions begin from a date on."""
    return (session.start for date in dates_from(calendar, first) for session in calendar.of("").sessions(date))


def _monday(date: Date) -> Date:
    """The first Monday on or after a date."""
    return date + datetime.timedelta(days=-date.weekday() % 7)
