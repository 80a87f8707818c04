"""Comparisons that do not say what they seem to: true of everybody on every day, or with a part of what is counted whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from ..conditions import TURNED, Compare, Expr, Lit, Quantity, Term, Value, comparisons
from ..language import shown
from ..matcher.plain import meant
from ..messages import UNSAID, ours, say
from ..opening import can_open
from ..policy import ParameterLine, Policy
from ..source import Problem, Span
from .parts import steps

WHOLE = ("session", "half_day", "school_day", "day")


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


def counts_are_whole(policy: Policy) -> Iterator[Problem]:
    """A warning where days or sessions are compared with a number that is not whole, as written or as a parameter holds it: they are counted whole."""
    found: dict[tuple[object, ...], tuple[Problem, set[int]]] = {}
    for ladder in policy.ladders.values():
        for stage in steps(ladder):
            for compared, measured in _compares(stage.when.expr):
                measure = policy.measures.get(measured.name)
                if measure is None or measure.kind not in ("run", "count") or measure.fact or measure.unit not in WHOLE:
                    continue
                for value, span in _values(compared.right, policy):
                    if value.denominator == 1:
                        continue
                    place, unit = span or stage.when.span, ours(measure.unit.replace("_", " "), "unit", prose=True)
                    message = say("`{measure}` counts whole {unit}s, and `{value}` is none", measure=measure.name, unit=unit, value=shown(value))
                    problem = Problem("never-a-part", message, place, warning=True)
                    low, high = math.floor(value), math.ceil(value)
                    found.setdefault((measure.name, value, id(place)), (problem, set()))[1].update(
                        {">": (low,), "<=": (low,), ">=": (high,), "<": (high,)}.get(compared.op, (low, high)),
                    )
    for problem, same in found.values():
        # One parameter may be compared in several ways: then no one number means the same in all of them.
        yield evolve(problem, help=say("write `{n}`, which means the same", n=min(same)) if len(same) == 1 else say("write a whole number"))


def absence_is_asked_for(policy: Policy) -> Iterator[Problem]:
    """A warning where a stage opens a case of a student who never missed anything: `<=` for `>=` accuses everybody but those who are away."""
    attended = {code.code for code in policy.marks.values() if code.meaning == "present"}

    def at_rest(term: Term) -> Value:
        measure = policy.measures.get(term.name) if term.kind == "measure" else None
        absent = measure is not None and not measure.fact and not measure.present and measure.kind != "mean" and not measure.counted & attended
        return 0 if absent else _written(term, policy)

    for ladder in policy.ladders.values():
        for stage in ladder.stages:
            bounds = [_bound(compared, policy) for compared, _ in _compares(stage.when.expr)]
            if bounds and not any(bounds) and can_open(stage, policy) and meant(stage.when.expr, at_rest) is True:
                message = say("`{text}` holds for a student who was never away", text=stage.when.text)
                help = say("`>=` begins at a number and `<=` ends there; a stage that is meant for those who are present asks for it, such as `days_back >= 3`")
                yield Problem("true-without-absence", message, stage.when.span or stage.span, help, warning=True)


def _written(term: Term, policy: Policy) -> Value:
    """The one number that a parameter holds; unknown where it has several, or none."""
    numbers = [value for value, _ in _values(term, policy)]
    return numbers[0] if len(numbers) == 1 else None


def _values(right: Expr, policy: Policy) -> Iterator[tuple[Fraction, Span | None]]:
    """The numbers that a measure is compared with, and their places: the one written, or each that a parameter may hold."""
    lines = policy.parameters[right.name].lines if isinstance(right, Term) and right.kind == "parameter" and right.name in policy.parameters else ()
    for value, span in ((right.value, right.span),) if isinstance(right, Lit) else ((line.value, line.span) for line in lines):
        number = _number(value)
        if isinstance(number, (int, Fraction)) and not isinstance(number, bool):
            yield Fraction(number), span


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
