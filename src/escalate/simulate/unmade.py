"""What a policy reads and a made-up school has not: said, so that nobody takes its silence for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from ..conditions import Condition
from ..policy import Policy, actions, asked, stages


def facts_read(policy: Policy) -> list[str]:
    """The facts that its measures count."""
    return sorted({measure.fact for measure in policy.measures.values() if measure.fact})


def documents_read(policy: Policy) -> list[str]:
    """The documents that its conditions ask for."""
    return sorted({term.name for condition in _conditions(policy) for term in condition.terms if term.kind == "received"})


def left_empty(policy: Policy) -> list[str]:
    """The numbers, dates and texts of students that it declares."""
    return [name for name, found in policy.students.items() if found.type != "flag"]


def _conditions(policy: Policy) -> Iterator[Condition]:
    for stage in stages(policy):
        yield stage.when
        if stage.need is not None:
            yield stage.need
    for action in actions(policy):
        yield from action.conditions
    yield from (ladder.where for ladder in policy.ladders.values())
    yield from (part.where for part in asked(policy))
    for target in policy.targets.values():
        yield from (target.count, target.among)
