"""The thresholds of a policy: every comparison of a condition with a number or a parameter, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from ..conditions import And, Compare, Condition, Expr, Lit, Not, Or, Quantity, Term, comparisons, show
from ..lints.bounds import Clause, clauses_of, numbers_of
from ..policy import Measure, ParameterLine, Policy, Stage, stage_of
from ..source import Span
from ..spec.points import conditions_of, written

NO_LINE = -1
CHOSEN = ("grade", "age", "age_on", "attribute")  # what a student's row says


@frozen
class Threshold:
    """One comparison of a condition with a number. role: what the condition is for; part: its ladder, duty or target; name: its stage.

    number: which comparison of the condition. line: which line of the parameter, `NO_LINE` of a number that is written in the condition.
    """

    policy: Policy = field(eq=False, repr=False)
    role: str
    path: str
    part: str
    name: str
    number: int
    compare: Compare = field(eq=False, repr=False)
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
    def said(self) -> str:
        """The number as it is written."""
        line, constant = self.parameter_line, self.sides[1]
        return (line.text if line is not None else "") or (written(constant.span) if isinstance(constant, Lit) and constant.span else show(self.value))

    @property
    def text(self) -> str:
        """The comparison as it is written."""
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
        found = clauses_of(self.stage.when, self.policy) if self.stage is not None else ()
        return tuple(clause for clause in found or () if any(bound.span == self.span for bound in clause.bounds))


def thresholds(policy: Policy) -> tuple[Threshold, ...]:
    """Every comparison of a condition with a number, in the order of the policy's parts.

    `grade == 7` chooses one kind of student as a name does: there is no more and no less of it, so it is no threshold. A measure, or
    a time that passes, comes to its number from below: `days_away == 3` is one.
    """
    return tuple(one for asked in conditions_of(policy) for one in _of(policy, asked.condition, asked.role, asked.path, asked.owner))


def _of(policy: Policy, condition: Condition, role: str, path: str, part: str) -> Iterator[Threshold]:
    for number, compare in enumerate(comparisons(condition.expr)):
        sides = [side for side in (compare.left, compare.right) if numbers_of(side, policy) is not None]
        if len(sides) != 1 or _chooses(compare):
            continue
        bare = Threshold(policy, role, path, part, path.rpartition(".")[2], number, compare)
        lines = policy.parameters[sides[0].name].lines if isinstance(sides[0], Term) else ()
        yield from (evolve(bare, line=n) for n in range(len(lines))) if lines else (bare,)


def _chooses(compare: Compare) -> bool:
    """Whether it names one kind of student."""
    return compare.op in ("==", "!=") and any(isinstance(side, Term) and side.kind in CHOSEN for side in (compare.left, compare.right))


def measure_of(expr: Expr, policy: Policy) -> Measure | None:
    """The measure that an expression is; None where it is something else."""
    return policy.measures[expr.name] if isinstance(expr, Term) and expr.kind == "measure" else None


# --- another number --------------------------------------------------------------------------------------


def moved(policy: Policy, threshold: Threshold, step: Fraction) -> Policy:
    """A policy with another number in a place: that of the parameter's line, else that of the comparison. Another policy is left as it is."""
    if (policy.name, policy.version) != (threshold.policy.name, threshold.policy.version):
        return policy
    constant = threshold.sides[1]
    if isinstance(constant, Term):
        parameter = policy.parameters[constant.name]
        lines = tuple(_moved_line(line, step) if n == threshold.line else line for n, line in enumerate(parameter.lines))
        return evolve(policy, parameters={**policy.parameters, constant.name: evolve(parameter, lines=lines)})
    ladder = policy.ladders[threshold.part]
    changed = evolve(ladder, stages=tuple(_moved_stage(stage, threshold, step) for stage in ladder.stages))
    changed = evolve(changed, ends=_moved_stage(ladder.ends, threshold, step)) if ladder.ends is not None else changed
    return evolve(policy, ladders={**policy.ladders, ladder.name: changed})


def _moved_line(line: ParameterLine, step: Fraction) -> ParameterLine:
    value = line.value
    if isinstance(value, Quantity):
        return evolve(line, value=evolve(value, number=value.number + step))
    return evolve(line, value=value + step) if isinstance(value, Fraction) else line


def _moved_stage(stage: Stage, threshold: Threshold, step: Fraction) -> Stage:
    if stage.name != threshold.name:
        return stage
    old = list(comparisons(stage.when.expr))[threshold.number]
    side = "right" if isinstance(old.right, Lit) else "left"
    constant = getattr(old, side)
    new = evolve(old, **{side: evolve(constant, value=Fraction(constant.value) + step)})
    expr = _replaced(stage.when.expr, old, new)
    return evolve(stage, when=Condition(expr, stage.when.text, stage.when.span))


def _replaced(expr: Expr, old: Compare, new: Compare) -> Expr:
    if expr is old:
        return new
    if isinstance(expr, (And, Or)):
        return evolve(expr, parts=tuple(_replaced(part, old, new) for part in expr.parts))
    return Not(_replaced(expr.part, old, new)) if isinstance(expr, Not) else expr
