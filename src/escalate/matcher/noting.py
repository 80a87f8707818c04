"""A matcher that notes what conditions came to, and which of their parts decided it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from ..conditions import And, Condition, Expr, Lit, Not, Or, Value, terms_of
from . import Matcher
from .plain import holds

WHOLE = -1


@frozen
class Part:
    """What a condition joins with `and` and `or`; the whole condition as it is where this part is true, and where it is false.

    denied: whether it stands below a `not`, so that the condition wants it false.
    """

    expr: Expr
    if_true: Expr
    if_false: Expr
    denied: bool = False


def parts_of(expr: Expr) -> tuple[Part, ...]:
    """The parts of a condition from left to right; none where it is of one piece."""
    found = tuple(_parts(expr, lambda one: one))
    return found if len(found) > 1 else ()


def _parts(expr: Expr, within: Callable[[Expr], Expr], denied: bool = False) -> Iterator[Part]:
    if isinstance(expr, (And, Or)):
        for n, part in enumerate(expr.parts):
            yield from _parts(part, _placed(expr, n, within), denied)
    elif isinstance(expr, Not):
        yield from _parts(expr.part, lambda one: within(Not(one)), not denied)
    elif any(True for _ in terms_of(expr)):
        yield Part(expr, within(Lit(True)), within(Lit(False)), denied)


def _placed(expr: And | Or, n: int, within: Callable[[Expr], Expr]) -> Callable[[Expr], Expr]:
    return lambda one: within(evolve(expr, parts=(*expr.parts[:n], one, *expr.parts[n + 1 :])))


@define(eq=False)
class Noted:
    """One condition, and what it came to: (number of a part, or WHOLE; whether the condition was true)."""

    condition: Condition
    parts: tuple[Part, ...]
    seen: set[tuple[int, bool]] = field(factory=set)


class Noting:
    """Wraps a matcher and answers what that answers."""

    name = "noting"

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        # By identity; the conditions are kept, so that an id stays theirs.
        self.noted: dict[int, Noted] = {}

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; unknown is not true."""
        answers = self.matcher.hold(conditions, readings)
        for condition, answer in zip(conditions, answers, strict=True):
            self._note(condition, answer, readings)
        return answers

    def has(self, condition: Condition, number: int, *, answer: bool) -> bool:
        """Whether a condition, or the part of a number of it, came to an answer."""
        noted = self.noted.get(id(condition))
        return noted is not None and (number, answer) in noted.seen

    def _note(self, condition: Condition, answer: bool, readings: Mapping[str, Value]) -> None:
        noted = self.noted.get(id(condition))
        if noted is None:
            noted = self.noted[id(condition)] = Noted(condition, parts_of(condition.expr))
        noted.seen.add((WHOLE, answer))
        for n, part in enumerate(noted.parts):
            # A part decides where the condition would be another if only this part were.
            if (n, answer) not in noted.seen and (holds(part.if_true, readings) is True) != (holds(part.if_false, readings) is True):
                noted.seen.add((n, answer))
