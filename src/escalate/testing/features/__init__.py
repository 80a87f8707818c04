"""Features of worlds and of what comes of them: how much of the semantics generated histories reach, measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, field, frozen

from ...evaluation import Ledger
from ...policy import Policy
from ..model.seen import World
from ..playing import ledger as ledger_of
from .came import came
from .said import said
from .table import FEATURES

__all__ = ["FEATURES", "Census", "Share", "features", "possible"]


def features(world: World, ledger: Ledger | None = None) -> frozenset[str]:
    """The features of a world and of its ledger, by their names; without a ledger the world is evaluated."""
    return frozenset((*said(world), *came(world, ledger_of(world) if ledger is None else ledger))) & FEATURES.keys()


def possible(policies: Sequence[Policy]) -> frozenset[str]:
    """The features that worlds of some policies can have: no duty is missed where a policy has none."""
    return frozenset(name for name, need in FEATURES.items() if need(policies))


@frozen
class Share:
    """In how many worlds a feature was, of those whose policies can have it."""

    name: str
    worlds: int
    of: int

    def below(self, percent: float) -> bool:
        """Whether it is rarer than so many in a hundred, where any policy can have it."""
        return self.of > 0 and 100 * self.worlds < percent * self.of


@frozen
class Census:
    """How many worlds had each feature, and how many could have had it."""

    worlds: int = 0
    seen: dict[str, int] = field(factory=dict)
    able: dict[str, int] = field(factory=dict)

    def add(self, found: Iterable[str], could: Iterable[str]) -> Census:
        """With one more world: the features that it has, and those that its policies can have."""
        return self.joined(Census(1, dict.fromkeys(found, 1), dict.fromkeys(could, 1)))

    def joined(self, other: Census) -> Census:
        """Both together."""
        return evolve(self, worlds=self.worlds + other.worlds, seen=_sum(self.seen, other.seen), able=_sum(self.able, other.able))

    def shares(self) -> tuple[Share, ...]:
        """Every feature in the order of the table."""
        return tuple(Share(name, self.seen.get(name, 0), self.able.get(name, 0)) for name in FEATURES)


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *(name for name in other if name not in one))}
