"""Comparisons that are true of everybody on every day: a measure of time or marks is never below 0."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..conditions import TURNED, Compare, Expr, Lit, Quantity, Term, comparisons
from ..messages import UNSAID, say
from ..policy import ParameterLine, Policy
from ..source import Problem
from .parts import steps


def comparisons_can_fail(policy: Policy) -> Iterator[Problem]:
    """What fires on everybody accuses everybody: a slip in a number, or a parameter that was set to 0."""
    for ladder in policy.ladders.values():
        for stage in steps(ladder):
            for compared, span in _compares(stage.when.expr):
                bound = _bound(compared, policy)
                if bound is None:
                    continue
                measure, written, line = bound
                where = say(" (`{text}` in line {line})", text=line.text, line=line.span.line) if line is not None and line.span is not None else UNSAID
                yield Problem(
                    "always-true",
                    say("`{measure}` is never below 0, so this holds for everybody on every day{where}", measure=measure, where=where),
                    span.span or stage.when.span or stage.span,
                    say("let `{written}` be above 0", written=written) if line is not None else say("write a number above 0"),
                )


def _compares(expr: Expr) -> Iterator[tuple[Compare, Term]]:
    """Every comparison of a measure, turned so that the measure stands first."""
    for one in comparisons(expr):
        turned = Compare(TURNED.get(one.op, one.op), one.right, one.left) if isinstance(one.right, Term) and one.right.kind == "measure" else one
        if isinstance(turned.left, Term) and turned.left.kind == "measure":
            yield turned, turned.left


def _bound(compared: Compare, policy: Policy) -> tuple[str, str, ParameterLine | None] | None:
    """The measure, what it is compared with as written, and the line of a parameter that makes the comparison true of all."""
    assert isinstance(compared.left, Term)
    measure = policy.measures.get(compared.left.name)
    if measure is None or measure.fact or measure.kind == "mean" or compared.op not in (">", ">="):
        return None
    right = compared.right
    if isinstance(right, Lit):
        return (measure.name, str(_number(right.value)), None) if _is_met(compared.op, right.value) else None
    if isinstance(right, Term) and right.kind == "parameter" and right.name in policy.parameters:
        line = next((line for line in policy.parameters[right.name].lines if _is_met(compared.op, line.value)), None)
        return (measure.name, right.name, line) if line is not None else None
    return None


def _number(value: object) -> object:
    return value.number if isinstance(value, Quantity) else value


def _is_met(op: str, value: object) -> bool:
    number = _number(value)
    return isinstance(number, (int, Fraction)) and not isinstance(number, bool) and (number <= 0 if op == ">=" else number < 0)
