"""Which of the facts that came in at a decision brought it about (SEMANTICS, section 10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from .cases import CaseRun
from .conditions import Condition, Term
from .derive import Derivation
from .duties import Occasion
from .events import Document, Event, Fact, Flag, Mark, Outcome, Status
from .items import ItemRun
from .ledger import DONE, OPEN, Case, Change, Item
from .policy import Policy, Stage, stage_of
from .terms import concerns
from .times import Instant

# Names that other changes of the same instant make true, whatever brought those about.
INDIRECT = frozenset({"fired", "open_case", "done", "outcome", "overdue", "late"})
OF_ITEMS = frozenset({"done", "outcome", "overdue", "late", "times"})


@frozen
class Asked:
    """The conditions on which a change rests, under their policy, and since when it holds."""

    conditions: tuple[Condition, ...]
    policy: Policy
    at: Instant | None


def triggers(derivation: Derivation, change: Change, decided: Instant, fresh: Mapping[str, Event], cited: Collection[str]) -> set[str]:
    """The ids of the fresh events that brought a change about: those that its conditions read, or that count; none where time alone did.

    cited: what counts. Where a change may rest on any of them, as one that comes of a correction may, all of them.
    """
    asked = _asked(derivation, change) if fresh else None
    if asked is None:
        return set(fresh)
    heard = {name for name, event in fresh.items() if name in cited or any(_hears(condition, asked.policy, event) for condition in asked.conditions)}
    by_time = asked.at == decided and not any(term.kind in INDIRECT for condition in asked.conditions for term in condition.terms)
    return heard if heard or by_time else set(fresh)


def _asked(derivation: Derivation, change: Change) -> Asked | None:
    """What a change rests on; None where that may be any fact."""
    new = change.new
    if isinstance(new, Case):
        run = next((run for run in derivation.cases.cases if run.ladder == new.ladder and run.number == new.number), None)
        if run is None or change.what not in ("opened", "ended"):
            return None
        return _of_case(run, new.opened_by if change.what == "opened" else new.reason, change.effective)
    item = derivation.items.ctx.by_id.get(new.id)
    if item is None:
        return None
    if change.what == "cancelled":
        owed = isinstance(change.old, Item) and change.old.status in OPEN and item.cancelled_at is None
        return _of_case(item.case, item.case.reason, item.case.ended) if owed else None
    conditions = _of_item(change, item)
    return None if conditions is None else Asked(tuple(one for one in conditions if one is not None), item.version.policy, change.effective)


def _of_case(run: CaseRun, name: str, at: Instant | None) -> Asked:
    """What opened or ended a case: a stage, `ends`, `where`, or with `lasts` the calendar."""
    plan = run.plan if at is None else run.plan_at(at)
    stage = stage_of(plan.ladder, name)
    return Asked((plan.ladder.where,) if name == "where" else (stage.when,) if stage is not None else (), plan.version.policy, at)


def _of_item(change: Change, item: ItemRun) -> tuple[Condition | None, ...] | None:
    changed = {name for name, _, _ in change.fields}
    stage = _stage(item)
    if change.what == "overdue":
        return None if "late_from" in changed else ()
    if change.what in ("issued", "blocked") or change.what in DONE and item.action.tells:
        if change.old is not None:
            return (stage.need,) if item.action.tells and "missing" in changed and stage is not None else None
        return _ground(item)
    if change.what == "unblocked":
        return (stage.need,) if stage is not None else None
    if change.what in DONE and change.old is not None and "done_at" in changed:
        return () if any(outcome.done for outcome in item.bound) else (item.action.done_when,)
    return None


def _ground(item: ItemRun) -> tuple[Condition | None, ...]:
    """What an item was issued for: its stage, what did its parent, or what told it; a parent's outcome is among what counts."""
    if item.parent is not None and not item.parent.action.tells:
        return () if item.cause else (item.parent.action.done_when, item.action.only_if)
    if item.parent is not None:
        return _ground(item.parent)
    if isinstance(item.case, Occasion):
        return (*_of_part(item.version.policy, item.case.ladder), item.action.only_if)
    stage = _stage(item)
    return (stage.when, stage.need, item.action.only_if) if stage is not None else ()


def _stage(item: ItemRun) -> Stage | None:
    return item.case.stage if isinstance(item.case, Occasion) else stage_of(item.version.policy.ladders[item.case.ladder], item.stage)


def _of_part(policy: Policy, name: str) -> tuple[Condition, ...]:
    """What a duty asks of those whom it covers, or a target of the heads that it counts."""
    if name in policy.duties:
        return (policy.duties[name].where,)
    return policy.targets[name].of_heads


def _hears(condition: Condition, policy: Policy, event: Event) -> bool:
    """Whether a condition reads facts such as an event; an edit of calendar or roster may be read by any."""
    return any(_reads(term, policy, event) for term in condition.terms)


def _reads(term: Term, policy: Policy, event: Event) -> bool:
    if isinstance(event, (Mark, Fact)):
        fact = policy.measures[term.name].fact if term.kind == "measure" else None
        return fact == (event.fact if isinstance(event, Fact) else "")
    if isinstance(event, Flag):
        return term.kind in ("flag", "attribute") and term.name == event.flag
    if isinstance(event, Status):
        return term.kind in ("status", "became", "ever") or term.target == "status"
    if isinstance(event, Outcome):
        return (term.kind in OF_ITEMS or term.target == "item") and concerns(event, term.name, policy.name)
    return term.kind == "received" and term.name == event.document if isinstance(event, Document) else True
