"""What checks look at: a ladder's steps, its items once each, its conditions."""

from __future__ import annotations

from collections.abc import Iterator

from ..conditions import Condition
from ..loading.inherit import conditions_of, every
from ..policy import Action, Ladder, Stage


def steps(ladder: Ladder) -> tuple[Stage, ...]:
    """The stages of a ladder, and its `ends`."""
    return (*ladder.stages, ladder.ends) if ladder.ends else ladder.stages


def all_items(ladder: Ladder) -> Iterator[Action]:
    """Every item of a ladder once, chained ones too."""
    seen: set[str] = set()
    for stage in steps(ladder):
        for action in every(stage.do):
            # An `if_overdue` of the ladder stands under many items; it is looked at once.
            if action.path not in seen:
                seen.add(action.path)
                yield action


def conditions(ladder: Ladder) -> Iterator[Condition]:
    """Every condition of a ladder but its `where`."""
    for stage in steps(ladder):
        yield from conditions_of(stage)
