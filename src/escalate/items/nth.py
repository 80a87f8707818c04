"""Deadlines at the nth of a measure: when it comes, and when it never will."""

from __future__ import annotations

from ..cases import Tick, ticks
from ..clocks import saying
from ..days import Beyond
from ..measures import View, tile_key
from ..policy import DueParam, NoAmount, Nth, Param
from ..terms import Asker, Moment
from ..times import DAY, NEVER, Instant
from .context import Context
from .dues import base_of, overdue_if_blocked, set_due, stood_until_unblocked
from .run import ItemRun

NO_DUE_YET, NEVER_CAME = "no due yet", "due never came"


def nth_of(ctx: Context, item: ItemRun) -> Nth | None:
    """The deadline of an item whose due is at the nth of a measure."""
    if item.action.due is None:
        return None
    due = _counted_from(ctx, item).due(item.action.due)
    return due if isinstance(due, Nth) else None


def _counted_from(ctx: Context, item: ItemRun) -> Moment:
    try:
        return ctx.moment(base_of(ctx, item), item.version)
    except Beyond:
        return ctx.moment(item.effective, item.version)


def count_nths(ctx: Context, tick: Tick) -> None:
    """Give the items that wait for an nth their due, where this instant brings it."""
    for item in ctx.active:
        if item.due.note == NO_DUE_YET and item.nth_at is None and item.done_at is None and not item.gone_by(tick.at) and item.effective <= tick.at:
            due = nth_of(ctx, item)
            if due is not None and _is_clock(item, due, tick) and came(ctx, item, due, tick.at):
                item.nth_at = tick.at
                set_due(ctx, item)
                if item.unblocked is not None and item.unblocked > tick.at:
                    item.stood_at = stood_until_unblocked(ctx, item, overdue_if_blocked(ctx, item))


def recount_nth(ctx: Context, item: ItemRun, until: Instant) -> None:
    """Look anew for the nth of an item that was unblocked: a parameter may name another one for the date that now counts (D5)."""
    due = nth_of(ctx, item)
    if due is None or not isinstance(item.action.due, DueParam) and not isinstance(due.n, Param):
        return
    ctx.waiting, item.nth_at = True, None
    if came(ctx, item, due, item.effective):
        found = first_nth(ctx, item, due)
        item.nth_at = None if item.gone_by(found) else found
        return
    zone, date = ctx.history.zone, ctx.history.zone.date(item.effective)
    while date <= zone.date(until):
        for tick in ticks(ctx.history, ctx.family, date, item.effective, until):
            if _is_clock(item, due, tick) and not item.done_by(tick.at) and not item.gone_by(tick.at) and came(ctx, item, due, tick.at):
                item.nth_at = tick.at
                return
        date += DAY


def _is_clock(item: ItemRun, due: Nth, tick: Tick) -> bool:
    return tick.close or item.version.policy.measures[due.measure].by_session and tick.has(saying(item.version.policy))


def came(ctx: Context, item: ItemRun, due: Nth, at: Instant) -> bool:
    """Whether the measure is at n by an instant, in the tile in which the item began."""
    version = item.version
    measure = version.policy.measures[due.measure]
    moment = ctx.moment(at, version)
    view = View(ctx.history, version.policy, version.codes, at, moment.today, moment.date)
    begun, judged_on = ctx.history.zone.date(item.effective), moment.today if measure.by_day else moment.date
    if any(tile_key(tile, view, begun, moment.number) != tile_key(tile, view, judged_on, moment.number) for tile in measure.tiles):
        return False
    value = moment.measured(due.measure, Asker(ctx.view_of(item))).value
    try:
        return value is not None and value >= _counted_from(ctx, item).number(due.n)
    except NoAmount:
        return False


def first_nth(ctx: Context, item: ItemRun, due: Nth) -> Instant:
    """The first clock, at or before the item's own, at which the measure was at n already."""
    zone = ctx.history.zone
    date = zone.date(item.effective)
    found = item.effective
    earliest = min(ctx.history.notable, default=date.toordinal())
    while date.toordinal() >= earliest:
        for tick in reversed(ticks(ctx.history, ctx.family, date, -NEVER, found - 1)):
            if not _is_clock(item, due, tick):
                continue
            if not came(ctx, item, due, tick.at):
                return found
            found = tick.at
        date -= DAY
    return found


def window_end(ctx: Context, item: ItemRun) -> Instant | None:
    """The instant at which an item's nth can no longer come, because its tile ends."""
    if item.due.note != NO_DUE_YET or item.nth_at is not None or item.done_at is not None or item.cancelled_at is not None:
        return None
    due = nth_of(ctx, item)
    if due is None:
        return None
    version = item.version
    measure = version.policy.measures[due.measure]
    date = ctx.history.zone.date(item.effective)
    moment = ctx.moment(item.effective, version)
    days = ctx.history.days(date)
    ends = []
    for tile in measure.tiles:
        try:
            found = days.period(tile.unit, date) if tile.kind == "period" else days.tile(int(moment.number(tile.n)), tile.unit, date)
        except NoAmount:
            continue
        if found is not None:
            ends.append(ctx.history.zone.next_midnight(found[2]))
    return min(ends, default=None)


def drop_dueless(ctx: Context, at: Instant) -> None:
    """Cancel the items whose nth will never come."""
    for item in ctx.active:
        if window_end(ctx, item) == at and not item.gone_by(at):
            item.cancelled_at, item.note = at, NEVER_CAME
