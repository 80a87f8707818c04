"""What follows from a condition is what every reading bears out: nothing is called impossible, or implied, that is not."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.conditions import And, Compare, Condition, Lit, Not, Or, Term
from escalate.lints.bounds import all_imply, clauses_of, never
from escalate.lints.intervals import Interval, compared
from escalate.matcher.plain import holds
from escalate.policy import Measure, Parameter, ParameterLine, Policy

OPS = ("<", "<=", "==", "!=", ">=", ">")
AWAY, RATE, FLAG, LIMIT = Term("measure", "away"), Term("measure", "rate"), Term("flag", "special"), Term("parameter", "limit")
VALUES = (2, 4)  # of the parameter, a line each
POLICY = Policy(
    "p",
    measures={"away": Measure("away", "run", "school_day"), "rate": Measure("rate", "share", "session", base="possible")},
    parameters={"limit": Parameter("limit", tuple(ParameterLine(Fraction(value)) for value in VALUES))},
)
AWAYS, RATES = (None, 0, 1, 2, 3, 4, 5, 6), (None, Fraction(0), Fraction(1, 10), Fraction(1, 2), Fraction(1))
READINGS = [
    {"away": away, "rate": rate, "special": flag, "limit": Fraction(limit)} for away, rate, flag, limit in product(AWAYS, RATES, (True, False), VALUES)
]

numbers = st.one_of(
    st.builds(lambda op, n: Compare(op, AWAY, Lit(n)), st.sampled_from(OPS), st.integers(-1, 6)),
    st.builds(lambda op, n: Compare(op, Lit(n), AWAY), st.sampled_from(OPS), st.integers(-1, 6)),
    st.builds(lambda op: Compare(op, AWAY, LIMIT), st.sampled_from(OPS)),
    st.builds(lambda op, n: Compare(op, RATE, Lit(Fraction(n, 10))), st.sampled_from(OPS), st.integers(-1, 11)),
)
conditions = st.recursive(
    st.one_of(numbers, st.just(FLAG), st.booleans().map(Lit)),
    lambda part: st.one_of(
        part.map(Not), st.lists(part, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
).map(lambda expr: Condition(expr, "c"))


def true_at(condition):
    return [n for n, reading in enumerate(READINGS) if holds(condition.expr, reading) is True]


@given(conditions)
def test_the_clauses_are_the_condition(condition):
    """What is never true, by its clauses, is true of no reading."""
    found = clauses_of(condition, POLICY)

    if found is not None and all(never(clause, POLICY) for clause in found):
        assert [] == true_at(condition)


@given(conditions, conditions)
def test_what_is_implied_is_so(one, other):
    """Of two conditions that are read under one line of the parameter."""
    if all_imply(clauses_of(one, POLICY), clauses_of(other, POLICY)):
        assert set(true_at(one)) <= set(true_at(other))


intervals = st.builds(
    Interval, st.none() | st.integers(0, 4).map(Fraction), st.none() | st.integers(0, 4).map(Fraction), st.booleans(), st.booleans(),
)  # fmt: skip
HALVES = [Fraction(n, 2) for n in range(-2, 12)]


def inside(interval, number):
    low, high = interval.low, interval.high
    above = low is None or number > low or number == low and not interval.low_open
    return above and (high is None or number < high or number == high and not interval.high_open)


@given(intervals, intervals)
def test_intervals_meet_and_lie_in_one_another(one, other):
    """As their numbers do."""
    numbers = [number for number in HALVES if inside(one, number) and inside(other, number)]

    assert numbers == [number for number in HALVES if inside(one.meet(other), number)]
    assert one.empty == (not any(inside(one, number) for number in HALVES))
    if one.inside(other):
        assert numbers == [number for number in HALVES if inside(one, number)]
    assert [number for number in HALVES if inside(one, number) and number.denominator == 1] == [
        number for number in HALVES if inside(one.whole(), number) and number.denominator == 1
    ]


@pytest.mark.parametrize("op", ["<", "<=", "==", ">=", ">"])
def test_a_comparison_is_its_interval(op):
    """On both sides of the number, and at it."""
    for number in (Fraction(1), Fraction(2), Fraction(3)):
        assert inside(compared(op, Fraction(2)), number) == (holds(Compare(op, Lit(number), Lit(2)), {}) is True)


@pytest.mark.parametrize(
    ("one", "other", "so"),
    [
        (Compare(">=", AWAY, Lit(3)), Compare(">=", AWAY, Lit(1)), True),
        (Compare(">=", AWAY, Lit(1)), Compare(">=", AWAY, Lit(3)), False),
        (Compare(">", AWAY, Lit(2)), Compare(">=", AWAY, Lit(3)), True),
        (Compare(">=", AWAY, LIMIT), Compare(">=", AWAY, Lit(2)), True),
        (Compare(">=", AWAY, LIMIT), Compare(">=", AWAY, Lit(3)), False),
        (Compare(">=", AWAY, Lit(4)), Compare(">=", AWAY, LIMIT), True),
        (Compare(">=", AWAY, LIMIT), Compare(">=", AWAY, LIMIT), True),
        (Compare(">=", RATE, Lit(Fraction(1, 2))), Compare(">=", AWAY, Lit(1)), False),
    ],
)
def test_what_is_sure_is_told(one, other, so):
    """It is not too shy: a rule that never spoke would pass the laws above."""
    assert so == all_imply(clauses_of(Condition(one, ""), POLICY), clauses_of(Condition(other, ""), POLICY))


@pytest.mark.parametrize(
    ("expr", "so"),
    [
        (And((Compare(">=", AWAY, Lit(3)), Compare("<", AWAY, Lit(3)))), True),
        (And((Compare(">", AWAY, Lit(2)), Compare("<", AWAY, Lit(3)))), True),
        (And((Compare(">", RATE, Lit(Fraction(1, 5))), Compare("<", RATE, Lit(Fraction(1, 4))))), False),
        (Compare(">", RATE, Lit(1)), True),
        (Compare("<", AWAY, Lit(0)), True),
        (And((FLAG, Not(FLAG))), True),
        (And((Term("status", "dropped_out"), Term("status", "graduated"))), True),
        (And((Term("status", "enrolled"), Term("status", "dropped_out"))), False),
        (And((Term("status", "enrolled"), Term("status", "graduated"))), True),
        (And((Not(Term("status", "enrolled")), Term("status", "dropped_out"))), True),
        (And((Compare(">=", AWAY, LIMIT), Compare("<", AWAY, Lit(3)))), False),
        (And((Compare(">=", AWAY, LIMIT), Compare("<", AWAY, Lit(2)))), True),
    ],
)
def test_what_can_never_be_is_told(expr, so):
    """Under every line of the parameter."""
    found = clauses_of(Condition(expr, ""), POLICY)

    assert so == all(never(clause, POLICY) for clause in found)
