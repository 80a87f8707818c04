"""Where the cases of one threshold play, and with whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve, field, frozen

from ..days import Calendar
from .drafts import Draft
from .given import WITHIN, Given, outcome
from .moving import moved
from .playing import Played, play
from .thresholds import Threshold
from .where import Where, dates_from, sessions_a_day

STUDENT = {"zh": "小明"}
OTHER_STUDENT = "ann"
NOTHING = ""  # a day of which nothing is recorded
TITLE = "draft"
LONG = 5000  # days that are played at most
DAY = datetime.timedelta(days=1)

# One short, just at it, one beyond; None where there can be none, such as a share of more than all.
Drafts = tuple[Draft | None, ...]


@frozen
class Ground:
    """A threshold with the date from which its cases play."""

    threshold: Threshold
    where: Where = field(repr=False)
    start: datetime.date
    calendar: Calendar = field(repr=False)

    @property
    def a_day(self) -> int:
        """Sessions of a school day; 0 where there is none."""
        return sessions_a_day(self.calendar, self.start)

    def after(self, days: int) -> datetime.date:
        """The date some days after the first, not beyond a calendar that the spec gives: the ordinary one goes as far as is asked."""
        date = self.start + DAY * min(days, LONG)
        return min(date, self.calendar.of("").last) if self.where.has_calendar else date

    def draft(self, given: Given, before: Iterable[str] = ()) -> Draft:
        """A case in which some things are given and some sessions are laid."""
        lang, cells = self.threshold.policy.lang.partition("-")[0], tuple(before)
        days = cells[:: self.a_day] if self.a_day else ()
        events = tuple((f"{self.start + DAY * n} {WITHIN}", outcome(name, result)) for name, result, times in given.repeats for n in range(times))
        return Draft(STUDENT.get(lang, OTHER_STUDENT), self.start, self.threshold.part, days or (NOTHING,), given.columns, given.statuses, events)

    def play(self, draft: Draft, step: Fraction = Fraction()) -> Played | None:
        """What comes of a draft, where the number is so much more than it is; None where it cannot be read."""
        case = self.where.case(draft.start, draft.text(TITLE, draft.start))
        if case is not None and step:
            case = evolve(case, policies=tuple(moved(policy, self.threshold, step) for policy in case.policies))
        return play(case, self.threshold) if case is not None else None

    def settled(self, draft: Draft, given: Given) -> tuple[Draft, Played | None]:
        """A draft with the outcomes of what is asked for in it, and what comes of it then."""
        played, own = self.play(draft), draft.events
        for _ in given.outcomes:
            events = (*own, *(played.outcomes(given.outcomes) if played is not None else ()))
            if len(events) <= len(draft.events):
                break
            draft = evolve(draft, events=events)
            played = self.play(draft)
        return draft, played

    def cut(self, draft: Draft, until: datetime.date) -> Draft:
        """A draft up to a date."""
        dates = [date for date in dates_from(self.calendar, draft.start)[: len(draft.days)] if date <= until]
        last = until.isoformat()
        return evolve(draft, days=draft.days[: len(dates)], events=tuple(one for one in draft.events if one[0][: len(last)] <= last), until=until)
