"""Issuing: an item gets its id, what stood before under it, its persons and its due (SEMANTICS, sections 4, 6 and 9.4)."""

from __future__ import annotations

from ..cases import CaseRun
from ..duties import Occasion
from ..ledger import GONE, Item
from ..policy import Action
from ..terms import Asker
from ..times import Instant
from .context import Context
from .dues import set_due
from .nth import came, first_nth, nth_of
from .people import actors, persons
from .run import ItemRun, names, told_before
from .view import CaseView


def issue(
    ctx: Context, view: CaseView, action: Action, at: Instant, stage: str, occurrence: str, *,
    parent: ItemRun | None = None, branch: str = "", keep: bool = False, missing: tuple[str, ...] = (), cause: tuple[str, ...] = (),
    met: str = "",
) -> list[ItemRun]:
    """Issue an action's items, one for each actor; return those that are new.

    missing: the evidence that its stage lacks. met: the `need` that is met: what was decided without it still waits for this decision.
    """
    version = parent.version if parent else view.run.plan_at(at).version
    if action.only_if is not None and not ctx.holds(action.only_if, version, at, Asker(view)):
        return []
    made = []
    stem = f"{parent.id}/{branch}" if parent else _stem(ctx, view.run, stage, occurrence, at)
    had = _held(ctx, view.run, action, at, stage, occurrence, parent, branch, stem) if action.owners.each else []
    for actor in actors(ctx, action, at, version, parent, had):
        item = _item(ctx, view, action, at, stage, occurrence, actor, parent, f"{stem}/{action.name}/{actor}", keep)
        if item.id in ctx.by_id:
            continue  # overdue a second time, after an unblocking: what it issued the first time stands
        waited = met and (ctx.unblocked_before(item) is not None or ctx.blocked_before(item))
        item.cause, item.missing = cause, (met,) if waited else missing
        view.items.append(item)
        ctx.items.append(item)
        ctx.active.append(item)
        ctx.by_action.setdefault(action.name, []).append(item)
        ctx.moved = True
        ctx.by_id[item.id] = item
        if item.takes:
            ctx.replacing[item.takes] = item.id
        made.append(item)
        _settle(ctx, view, item, at)
    return made


def _stem(ctx: Context, run: CaseRun, stage: str, occurrence: str, at: Instant) -> str:
    """How the id of an item begins that is chained to none."""
    if isinstance(run, Occasion):
        return f"{run.stem}/{occurrence}"
    place = occurrence if _across(ctx, run, stage, at) else str(run.number)
    return f"{ctx.family.name}/{ctx.history.student}/{run.ladder}/{place}/{stage}/{occurrence}"


def _settle(ctx: Context, view: CaseView, item: ItemRun, at: Instant) -> None:
    action = item.action
    fresh = item.previous is None or item.previous.status in ("withdrawn", "lapsed")
    item.lapsed = fresh and not item.keep and item.case.ended is not None and item.case.ended <= ctx.now
    due = nth_of(ctx, item)
    ctx.waiting = ctx.waiting or due is not None or action.hold is not None or action.done_when is not None
    if due is not None and came(ctx, item, due, item.effective):
        found = first_nth(ctx, item, due)
        item.nth_at = None if item.gone_by(found) else found
    set_due(ctx, item)
    if not item.missing:
        tell(ctx, item, item.opened, at)
    if action.replaces:
        for other in view.items:
            if other is not item and names(action.replaces, other) and not other.done_by(at) and not other.gone_by(at):
                other.cancelled_at, other.note = at, f"replaced by {item.action.path}"
    ctx.fresh.append(item)


def _item(
    ctx: Context, view: CaseView, action: Action, at: Instant, stage: str, occurrence: str, actor: str,
    parent: ItemRun | None, item_id: str, keep: bool,
) -> ItemRun:
    case = view.run
    previous = _previous(ctx, item_id, case, stage, action, actor, occurrence, at, parent)
    item = ItemRun(
        action, case, parent.version if parent else case.plan_at(at).version, stage, occurrence, actor, item_id, at,
        _opened(ctx, item_id, previous, at), parent, previous,
        keep=keep or action.keep or (parent is not None and parent.keep),
    )
    if previous is not None and previous.id != item_id:
        item.replaces = previous.id
    elif previous is not None:
        item.replaces = previous.replaces
    item.persons = previous.persons if previous is not None and item.opened == previous.opened else persons(ctx, action, item)
    return item


def _across(ctx: Context, case: CaseRun, stage: str, at: Instant) -> bool:
    found = next((plan.stage for plan in case.plan_at(at).stages if plan.stage.name == stage), None)
    return found is not None and found.again is not None and found.again.kind == "each" and found.again.unit != "school_day"


def _previous(
    ctx: Context, item_id: str, case: CaseRun, stage: str, action: Action, actor: str, occurrence: str, at: Instant, parent: ItemRun | None
) -> Item | None:
    found = ctx.previous.items.get(item_id)
    if found is not None and found.status not in GONE:
        return found
    if parent is not None:
        old = ctx.previous.items.get(f"{parent.takes}/{item_id[len(parent.id) + 1:]}") if parent.takes else None
        return old if old is not None and old.effective == at and old.status not in GONE else found
    if isinstance(case, Occasion):
        return found  # which has no number to be another
    for old in ctx.previous.items.values():
        if (old.action, old.actor) == (action.name, actor) and _same_elsewhere(ctx, old, case, stage, occurrence, at):
            return old
    return found


def _held(
    ctx: Context, case: CaseRun, action: Action, at: Instant, stage: str, occurrence: str, parent: ItemRun | None, branch: str, stem: str,
) -> list[str]:
    """Who had what `each` made before: under these ids, or under those whose place they take, of another number of the case or the parent."""
    stems = [stem, f"{parent.takes}/{branch}"] if parent is not None and parent.takes else [stem]
    standing = [old for old in ctx.previous.items.values() if old.status not in GONE and old.action == action.name]
    found = [old.actor for old in standing if any(old.id == f"{one}/{action.name}/{old.actor}" for one in stems)]
    return found or [old.actor for old in standing if parent is None and _same_elsewhere(ctx, old, case, stage, occurrence, at)]


def _same_elsewhere(ctx: Context, old: Item, case: CaseRun, stage: str, occurrence: str, at: Instant) -> bool:
    """Whether an item that stood is the same under another number of its case, actor and action apart."""
    return (
        (old.ladder, old.stage, old.occurrence, old.effective) == (case.ladder, stage, occurrence, at)
        and old.case != case.number and not old.parent and old.id not in ctx.held_ids and old.status not in GONE and old.id not in ctx.previous.aliases
    )


def _opened(ctx: Context, item_id: str, previous: Item | None, at: Instant) -> Instant:
    if previous is None or previous.status == "withdrawn" or item_id in ctx.back:
        return max(at, ctx.now)
    return previous.opened


def tell(ctx: Context, item: ItemRun, when: Instant, at: Instant) -> None:
    """Tell a notice, unless its case was over by then, and ask for what follows it; `at` is when that takes effect."""
    told = told_before(item, ctx.before(item))
    if item.action.tells and (told is not None or not (item.lapsed or item.gone_by(when))):
        item.done_at = item.done_known = when if told is None else told
        after_done(ctx, item, at, ())


def after_done(ctx: Context, item: ItemRun, effective: Instant, cause: tuple[str, ...]) -> None:
    """Issue what follows `then`."""
    for action in item.action.then:
        issue(ctx, ctx.view_of(item), action, effective, item.stage, item.occurrence, parent=item, branch="then", keep=item.keep, cause=cause)
