"""A policy with another number in a place, to see whether that number decides."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, fields, has

from ..conditions import Compare, Lit, Quantity, Term
from ..policy import ParameterLine, Policy
from ..source import Span
from .thresholds import LIMIT, Threshold


def moved(policy: Policy, threshold: Threshold, step: Fraction) -> Policy:
    """A policy with another number in a place: that of the parameter's line, else that of the comparison. Another policy is left as it is."""
    if (policy.name, policy.version) != (threshold.policy.name, threshold.policy.version):
        return policy
    constant, old = threshold.sides[1], threshold.compare
    if isinstance(constant, Term):
        parameter = policy.parameters[constant.name]
        lines = tuple(_moved_line(line, step) if n == threshold.line else line for n, line in enumerate(parameter.lines))
        return evolve(policy, parameters={**policy.parameters, constant.name: evolve(parameter, lines=lines)})
    assert isinstance(constant, Lit)  # the other side of a threshold
    number = Fraction(constant.value) + step  # type: ignore[arg-type]  # a number, or it would be no threshold
    if threshold.role == LIMIT:
        return evolve(policy, targets={**policy.targets, threshold.part: evolve(policy.targets[threshold.part], bound=number)})
    other = evolve(constant, value=number)
    new = evolve(old, right=other) if constant is old.right else evolve(old, left=other)
    found: Policy = _replaced(policy, old, new)
    return found


def _moved_line(line: ParameterLine, step: Fraction) -> ParameterLine:
    value = line.value
    if isinstance(value, Quantity):
        return evolve(line, value=evolve(value, number=value.number + step))
    return evolve(line, value=value + step) if isinstance(value, Fraction) else line


def _replaced(value: Any, old: Compare, new: Compare) -> Any:
    """A value with one comparison exchanged, wherever in it stands what is written at that place; what does not hold it is left as it is."""
    if isinstance(value, Compare) and value == old and _place(value) == _place(old):
        return new
    if isinstance(value, tuple):
        parts = tuple(_replaced(one, old, new) for one in value)
        return parts if any(after is not before for after, before in zip(parts, value, strict=True)) else value
    if isinstance(value, Mapping):
        pairs = {key: _replaced(one, old, new) for key, one in value.items()}
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    if not has(type(value)) or isinstance(value, Span):
        return value
    names = [one.name for one in fields(type(value)) if one.init]
    changes = {name: after for name in names if (after := _replaced(before := getattr(value, name), old, new)) is not before}
    return evolve(value, **changes) if changes else value


def _place(compare: Compare) -> tuple[str, int, int] | None:
    """Where it is written; the file may be called by another path in what is played."""
    span = compare.span
    return (span.source.text, span.line, span.col) if span is not None else None
