"""Which policies more absence can only bring nearer, and a policy with a higher threshold."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ..canonical import digest
from ..conditions import And, Arith, Compare, Condition, Expr, Lit, Or, Term
from ..policy import Policy
from .names import stages_called

REACHES = (">=", ">")


def raised(policy: Policy, stage: str, by: int = 1) -> Policy:
    """The policy with every number that a stage's condition must reach raised by so many; stage: its name, path or title.

    Raises `UnknownName`, and ValueError for a stage whose condition has no such number: what is not raised would be compared with itself.
    """
    meant = stages_called([policy], stage)
    ladders = {
        name: evolve(ladder, stages=tuple(evolve(one, when=_raised(one.when, by)) if one.path in meant else one for one in ladder.stages))
        for name, ladder in policy.ladders.items()
    }
    found = evolve(policy, ladders=ladders, digest=digest([policy.digest, sorted(meant), by]))
    if all(_numbers(policy, path) == _numbers(found, path) for path in meant):
        raise ValueError(f"the condition of `{stage}` has no number to be reached (`days_away >= 3`), so there is none to raise")
    return found


def _numbers(policy: Policy, path: str) -> list[Expr]:
    return [one.when.expr for ladder in policy.ladders.values() for one in ladder.stages if one.path == path]


def _raised(when: Condition, by: int) -> Condition:
    return Condition(_higher(when.expr, by), f"{when.text} (raised by {by})", when.span)


def _higher(expr: Expr, by: int) -> Expr:
    if isinstance(expr, Compare) and expr.op in REACHES and _fixed(expr.right):
        if isinstance(expr.right, Lit):
            return evolve(expr, right=evolve(expr.right, value=expr.right.value + by)) if isinstance(expr.right.value, (int, Fraction)) else expr
        return evolve(expr, right=Arith("+", expr.right, Lit(Fraction(by))))
    if isinstance(expr, And):
        return And(tuple(_higher(part, by) for part in expr.parts))
    return Or(tuple(_higher(part, by) for part in expr.parts)) if isinstance(expr, Or) else expr


def is_monotone(policy: Policy, stage: str = "") -> bool:
    """Whether more unexcused absence can only bring a stage nearer (every stage, where none is named).

    It is where runs and counts of unexcused absence alone must reach numbers, joined by `and` and `or`. It is not of shares, of windows that
    begin with a case or an item, nor of conditions that deny something, or ask for flags, statuses or items. Raises `UnknownName`.
    """
    absent = {code for code, mark in policy.marks.items() if mark.meaning == "unexcused"}
    meant = stages_called([policy], stage) if stage else ()
    found = [one for ladder in policy.ladders.values() for one in ladder.stages if not stage or one.path in meant]
    return bool(found) and all(_rises(one.when.expr, policy, absent) for one in found)


def _rises(expr: Expr, policy: Policy, absent: set[str]) -> bool:
    if isinstance(expr, (And, Or)):
        return all(_rises(part, policy, absent) for part in expr.parts)
    if not (isinstance(expr, Compare) and expr.op in REACHES and isinstance(expr.left, Term) and expr.left.kind == "measure"):
        return False
    measure = policy.measures[expr.left.name]
    counts = measure.kind in ("run", "count") and bool(measure.counted) and measure.counted <= absent and not measure.plus
    return counts and _fixed(expr.right) and all(window.kind != "since" for window in measure.windows)


def _fixed(expr: Expr) -> bool:
    if isinstance(expr, Arith):
        return _fixed(expr.left) and _fixed(expr.right)
    return isinstance(expr, Lit) or (isinstance(expr, Term) and expr.kind == "parameter")
