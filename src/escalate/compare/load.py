"""How much there is to do: the items that each role is given in each week."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from ..ledger import Item
from ..times import DAY
from .pairs import Side

Week = datetime.date  # its Monday
Given = Mapping[str, Mapping[Week, int]]


@frozen
class Load:
    """Items by role (as `Item.persons` calls it) and the week in which they were issued. weeks: every one, also those without an item."""

    weeks: tuple[Week, ...]
    a: Given = field(repr=False)
    b: Given = field(repr=False)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that is given something, the busiest first."""
        names = {*self.a, *self.b}
        return tuple(sorted(names, key=lambda name: (-max(total(self.a, name), total(self.b, name)), name)))


def total(given: Given, role: str) -> int:
    """All that a role is given."""
    return sum(given.get(role, {}).values())


def by_week(given: Given, role: str, weeks: Sequence[Week]) -> list[int]:
    """What a role is given in each of some weeks."""
    return [given.get(role, {}).get(week, 0) for week in weeks]


def load_of(a: Side, b: Side) -> Load:
    """What is given to each role; an item of several roles counts for each, a notice for nobody, and what was too late when it was issued is not given."""
    one, two = given(a), given(b)
    weeks = sorted({week for found in (one, two) for by_week in found.values() for week in by_week})
    every = [weeks[0] + 7 * n * DAY for n in range((weeks[-1] - weeks[0]).days // 7 + 1)] if weeks else []
    return Load(tuple(every), one, two)


def given(side: Side) -> Given:
    """What one side gives to each role in each week."""
    zone = side.zone
    found: dict[str, Counter[Week]] = {}
    for item in side.ledger.items:
        if item.status != "lapsed":
            date = zone.date(item.opened)
            for role in roles_of(item):
                found.setdefault(role, Counter())[date - date.weekday() * DAY] += 1
    return found


def roles_of(item: Item) -> Iterable[str]:
    """Who has to act."""
    return [who.removeprefix("by ") for who, _ in item.persons if who.startswith("by ")]
