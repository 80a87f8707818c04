"""By when an item is due, and from when on it is late (SEMANTICS, section 6)."""

from __future__ import annotations

from ..cases import Tick
from ..days import Beyond
from ..deadlines import BEYOND, Ground, deadline, held
from ..terms import Asker
from ..times import DAY, Instant
from .context import Context
from .run import ItemRun, Late


def set_due(ctx: Context, item: ItemRun) -> None:
    """Count an item's deadline, anew where what it counts from has changed."""
    action = item.action
    if action.due is None or action.tells:
        return
    ctx.moved, item.late, ctx.soonest = True, None, 0
    version = item.version
    try:
        base = base_of(ctx, item)
    except Beyond:
        item.due = BEYOND
        return
    moment = ctx.moment(base, version)
    due = moment.due(action.due)
    ground = Ground(
        base, ctx.history.days(moment.date), version.policy.day.closes, moment.number,
        lambda measure, n: item.nth_at, action.if_no_school, action.if_in_break,
    )
    bare = deadline(due, ground)
    item.unheld = bare.late_from
    item.due = held(bare, due, item.holds, ground)


def base_of(ctx: Context, item: ItemRun) -> Instant:
    """The instant that an item's deadline counts from; its parameters have their value of then. Raises `Beyond`."""
    if item.action.counts_from == "start of school day":
        date = ctx.history.zone.date(item.effective if item.unblocked is None else item.unblocked)
        while not (sessions := ctx.history.days(date).sessions(date)):  # of the school to which the student belongs on it (I14)
            date += DAY
        return sessions[0].start
    if item.unblocked is not None:
        return max(item.effective, item.unblocked)
    return item.effective if item.action.counts_from == "event" else max(item.effective, item.opened)


def late_from(ctx: Context, item: ItemRun) -> Late:
    """The first late instant, the floor that holds it up, and the deadline as people read it."""
    if item.late is None or item.late[0] != ctx.now:
        item.late = ctx.now, _late_from(ctx, item)
    return item.late[1]


def _late_from(ctx: Context, item: ItemRun) -> Late:
    found, due = counted(ctx, item)
    if found is None or item.action.counts_from == "event":
        return found, None, due
    zone = ctx.history.zone
    before = ctx.before(item)
    if before is None or before.status == "withdrawn" or before.opened != item.opened:
        return found, None, due
    floor = item.floor or before.floor
    same = before.unblocked == item.unblocked or item.unblocked is None and not item.missing
    moved = same and before.status != "lapsed"  # else it is another due
    if moved and found <= ctx.now and (before.late_from is None or before.late_from > ctx.now):
        floor = zone.next_midnight(zone.date(ctx.now))
    if floor is not None and floor > found:
        return floor, floor, zone.date(floor - 1).isoformat()
    return found, floor, due


def floor_by(ctx: Context, item: ItemRun, at: Instant) -> Instant | None:
    """The floor that holds up a deadline that had passed by an instant."""
    _, floor, _ = late_from(ctx, item)
    found, _ = counted(ctx, item)
    return floor if found is not None and found <= at else None


def counted(ctx: Context, item: ItemRun) -> tuple[Instant | None, str]:
    """The deadline without its floor: `from: known`, what has passed when the item opens holds until the midnight after, at least."""
    found, due, base = item.due.late_from, item.due.due, item.issued
    if found is None or item.unheld is None or item.unheld > base or item.action.counts_from == "event":
        return found, due
    date = ctx.history.zone.date(base)
    midnight = ctx.history.zone.next_midnight(date)
    return (midnight, date.isoformat()) if found < midnight else (found, due)


def overdue_candidate(ctx: Context, item: ItemRun) -> Instant | None:
    """The overdue instant that is still to come or to be derived; None where there is none."""
    if item.overdue_at is not None or item.action.optional or item.lapsed or item.id in ctx.lapsed or item.action.tells or item.due.late_from is None:
        return None
    settled = item.settled_at
    late, _, _ = late_from(ctx, item)
    if late is None or item.cancelled_at is not None and item.gone_by(ctx.now) and fresh(ctx, item):
        return None  # it has none, or is lapsed
    base = item.issued
    at = late if late > base else base + 1
    return None if item.gone_by(at) or settled is not None and settled <= at else at


def stood_until_unblocked(ctx: Context, item: ItemRun, blocked: Instant | None) -> Instant | None:
    """The overdue instant of the blocked time, before the decision that unblocked the item: what it issued stands (I11, I16)."""
    issued = ctx.unblocked_before(item) is None or ctx.chased_before(item)
    if not issued or blocked is None or item.unblocked is None or item.action.counts_from == "event" or blocked >= item.unblocked:
        return None
    return blocked


def overdue_if_blocked(ctx: Context, item: ItemRun) -> Instant | None:
    """When an item would fall overdue that its evidence has not come for: where its nth came only after the evidence."""
    unblocked, missing = item.unblocked, item.missing
    item.unblocked, item.missing, item.late = None, (item.stage,), None
    set_due(ctx, item)
    found = overdue_candidate(ctx, item)
    item.unblocked, item.missing, item.late = unblocked, missing, None
    set_due(ctx, item)
    return found


def fresh(ctx: Context, item: ItemRun) -> bool:
    """Whether nothing stood before that was told to anybody: such an item lapses where it is gone already."""
    before = ctx.before(item)
    return before is None or before.status in ("withdrawn", "lapsed")


def hold(ctx: Context, tick: Tick) -> None:
    """At a close, give the items whose `hold` is true one more day."""
    if not tick.close:
        return
    for item in ctx.active:
        hold = item.action.hold
        if hold is None or item.settled_by(tick.at) or item.gone_by(tick.at) or tick.at <= item.issued:
            continue
        late, _ = counted(ctx, item)
        if late is not None and tick.at < late and ctx.holds(hold, item.version, tick.at, Asker(ctx.view_of(item))):
            item.holds, item.held_at = item.holds + 1, tick.at
            set_due(ctx, item)
