"""A matcher that notes what conditions came to, and which parts decided."""

import pytest

from escalate.conditions import And, Compare, Condition, Lit, Not, Or, Term
from escalate.matcher import make
from escalate.matcher.noting import WHOLE, Noting, parts_of
from escalate.matcher.plain import Plain

A, B, C = (Term("flag", name) for name in "abc")
AT_LEAST = Compare(">=", Term("measure", "days"), Lit(3))


def noted(expr, *readings):
    """What was noted of a condition on some readings of its flags."""
    condition, matcher = Condition(expr, "it"), Noting(Plain())
    for values in readings:
        matcher.hold((condition,), dict(zip(("a", "b", "c"), values, strict=False)))
    return matcher.noted[id(condition)].seen


def test_it_answers_what_the_other_answers():
    """And the engine's default matcher is noted as well."""
    asked = (Condition(AT_LEAST, "days >= 3"), Condition(Not(AT_LEAST), "not"))
    matcher = Noting(make())

    assert [(True, False), (False, True), (False, False)] == [matcher.hold(asked, {"days": days}) for days in (3, 2, None)]
    assert [{(WHOLE, True), (WHOLE, False)}] * 2 == [matcher.noted[id(one)].seen for one in asked]


@pytest.mark.parametrize(
    ("expr", "reading", "parts"),
    [
        (And((A, B)), (True, True), {(0, True), (1, True)}),
        (And((A, B)), (False, True), {(0, False)}),
        (And((A, B)), (None, True), {(0, False)}),
        (And((A, B)), (False, False), set()),
        (Or((A, B)), (False, True), {(1, True)}),
        (Or((A, B)), (True, True), set()),
        (Or((A, B)), (False, False), {(0, False), (1, False)}),
        (And((A, Not(B))), (True, False), {(0, True), (1, True)}),
        (And((A, Not(B))), (True, True), {(1, False)}),
        # What lies deeper decides only where that which holds it does.
        (And((A, Or((B, C)))), (True, False, True), {(0, True), (2, True)}),
        (And((A, Or((B, C)))), (False, False, True), {(0, False)}),
        (Not(And((A, B))), (True, False), {(1, True)}),
    ],
)
def test_a_part_decides_where_the_answer_would_be_another_without_it(expr, reading, parts):
    """By hand, with what the condition came to."""
    assert parts == {one for one in noted(expr, reading) if one[0] != WHOLE}


def test_what_was_noted_stays():
    """One reading after the other."""
    assert {(WHOLE, True), (WHOLE, False), (0, True), (0, False), (1, True)} == noted(And((A, B)), (True, True), (False, True), (False, False))


def test_what_has_parts():
    """One piece has none, also below a `not`; what is always so is none."""
    assert [(), (), (), 2] == [parts_of(AT_LEAST), parts_of(Not(A)), parts_of(And((A, Lit(True)))), len(parts_of(Or((A, AT_LEAST))))]
    assert [False, True, False] == [part.denied for part in parts_of(And((A, Not(Or((B,))), Not(Not(C)))))]
