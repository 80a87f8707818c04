"""An item as it is derived, before it stands."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from ..cases import CaseRun
from ..deadlines import Deadline
from ..events import Outcome
from ..family import Version
from ..ledger import Item
from ..policy import Action
from ..times import Instant

# The first late instant, the floor that holds it up, and the deadline as people read it.
Late = tuple[Instant | None, Instant | None, str]


@define(eq=False)
class ItemRun:
    """An item as it is derived; `previous` is what stood under its id (or the id it replaces) before."""

    action: Action
    case: CaseRun
    version: Version
    stage: str
    occurrence: str
    actor: str
    id: str
    effective: Instant
    opened: Instant
    parent: ItemRun | None = None
    previous: Item | None = None
    cause: tuple[str, ...] = ()
    keep: bool = False
    lapsed: bool = False
    bound: list[Outcome] = field(factory=list)
    done_at: Instant | None = None
    done_known: Instant | None = None
    done_count: int = 0
    due: Deadline = field(factory=Deadline)
    # When it would be late but for its holds.
    unheld: Instant | None = None
    nth_at: Instant | None = None
    holds: int = 0
    held_at: Instant | None = None
    overdue_at: Instant | None = None
    late_at: Instant | None = None
    stood_at: Instant | None = None
    cancelled_at: Instant | None = None
    note: str = ""
    missing: tuple[str, ...] = ()
    unblocked: Instant | None = None
    # The floor of the blocked time, which an unblocking does not take away (I16).
    floor: Instant | None = None
    persons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    branches: set[str] = field(factory=set)
    replaces: str = ""
    stood: Item | None = None
    shown: tuple[tuple[Any, ...], Item] | None = None
    # What `late_from` found, and at which decision.
    late: tuple[Instant, Late] | None = None

    @property
    def takes(self) -> str:
        """The id whose place it takes in this very derivation; empty where it stood under its own before."""
        return self.previous.id if self.previous is not None and self.previous.id != self.id else ""

    @property
    def case_end(self) -> Instant | None:
        return None if self.keep else self.case.ended

    def gone_by(self, at: Instant) -> bool:
        """Whether it was cancelled or lapsed at an instant."""
        if self.cancelled_at is not None and self.cancelled_at <= at:
            return True
        return self.case_end is not None and self.case_end <= at

    def gone_before(self, at: Instant) -> bool:
        """Whether it was cancelled before an instant: an outcome of the instant at which its case ends still does it (I9)."""
        return self.gone_by(at - 1)

    def done_by(self, at: Instant) -> bool:
        return self.done_at is not None and self.done_at <= at

    @property
    def issued(self) -> Instant:
        """From when it is owed: `opened`, or the decision that unblocked it; `from: event` only `opened`."""
        return self.opened if self.action.counts_from == "event" else max(self.opened, self.unblocked or self.opened)

    def settled_by(self, at: Instant) -> bool:
        """Whether it counts as done for its deadline by an instant."""
        return self.settled_at is not None and self.settled_at <= at

    @property
    def settled_at(self) -> Instant | None:
        """When it counts as done for its deadline: by the outcome's `at`, or with `done_by: known` when that was known."""
        return self.done_known if self.action.done_by == "known" else self.done_at


def told_before(item: ItemRun, stood: Item | None) -> Instant | None:
    """When a notice that stood was told: that stays, whatever moves, unless it was recalled for want of its evidence."""
    return stood.done_at if stood is not None and not stood.missing and was_told(item, stood) else None


def was_told(item: ItemRun, stood: Item | None) -> bool:
    """Whether it is a notice that had been told, and was not withdrawn since."""
    return item.action.tells and stood is not None and stood.done_at is not None and stood.status != "withdrawn"


def names(name: str, item: ItemRun) -> bool:
    """Whether `item`, `stage.item` or `ladder.stage.item` names an item."""
    parts = name.split(".")
    if parts[-1] != item.action.name:
        return False
    return len(parts) == 1 or parts[-2] == item.stage and (len(parts) == 2 or parts[-3] == item.case.ladder)


def outcome_key(outcome: Outcome) -> str:
    """What an outcome is known by in bindings."""
    return outcome.id or f"{outcome.at}/{outcome.item}/{outcome.action}/{outcome.known}"


