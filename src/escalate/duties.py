"""Duties: what each falling of one asks of one subject, from facts alone (SEMANTICS, sections 6 and 8; docs/semantics.md, U1 to U10)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from attrs import define, field

from .cases import CaseRun
from .days import Days
from .family import DutyPlan, Version
from .history import History
from .openings import Opening
from .policy import Amount, Duty, NoAmount, Stage
from .rates import Rate
from .times import DAY, NEVER, Instant

Date = datetime.date


class Asks(Protocol):
    """Answers for one subject what its duties ask."""

    def covers(self, plan: DutyPlan, at: Instant) -> bool: ...
    def number(self, amount: Amount, version: Version, at: Instant) -> Fraction: ...


@define(eq=False)
class Occasion(CaseRun):
    """One time that a duty falls or a target is judged for one subject: it asks for its stage's items when it opens.

    stem: how the ids of its items begin. occurrences: which of them, the last part of that. rate: what a target read.
    """

    stage: Stage | None = None
    stem: str = ""
    occurrences: tuple[str, ...] = ()
    opening: Opening | None = None
    rate: Rate | None = None
    history: History | None = field(default=None, repr=False)

    def roll_taken(self) -> Instant | None:
        """When every session of its period had a mark of everybody who was expected; of a duty for each session, that session."""
        opening, history = self.opening, self.history
        if opening is None or history is None:
            return None
        name = opening.period.partition(".")[2]
        sessions = [session for session in history.sessions(opening.first) if not name or session.period == name]
        return history.roll_taken(sessions, self.plan.version.codes.unknown)


class DutySweep:
    """One duty of one version for one subject, asked forwards; nothing is ever asked twice."""

    def __init__(self, plan: DutyPlan, policy: str, history: History, asks: Asks) -> None:
        self.plan = plan
        self.history = history
        self.asks = asks
        self.stem = f"{policy}/{plan.duty.name}/{history.student}"
        self.still = plan.still
        # A period is open to those who come in the middle of it; a date or a session is not.
        self.joins = plan.duty.every is not None and plan.duty.every.unit != "session"
        self.runs: list[Occasion] = []
        self._open: list[Occasion] = []
        self._begun: list[Opening] = []
        # When it was last asked whether it covers, after how many edits of the roster, and the answer.
        self._covered: tuple[Instant, int, bool] = -NEVER, -1, False

    @property
    def duty(self) -> Duty:
        return self.plan.duty

    @property
    def version(self) -> Version:
        return self.plan.version

    def advance(self, after: Instant, until: Instant) -> None:
        """Ask for everything that falls after one instant and not after another."""
        falling = self._between(after, until)
        if not (falling or self._open or self._begun):
            return
        falls: list[tuple[Instant, int, Opening | None]] = [(opening.at, 0, opening) for opening in falling]
        falls += [(at, 1, None) for at in self._turns(after, until, falling)]
        for at, _, opening in sorted(falls, key=lambda one: one[:2]):
            if opening is not None:
                self._falls(opening)
            elif self._open or self._begun:
                self._turn(at)

    def _covers(self, at: Instant) -> bool:
        """Whether it covers at an instant; not asked again while nothing has turned."""
        before, edits, covered = self._covered
        if self.still and edits == self.history.edited and (before == at or before < at and not self._turned(before, at)):
            self._covered = at, edits, covered
            return covered
        covered = self.asks.covers(self.plan, at)
        self._covered = at, self.history.edited, covered
        return covered

    def _turned(self, before: Instant, at: Instant) -> bool:
        return bool(self.history.turns(self.history.zone.date(before), self.history.zone.date(at)))

    def _falls(self, opening: Opening) -> None:
        if self.joins:
            self._begun.append(opening)
        if self._covers(opening.at):
            self._ask(opening, opening.at, self._number(opening.at))

    def _number(self, at: Instant) -> int:
        try:
            return int(self.asks.number(self.duty.at_least, self.version, at))
        except NoAmount:
            return 0

    def _ask(self, opening: Opening, at: Instant, n: int) -> None:
        if opening in self._begun:
            self._begun.remove(opening)
        if n:
            name = self.duty.name
            occurrences = tuple(f"{opening.period}/{number}" for number in range(1, n + 1))
            run = Occasion(
                name, self.plan.plan, at, name, stage=self.duty.stage, stem=self.stem, occurrences=occurrences, opening=opening,
                history=self.history,
            )
            self.runs.append(run)
            self._open.append(run)

    def _turn(self, at: Instant) -> None:
        """At a close: who is covered no more owes nothing more, and who came in mid-period owes a share (U5, U6)."""
        covered = self._covers(at)
        if not covered and (self.duty.every is not None or self._left(at)):
            for run in self._open:
                run.ended, run.reason = at, "where"
            self._open = []
        date = self.history.zone.date(at)
        comes = covered and (self.duty.every is None or self.duty.every.unit != "school_day" or self.history.days(date).is_school_day(date))
        for opening in list(self._begun):
            if opening.last < date:
                self._begun.remove(opening)
            elif comes:
                self._ask(opening, at, self._owed(opening, date, at))

    def _left(self, at: Instant) -> bool:
        """Whether a student has left: what was asked on a date stands until then, whoever is covered by the day (U6)."""
        history = self.history
        return history.level == "student" and not (history.on_roster(history.zone.date(at)) and history.enrolled(at))

    def _owed(self, opening: Opening, date: Date, at: Instant) -> int:
        """What one owes who comes in the middle of a period: the one thing that is asked, or a share of several (U5)."""
        number = self._number(at)
        return number if number == 1 else opening.share(date, number)

    # --- when ---------------------------------------------------------------------------------------------

    def _sleeps(self, falling: Sequence[Opening]) -> bool:
        """Whether only the dates on which something turned need be looked at: who came on a day without school is asked on the next day of school."""
        return self.still and not ((self._begun or falling) and self.duty.every is not None and self.duty.every.unit == "school_day")

    def _between(self, after: Instant, until: Instant) -> list[Opening]:
        found: list[Opening] = []
        calendars = self.history.calendars()
        for days in calendars:
            instants, all_of_them = self.plan.falls(days)
            some = all_of_them[bisect.bisect_right(instants, after) : bisect.bisect_right(instants, until)]
            found += [opening for opening in some if self._ours(opening, days, len(calendars) == 1)]
        return found

    def _ours(self, opening: Opening, days: Days, alone: bool) -> bool:
        date = days.zone.date(opening.at)
        begins = self.duty.begins
        return self.version.policy.covers(date) and (alone or self.history.days(date) is days) and (begins is None or opening.last >= begins)

    def _turns(self, after: Instant, until: Instant, falling: Sequence[Opening]) -> list[Instant]:
        """The closes at which coverage may have changed, while something is asked for."""
        zone, closes = self.history.zone, self.version.policy.day.closes
        first, last = zone.date(max(after, self.history.begins)), zone.date(until)
        dates = self.history.turns(first, last) if self._sleeps(falling) else self.history.every_date(first, last)
        return [at for date in dates if after < (at := zone.instant(date, closes)) <= until]

    def wake(self, now: Instant) -> list[Instant]:
        """The next instants after `now` at which it may ask for something, or let go, of its own accord."""
        zone, date = self.history.zone, self.history.zone.date(now)
        closes = self.version.policy.day.closes
        ahead = now < self.history.begins  # more may be known by then: that answer is not kept
        covered = not self.still or (self.asks.covers(self.plan, now) if ahead else self._covers(now))
        found = []
        if self._open or self._begun or not covered:
            turned = [*(self.history.turns(date, date) if self._sleeps(()) else [date]), *(self.history.next_turns(date) if self.still else ())]
            turns = [zone.midnight(turn) for turn in turned]
            turns += [zone.instant(day, closes) for turn in turned for day in (turn, turn + DAY)]
            found += sorted(at for at in turns if at > now)[:1]
        return found + (self.falls_next(now + 1) if covered else [])

    def falls_next(self, at: Instant) -> list[Instant]:
        """When it falls next in each calendar, at an instant or after it."""
        found: list[Instant] = []
        for days in self.history.calendars():
            instants, _ = self.plan.falls(days)
            found += instants[(index := bisect.bisect_left(instants, at)) : index + 1]
        return found
