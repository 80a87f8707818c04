"""What a condition says of numbers: its clauses, and whether one clause leaves no number, or says all that another says.

A condition is written as clauses of which one must hold. What cannot be compared with a number stands in a clause as it is: two
clauses agree in it where it is the same. So an answer is sure, and where nothing is sure there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from ..conditions import TURNED, And, Compare, Condition, Expr, Lit, Not, Or, Quantity, Term
from ..policy import NOT_ENROLLED, Amount, Param, Policy
from ..source import Span
from .intervals import Interval, compared

MANY = 64  # clauses beyond which nothing is said
DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
COUNTED = ("session", "half_day", "school_day", "day")
WHOLE = frozenset({"times", "days_since", "school_days_since", "term_week", "age", "age_on"})


@frozen
class Bound:
    """A comparison of `what` with a number or a parameter.

    must: where it has to lie, whichever line of the parameter holds. sure: where the comparison holds, whichever line does.
    """

    what: Expr
    op: str
    must: Interval
    sure: Interval
    parameter: str = ""
    span: Span | None = field(default=None, eq=False)

    def says(self, other: Bound) -> bool:
        """Whether it is the same comparison."""
        return (self.what, self.op, self.parameter) == (other.what, other.op, other.parameter) and (bool(self.parameter) or self.must == other.must)


@frozen
class Clause:
    """Comparisons and other parts, true or (False) untrue, that all hold together."""

    bounds: tuple[Bound, ...] = ()
    parts: frozenset[tuple[Expr, bool]] = frozenset()

    def __add__(self, other: Clause) -> Clause:
        return Clause((*self.bounds, *other.bounds), self.parts | other.parts)

    def must(self, what: Expr) -> Interval:
        """Where a number has to lie."""
        found = Interval()
        for bound in self.bounds:
            if bound.what == what:
                found = found.meet(bound.must)
        return found


Clauses = tuple[Clause, ...]


def clauses_of(condition: Condition | None, policy: Policy) -> Clauses | None:
    """The clauses of which one must hold; none for what is never true, None where they are too many. No condition is always true."""
    return (Clause(),) if condition is None else _clauses(condition.expr, policy, wanted=True)


def _clauses(expr: Expr, policy: Policy, *, wanted: bool) -> Clauses | None:
    if isinstance(expr, Not):
        return _clauses(expr.part, policy, wanted=not wanted)
    if isinstance(expr, (And, Or)):
        parts = [_clauses(part, policy, wanted=wanted) for part in expr.parts]
        return _all_of(parts) if isinstance(expr, And) == wanted else _one_of(parts)
    if isinstance(expr, Lit) and isinstance(expr.value, bool):
        return (Clause(),) if expr.value == wanted else ()
    if isinstance(expr, Compare):
        op = expr.op if wanted else DENIED.get(expr.op, "")
        bound = _bound(expr, op, policy) if op in TURNED else None
        if bound is not None:
            return (Clause((bound,)),)
    return (Clause((), frozenset({(expr, wanted)})),)


def _all_of(parts: list[Clauses | None]) -> Clauses | None:
    found: Clauses = (Clause(),)
    for clauses in parts:
        if clauses is None or len(found) * len(clauses) > MANY:
            return None
        found = tuple(one + other for one in found for other in clauses)
    return found


def _one_of(parts: list[Clauses | None]) -> Clauses | None:
    found = [clause for clauses in parts for clause in clauses or ()]
    return None if None in parts or len(found) > MANY else tuple(found)


def _bound(expr: Compare, op: str, policy: Policy) -> Bound | None:
    left, right = expr.left, expr.right
    if numbers_of(left, policy) is not None:
        left, right, op = right, left, TURNED[op]
    numbers = numbers_of(right, policy)
    if not numbers or numbers_of(left, policy) is not None:
        return None
    must, sure = _wide(op, numbers), _narrow(op, numbers)
    if is_whole(left, policy):
        must, sure = must.whole(), sure.whole()
    return Bound(left, op, must, sure, right.name if isinstance(right, Term) else "", expr.span)


def _wide(op: str, numbers: tuple[Fraction, ...]) -> Interval:
    if op == "==":
        return Interval(min(numbers), max(numbers))
    return compared(op, min(numbers) if op in (">", ">=") else max(numbers))


def _narrow(op: str, numbers: tuple[Fraction, ...]) -> Interval:
    if op == "==":
        return Interval(max(numbers), min(numbers))
    return compared(op, max(numbers) if op in (">", ">=") else min(numbers))


def numbers_of(expr: Expr, policy: Policy) -> tuple[Fraction, ...] | None:
    """Every value that a constant can have, whichever line of a parameter holds; none of one that is not set, None for what is no constant."""
    if isinstance(expr, Lit):
        return (Fraction(expr.value),) if isinstance(expr.value, (int, Fraction)) and not isinstance(expr.value, bool) else None
    return amounts(Param(expr.name), policy) if isinstance(expr, Term) and expr.kind == "parameter" else None


def amounts(amount: Amount, policy: Policy) -> tuple[Fraction, ...]:
    """Every value that an amount can have; none where it is not set, or is no number."""
    if not isinstance(amount, Param):
        return (Fraction(amount),)
    values = [line.value for line in policy.parameters[amount.name].lines]
    numbers = [value.number if isinstance(value, Quantity) else value for value in values]
    found = tuple(number for number in numbers if isinstance(number, Fraction))
    return found if len(found) == len(values) else ()


def is_whole(expr: Expr, policy: Policy) -> bool:
    """Whether a number is always a whole one."""
    if not isinstance(expr, Term):
        return False
    measure = policy.measures.get(expr.name) if expr.kind == "measure" else None
    if measure is not None:
        return measure.kind == "count" and not measure.unit or measure.kind in ("run", "count") and measure.unit in COUNTED
    return expr.kind in WHOLE


def domain(expr: Expr, policy: Policy) -> Interval:
    """Where a number always lies, whatever happened."""
    measure = policy.measures.get(expr.name) if isinstance(expr, Term) and expr.kind == "measure" else None
    if measure is not None:
        if measure.kind == "share":
            return Interval(Fraction(0), Fraction(1))
        return Interval() if measure.fact and measure.kind != "count" else Interval(low=Fraction(0))
    # `days_since` of a date that is still to come is below nothing.
    return Interval(low=Fraction(0)) if isinstance(expr, Term) and expr.kind in ("times", "term_week", "rate") else Interval()


# --- what follows -----------------------------------------------------------------------------------------


def never(clause: Clause, policy: Policy) -> bool:
    """Whether a clause cannot hold: it leaves no number, wants a thing and its contrary, or two statuses at once."""
    if any(clause.must(bound.what).meet(domain(bound.what, policy)).empty for bound in clause.bounds):
        return True
    return any((part, not wanted) in clause.parts for part, wanted in clause.parts) or _two_statuses(clause)


def _two_statuses(clause: Clause) -> bool:
    status = {part.name: wanted for part, wanted in clause.parts if isinstance(part, Term) and part.kind == "status"}
    named = {name for name, wanted in status.items() if wanted} - {"enrolled"}
    enrolled = status.get("enrolled")
    return len(named) > 1 or enrolled is True and bool(named & NOT_ENROLLED) or enrolled is False and bool(named - NOT_ENROLLED)


def implies(one: Clause, other: Clause) -> bool:
    """Whether a clause holds only where another does."""
    return other.parts <= one.parts and all(
        any(bound.says(wanted) for bound in one.bounds) or one.must(wanted.what).inside(wanted.sure) for wanted in other.bounds
    )


def all_imply(one: Clauses | None, other: Clauses | None) -> bool:
    """Whether a condition holds only where another does; False where that is not sure."""
    return one is not None and other is not None and bool(one) and all(any(implies(clause, wanted) for wanted in other) for clause in one)


def bounds_in(condition: Condition, policy: Policy) -> Iterator[tuple[Clause, Bound]]:
    """Every comparison of a condition with a number, with the clause that it stands in."""
    for clause in clauses_of(condition, policy) or ():
        for bound in clause.bounds:
            yield clause, bound


def without(clause: Clause, what: Expr) -> Clause:
    """A clause without what it says of a number."""
    return evolve(clause, bounds=tuple(bound for bound in clause.bounds if bound.what != what))
