"""The thresholds of a policy: every comparison of a condition with a number or a parameter, each at its place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from ..conditions import TURNED, Compare, Condition, Expr, Lit, Quantity, Term, comparisons, show
from ..lints.bounds import Clause, clauses_of, numbers_of
from ..policy import Measure, Param, ParameterLine, Policy, Stage, stage_of
from ..source import Span, written
from ..spec.points import Asked, conditions_of

NO_LINE = -1
LIMIT = "limit"  # the role of a target's limit, which is no condition
LIMITS = {"at_most": "<=", "below": "<", "at_least": ">=", "above": ">"}
CHOSEN = ("grade", "age", "age_on", "attribute")  # what a student's row says


@frozen
class Threshold:
    """One comparison with a number. role: what its condition is for, or `LIMIT`; part: its ladder, duty or target; name: its stage.

    number: which comparison of the condition. line: which line of the parameter, `NO_LINE` of a number that is written in the condition.
    """

    policy: Policy = field(eq=False, repr=False)
    role: str
    path: str
    part: str
    name: str
    number: int
    compare: Compare = field(eq=False, repr=False)
    condition: Condition = field(eq=False, repr=False)
    line: int = NO_LINE

    @property
    def sides(self) -> tuple[Expr, Expr]:
        """What is compared, and with what."""
        left, right = self.compare.left, self.compare.right
        return (left, right) if numbers_of(right, self.policy) is not None else (right, left)

    @property
    def measure(self) -> Measure | None:
        """The measure that is compared; None where it is something else."""
        return measure_of(self.sides[0], self.policy)

    @property
    def kind(self) -> str:
        """The kind of term that is compared; empty where it is reckoned of several."""
        what = self.sides[0]
        return what.kind if isinstance(what, Term) else ""

    @property
    def op(self) -> str:
        """How it is compared, the number on the right."""
        return self.compare.op if self.sides[0] == self.compare.left else TURNED.get(self.compare.op, self.compare.op)

    @property
    def edge(self) -> int | None:
        """The whole number at which the comparison turns, the last of those for which it holds; None where the number is not set."""
        value = self.value
        if value is None:
            return None
        return {">": math.floor(value) + 1, "<": math.ceil(value) - 1, "<=": math.floor(value)}.get(self.op, math.ceil(value))

    @property
    def parameter_line(self) -> ParameterLine | None:
        """The line of the parameter that holds the number."""
        constant = self.sides[1]
        return self.policy.parameters[constant.name].lines[self.line] if isinstance(constant, Term) and self.line != NO_LINE else None

    @property
    def value(self) -> Fraction | None:
        """The number; None where it is not set."""
        line, constant = self.parameter_line, self.sides[1]
        value = line.value if line is not None else constant.value if isinstance(constant, Lit) else None
        number = value.number if isinstance(value, Quantity) else value
        return Fraction(number) if isinstance(number, (int, Fraction)) else None

    @property
    def in_heads(self) -> bool:
        """Whether it is the limit of a target that is written in students."""
        return self.role == LIMIT and self.policy.targets[self.part].heads

    @property
    def said(self) -> str:
        """The number as it is written."""
        if self.role == LIMIT and isinstance(self.sides[1], Lit):
            return show(Quantity(self.value or Fraction(), "student")).strip('"') if self.in_heads else show(self.value)
        line, constant = self.parameter_line, self.sides[1]
        return (line.text if line is not None else "") or (written(constant.span) if isinstance(constant, Lit) and constant.span else show(self.value))

    @property
    def text(self) -> str:
        """The comparison as it is written."""
        if self.role == LIMIT:
            constant = self.sides[1]
            return f"{self.policy.targets[self.part].limit}: {constant.name if isinstance(constant, Term) else self.said}"
        return written(self.compare.span) if self.compare.span is not None else ""

    @property
    def span(self) -> Span | None:
        """Where it is written."""
        return self.compare.span

    @property
    def stage(self) -> Stage | None:
        """The stage whose condition it stands in; None of a duty, a target or an action."""
        ladder = self.policy.ladders.get(self.part)
        return stage_of(ladder, self.name) if ladder is not None and self.role == "when" else None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What else must hold where the comparison decides, in each way that the condition can be true."""
        found = clauses_of(self.condition, self.policy)
        return tuple(clause for clause in found or () if any(bound.span == self.span for bound in clause.bounds))


def thresholds(policy: Policy) -> tuple[Threshold, ...]:
    """Every comparison of a condition with a number, in the order of the policy's parts, then every limit of a target.

    `grade == 7` chooses one kind of student as a name does: there is no more and no less of it, so it is no threshold. A measure, or
    a time that passes, comes to its number from below: `days_away == 3` is one.
    """
    every = [*conditions_of(policy), *_limits(policy)]
    return tuple(one for asked in every for one in _of(policy, asked.condition, asked.role, asked.path, asked.owner))


def _of(policy: Policy, condition: Condition, role: str, path: str, part: str) -> Iterator[Threshold]:
    for number, compare in enumerate(comparisons(condition.expr)):
        sides = [side for side in (compare.left, compare.right) if numbers_of(side, policy) is not None]
        if len(sides) != 1 or _chooses(compare):
            continue
        bare = Threshold(policy, role, path, part, path.rpartition(".")[2], number, compare, condition)
        lines = policy.parameters[sides[0].name].lines if isinstance(sides[0], Term) else ()
        yield from (evolve(bare, line=n) for n in range(len(lines))) if lines else (bare,)


def _limits(policy: Policy) -> Iterator[Asked]:
    """The limit of each target as a comparison of its rate."""
    for target in policy.targets.values():
        if target.bound is not None:
            bound = Term("parameter", target.bound.name) if isinstance(target.bound, Param) else Lit(target.bound)
            compare = Compare(LIMITS[target.limit], Term("rate", target.name), bound, target.span)
            yield Asked(Condition(compare, "", target.span), LIMIT, target.name, target.name)


def _chooses(compare: Compare) -> bool:
    """Whether it names one kind of student."""
    return compare.op in ("==", "!=") and any(isinstance(side, Term) and side.kind in CHOSEN for side in (compare.left, compare.right))


def measure_of(expr: Expr, policy: Policy) -> Measure | None:
    """The measure that an expression is; None where it is something else."""
    return policy.measures[expr.name] if isinstance(expr, Term) and expr.kind == "measure" else None
