"""What a condition means, in plain Python: the standard that every other matcher is held to."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..conditions import NONE, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Nothing, Or, Term, Value

Read = Callable[[Term], Value]

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
    return meant(expr, lambda term: readings.get(term.key))


def value(expr: Expr, readings: Mapping[str, Value]) -> Value:
    """What an expression comes to; `None` where it has no value."""
    return worth(expr, lambda term: readings.get(term.key))


def meant(expr: Expr, read: Read) -> bool | None:
    """Whether an expression is true; a name is read only where what was read before has not settled it."""
    if isinstance(expr, Compare):
        return compared(expr.op, worth(expr.left, read), worth(expr.right, read))
    if isinstance(expr, And):
        return conjoined(meant(part, read) for part in expr.parts)
    if isinstance(expr, Or):
        return disjoined(meant(part, read) for part in expr.parts)
    if isinstance(expr, Not):
        return negated(meant(expr.part, read))
    if isinstance(expr, Among):
        left = worth(expr.left, read)
        found = disjoined(compared("==", left, worth(item, read)) for item in expr.items)
        return negated(found) if expr.negated else found
    truth = worth(expr, read)
    return truth if isinstance(truth, bool) else None


def worth(expr: Expr, read: Read) -> Value:
    """What an expression comes to; `None` where it has no value."""
    if isinstance(expr, Term):
        return read(expr)
    if isinstance(expr, Lit):
        return expr.value
    if isinstance(expr, Arith):
        return computed(expr.op, worth(expr.left, read), worth(expr.right, read))
    return meant(expr, read)


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
    """Kleene's `and`, which the first false part settles."""
    known = True
    for part in parts:
        if part is False:
            return False
        known = known and part is not None
    return True if known else None


def disjoined(parts: Iterable[bool | None]) -> bool | None:
    """Kleene's `or`, which the first true part settles."""
    known = True
    for part in parts:
        if part is True:
            return True
        known = known and part is not None
    return False if known else None


def negated(part: bool | None) -> bool | None:
    """Kleene's `not`."""
    return None if part is None else not part
