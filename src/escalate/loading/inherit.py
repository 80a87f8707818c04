"""Which items something waits on, and the `if_overdue` that they take over.

The nearest wins alone: the item's own, else its stage's, else its ladder's. What a default brings does not take it over
again, or a chase would chase itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from ..conditions import Condition, Term
from ..policy import Action, Stage

_WAITS = ("done", "outcome")


def conditions_of(stage: Stage) -> Iterator[Condition]:
    """Every condition of a stage and of its items."""
    yield stage.when
    if stage.need:
        yield stage.need
    for action in every(stage.do):
        yield from action.conditions


def every(actions: Iterable[Action]) -> Iterator[Action]:
    """Items with all that hang on them, parents first; a default that many take over is looked at once."""
    seen: set[int] = set()
    todo = list(actions)[::-1]
    while todo:
        action = todo.pop()
        yield action
        parts = [action.then, *(chained for _, chained in action.if_outcome), action.if_overdue]
        for part in reversed(parts):
            if part and id(part) not in seen:
                seen.add(id(part))
                todo += part[::-1]


def reads(stages: Iterable[Stage]) -> frozenset[str]:
    """The items that the conditions of a ladder wait on, as they are written there."""
    return frozenset(
        term.name
        for stage in stages
        for condition in conditions_of(stage)
        for term in condition.terms
        if _waits(stage, condition, term)
    )


def _waits(stage: Stage, condition: Condition, term: Term) -> bool:
    if term.kind in ("days_since", "school_days_since"):
        return term.target == "item"
    return term.kind in _WAITS or (condition is stage.need and term.kind in ("overdue", "late", "times"))


def waited_on(action: Action, read: frozenset[str]) -> bool:
    """Whether something goes on only when this item is done or has an outcome."""
    if action.then or action.if_outcome:
        return True
    parts = action.path.split(".")
    return bool({action.name, ".".join(parts[-2:]), action.path} & read)


@frozen
class _Default:
    """What items take over, and the same for those that outlive their case."""

    actions: tuple[Action, ...]
    kept: tuple[Action, ...]


def filled(stage: Stage, default: tuple[Action, ...], read: frozenset[str]) -> Stage:
    """The stage with every item's `if_overdue` in force."""
    both = _Default(default, tuple(map(_kept, default)))
    return evolve(stage, do=_all_filled(stage.do, both, read))


def _all_filled(actions: tuple[Action, ...], default: _Default, read: frozenset[str]) -> tuple[Action, ...]:
    return tuple(_filled(action, default, read) for action in actions)


def _filled(action: Action, default: _Default, read: frozenset[str]) -> Action:
    own = _all_filled(action.if_overdue, default, read)
    if not own and waited_on(action, read):
        own = default.kept if action.keep else default.actions
    outcomes = tuple((result, _all_filled(actions, default, read)) for result, actions in action.if_outcome)
    return evolve(action, then=_all_filled(action.then, default, read), if_outcome=outcomes, if_overdue=own)


def _kept(action: Action) -> Action:
    # A chained item is kept where its parent is (SEMANTICS, section 6).
    return evolve(
        action,
        keep=True,
        then=tuple(map(_kept, action.then)),
        if_overdue=tuple(map(_kept, action.if_overdue)),
        if_outcome=tuple((result, tuple(map(_kept, actions))) for result, actions in action.if_outcome),
    )
