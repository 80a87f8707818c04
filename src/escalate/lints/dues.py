"""The deadlines of an action, and when what it stands in is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..clocks import Clocks, clocks_of
from ..conditions import Quantity
from ..policy import Action, After, Due, DueParam, Policy, Stage
from ..source import Span
from ..spec.points import place_of
from .bounds import amounts


def dues_of(action: Action, policy: Policy) -> Iterator[tuple[Due, Span | None]]:
    """Every deadline that an action can have, whichever line of a parameter holds, with the place of that line."""
    if not isinstance(action.due, DueParam):
        yield from () if action.due is None else ((action.due, None),)
        return
    for line in policy.parameters[action.due.name].lines:
        if isinstance(line.value, Quantity):
            yield After(line.value.number, line.value.unit), line.span
        elif line.value is not None and not isinstance(line.value, (str, Fraction)):
            yield line.value, line.span


def place_of_due(action: Action, line: Span | None) -> Span | None:
    """Where a deadline is written: in the line of a parameter, else with its action."""
    return line or (place_of(action.span, "due") if action.span is not None else None)


def minutes_of(due: Due, policy: Policy) -> Fraction | None:
    """How long a deadline in minutes or hours is at most; None of any other, and where it is not set."""
    if not isinstance(due, After) or due.unit not in ("minute", "hour"):
        return None
    numbers = amounts(due.n, policy)
    return max(numbers) * (60 if due.unit == "hour" else 1) if numbers else None


def at_close_only(stage: Stage, policy: Policy) -> bool:
    """Whether a stage is judged at the close of a day and at no other instant, as long as its marks are known by then."""
    return clocks_of(stage.when, policy) == Clocks(policy.name, close=True)
