"""Generated conditions and readings, for properties of the matchers, and hostile texts."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import strategies as st

from escalate.conditions import NONE, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Or, Term, Value

# One name for each kind of value, and names whose readings may be of any kind: the meaning must be total.
TERMS = (
    *(Term("measure", name) for name in ("days_away", "missed_today", "连续旷课", "absence")),
    Term("parameter", "report_days"),
    Term("flag", "special_case"),
    Term("status", "enrolled"),
    Term("attribute", "level"),
    Term("attribute", "born"),
    Term("outcome", "home_visit"),
    Term("done", "home_visit"),
    Term("times", "home_visit", options=(("result", "refused"),)),
)
FAR = (2**31, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30)

numbers = st.one_of(
    st.integers(-3, 6),
    st.integers(-3, 6),
    st.sampled_from(FAR).flatmap(lambda far: st.sampled_from((far, -far))),
    st.fractions(-3, 6, max_denominator=7),
    st.fractions(-(10**12), 10**12),
    st.just(Fraction(1, 10**20)),
)
texts = st.sampled_from(("", "refused", "promised", "3", "true", "none", 'a"b\\c', "拒绝", "\u0000", "🙂", "A" * 300))
dates = st.dates(datetime.date(2025, 8, 30), datetime.date(2025, 9, 3))
known = st.one_of(numbers, numbers, st.booleans(), texts, dates, st.just(NONE))
values: st.SearchStrategy[Value] = st.one_of(known, known, st.none())

terms = st.sampled_from(TERMS)
literals = values.map(Lit)
operators = st.sampled_from(("<", "<=", "==", "!=", ">=", ">"))
scalars: st.SearchStrategy[Expr] = st.recursive(
    st.one_of(terms, terms, literals),
    lambda inner: st.builds(Arith, st.sampled_from(("+", "-", "*", "/")), inner, inner),
    max_leaves=4,
)
comparisons = st.one_of(
    st.builds(Compare, operators, scalars, scalars),
    st.builds(Compare, operators, terms, st.integers(-3, 6).map(Lit)),
    st.builds(Among, scalars, st.lists(scalars, max_size=4).map(tuple), st.booleans()),
)
expressions: st.SearchStrategy[Expr] = st.recursive(
    st.one_of(comparisons, comparisons, terms, literals),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Not, inner),
        st.builds(Compare, operators, inner, inner),
    ),
    max_leaves=12,
)
conditions = expressions.map(lambda expr: Condition(expr, "generated"))
readings: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries({}, optional={term.key: values for term in TERMS})


def megabytes() -> list[str]:
    """Hostile texts of about a megabyte each: comments, brackets, keys, quotes, line ends."""
    return [
        "#" + "x" * 999_000, "a: " + "x" * 999_000, "[[" * 400_000, "{" * 3000, "? " * 300_000, "a: '" + "\n" * 900_000, "'" * 900_000,
        "- " * 400_000, "a: {" + "b: c, " * 150_000 + " # d", '"' + "\\n" * 400_000,
    ]
