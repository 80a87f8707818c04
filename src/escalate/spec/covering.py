"""Which parts of a policy its cases have exercised: what was decided, and what each condition came to, of what they compare."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from attrs import define, field, frozen

from ..days import Calendar
from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger, evaluate_with
from ..events import Event
from ..ledger import Case as LadderCase
from ..ledger import Item
from ..matcher import make
from ..matcher.noting import Noting
from ..policy import Action, Duty, Ladder, Policy, part_of, stage_of
from ..roster import Roster
from ..times import Instant
from .comparing import Verdict, compared, verdict
from .points import (
    BROKEN,
    IN_TIME,
    ISSUED,
    KINDS,
    LATE,
    MET,
    TOLD,
    TRUE,
    UNTRUE,
    Key,
    Point,
    action_points,
    actions_of,
    condition_points,
    conditions_of,
    own_points,
    points,
    stage_points,
)  # fmt: skip
from .values import Case

NOT_ASKED = ("lapsed", "withdrawn")


@frozen
class Covered:
    """A policy with its points, and those that were exercised."""

    policy: Policy = field(repr=False)
    points: tuple[Point, ...] = field(repr=False)
    hit: frozenset[Key] = field(repr=False)

    @property
    def uncovered(self) -> tuple[Point, ...]:
        """What was not exercised, by its place."""
        return tuple(point for point in self.points if point.key not in self.hit)

    @property
    def percent(self) -> int:
        """How much of it was exercised, in whole percent; 100 only where all of it was."""
        return percent(len(self.points) - len(self.uncovered), len(self.points))

    @property
    def kinds(self) -> Mapping[str, tuple[int, int]]:
        """How many points of each kind were exercised, and how many there are."""
        left = [point.kind for point in self.uncovered]
        of = [point.kind for point in self.points]
        return {kind: (of.count(kind) - left.count(kind), of.count(kind)) for kind in KINDS if kind in of}


def percent(covered: int, of: int) -> int:
    """A share in whole percent, cut off; 100 of nothing."""
    return covered * 100 // of if of else 100


@define(eq=False)
class _Tally:
    policy: Policy
    points: tuple[Point, ...]
    hit: set[Key] = field(factory=set)


class Covering:
    """Plays cases as `verdict` does, and keeps what they exercised."""

    def __init__(self) -> None:
        self._matcher = make()
        self._tallies: dict[tuple[str, str], _Tally] = {}

    @property
    def policies(self) -> tuple[Covered, ...]:
        """Every policy that was played, in the order in which they came."""
        return tuple(Covered(tally.policy, tally.points, frozenset(tally.hit)) for tally in self._tallies.values())

    def verdict(self, case: Case) -> Verdict:
        """What came of a case beside what was expected."""
        return verdict(case, partial(self._evaluate, case))

    def _evaluate(
        self, case: Case, policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], until: Instant
    ) -> Ledger:
        noting = Noting(self._matcher)
        engine = Engine(policies, calendar, roster, matcher=noting)
        ledger = evaluate_with(engine, policies, events, until)
        for policy in case.policies:
            tally = self._tallies.get((policy.path, policy.digest))
            if tally is None:
                tally = self._tallies[policy.path, policy.digest] = _Tally(policy, points(policy))
            _ask(policy, engine, noting, tally.hit, until)
            tally.hit.update(point.key for point in _exercised(policy, case, engine, ledger, noting) if not case.only or point.owner in case.only)
        return ledger


def _ask(policy: Policy, engine: Engine, noting: Noting, hit: set[Key], until: Instant) -> None:
    """Ask what an engine leaves alone, since it cannot have come true: the conditions that were never noted as untrue, close by close until all are."""
    waiting = [(asked, point) for asked in conditions_of(policy) if asked.role == "when" for point in condition_points(asked) if point.side == UNTRUE]
    waiting = [(asked, point) for asked, point in waiting if point.key not in hit]
    zone, last = engine.calendar.zone, engine.calendar.zone.date(until)
    for subject in engine.subjects.values():
        for sweep in (sweep for derivation in subject.derivations for sweep in derivation.cases.ladders.values()):
            for date in subject.history.every_date(datetime.date.min, last):
                waiting = [(asked, point) for asked, point in waiting if not noting.has(asked.condition, point.number, answer=False)]
                if all(asked.owner != sweep.name for asked, _ in waiting):
                    break
                if zone.instant(date, sweep.family.closes(date)) <= until:
                    sweep.ask(date)


def _exercised(policy: Policy, case: Case, engine: Engine, ledger: Ledger, noting: Noting) -> Iterator[Point]:
    """The points of one policy that one case exercised."""
    acts = {action.path: action for action, _ in actions_of(policy)}
    for decision in ledger.decisions:
        if decision.record["policy"] == _named(policy) and compared(decision, case):
            yield from _decided(policy, acts, decision)
    yield from _fired(policy, engine)
    yield from _checked(policy, engine)
    for asked in conditions_of(policy):
        yield from (point for point in condition_points(asked) if noting.has(asked.condition, point.number, answer=point.side == TRUE))


def _named(policy: Policy) -> str:
    return f"{policy.name}@{policy.version}"


def _decided(policy: Policy, acts: Mapping[str, Action], decision: Decision) -> Iterator[Point]:
    """What a decision shows: a stage that fired, a case that ended, a duty and its item that were asked for, done in time or late."""
    new = decision.change.new
    part = part_of(policy, new.ladder)
    if isinstance(new, LadderCase):
        if isinstance(part, Ladder) and new.fate == "live":
            yield from _stage(part, new.opened_by)
            yield from _stage(part, "ends") if new.reason == "ends" else own_points(part) if new.reason == "lasts" else ()
    elif part is not None:
        yield from _stage(part, new.stage) if isinstance(part, Ladder) else own_points(part) if isinstance(part, Duty) else ()
        yield from (point for point in action_points(acts[new.path], part.name) if point.side in _sides(new))


def _stage(ladder: Ladder, name: str) -> Iterator[Point]:
    stage = stage_of(ladder, name)
    return iter(()) if stage is None else stage_points(stage, ladder)


def _sides(item: Item) -> frozenset[str]:
    """What has become of an item."""
    asked = () if item.status in NOT_ASKED else (ISSUED, TOLD)
    late = (LATE,) if item.overdue_at is not None or item.status == "done late" else ()
    return frozenset((*asked, *late, *((IN_TIME,) if item.status == "done" else ())))


def _fired(policy: Policy, engine: Engine) -> Iterator[Point]:
    """The stages that fired, also those that ask for nothing."""
    for subject in engine.subjects.values():
        for derivation in subject.derivations:
            for view in derivation.items.ctx.views.values():
                if view.judged and _named(view.run.plan.version.policy) == _named(policy):
                    for name in view.fired:
                        yield from _stage(policy.ladders[view.run.ladder], name)


def _checked(policy: Policy, engine: Engine) -> Iterator[Point]:
    """The targets that were met or broken, also those that ask for nothing then."""
    for subject in engine.intake.stratum.subjects.values():
        for derivation in subject.derivations:
            for sweep in derivation.cases.targets:
                if _named(sweep.plan.version.policy) == _named(policy):
                    sides = {{True: MET, False: BROKEN}.get(kept) for at, rate in sweep.rates if (kept := sweep.kept(rate, at)) is not None}
                    yield from (point for point in own_points(policy.targets[sweep.plan.target.name]) if point.side in sides)
