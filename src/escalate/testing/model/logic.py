"""What a condition is of given readings: Kleene's true, false and unknown (`None`)."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Iterable, Mapping
from fractions import Fraction

from ...conditions import NONE, Among, And, Arith, Compare, Expr, Lit, Not, Or, Term, Value

ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def holds(expr: Expr, readings: Mapping[str, Value]) -> bool | None:
    """Whether a condition is true, false or (None) unknown; what is neither true nor false is unknown."""
    found = worth(expr, readings)
    return found if isinstance(found, bool) else None


def worth(expr: Expr, readings: Mapping[str, Value]) -> Value:
    """The value of any part of a condition."""
    if isinstance(expr, Lit):
        return expr.value
    if isinstance(expr, Term):
        return readings.get(expr.key)
    if isinstance(expr, Compare):
        return compare(expr.op, worth(expr.left, readings), worth(expr.right, readings))
    if isinstance(expr, Among):
        left = worth(expr.left, readings)
        found = either(compare("==", left, worth(item, readings)) for item in expr.items)
        return negation(found) if expr.negated else found
    if isinstance(expr, Not):
        return negation(holds(expr.part, readings))
    if isinstance(expr, Or):
        return either(holds(part, readings) for part in expr.parts)
    if isinstance(expr, And):
        return negation(either(negation(holds(part, readings)) for part in expr.parts))
    assert isinstance(expr, Arith)
    return arithmetic(expr.op, worth(expr.left, readings), worth(expr.right, readings))


def negation(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def either(truths: Iterable[bool | None]) -> bool | None:
    """True if one is, else unknown if one is, else false."""
    found = list(truths)
    if True in found:
        return True
    return None if None in found else False


def kind(value: Value) -> str:
    """Values of one kind can be compared; a truth is no number."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, Fraction)):
        return "number"
    return "date" if isinstance(value, datetime.date) else "text"


def compare(op: str, left: Value, right: Value) -> bool | None:
    """One comparison: unknown where a side has no value, the kinds differ, or the kind has no order."""
    if left is None or right is None:
        return None
    if left is NONE or right is NONE:
        return {"==": left is right, "!=": left is not right}.get(op)
    if kind(left) != kind(right):
        return None
    if op in ("==", "!="):
        return (left == right) == (op == "==")
    return ORDERS[op](left, right) if kind(left) in ("number", "date") else None  # type: ignore[arg-type]  # one kind


def arithmetic(op: str, left: Value, right: Value) -> Fraction | None:
    """Exact; no value for what is no number and for a division by zero."""
    if any(side is None or side is NONE or kind(side) != "number" for side in (left, right)):
        return None
    a, b = Fraction(left), Fraction(right)  # type: ignore[arg-type]  # numbers
    if op == "/":
        return a / b if b else None
    return {"+": a + b, "-": a - b, "*": a * b}[op]
