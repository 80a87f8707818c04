"""How often a stage fires: once, or as its `again` says (SEMANTICS, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..cases import Tick
from ..conditions import Compare, Term
from ..family import StagePlan
from ..matcher.plain import value as worth
from ..policy import Again, NoAmount, Stage
from ..terms import Asker, Moment
from ..times import Instant
from .context import Context
from .view import CaseView


def occurrences(ctx: Context, view: CaseView, plan: StagePlan, tick: Tick, now: bool) -> list[str]:
    """The numbers or periods for which a stage fires at this instant."""
    stage, at = plan.stage, tick.at
    fired = view.fired.get(stage.name, [])
    if stage.again is None:
        return ["1"] if now and not fired else []
    if stage.again.kind == "each":
        return _each(ctx, view, stage, stage.again, at) if now else []
    if stage.again.kind == "further":
        return _further(ctx, view, plan, stage.again, at) if now else []
    if not now:
        return []
    if stage.again.kind == "every":
        if fired and not tick.close:
            return []
        days = ctx.history.days(ctx.history.zone.date(at))
        since = days.school_days_between(ctx.history.zone.date(fired[-1][1]), ctx.history.zone.date(at)) if fired else 0
        step = _step(ctx.moment(at, view.run.plan_at(at).version), stage.again)
        return [_next(fired)] if not fired or step is not None and since >= step else []
    before, before_at = view.last.get(stage.name, (False, None))
    stands = before and before_at is not None and not _tile_began(ctx, view, plan, before_at, at)
    if stands and not plan.became(ctx.moment(at, view.run.plan_at(at).version)):
        return []
    return [_next(fired)]


def _next(fired: Sequence[tuple[str, Instant]]) -> str:
    """The number after those that fired; a period is no number (a stage may change its `again` at a migration)."""
    return str(1 + max((int(n) for n, _ in fired if n.isdigit()), default=0))


def _tile_began(ctx: Context, view: CaseView, plan: StagePlan, before: Instant, at: Instant) -> bool:
    return ctx.sweeps.ladders[view.run.ladder].tile_began(view.run.plan_at(at), plan, before, at)


def _each(ctx: Context, view: CaseView, stage: Stage, again: Again, at: Instant) -> list[str]:
    date = ctx.history.zone.date(at)
    if again.unit == "school_day":
        if not ctx.history.days(date).is_school_day(date):
            return []
        key = date.isoformat()
        return [] if any(fired == key for fired, _ in view.fired.get(stage.name, [])) else [key]
    period = ctx.history.days(date).period(again.unit, date)
    if period is None or (view.run.ladder, stage.name, period[0]) in ctx.periods:
        return []
    ctx.periods.add((view.run.ladder, stage.name, period[0]))
    return [period[0]]


def _further(ctx: Context, view: CaseView, plan: StagePlan, again: Again, at: Instant) -> list[str]:
    condition = plan.when.condition
    comparison = next(part for part in _comparisons(condition.expr) if isinstance(part.left, Term) and part.left.kind == "measure")
    moment = ctx.moment(at, view.run.plan_at(at).version)
    readings = moment.readings(condition, Asker(view))
    value, bound = worth(comparison.left, readings), worth(comparison.right, readings)
    step = _step(moment, again)
    if value is None or bound is None or step is None:
        return []
    issued = int(_next(view.fired.get(plan.stage.name, []))) - 1
    reached = int((Fraction(value) - Fraction(bound)) // step) + 1  # type: ignore[arg-type]  # numbers, by the loader
    return [str(n) for n in range(issued + 1, reached + 1)]


def _step(moment: Moment, again: Again) -> Fraction | None:
    try:
        return moment.number(again.n)
    except NoAmount:
        return None


def _comparisons(expr: object) -> list[Compare]:
    if isinstance(expr, Compare):
        return [expr]
    parts: Sequence[object] = getattr(expr, "parts", ())
    return [found for part in parts for found in _comparisons(part)]
