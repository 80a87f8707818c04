"""What a condition means, in plain Python: the standard that every other matcher is held to."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..conditions import NONE, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Nothing, Or, Term, Value

_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


class Plain:
    """The matcher that computes the meaning itself."""

    name = "plain"

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; unknown is not true."""
        return tuple(holds(condition.expr, readings) is True for condition in conditions)


def holds(expr: Expr, readings: Mapping[str, Value]) -> bool | None:
    """Whether an expression is true, by Kleene's three values; `None` is unknown."""
    if isinstance(expr, And):
        return conjoined(holds(part, readings) for part in expr.parts)
    if isinstance(expr, Or):
        return disjoined(holds(part, readings) for part in expr.parts)
    if isinstance(expr, Not):
        return negated(holds(expr.part, readings))
    if isinstance(expr, Compare):
        return compared(expr.op, value(expr.left, readings), value(expr.right, readings))
    if isinstance(expr, Among):
        left = value(expr.left, readings)
        found = disjoined(compared("==", left, value(item, readings)) for item in expr.items)
        return negated(found) if expr.negated else found
    truth = value(expr, readings)
    return truth if isinstance(truth, bool) else None


def value(expr: Expr, readings: Mapping[str, Value]) -> Value:
    """What an expression comes to; `None` where it has no value."""
    if isinstance(expr, Lit):
        return expr.value
    if isinstance(expr, Term):
        return readings.get(expr.key)
    if isinstance(expr, Arith):
        return computed(expr.op, value(expr.left, readings), value(expr.right, readings))
    return holds(expr, readings)


def compared(op: str, left: Value, right: Value) -> bool | None:
    """One comparison. Two kinds of value are never compared; `none` equals only itself and has no order."""
    if left is None or right is None:
        return None
    if left is NONE or right is NONE:
        return {"==": left is right, "!=": left is not right}.get(op)
    kind = kind_of(left)
    if kind != kind_of(right) or (kind in ("truth", "text") and op not in ("==", "!=")):
        return None
    return _COMPARED[op](left, right)


def computed(op: str, left: Value, right: Value) -> Value:
    """Arithmetic on exact numbers; dividing by zero has no value."""
    if kind_of(left) != "number" or kind_of(right) != "number":
        return None
    a, b = Fraction(left), Fraction(right)  # type: ignore[arg-type]
    if op == "/":
        return a / b if b else None
    return a + b if op == "+" else a - b if op == "-" else a * b


def kind_of(value: Value) -> str:
    """Which values can be compared with one another: truth, number, text, date, none."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, Fraction)):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return "date"
    return "none" if isinstance(value, Nothing) else "unknown"


def conjoined(parts: Iterable[bool | None]) -> bool | None:
    """Kleene's `and`."""
    seen = set(parts)
    return False if False in seen else None if None in seen else True


def disjoined(parts: Iterable[bool | None]) -> bool | None:
    """Kleene's `or`."""
    seen = set(parts)
    return True if True in seen else None if None in seen else False


def negated(part: bool | None) -> bool | None:
    """Kleene's `not`."""
    return None if part is None else not part
