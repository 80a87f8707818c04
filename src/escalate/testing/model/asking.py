"""Who asks a condition, of which facts, when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import define

from ...conditions import Value
from ...events import Outcome
from ...policy import Policy
from ...times import Instant
from .seen import Date, Seen


class Given(Protocol):
    """An item that was seen."""

    effective: Instant
    opened: Instant
    done_at: Instant | None
    overdue_at: Instant | None
    outcomes: list[Outcome]

    @property
    def gone_at(self) -> Instant | None: ...


class Asker(Protocol):
    """The case for which a condition is asked, or a student without one.

    since: what runs and events must come after. ends: whether the condition is that of `ends`.
    """

    case_opened: Instant | None
    since: Instant | None
    ends: bool

    def fired_at(self, stage: str) -> Instant | None: ...
    def items(self, name: str) -> Sequence[Given]: ...
    def items_anywhere(self, name: str) -> Sequence[Given]: ...
    def alone(self, name: str) -> Sequence[Outcome]: ...
    def open_case(self, ladder: str) -> bool: ...
    def rate(self, target: str, policy: Policy) -> Value: ...
    def roll_taken(self) -> Instant | None: ...


@define
class Nobody:
    """No case: nothing was fired, issued or opened."""

    case_opened: Instant | None = None
    since: Instant | None = None
    ends: bool = False

    def fired_at(self, stage: str) -> Instant | None:
        return None

    def items(self, name: str) -> list[Given]:
        return []

    def items_anywhere(self, name: str) -> list[Given]:
        return []

    def alone(self, name: str) -> list[Outcome]:
        return []

    def open_case(self, ladder: str) -> bool:
        return False

    def rate(self, target: str, policy: Policy) -> Value:
        return None

    def roll_taken(self) -> Instant | None:
        return None


@define
class Anybody(Nobody):
    """A student, whichever of their cases asks: of whom a parameter is asked."""

    of: Asker | None = None

    def open_case(self, ladder: str) -> bool:
        return self.of is not None and self.of.open_case(ladder)

    def rate(self, target: str, policy: Policy) -> Value:
        return None if self.of is None else self.of.rate(target, policy)


@define
class Ctx:
    """Who asks, of which facts, when."""

    seen: Seen
    policy: Policy
    e: Instant
    asker: Asker

    @property
    def date(self) -> Date:
        return self.seen.zone.date(self.e)

    def column(self, name: str) -> str:
        return self.seen.column(name, self.date)
