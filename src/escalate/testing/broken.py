"""A law that does not hold, with all that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .model.seen import World

Law = Callable[[World], None]


class Broken(AssertionError):
    """A law does not hold of a world: its name, what it says and guards against, and what was seen."""

    def __init__(self, law: Callable[..., Any], seen: str, world: World, paths: tuple[str, ...] = ()) -> None:
        self.asked = law
        self.law, self.seen, self.world, self.paths = law.__name__, seen, world, paths
        self.says = " ".join(line.strip() for line in (law.__doc__ or "").splitlines()).strip()
        super().__init__(f"{self.law}: {seen}")


def hold(law: Callable[..., Any], holds: object, world: World, seen: Callable[[], str] | str, *paths: str) -> None:
    """Raise `Broken` where something does not hold; paths: of the policy, what it is about."""
    if not holds:
        raise Broken(law, seen if isinstance(seen, str) else seen(), world, paths)
