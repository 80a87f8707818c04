"""A policy with each of its actions, or each number that it compares with, as something else."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from ..policy import Action, Policy, Stage


def mapped(policy: Policy, change: Callable[[Action], Action]) -> Policy:
    """The policy with every action changed, chained ones too."""

    def chain(action: Action) -> Action:
        found = change(action)
        return evolve(
            found, then=every(found.then), if_overdue=every(found.if_overdue), if_outcome=tuple((result, every(some)) for result, some in found.if_outcome)
        )

    def every(some: tuple[Action, ...]) -> tuple[Action, ...]:
        return tuple(chain(action) for action in some)

    def step(stage: Stage) -> Stage:
        return evolve(stage, do=every(stage.do))

    ladders = {
        name: evolve(ladder, stages=tuple(step(stage) for stage in ladder.stages), ends=step(ladder.ends) if ladder.ends else None)
        for name, ladder in policy.ladders.items()
    }
    duties = {name: evolve(duty, stage=step(duty.stage)) for name, duty in policy.duties.items()}
    targets = {name: evolve(target, broken=step(target.broken), met=step(target.met)) for name, target in policy.targets.items()}
    return evolve(policy, ladders=ladders, duties=duties, targets=targets)
