"""One item while it is derived, and how it stands at the end (SEMANTICS 6; I1 to I8)."""

from __future__ import annotations

from typing import Protocol

from attrs import define, field

from ...events import Outcome
from ...ledger import Item
from ...policy import Action, Policy, Stage
from ...times import Instant
from .clocks import Facts
from .dues import ALREADY_PAST, NEVER_CAME, Deadline
from .episodes import Episode
from .values import Ctx


def actor_of(action: Action) -> str:
    """The last part of an id: the acting roles, or those told."""
    return (action.by if action.by.entries else action.notify).key


class Book(Protocol):
    """The pass through all instants in which an item is derived, as far as its parts know of it."""

    facts: Facts
    count: dict[tuple[int, str], int]
    periods: set[tuple[str, str, str]]

    def ask(self, episode: Episode, policy: Policy, e: Instant, since: Instant | None = None) -> Ctx: ...
    def schedule(self, entry: Entry) -> None: ...


@define(eq=False)
class Entry:
    """An item that the derivation holds."""

    id: str
    action: Action
    policy: Policy
    episode: Episode
    stage: str
    occurrence: str
    effective: Instant
    opened: Instant
    t: Instant
    parent: Entry | None = None
    prior: Item | None = None
    replaces: str = ""
    keep: bool = False
    need: Stage | None = None
    missing: tuple[str, ...] = ()
    evidence: Instant | None = None
    unblocked: Instant | None = None
    deadline: Deadline = field(factory=Deadline)
    bare: Deadline = field(factory=Deadline)
    never: Instant | None = None
    came: Instant | None = None
    floor: Instant | None = None
    outcomes: list[Outcome] = field(factory=list)
    done_at: Instant | None = None
    done_known: Instant | None = None
    dismissed: Instant | None = None
    overdue_at: Instant | None = None
    made: int = 0
    held: set[Instant] = field(factory=set)
    dismissed_by: str = ""
    entered: tuple[str, ...] = ()

    @property
    def takes(self) -> str:
        """The id whose place it takes in this derivation."""
        return self.prior.id if self.prior is not None and self.prior.id != self.id else ""

    @property
    def blocked(self) -> bool:
        return bool(self.missing) and self.evidence is None

    @property
    def gone_at(self) -> Instant | None:
        """When it is cancelled."""
        ended = None if self.keep else self.episode.ended
        found = [at for at in (ended, self.dismissed, self.never) if at is not None]
        return min(found, default=None)

    @property
    def issued(self) -> Instant:
        """`opened`, or the decision that unblocked it; from the event only `opened`."""
        return self.opened if self.action.counts_from == "event" else max(self.opened, self.unblocked or self.opened)

    def fresh(self) -> bool:
        return self.prior is None or self.prior.status in ("withdrawn", "lapsed")

    def overdue_instant(self) -> Instant | None:
        """When it falls overdue, if nothing comes before."""
        late = self.deadline.late_from
        if late is None or self.action.optional or self.action.tells:
            return None
        return late if late > self.issued else self.issued + 1

    def overdue_stands(self, at: Instant) -> bool:
        """Whether it is still owed at its overdue instant."""
        if self.gone_at is not None and self.gone_at <= at:
            return False
        done = self.done_at if self.action.done_by == "at" else self.done_known
        return done is None or done > at

    def tell(self) -> None:
        """A notice is done when it is issued, unless it came too late."""
        told = max(self.opened, self.unblocked or self.opened)
        before = self.prior if self.prior is not None and self.was_told and not self.prior.missing else None
        lapsed = self.fresh() and self.gone_at is not None and self.gone_at <= self.t
        if self.action.tells and not self.blocked and not lapsed and (before is not None or self.gone_at is None or told < self.gone_at):
            self.done_at = self.done_known = told if before is None else before.done_at

    @property
    def was_told(self) -> bool:
        """Whether it is a notice that had been told, and was not withdrawn since."""
        return self.action.tells and self.prior is not None and self.prior.done_at is not None and self.prior.status != "withdrawn"

    def status(self) -> str:
        if self.done_at is not None and self.done_at <= max(self.t, self.issued):
            by = self.done_at if self.action.done_by == "at" else self.done_known
            late = self.deadline.late_from
            return "done" if self.action.tells or late is None or by is None or by < late else "done late"
        if self.blocked and self.was_told:
            return "recall"
        if self.gone_at is not None and self.gone_at <= self.t:
            return "lapsed" if self.fresh() else "cancelled"
        if self.blocked:
            return "blocked"
        return "overdue" if self.overdue_at is not None else "open"

    def item(self, name: str) -> Item:
        """The item as it stands."""
        late = self.deadline.late_from
        note = f"replaced by {self.dismissed_by}" if self.dismissed_by else self.deadline.note
        if self.never is not None and not note:
            note = NEVER_CAME
        if self.action.counts_from == "event" and late is not None and late <= self.issued:
            note = ALREADY_PAST
        done_at = self.prior.done_at if self.prior is not None and self.status() == "recall" else self.done_at
        results = [one.result for one in self.outcomes]
        return Item(
            self.id, name, self.policy.version, self.action.path, self.episode.ladder, self.episode.number, self.stage, self.action.name,
            actor_of(self.action), self.occurrence, self.effective, self.opened, self.parent.id if self.parent else "", self.deadline.due, late,
            self.overdue_at, self.floor if late is not None else None, self.status(), results[-1] if results else "", done_at,
            self.missing if self.blocked else (), self.unblocked, (), note, self.replaces,
            self.done_known if self.action.done_by == "known" and not self.action.tells else None, self.entered,
        )
