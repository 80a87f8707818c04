"""How far a policy went in a school: of each stage whom it reached, how often, and what became of its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ..ledger import DONE, GONE, Item
from ..policy import Policy
from ..records import whose

Place = tuple[str, str]


@frozen
class Reached:
    """One stage. whom: students or groups; times: how often it fired. late: items that were overdue once, done later or not."""

    whom: int
    times: int
    items: int
    done: int
    late: int
    overdue: int
    cancelled: int
    gone: int


def reached(items: Iterable[Item], policy: Policy) -> Mapping[Place, Reached]:
    """Each stage of which an item was issued, by its ladder, duty or target, in the order of the policy."""
    found: dict[Place, list[Item]] = {}
    for item in items:
        found.setdefault((item.ladder, item.stage), []).append(item)
    order = [*policy.ladders, *policy.duties, *policy.targets]
    inside = {(ladder.name, stage.name): n for ladder in policy.ladders.values() for n, stage in enumerate(ladder.stages)}
    places = sorted(found, key=lambda place: (order.index(place[0]), inside.get(place, len(inside)), place[1]))
    return {place: reached_by(found[place], policy) for place in places}


def reached_by(items: Sequence[Item], policy: Policy) -> Reached:
    """What some items come to."""
    whom = [whose(item, policy) for item in items]
    fired = {(name, item.ladder, item.stage, item.case, item.occurrence) for name, item in zip(whom, items, strict=True)}
    return Reached(
        len(set(whom)), len(fired), len(items), sum(item.status in DONE for item in items),
        sum(item.overdue_at is not None or item.status == "done late" for item in items), sum(item.status == "overdue" for item in items),
        sum(item.status == "cancelled" for item in items), sum(item.status in GONE for item in items),
    )  # fmt: skip
