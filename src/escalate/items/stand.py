"""An item as it stands at the deciding instant (SEMANTICS, section 9.4)."""

from __future__ import annotations

from typing import Any

from ..consequences import line
from ..duties import Occasion
from ..ledger import Item
from ..policy import NoAmount, Nth
from ..rates import Rate, beyond
from ..terms import Asker
from ..times import Instant
from .context import Context
from .dues import fresh, late_from
from .run import ItemRun, was_told


def stand(ctx: Context, item: ItemRun, now: Instant) -> Item:
    """The item as it stands at the deciding instant."""
    if item.stood is not None and (item.stood.status != "overdue" or item.cancelled_at is None and item.case_end is None):
        return item.stood
    values = _values(ctx, item, now)
    if item.shown is None or item.shown[0] != values:  # the same object where nothing changed: then nothing need be compared
        item.shown = values, Item(*values)
    found = item.shown[1]
    settled = found.status in ("done", "done late", "cancelled", "lapsed") and item.action.entry is None  # an entry follows its count (Q3)
    if settled or found.status == "overdue" and not may_move(item):
        item.stood = found  # INVARIANT: nothing forward of here changes it; a fact in its past derives everything anew
    return found


def may_move(item: ItemRun) -> bool:
    """Whether what is overdue may change though no outcome comes and its case goes on."""
    action = item.action
    moves = action.reassign or action.hold is not None or action.done_when is not None or bool(item.missing) or action.entry is not None
    return moves or item.nth_at is not None or item.case_end is not None or isinstance(item.action.due, Nth)


def _values(ctx: Context, item: ItemRun, now: Instant) -> tuple[Any, ...]:
    """The fields of `Item`, in order."""
    late, floor, due = late_from(ctx, item)
    action = item.action
    status = _status(ctx, item, late, now)
    before = ctx.before(item) if status == "recall" else None
    already = action.counts_from == "event" and late is not None and late <= item.opened
    return (
        item.id, ctx.family.name, item.version.policy.version, action.path, item.case.ladder, item.case.number, item.stage,
        action.name, item.actor, item.occurrence, item.effective, item.opened, item.parent.id if item.parent else "", due, late,
        item.overdue_at if item.overdue_at is not None and item.overdue_at <= now else None, floor, status,
        item.bound[-1].result if item.bound else "", item.done_at if before is None else before.done_at, item.missing, item.unblocked, item.persons,
        _note(ctx, item, already, now), item.replaces,
        item.done_known if action.done_by == "known" and not action.tells else None, entered(ctx, item), item.holds or None,
    )


def entered(ctx: Context, item: ItemRun) -> tuple[str, ...]:
    """What a consequence comes to, counted when it took effect; for a target that is told as it changes, by the heads of now."""
    entry, rate = item.action.entry, item.case.rate if isinstance(item.case, Occasion) else None
    if entry is None:
        return ()
    moment = ctx.moment(item.effective, item.version)
    period = moment.history.days(moment.date).period(entry.period, moment.date) if entry.period else None
    heads = 1

    def held(name: str) -> str | None:
        if name not in entry.measures:
            return moment.amount(name)
        value = moment.recorded(name, Asker(ctx.view_of(item)))
        return None if value is None else str(value)

    if rate is not None and entry.per == "student":
        heads = rate.num
    elif rate is not None and entry.per == "student above the limit":
        heads = _beyond(ctx, item, rate)
    found = line(entry, held, period[0] if period else "", heads)
    return found.parts if found is not None else ()


def _beyond(ctx: Context, item: ItemRun, rate: Rate) -> int:
    target = item.version.policy.targets[item.case.ladder]
    if target.bound is None:
        return 0
    try:
        return beyond(target, ctx.moment(item.effective, item.version).number(target.bound), rate)
    except NoAmount:
        return 0


def _note(ctx: Context, item: ItemRun, already: bool, now: Instant) -> str:
    if not already and not item.note and item.due.note == "no due yet" and item.done_at is None and item.gone_by(now):
        return "due never came"
    return "already past" if already else item.note or item.due.note


def _status(ctx: Context, item: ItemRun, late: Instant | None, now: Instant) -> str:
    if item.lapsed and item.done_at is None:
        return "lapsed"
    if item.done_at is not None and item.done_at <= now:
        judged_at = item.done_known if item.action.done_by == "known" else item.done_at
        return "done" if late is None or item.action.tells or (judged_at or 0) < late else "done late"
    if item.missing and was_told(item, ctx.before(item)):
        return "recall"  # its evidence is lost: a person must take it back
    if item.gone_by(now):
        return "lapsed" if fresh(ctx, item) else "cancelled"
    if item.missing:
        return "blocked"
    return "overdue" if item.overdue_at is not None and item.overdue_at <= now else "open"

