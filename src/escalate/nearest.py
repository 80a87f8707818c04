"""Why a stage has not fired for a student: when it came nearest, which part of its condition failed, and by how much."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from .conditions import And, Compare, Condition
from .days import Calendar
from .derive import Derivation
from .events import Event
from .family import StagePlan, Version
from .foresight import alone
from .matcher.plain import meant, worth
from .policy import Policy, Stage
from .records import Record, reading_of
from .roster import Roster
from .terms import Asker, Moment
from .times import DAY, Instant

Date = datetime.date


@frozen
class Part:
    """One part of a condition, joined by `and`: whether it was true (None: unknown), what its names came to, by how much it failed."""

    condition: Condition
    truth: bool | None
    readings: tuple[Record, ...]
    short: Fraction | None = None


@frozen
class Miss:
    """One stage of one policy. fired: when it did, else nearest is the close at which it came nearest, with its parts.

    covered: whether the ladder's `where` held then. case: whether the ladder had a case open.
    """

    policy: Policy
    ladder: str
    stage: Stage
    fired: Instant | None = None
    nearest: Instant | None = None
    covered: bool = True
    case: bool = False
    parts: tuple[Part, ...] = ()


def why_not(
    policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], student: str, path: str, now: Instant
) -> list[Miss]:
    """Of every stage that a name (`stage` or `ladder.stage`) points at, why it has not fired by now; none where no policy has it.

    Looks at the closes up to now, by what is known now. Raises `Refused` like an evaluation.
    """
    engine = alone(policies, calendar, roster, events, student, now, matcher="plain")
    engine.advance(now)
    derivations = engine.intake.subject(student).derivations
    return [_miss(derivation, plan, ladder, now) for derivation in derivations for ladder, plan in _stages(derivation, path, now)]


def _stages(derivation: Derivation, path: str, now: Instant) -> Iterator[tuple[str, StagePlan]]:
    """The stages of a name in the version in force, else in the last one."""
    version = _version(derivation, now)
    for name, ladder in version.ladders.items():
        for plan in ladder.stages:
            if path in (plan.stage.name, f"{name}.{plan.stage.name}"):
                yield name, plan


def _version(derivation: Derivation, at: Instant) -> Version:
    """The version in force on an instant's date, else the last one."""
    return derivation.family.at(derivation.history.zone.date(at)) or derivation.family.versions[-1]


def _miss(derivation: Derivation, plan: StagePlan, ladder: str, now: Instant) -> Miss:
    version = _version(derivation, now)
    bare = Miss(version.policy, ladder, plan.stage)
    fired = [at for view in derivation.items.ctx.views.values() if view.run.ladder == ladder for _, at in view.fired.get(plan.stage.name, ())]
    if fired:
        return evolve(bare, fired=max(fired))
    found = [_judged(bare, derivation, then, close) for close in _closes(derivation, now) if (then := _then(derivation, plan, ladder, close)) is not None]
    return max(found, key=_nearness, default=bare)


def _then(derivation: Derivation, plan: StagePlan, ladder: str, at: Instant) -> StagePlan | None:
    """A stage as the version in force at a close has it; None where that has none of its name: its measures may be others."""
    found = _version(derivation, at).ladders.get(ladder)
    return next((one for one in found.stages if one.stage.name == plan.stage.name), None) if found is not None else None


def _closes(derivation: Derivation, now: Instant) -> Iterator[Instant]:
    """The closes of the calendar's dates in force, up to now."""
    history, family = derivation.history, derivation.family
    days = history.days(Date.max)
    date = days.first
    while date <= days.last:
        close = history.zone.instant(date, family.closes(date))
        if close > now:
            return
        if family.at(date) is not None and history.days(date).is_school_day(date):
            yield close
        date += DAY


def _judged(bare: Miss, derivation: Derivation, plan: StagePlan, at: Instant) -> Miss:
    """What a stage and its ladder's `where` came to at a close."""
    ctx, ladder = derivation.items.ctx, bare.ladder
    version = _version(derivation, at)
    moment = ctx.moment(at, version)
    view = next((view for view in ctx.views.values() if view.run.ladder == ladder and view.run.open_at(at)), None)
    asker = Asker(view)
    where = version.ladders[ladder].where.condition
    parts = tuple(_part(part, moment, asker) for part in _parts(plan.when.condition))
    return evolve(bare, nearest=at, covered=_true(where, moment, Asker(None)) is True, case=view is not None, parts=parts)


def _parts(condition: Condition) -> list[Condition]:
    expr = condition.expr
    return [Condition(part, "", condition.span) for part in expr.parts] if isinstance(expr, And) else [condition]


def _part(condition: Condition, moment: Moment, asker: Asker) -> Part:
    readings = tuple(reading_of(term, moment, asker) for term in condition.terms)
    return Part(condition, _true(condition, moment, asker), readings, _short(condition, moment, asker))


def _true(condition: Condition, moment: Moment, asker: Asker) -> bool | None:
    return meant(condition.expr, lambda term: moment.value(term, asker))


def _short(condition: Condition, moment: Moment, asker: Asker) -> Fraction | None:
    """By how much a comparison of numbers failed; None where it holds, or is none of numbers."""
    expr = condition.expr
    if not isinstance(expr, Compare):
        return None
    left, right = (worth(side, lambda term: moment.value(term, asker)) for side in (expr.left, expr.right))
    if isinstance(left, bool) or isinstance(right, bool) or not isinstance(left, (int, Fraction)) or not isinstance(right, (int, Fraction)):
        return None
    return abs(Fraction(right) - Fraction(left)) if _true(condition, moment, asker) is False else None


def _nearness(miss: Miss) -> tuple[bool, int, Fraction, Instant]:
    """The more parts true the nearer, then the less is short; of the same, the later."""
    short = sum((part.short for part in miss.parts if part.short is not None), Fraction(0))
    return miss.covered, sum(part.truth is True for part in miss.parts), -short, miss.nearest or 0

