"""When the conditions of a case are judged: the clocks of the names in them (SEMANTICS, section 5)."""

from __future__ import annotations

from ..cases import Tick, event_clock
from ..events import Outcome
from ..family import Judged
from ..terms import concerns
from ..times import DAY, NEVER, Instant
from .context import Context
from .run import names
from .view import CaseView


def clock_holds(ctx: Context, view: CaseView, condition: Judged, tick: Tick) -> bool:
    """Whether this instant is a clock of a condition in a case."""
    clocks = condition.clocks
    if tick.close and clocks.close or tick.has(clocks.heard):
        return True
    if tick.events and event_clock(clocks, tick):
        return True
    if clocks.rolls and (taken := view.roll_taken()) is not None and taken <= tick.at:
        return True
    if clocks.fired and any((id(view), stage) in ctx.happened.fired for stage in clocks.fired):
        return True
    if clocks.ladders and any(
        tick.at in (case.opened, case.ended) for ladder in clocks.ladders if ladder in ctx.sweeps.ladders for case in ctx.sweeps.ladders[ladder].cases
    ):
        return True
    return bool(clocks.outcomes or clocks.overdue or clocks.late) and _item_clock(ctx, view, condition, tick)


def _item_clock(ctx: Context, view: CaseView, condition: Judged, tick: Tick) -> bool:
    clocks = condition.clocks
    for event in tick.events:
        if isinstance(event, Outcome):
            item = ctx.happened.bound.get(id(event))
            if any(concerns(event, name, clocks.policy) if item is None else item.case is view.run and names(name, item) for name in clocks.outcomes):
                return True
    if any(
        names(name, item) for item in ctx.happened.overdue for name in (clocks.overdue | clocks.late if item.case is view.run else clocks.late)
    ):
        return True
    if any(item.case is view.run and names(name, item) for item in ctx.happened.done for name in clocks.outcomes):
        return True
    if not tick.close:
        return False
    before = _close_before(ctx, tick.at)
    return any(
        before <= item.opened < tick.at and names(name, item) and (item.case is view.run or name in clocks.late)
        for name in clocks.outcomes | clocks.overdue | clocks.late for item in ctx.by_action.get(name.rsplit(".", 1)[-1], ())
    )


def _close_before(ctx: Context, close: Instant) -> Instant:
    """The close before one; before the first of the calendar there is none."""
    date = ctx.history.zone.date(close) - DAY
    return ctx.history.zone.instant(date, ctx.family.closes(date)) if ctx.history.days(date).covers(date) else -NEVER
