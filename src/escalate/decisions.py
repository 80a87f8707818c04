"""What an engine says: decisions with their records, in their order, and reports about events (SEMANTICS, sections 9.5 and 10)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from .events import Event
from .ledger import CASE_WHATS, ITEM_WHATS, Change, Item
from .records import Record
from .times import Instant

RANKS = {what: rank for rank, what in enumerate((*CASE_WHATS, *(f"item {what}" for what in ITEM_WHATS)))}


@frozen
class Report:
    """Something about an event that a person should see: kind, the event, and what is said of it."""

    kind: str
    event: Event
    message: str = ""


@frozen
class Decision:
    """One change of one subject's ledger: when it was decided, its record, and the school whose chain holds it.

    student: the student, or the group of another `level`.
    """

    decided: Instant
    student: str
    change: Change
    record: Record = field(repr=False)
    school: str = ""
    level: str = "student"


def ledger_order(decision: Decision) -> tuple[object, ...]:
    """The order in which decisions are recorded (SEMANTICS, section 10)."""
    new = decision.change.new
    case = new.case if isinstance(new, Item) else new.number
    what = f"item {decision.change.what}" if isinstance(new, Item) else decision.change.what
    subject = new.id if isinstance(new, Item) else ""
    who = decision.student.encode(), decision.level != "student"
    return (decision.decided, *who, new.policy.encode(), new.ladder.encode(), case, RANKS[what], subject.encode())


def standing(decisions: Iterable[Decision], at: Instant | None = None) -> list[Item]:
    """The items that decisions left standing, folded in order, by student and id."""
    found: dict[tuple[str, str], Item] = {}
    for decision in decisions:
        new = decision.change.new
        if isinstance(new, Item) and (at is None or decision.decided <= at):
            old = decision.change.old
            if isinstance(old, Item) and old.id != new.id:
                found.pop((decision.student, old.id), None)
            found[decision.student, new.id] = new
    return [found[key] for key in sorted(found)]
