"""Which item an outcome does, and what follows from that (SEMANTICS, section 6)."""

from __future__ import annotations

from ..cases import Tick
from ..duties import Occasion
from ..events import Outcome
from ..family import judged
from ..terms import Asker
from ..times import NEVER, Instant
from .clock import clock_holds
from .context import Context
from .dues import counted
from .issue import after_done, issue
from .nth import NEVER_CAME
from .run import ItemRun, outcome_key


def bind_outcomes(ctx: Context, at: Instant) -> None:
    """Bind the outcomes of this instant, in order."""
    outcomes, zone = ctx.history.outcomes, ctx.history.zone
    ctx.pending = [outcome for outcome in ctx.pending if zone.date(outcome.at) == zone.date(at)]
    while ctx.bound_up_to < len(outcomes) and outcomes[ctx.bound_up_to].at <= at:
        outcome = outcomes[ctx.bound_up_to]
        ctx.bound_up_to += 1
        ctx.happened.bound[id(outcome)] = None if ctx.history.elsewhere(outcome, ctx.family.name) else _bind(ctx, outcome)


def _bind(ctx: Context, outcome: Outcome) -> ItemRun | None:
    item, cancelled = _by_id(ctx, outcome)
    if item is None and outcome.action and not cancelled:
        item = _by_action(ctx, outcome)
    if item is not None:
        _give(ctx, item, outcome)
        return item
    ctx.alone.append(outcome)
    if not cancelled:
        ctx.pending.append(outcome)
    return None


def _by_id(ctx: Context, outcome: Outcome) -> tuple[ItemRun | None, bool]:
    if not outcome.item:
        return None, False
    name = _resolved(ctx, outcome.item)
    item = ctx.by_id.get(name)
    if item is None:
        if name not in ctx.previous.items:
            ctx.reports.append(("unknown-item", outcome))
        return None, False
    kept = ctx.previous.bindings.get(outcome_key(outcome)) == name
    if not kept and ctx.history.zone.date(outcome.at) < ctx.history.zone.date(item.effective):
        return None, False
    if item.gone_before(outcome.at) and not kept:
        ctx.reports.append(("for-cancelled", outcome))
        return None, True
    return item, False


def _by_action(ctx: Context, outcome: Outcome) -> ItemRun | None:
    standing = [item for item in ctx.by_action.get(outcome.action, ()) if item.effective < outcome.at and not item.gone_before(outcome.at)]
    found = [item for item in standing if item.done_at is None and not item.action.tells]
    if not found:  # a notice gets a result, the newest one (I3)
        return max((item for item in standing if item.action.tells), key=lambda item: (item.effective, item.id), default=None)
    return min(_own(ctx, found, outcome), key=lambda item: _due_first(ctx, item, outcome.at), default=None)


def _own(ctx: Context, owed: list[ItemRun], outcome: Outcome) -> list[ItemRun]:
    """Of items one for each person, only those of the person who says that it was done; all where that is a stand-in, who has none (I18)."""
    named = {item.id for item in ctx.by_action.get(outcome.action, ()) if _is_of(item, outcome.by) and not item.gone_before(outcome.at)}
    own = [item for item in owed if item.id in named]
    return own or [item for item in owed if not named or not item.action.by.each]


def _is_of(item: ItemRun, person: str) -> bool:
    return bool(person) and item.action.by.each and item.actor.partition("/")[2] == person


def reach(ctx: Context, at: Instant) -> None:
    """Outcomes of the same date that came before the new items, or had done them before, reach forward to them (section 6)."""
    while ctx.fresh:
        fresh, ctx.fresh = ctx.fresh, []
        for outcome in list(ctx.alone):
            item = _reached(ctx, outcome, fresh, at)
            if item is not None:
                if outcome in ctx.pending:
                    ctx.pending.remove(outcome)
                ctx.alone.remove(outcome)
                _give(ctx, item, outcome)


def _reached(ctx: Context, outcome: Outcome, fresh: list[ItemRun], at: Instant) -> ItemRun | None:
    near = outcome in ctx.pending and outcome.at <= at
    name = _resolved(ctx, outcome.item)
    if name in ctx.by_id:
        named = next((item for item in fresh if item.id == name), None)
        kept = named is not None and ctx.previous.bindings.get(outcome_key(outcome)) == named.id
        return named if near or kept else None
    if not near or not outcome.action:
        return None
    owed = [item for item in fresh if item.action.name == outcome.action and item.done_at is None and not item.action.tells]
    return min(_own(ctx, owed, outcome), key=lambda item: _due_first(ctx, item, at), default=None)


def _due_first(ctx: Context, item: ItemRun, at: Instant) -> tuple[bool, Instant, int, str]:
    """Of a duty the period that holds the instant (U10); then the earliest due first, no due last, then by number and id.

    An nth that had not come before `at` is no due yet (I9), floors apart (I15).
    """
    late, _ = counted(ctx, item)
    opening = item.case.opening if isinstance(item.case, Occasion) else None
    elsewhere = opening is not None and not opening.first <= ctx.history.zone.date(at) <= opening.last
    number = item.occurrence.rpartition("/")[2] if opening is not None else ""
    due = NEVER if late is None or (item.nth_at is not None and item.nth_at >= at) else late
    return elsewhere, due, int(number) if number.isdigit() else 0, item.id


def _resolved(ctx: Context, name: str) -> str:
    """The id that stands for a name now: its own, or that of what replaced it, before or in this very derivation."""
    while name in ctx.previous.aliases and name not in ctx.by_id:
        name = ctx.previous.aliases[name]
    return name if name in ctx.by_id else ctx.replacing.get(name, name)


def _give(ctx: Context, item: ItemRun, outcome: Outcome) -> None:
    item.bound.append(outcome)
    item.stood = None
    ctx.bindings[outcome_key(outcome)] = item.id
    effective = max(item.effective, outcome.at)
    cause = (outcome.id,) if outcome.id else ()
    if outcome.done and item.done_at is None and not item.action.tells:
        item.done_count += outcome.times
        if item.done_count >= item.action.times:
            item.done_at, item.done_known = outcome.at, max(outcome.known, outcome.at)
            if item.note == NEVER_CAME:
                item.cancelled_at, item.note = None, ""  # bound before it was cancelled: it stays bound, and waits for no due
            after_done(ctx, item, effective, cause)
    for result, branch in item.action.if_outcome:
        if outcome.result == result and result not in item.branches:
            item.branches.add(result)
            for action in branch:
                view = ctx.view_of(item)
                issue(ctx, view, action, effective, item.stage, item.occurrence, parent=item, branch=f"on/{result}", keep=item.keep, cause=cause)


def roll_taken(ctx: Context, item: ItemRun) -> Instant | None:
    """When a roll call was over that does an item; a second after the item, where the marks were there before."""
    condition = item.action.done_when
    if condition is None or item.done_at is not None or not any(term.kind == "marked" for term in condition.terms):
        return None
    taken = ctx.view_of(item).roll_taken()
    return None if taken is None else max(taken, item.effective + 1)


def judge_done_when(ctx: Context, tick: Tick) -> None:
    """Do the items whose `done_when` is true at this instant."""
    for item in list(ctx.active):
        condition = item.action.done_when
        if condition is None or item.done_at is not None or tick.at <= item.effective:
            continue
        if item.gone_by(tick.at) and not (item.case_end == tick.at and item.cancelled_at is None):
            continue
        version = item.version
        view = ctx.view_of(item)
        if clock_holds(ctx, view, judged(condition, version.policy), tick) and ctx.holds(condition, version, tick.at, Asker(view, since=item.effective)):
            item.done_at = item.done_known = tick.at
            ctx.happened.done.append(item)
            after_done(ctx, item, tick.at, ())
