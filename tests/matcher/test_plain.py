"""What conditions mean: Kleene's three values over exact numbers."""

import datetime
import importlib.util
from fractions import Fraction

import pytest
from hypothesis import given

from escalate.conditions import NONE, Among, And, Arith, Compare, Condition, Lit, Not, Or, Term
from escalate.matcher import MatcherFault, make
from escalate.matcher.both import Both
from escalate.matcher.plain import Plain, holds, value
from tests.strategies import expressions, readings

X = Term("measure", "x")
T, F, U = Lit(True), Lit(False), Lit(None)
DAY = datetime.date(2025, 9, 1)


@pytest.mark.parametrize(
    ("op", "left", "right", "meant"),
    [
        (">=", 3, 3, True),
        ("<", Fraction(1, 3), Fraction(33333333333333333, 10**17), False),
        (">", Fraction(1, 10**30), 0, True),
        ("==", Fraction(6, 2), 3, True),
        ("==", 10**400, 10**400 + 1, False),
        ("==", "a", "a", True),
        ("!=", "a", "b", True),
        ("<", "a", "b", None),
        ("<=", DAY, DAY, True),
        ("==", True, True, True),
        (">=", True, False, None),
        ("==", True, 1, None),
        ("!=", 3, "3", None),
        ("==", DAY, "2025-09-01", None),
        ("==", NONE, NONE, True),
        ("!=", NONE, "returned", True),
        ("==", "returned", NONE, False),
        ("==", NONE, 0, False),
        (">=", NONE, 0, None),
        ("==", None, NONE, None),
        ("!=", None, "returned", None),
    ],
)
def test_comparisons(op, left, right, meant):
    """Only values of one kind are compared; `none` equals only itself; no value makes no answer."""

    assert meant is holds(Compare(op, X, Lit(right)), {"x": left})


@pytest.mark.parametrize(
    ("expr", "meant"),
    [
        (And((T, U)), None),
        (And((F, U)), False),
        (And((T, T)), True),
        (And(()), True),
        (Or((F, U)), None),
        (Or((T, U)), True),
        (Or((F, F)), False),
        (Or(()), False),
        (Not(U), None),
        (Not(T), False),
        (Not(F), True),
        (Lit(3), None),
        (Lit("true"), None),
    ],
)
def test_kleene(expr, meant):
    """Unknown stays unknown unless the other part decides."""

    assert meant is holds(expr, {})


@pytest.mark.parametrize(
    ("left", "items", "meant"),
    [
        ("a", ("a", "b"), True),
        ("c", ("a", "b"), False),
        ("c", ("a", None), None),
        ("a", (None, "a"), True),
        (NONE, ("a",), False),
        (NONE, ("a", NONE), True),
        (None, ("a",), None),
        (3, ("a",), None),
        ("a", (), False),
    ],
)
def test_among(left, items, meant):
    """`in` is `==` with any of them; `not in` is its opposite."""

    expr = Among(X, tuple(map(Lit, items)))

    assert meant is holds(expr, {"x": left})
    assert {True: False, False: True, None: None}[meant] is holds(Among(X, expr.items, negated=True), {"x": left})


def test_arithmetic_is_exact():
    """A third of a day three times is a day, and dividing by zero has no value."""

    assert Fraction(1, 3) == value(Arith("/", X, Lit(3)), {"x": 1})
    assert value(Arith("*", Arith("/", X, Lit(3)), Lit(3)), {"x": 1}) == 1
    assert value(Arith("/", X, Arith("-", X, X)), {"x": 1}) is None
    assert value(Arith("+", X, Lit("1")), {"x": 1}) is None
    assert value(Arith("+", X, Lit(True)), {"x": 1}) is None


def test_what_has_no_reading_is_unknown():
    """Neither a comparison nor its opposite is true of what was not read."""

    seen = Condition(Compare(">=", X, Lit(3)), "x >= 3"), Condition(Not(Compare(">=", X, Lit(3))), "not x >= 3")

    assert (False, False) == Plain().hold(seen, {})


@given(expressions, readings)
def test_the_meaning_is_total(expr, given_readings):
    """Every expression over every reading is true, false or unknown, and `not` keeps unknown."""
    meant = holds(expr, given_readings)

    assert meant in (True, False, None)
    assert {True: False, False: True, None: None}[meant] is holds(Not(expr), given_readings)


def test_make_knows_its_names():
    """A matcher is chosen by name, and an unknown name is refused."""

    assert make("plain").name == "plain"
    with pytest.raises(ValueError, match="no matcher is called 'fast'; there are plain, durable, both"):
        make("fast")


def test_the_engine_is_asked_where_it_can_be_imported():
    """Else the meaning itself."""

    assert ("durable" if importlib.util.find_spec("durable_rules_engine") else "plain") == make().name


def test_both_stops_on_a_difference():
    """Two matchers that differ are our fault, said with the condition."""

    class Liar:
        name = "liar"

        def hold(self, conditions, readings):
            return tuple(True for _ in conditions)

    with pytest.raises(MatcherFault, match="the matchers differ: `false`: False by plain, True by liar"):
        Both(Plain(), Liar()).hold((Condition(F, "false"),), {})
