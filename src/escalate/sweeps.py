"""All that one policy asks about one subject: its ladders, duties and targets, swept forwards together."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from . import duties, targets
from .cases import CaseRun, CaseSweeps, LadderSweep, Moments
from .conditions import Value
from .duties import DutySweep, Occasion
from .family import DutyPlan, Family, TargetPlan, Version
from .history import History
from .matcher import Matcher
from .policy import Amount, Policy
from .rates import Counted, Rate
from .targets import TargetSweep
from .terms import FACTS, no_rate
from .times import NEVER, Instant


class Asks(duties.Asks, targets.Asks, Protocol):
    """Answers for one subject what its duties and targets ask, and what their conditions ask of a rate."""

    def rate(self, policy: Policy, target: str, at: Instant) -> Value: ...


class Sweeps:
    """The ladders of a student, and the duties and targets of the level of a subject; asks: None for a student, who answers for themselves."""

    def __init__(self, family: Family, history: History, matcher: Matcher, moments: Moments, asks: Asks | None = None) -> None:
        self.history = history
        self.matcher = matcher
        self.moments = moments
        self._ladders = CaseSweeps(family, history, matcher, moments) if history.level == "student" else None
        answers = asks or _OfStudent(self)
        self.duties = [DutySweep(plan, family.name, history, answers) for plan in family.duties(history.level)]
        self.targets = [TargetSweep(plan, family.name, history, answers) for plan in family.targets(history.level)]
        self.at: Instant = -NEVER
        # What duties and targets asked for, as it came.
        self.occasions: list[Occasion] = []

    @property
    def _asked(self) -> list[DutySweep | TargetSweep]:
        return [*self.duties, *self.targets]

    @property
    def ladders(self) -> dict[str, LadderSweep]:
        return self._ladders.ladders if self._ladders is not None else {}

    @property
    def cases(self) -> list[CaseRun]:
        """The cases of all ladders."""
        return self._ladders.cases if self._ladders is not None else []

    @property
    def dense(self) -> bool:
        """Whether every clock must be judged."""
        return self._ladders is not None and self._ladders.dense

    @property
    def hears_marks(self) -> bool:
        """Whether a case may open or end at a mark."""
        return self._ladders is not None and self._ladders.hears_marks

    @property
    def hears_presence(self) -> bool:
        """Whether a case may open or end at a mark of ordinary presence."""
        return self._ladders is not None and self._ladders.hears_presence

    def case_open(self, ladder: str, at: Instant) -> bool:
        """Whether a ladder of the student has a case open at an instant."""
        return any(case.open_at(at) for case in self.ladders[ladder].cases) if ladder in self.ladders else False

    def advance(self, until: Instant) -> None:
        """Judge every instant after the last one and not after `until`: ladders first, for duties may ask whether a case is open."""
        if self._ladders is not None:
            self._ladders.advance(until)
        for sweep in self._asked:
            before = len(sweep.runs)
            sweep.advance(self.at, until)
            self.occasions += sweep.runs[before:]
        self.at = until

    def falls(self, at: Instant) -> list[Instant]:
        """When each duty falls next, at an instant or after it."""
        return [fall for sweep in self.duties for fall in sweep.falls_next(at)]

    def wake(self, now: Instant) -> list[Instant]:
        """The instants after `now` at which a duty may fall or a target be judged."""
        if not self.duties and not self.targets:
            return []
        return [at for sweep in self._asked for at in sweep.wake(max(now, self.history.begins - 1))]


class _OfStudent:
    """A student answers for themselves."""

    def __init__(self, sweeps: Sweeps) -> None:
        self.sweeps = sweeps

    def covers(self, plan: DutyPlan, at: Instant) -> bool:
        history = self.sweeps.history
        if not history.on_roster(history.zone.date(at)):
            return False
        moment = self.sweeps.moments.at(at, plan.version, self.sweeps.case_open)
        return moment.holds(plan.duty.where, self.sweeps.matcher, FACTS)

    def counts(self, plan: TargetPlan, at: Instant, counted: Counted) -> Rate | None:
        raise NotImplementedError("the loader lets no target be for each student")

    def is_meant(self, plan: TargetPlan, rate: Rate) -> bool:
        raise NotImplementedError("the loader lets no target be for each student")

    def rate(self, policy: Policy, target: str, at: Instant) -> Value:
        return no_rate(policy, target, at)

    def number(self, amount: Amount, version: Version, at: Instant) -> Fraction:
        return self.sweeps.moments.at(at, version, self.sweeps.case_open).number(amount)
