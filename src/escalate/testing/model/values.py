"""What every name in a condition is at an instant, and whether a condition is true (SEMANTICS, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ...conditions import ITEM_KINDS, And, Condition, Quantity, Term, Value, terms_of
from ...policy import Amount, Param
from ...times import Instant
from .asking import Anybody, Asker, Ctx, Given, Nobody
from .happened import became, by, days_since, done, ever, late, new_holder, outcome, overdue, received, school_days_since, times
from .logic import holds
from .measures import measure
from .pupil import age_at, attribute, dated, flag, grade, status

__all__ = ["Asker", "Ctx", "Given", "Nobody", "lacking", "readings", "true", "value"]


def readings(condition: Condition, ctx: Ctx) -> dict[str, Value]:
    """The value of every term of a condition, by its key."""
    return {term.key: value(term, ctx) for term in condition.terms}


def true(condition: Condition, ctx: Ctx) -> bool:
    """Whether a condition is true; what reads facts only is asked once for the same facts, instant and case."""
    asker, memo = ctx.asker, ctx.seen.memo
    if not facts_only(condition, ctx):
        return asked(condition, ctx)
    key = "true", id(condition), id(ctx.policy), ctx.e, ctx.seen.page(ctx.e), asker.case_opened, asker.since, asker.ends
    if key not in memo:
        memo[key] = asked(condition, ctx)
    found: bool = memo[key]
    return found


def asked(condition: Condition, ctx: Ctx) -> bool:
    """Outside a case a condition that reads a measure `since the case opened` is false."""
    if ctx.asker.case_opened is None and any(reads_the_case(term, ctx) for term in condition.terms):
        return False
    return holds(condition.expr, readings(condition, ctx)) is True


def lacking(need: Condition, ctx: Ctx) -> tuple[str, ...]:
    """The names in those parts of a `need` that are not true, parameters apart; the whole of it where these are all."""
    found, parts = readings(need, ctx), need.expr.parts if isinstance(need.expr, And) else (need.expr,)
    terms = [term for part in parts if holds(part, found) is not True for term in terms_of(part)]
    return tuple(dict.fromkeys(term.name or term.key for term in terms if term.kind != "parameter")) or (need.text,)


def facts_only(condition: Condition, ctx: Ctx) -> bool:
    """Whether a condition reads nothing of items, firings and cases but when its case opened."""
    key = "facts only", id(condition), id(ctx.policy), ctx.asker.ends
    if key not in ctx.seen.memo:
        ctx.seen.memo[key] = all(of_facts(term, ctx) for term in condition.terms)
    found: bool = ctx.seen.memo[key]
    return found


def of_facts(term: Term, ctx: Ctx) -> bool:
    """Whether one name reads facts only; a parameter may hang on a condition, which is not followed here."""
    if term.kind in ("days_since", "school_days_since"):
        return term.target not in ("stage", "item")
    if term.kind == "measure":
        hangs = any(line.where is not None for one in ctx.policy.parameters.values() for line in one.lines)
        return not hangs and all(window.anchor in ("", "enrolment", "case") for window in ctx.policy.measures[term.name].windows)
    return term.kind not in ITEM_KINDS and term.kind not in ("open_case", "parameter", "rate", "marked") and (term.kind != "outcome" or ctx.asker.ends)


def reads_the_case(term: Term, ctx: Ctx) -> bool:
    return term.kind == "measure" and any(window.anchor == "case" for window in ctx.policy.measures[term.name].windows)


def value(term: Term, ctx: Ctx) -> Value:
    """What a term is; None where it has no value."""
    return KINDS[term.kind](term, ctx) if term.kind in KINDS else None


# --- measures and parameters ------------------------------------------------------------------------

def measured(term: Term, ctx: Ctx) -> Value:
    asker, memo = ctx.asker, ctx.seen.memo
    reads = "of facts", term.name, id(ctx.policy)
    if reads not in memo:
        memo[reads] = of_facts(term, ctx)
    if not memo[reads]:
        return measure_of(term.name, ctx)
    key = "measure", term.name, id(ctx.policy), ctx.e, ctx.seen.page(ctx.e), asker.case_opened, asker.since
    if key not in memo:
        memo[key] = measure_of(term.name, ctx)
    found: Value = memo[key]
    return found


def measure_of(name: str, ctx: Ctx) -> Value:
    return measure(
        ctx.policy, name, ctx.seen, ctx.e, since=ctx.asker.since, case_opened=ctx.asker.case_opened,
        anchor=lambda name: anchored(name, ctx), amount=lambda amount: number(amount, ctx),
    )


def anchored(name: str, ctx: Ctx) -> Instant | None:
    """M11: a stage's first firing, or the effective instant of an item's newest occurrence."""
    stages = {path for ladder in ctx.policy.ladders.values() for stage in ladder.stages for path in (stage.name, f"{ladder.name}.{stage.name}")}
    if name in stages:
        return ctx.asker.fired_at(name)
    return max((item.effective for item in ctx.asker.items(name)), default=None)


def number(amount: Amount, ctx: Ctx) -> Fraction | None:
    """A number, or the one that a parameter holds."""
    found = parameter(amount.name, ctx) if isinstance(amount, Param) else amount
    return Fraction(found) if isinstance(found, (int, Fraction)) else None


def parameter(name: str, ctx: Ctx) -> Value:
    """M16: the first line that holds of the student on the date."""
    apart = Ctx(ctx.seen, ctx.policy, ctx.e, Anybody(of=ctx.asker))
    for line in ctx.policy.parameters[name].lines:
        if (line.start is None or line.start <= ctx.date) and (line.where is None or true(line.where, apart)):
            held = line.value.number if isinstance(line.value, Quantity) else line.value
            return held if isinstance(held, (int, Fraction, str)) else None
    return None


KINDS: dict[str, Callable[[Term, Ctx], Value]] = {
    "measure": measured, "parameter": lambda term, ctx: parameter(term.name, ctx), "flag": flag, "attribute": attribute, "status": status,
    "grade": grade, "class_name": lambda _, ctx: ctx.column("class") or None, "term_week": lambda _, ctx: ctx.seen.days(ctx.date).term_week(ctx.date),
    "age": lambda _, ctx: age_at(ctx.date, ctx), "age_on": lambda term, ctx: age_at(dated(term.name, ctx), ctx),
    "became": became, "ever": ever, "received": received, "times": times, "done": done, "overdue": overdue, "late": late, "outcome": outcome,
    "fired": lambda term, ctx: by(ctx.asker.fired_at(term.name), ctx), "open_case": lambda term, ctx: ctx.asker.open_case(term.name),
    "days_since": days_since, "school_days_since": school_days_since, "new_holder": new_holder,
    "rate": lambda term, ctx: ctx.asker.rate(term.name, ctx.policy), "marked": lambda _, ctx: by(ctx.asker.roll_taken(), ctx),
}
