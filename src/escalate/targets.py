"""Targets: a group's rate against its limit, at each check or as it changes (docs/semantics.md, G1 to G8)."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Protocol

from .clocks import is_constant
from .days import Days
from .duties import Occasion
from .family import TargetPlan, Version
from .history import History
from .openings import dates
from .policy import Amount, NoAmount
from .rates import Asked, Counted, Rate, holds
from .times import DAY, Instant

Date = datetime.date


class Asks(Protocol):
    """Answers for one group what its targets ask."""

    def counts(self, plan: TargetPlan, at: Instant, counted: Counted) -> Rate | None: ...
    def is_meant(self, plan: TargetPlan, rate: Rate) -> bool: ...
    def number(self, amount: Amount, version: Version, at: Instant) -> Fraction: ...


class TargetSweep:
    """One target of one version for one group, judged forwards from check to check."""

    def __init__(self, plan: TargetPlan, policy: str, history: History, asks: Asks) -> None:
        self.plan = plan
        self.history = history
        self.asks = asks
        self.stem = f"{policy}/{plan.target.name}/{history.student}"
        target = plan.target
        # Whether only events about students, the roster and the calendar can change its verdict; a first mark of attendance is none of these.
        self.still = (
            all(plan.is_still(condition) for condition in target.conditions)
            and is_constant(target.bound or Fraction(), plan.version.policy) and all(base.kind != "first_attended" for base in target.bases)
        )
        self._counted = Counted(Asked(plan.is_still(target.count)), Asked(plan.is_still(target.less)))
        self.runs: list[Occasion] = []
        self.rates: list[tuple[Instant, Rate]] = []
        # When it was judged and had no value: no base, or no heads.
        self.valueless: list[Instant] = []
        # As it changes: the last verdict with its base, and what was asked for while it has been broken.
        self._last: tuple[bool | None, Date | None] = (None, None)
        self._broken: Occasion | None = None

    def advance(self, after: Instant, until: Instant) -> None:
        """Judge every check after one instant and not after another."""
        for at in self._checks(after, until):
            if self.plan.version.policy.covers(self.history.zone.date(at)):
                self._judge(at)

    def _judge(self, at: Instant) -> None:
        found = self.asks.counts(self.plan, at, self._counted)
        if found is None or not self.asks.is_meant(self.plan, found):
            if found is None or not found.heads:
                self.valueless.append(at)
            return
        self.rates.append((at, found))
        kept = self.kept(found, at)
        if self.plan.target.check:
            if kept is not None:
                self._ask(found, at, kept)
            return
        if self._broken is not None and kept is False and self._last == (False, found.base):
            before = self._broken.rate
            if before is None or (before.heads, before.counted) != (found.heads, found.counted):
                self._broken.rate = found  # one head more or less: what is asked for stands, its numbers move
        elif kept is False or kept is True and self._last == (False, found.base):
            self._ask(found, at, kept)
            self._broken = None if kept else self.runs[-1]
        self._last = (kept, found.base)

    def bound(self, at: Instant) -> Fraction | None:
        """The limit at an instant; None where there is none, or its parameter has no value."""
        target = self.plan.target
        try:
            return None if target.bound is None else self.asks.number(target.bound, self.plan.version, at)
        except NoAmount:
            return None

    def kept(self, found: Rate, at: Instant) -> bool | None:
        """Whether the limit is kept; None where there is none, or nothing to compare."""
        bound = self.bound(at)
        return None if bound is None else holds(self.plan.target, bound, found)

    def _ask(self, found: Rate, at: Instant, kept: bool) -> None:
        target = self.plan.target
        stage = target.met if kept else target.broken
        occurrence = found.check.isoformat()
        self.runs.append(
            Occasion(target.name, self.plan.plan, at, stage.name, stage=stage, stem=self.stem, occurrences=(occurrence,), rate=found)
        )

    # --- when ---------------------------------------------------------------------------------------------

    def _checks(self, after: Instant, until: Instant) -> list[Instant]:
        zone, closes = self.history.zone, self.plan.version.policy.day.closes
        days = self.history.days(Date.max)
        first = max(days.first, zone.date(after) if after > 0 else days.first, self.plan.target.begins or days.first)
        last = min(days.last, zone.date(until))
        if self.plan.target.check:
            found = sorted(self._dates(days))
        else:
            found = sorted({*self.history.turns(first, last), *self._begins(days)} if self.still else self.history.every_date(first, last))
        return [at for date in found if first <= date <= last and after < (at := zone.instant(date, closes)) <= until]

    def _dates(self, days: Days) -> set[Date]:
        """The dates of its checks within a calendar."""
        return {date for due in self.plan.target.check for date in dates(due, days)}

    def _begins(self, days: Days) -> set[Date]:
        """The dates on which it begins to be judged, or another base begins, which fixes other heads."""
        starts = (days.first, self.plan.target.begins, self.plan.version.policy.start)
        found = {*(start for start in starts if start is not None), *(first for _, first, _ in days.years)}
        for base in self.plan.target.bases:
            found |= set(dates(base.anchor, days)) if base.anchor is not None else {term.end + DAY for term in days.terms}
        return found

    def wake(self, now: Instant) -> list[Instant]:
        """The next instants after `now` at which it must be judged of its own accord."""
        zone, closes = self.history.zone, self.plan.version.policy.day.closes
        days, today = self.history.days(Date.max), self.history.zone.date(now)
        if self.plan.target.check:
            found = self._dates(days)
        elif self.still:
            turns = self.history.next_turns(today)
            found = {*self._begins(days), *(date for turn in turns for date in (turn, turn + DAY)), *self.history.turns(today, today + DAY)}
        else:
            found = {today, today + DAY}
        later = [at for date in found if days.covers(date) and (at := zone.instant(date, closes)) > now]
        return [min(later)] if later else []


