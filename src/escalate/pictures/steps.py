"""The items of a stage in the order of reading: each, then what follows it, one step deeper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ..policy import Action


@frozen
class Step:
    """One item. why: what it follows on: nothing, `then`, `overdue`, or `outcome` with its result."""

    action: Action
    depth: int = 0
    why: str = ""
    result: str = ""


def steps(actions: Iterable[Action], depth: int = 0, why: str = "", result: str = "") -> Iterator[Step]:
    """Every item with all that hangs on it."""
    for action in actions:
        yield Step(action, depth, why, result)
        yield from steps(action.then, depth + 1, "then")
        for outcome, found in action.if_outcome:
            yield from steps(found, depth + 1, "outcome", outcome)
        yield from steps(action.if_overdue, depth + 1, "overdue")
