"""Laws 8 and 16: late work is a fact, and nobody is blamed for what nobody knew."""

from __future__ import annotations

import datetime

from ...ledger import Item
from ...policy import Action, After, actions
from ..broken import hold
from ..model.seen import World
from ..playing import decided, played, states


def nobody_is_late_before_issued(world: World) -> None:
    """No item is overdue before it was issued. Law 16; guards against blame for what nobody knew, where a mark is entered days late."""
    issued: dict[str, int] = {}
    zone = world.calendar.zone
    for one in decided(world):
        new = one.change.new
        if not isinstance(new, Item):
            continue
        late = f"was overdue {zone.text(new.overdue_at)}" if new.overdue_at else "was not overdue"
        said = f"`{new.id}` of {one.student}, issued {zone.text(new.opened)}, {late}, decided {zone.text(one.decided)}"
        hold(nobody_is_late_before_issued, new.opened <= one.decided, world, said, new.path)
        hold(nobody_is_late_before_issued, new.overdue_at is None or new.opened < new.overdue_at <= one.decided, world, said, new.path)
        hold(nobody_is_late_before_issued, new.status != "overdue" or issued.get(new.id, one.decided) < one.decided or new.replaces, world, said, new.path)
        issued.setdefault(new.id, one.decided)


def setting_a_due_makes_nobody_late(world: World) -> None:
    """No decision that sets a due, or moves one that still runs, makes the item late at once, where it counts from knowing.

    Law 16; guards against snow that makes people late. What was done in time, and is owed again after its due, is late at once (SEMANTICS 6).
    """
    from_event = {action.path for policy in world.policies for action in actions(policy) if action.counts_from == "event"}
    for one in decided(world):
        new, old, moved = one.change.new, one.change.old, {name for name, _, _ in one.change.fields}
        was_late = isinstance(old, Item) and old.overdue_at is not None  # overdue, or cancelled after that
        was_over = isinstance(old, Item) and old.late_from is not None and old.late_from <= one.decided
        if isinstance(new, Item) and not was_late and not was_over and new.late_from is not None and "late_from" in moved and new.status in ("open", "overdue"):
            said = f"`{new.id}` of {one.student} got the due {new.due} {world.calendar.zone.text(one.decided)}, when that was past"
            hold(setting_a_due_makes_nobody_late, new.path in from_event or new.late_from > one.decided, world, said, new.path)


def overdue_is_said(world: World) -> None:
    """What is open and past its due is overdue. Law 8; guards against work that nobody did and nobody hears of."""
    optional = {action.path for policy in world.policies for action in actions(policy) if action.optional}
    for item in played(world).items():
        late = item.status == "open" and item.late_from is not None and item.late_from <= world.until and item.path not in optional
        said = f"`{item.id}` was due {item.due}, is open at {world.calendar.zone.text(world.until)} and was never overdue"
        hold(overdue_is_said, not late or _issued_now(item, world), world, said, item.path)


def _issued_now(item: Item, world: World) -> bool:
    """Counted from the event, an item may be issued after its due: it is overdue a second later."""
    return max(item.opened, item.unblocked or item.opened) >= world.until


def due_days_are_held(world: World) -> None:
    """A due of school days is a school day, one of office days an office day. Guards against letters that fall due in the holidays."""
    kinds = {(policy.name, policy.version, action.path): _kind(action) for policy in world.policies for action in actions(policy)}
    engine = played(world)
    homes = {name: student for student, state in states(world) for name in state.items}
    for item in engine.items():
        kind = kinds.get((item.policy, item.version, item.path), "")
        if not kind or len(item.due) != 10 or item.id not in homes or item.status not in ("open", "overdue") or item.floor is not None or item.holds:
            continue
        date = datetime.date.fromisoformat(item.due)
        schools = {row.school for row in world.roster.rows(homes[item.id])} | {""}
        days = [engine.shared.calendar.of(school) for school in sorted(schools)]
        held = any(not one.covers(date) or (one.is_school_day(date) if kind == "school_day" else one.is_office_day(date)) for one in days)
        hold(due_days_are_held, held, world, f"`{item.id}` is due {item.due}, which is no {kind.replace('_', ' ')}", item.path)


def _kind(action: Action) -> str:
    """The kind of day that an item's due must be; empty where it need be none."""
    moved = action.if_no_school or action.if_in_break
    return action.due.unit if isinstance(action.due, After) and action.due.unit in ("school_day", "office_day") and not moved else ""

