"""The stages of an open case: judged, fired, and blocked while what they need is missing (SEMANTICS, section 5)."""

from __future__ import annotations

from ..cases import Tick
from ..conditions import And, terms_of
from ..duties import Occasion
from ..family import StagePlan, Version, judged
from ..matcher.plain import holds
from ..policy import Stage
from ..terms import Asker
from ..times import Instant
from .again import occurrences
from .clock import clock_holds
from .context import Context
from .dues import floor_by, overdue_candidate, set_due, stood_until_unblocked
from .issue import issue, tell
from .nth import recount_nth
from .run import ItemRun
from .view import CaseView


def judge_stages(ctx: Context, view: CaseView, tick: Tick) -> None:
    """Look again at what each stage's blocked items wait for, and fire the stage if it is due: in order, for a stage may need one before it."""
    plans = view.run.plan_at(tick.at).stages
    if view.needs:
        ours = {plan.stage.name for plan in plans}
        for name in sorted({plan.stage.name for plan, _ in view.needs} - ours):  # of an earlier version
            _judge_need(ctx, view, name, tick)
    for plan in plans:
        stage = plan.stage
        if view.needs:
            _judge_need(ctx, view, stage.name, tick)
        if stage.again is None and stage.name in view.fired:
            continue
        if not clock_holds(ctx, view, plan.when, tick):
            continue
        moment = ctx.moment(tick.at, view.run.plan_at(tick.at).version)
        now = moment.holds(plan.when.condition, ctx.matcher, Asker(view))
        after = moment.holds_on(plan.when.condition, ctx.matcher, Asker(view)) if plan.became(moment) else now
        for occurrence in occurrences(ctx, view, plan, tick, now):
            fire(ctx, view, stage, tick.at, occurrence, plan)
        view.last[stage.name] = (after, tick.at)


def fire(ctx: Context, view: CaseView, stage: Stage, at: Instant, occurrence: str, plan: StagePlan | None) -> None:
    """A stage fires: issue its items, blocked where what it needs is missing."""
    view.fired.setdefault(stage.name, []).append((occurrence, at))
    ctx.happened.fired.add((id(view), stage.name))
    missing = _missing(ctx, view, stage, view.run.plan_at(at).version, at)
    met = stage.need.text if stage.need is not None and not missing else ""
    made = [item for action in stage.do for item in issue(ctx, view, action, at, stage.name, occurrence, keep=plan is None, missing=missing, met=met)]
    for item in made:
        if met and item.missing:
            _unblock(ctx, item, at)  # what was decided without its evidence is unblocked by this decision
    if missing and plan is not None and made:
        view.needs.append((StagePlan(stage, judged(stage.need, view.run.plan_at(at).version.policy), False), made))  # type: ignore[arg-type]  # something is missing only where `need` stands


def ask(ctx: Context, view: CaseView, run: Occasion, at: Instant) -> None:
    """An occasion of a duty or a target: everything that it asks for is issued when it opens."""
    if run.opened == at and run.stage is not None:
        plan = StagePlan(run.stage, judged(run.stage.when, run.plan.version.policy), False)
        for occurrence in run.occurrences:
            fire(ctx, view, run.stage, at, occurrence, plan)


def _missing(ctx: Context, view: CaseView, stage: Stage, version: Version, at: Instant) -> tuple[str, ...]:
    """The names in those parts of `need` that are not true, as the version of the stage means them; none where it is true."""
    if stage.need is None or ctx.holds(stage.need, version, at, Asker(view)):
        return ()
    expr = stage.need.expr
    readings = ctx.moment(at, version).readings(stage.need, Asker(view))
    lacking = [part for part in (expr.parts if isinstance(expr, And) else (expr,)) if holds(part, readings) is not True]
    names = dict.fromkeys(term.name or term.key for part in lacking for term in terms_of(part) if term.kind != "parameter")
    return tuple(names) or (stage.need.text,)


def _judge_need(ctx: Context, view: CaseView, stage: str, tick: Tick) -> None:
    """Look again for what the blocked items of a stage wait for."""
    for plan, made in list(view.needs):
        if plan.stage.name != stage or not clock_holds(ctx, view, plan.when, tick):
            continue
        missing = _missing(ctx, view, plan.stage, made[0].version, tick.at)
        for item in made:
            if item.gone_by(tick.at):
                continue
            if not missing:
                _unblock(ctx, item, tick.at)
            elif item.done_at is None:
                item.missing = missing
        if not missing:
            view.needs.remove((plan, made))


def _unblock(ctx: Context, item: ItemRun, at: Instant) -> None:
    before = ctx.unblocked_before(item)
    by_blocked_due = overdue_candidate(ctx, item)
    item.floor, item.missing = floor_by(ctx, item, at), ()
    item.unblocked = before if before is not None else max(at, ctx.now)
    if item.action.counts_from == "event":
        item.unblocked = at
    tell(ctx, item, item.unblocked, at)
    if by_blocked_due is not None and at <= by_blocked_due:
        item.stood_at = stood_until_unblocked(ctx, item, by_blocked_due) or item.stood_at
    item.overdue_at = item.stood = None
    item.holds = 0
    recount_nth(ctx, item, at)
    set_due(ctx, item)
    if item not in ctx.active:
        ctx.active.append(item)  # done before its evidence came, by a due that is counted anew: it may have been overdue in between
