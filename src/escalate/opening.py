"""Which stages can open a case, and whether a condition can stay true when the case ends."""

from __future__ import annotations

from .conditions import ITEM_KINDS, Among, And, Compare, Condition, Expr, Lit, Not, Or, Term, terms_of
from .policy import Measure, Policy, Stage


def reads_items(term: Term) -> bool:
    """Whether a term reads items or firings (SEMANTICS, section 4)."""
    return term.kind in ITEM_KINDS or (
        term.kind in ("days_since", "school_days_since") and term.target in ("stage", "item")
    )


def can_open(stage: Stage, policy: Policy) -> bool:
    """Whether a stage's condition can be true before there is a case."""
    return not any(reads_items(term) for term in stage.when.terms) and _before_a_case(stage.when.expr, policy)


def _before_a_case(expr: Expr, policy: Policy) -> bool:
    """Whether an expression can be true while what belongs to a case has no value."""
    if isinstance(expr, And):
        return all(_before_a_case(part, policy) for part in expr.parts)
    if isinstance(expr, Or):
        return any(_before_a_case(part, policy) for part in expr.parts)
    if isinstance(expr, (Compare, Among, Not, Term)):
        return not any(_of_a_case(term, policy) for term in terms_of(expr))
    return not (isinstance(expr, Lit) and expr.value is False)


def _of_a_case(term: Term, policy: Policy) -> bool:
    if term.kind == "outcome" or term.target == "case":
        return True
    measure = policy.measures.get(term.name) if term.kind == "measure" else None
    return measure is not None and any(
        window.kind == "since" and window.anchor != "enrolment" for window in measure.windows
    )


def stays_true(when: Condition, ends: Condition, policy: Policy) -> bool:
    """Whether a stage's condition can go on being true after a case ended, so that it never becomes true anew."""
    return _stays(when.expr, ends, policy)


def _names_return(ends: Condition, policy: Policy) -> bool:
    """Whether an end says that the student was present: a run of absence is over then."""
    if not ends.terms:
        return True  # a constant or what could not be read: nothing can be said of it
    return any(
        term.kind == "measure" and policy.measures[term.name].present
        for term in ends.terms
        if term.name in policy.measures
    )


def _stays(expr: Expr, ends: Condition, policy: Policy) -> bool:
    if isinstance(expr, And):
        return all(_stays(part, ends, policy) for part in expr.parts)
    if isinstance(expr, Or):
        return any(_stays(part, ends, policy) for part in expr.parts)
    return bool(list(terms_of(expr))) and not any(_falls(term, ends, policy) for term in terms_of(expr))


def _falls(term: Term, ends: Condition, policy: Policy) -> bool:
    """Whether a term that was true is false after the end, or counts as false by the next week."""
    if term.kind in ("became", "outcome") or reads_items(term):
        return True
    if term.kind == "status":
        return any(other.kind in ("status", "became") and other.name != term.name for other in ends.terms)
    if term.kind == "flag":
        return _denied(term, ends.expr)
    measure = policy.measures.get(term.name) if term.kind == "measure" else None
    if measure is None:
        return False
    soon = any(window.unit in ("day", "week") for window in measure.tiles)
    return soon or _is_run_of_absence(measure) and _names_return(ends, policy)


def _denied(flag: Term, expr: Expr) -> bool:
    """Whether an end says that a flag is not set."""
    if isinstance(expr, And):
        return any(_denied(flag, part) for part in expr.parts)
    return isinstance(expr, Not) and isinstance(expr.part, Term) and (expr.part.kind, expr.part.name) == ("flag", flag.name)


def _is_run_of_absence(measure: Measure) -> bool:
    return measure.kind == "run" and not measure.present
