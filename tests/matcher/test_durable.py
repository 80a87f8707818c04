"""The compiled rules, held to the meaning."""

import json
import threading
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.conditions import NONE, Among, And, Compare, Condition, Lit, Not, Or, Term
from escalate.matcher import MatcherFault, durable, make
from escalate.matcher.plain import Plain
from tests.strategies import conditions, readings

pytestmark = pytest.mark.skipif(not durable.AVAILABLE, reason="durable_rules cannot be imported by this interpreter")

DAYS = Term("measure", "days_away")
SPECIAL = Term("flag", "special_case")


def of(*exprs):
    return tuple(Condition(expr, f"condition {n}") for n, expr in enumerate(exprs))


@settings(max_examples=400, deadline=None)
@given(st.lists(conditions, max_size=4).map(tuple), st.lists(readings, min_size=1, max_size=4))
def test_durable_is_plain(asked, many):
    """Whatever the conditions and the readings, the engine answers as the meaning does, one after another."""
    engine, meaning = make("durable"), Plain()
    for given_readings in many:
        assert meaning.hold(asked, given_readings) == engine.hold(asked, given_readings)


def test_rules_are_plain_data():
    """What the engine is given can be printed: no `not`, no `or`, and an integer of its own for each comparison."""
    asked = of(
        And((Compare(">=", DAYS, Lit(3)), Not(Or((SPECIAL, Compare("==", DAYS, Lit(9))))))),
        Or((Compare("<", Lit(Fraction(1, 10)), DAYS), SPECIAL)),
    )

    assert {
        "c0w0": {
            "all": [{"m": {"$and": [{"$gte": {"a0": 3}}, {"a1": 0}, {"$neq": {"a2": 9}}]}}]
        },
        "c1w0": {"all": [{"m": {"$lt": {"a3": 0}}}]},
        "c1w1": {"all": [{"m": {"a4": 1}}]},
    } == durable.compile_conditions(asked).rules


@pytest.mark.parametrize("days", [2, 3, Fraction(5, 2), Fraction(7, 2), 10**30, -(10**30), "3", True, NONE, None])
@pytest.mark.parametrize("bound", [3, Fraction(5, 2), 2**53, 2**63, 10**40, "3", True, NONE])
@pytest.mark.parametrize("op", ["<", "<=", "==", "!=", ">=", ">"])
def test_edges_of_numbers_and_kinds(days, bound, op):
    """No number is too large or too fine, and no text passes for a number."""
    asked = of(Compare(op, DAYS, Lit(bound)), Not(Compare(op, DAYS, Lit(bound))), Compare(op, Lit(bound), DAYS))

    assert Plain().hold(asked, {"days_away": days}) == make("durable").hold(asked, {"days_away": days})


def test_one_and_true_are_two_literals():
    """Python's `1 == True` reaches no rule."""
    asked = of(Compare("==", DAYS, Lit(1)), Compare("==", DAYS, Lit(True)))

    assert (True, False) == make("durable").hold(asked, {"days_away": 1})
    assert (False, True) == make("durable").hold(asked, {"days_away": True})


def test_wide_conditions():
    """Forty alternatives in each of forty parts are not forty to the fortieth rules."""
    either = [Or(tuple(Compare("==", Term("measure", f"m{k}"), Lit(n)) for n in range(40))) for k in range(40)]
    asked = of(And(tuple(either)), Or(tuple(either)), Among(DAYS, tuple(map(Lit, range(100)))))
    engine = make("durable")
    for k in (3, 40):
        given_readings = {f"m{n}": k for n in range(40)} | {"days_away": 99}
        assert Plain().hold(asked, given_readings) == engine.hold(asked, given_readings)


def bounds(sign, count):
    """That many comparisons, each of a measure of its own."""
    return tuple(Compare(sign, Term("measure", f"m{n}"), Lit(n)) for n in range(count))


@pytest.mark.parametrize(
    ("expr", "rules"),
    [
        (Or(bounds(">=", 32)), 32),
        (Or(bounds(">=", 33)), 1),
        (And((Or(bounds(">=", 4)), Or(bounds("<", 8)))), 32),
        (And((Or(bounds(">=", 3)), Or(bounds("<", 11)))), 1),
        (Not(And(bounds(">=", 32))), 32),
    ],
)
def test_a_condition_with_more_than_32_ways_to_be_true_is_one_rule(expr, rules):
    """So many rules may take one fact."""

    assert rules == len(durable.compile_conditions(of(expr)).rules)


@pytest.mark.parametrize(("parts", "compared"), [(200, 200), (201, 1)])
def test_a_way_with_more_than_200_comparisons_is_one(parts, compared):
    """So many properties may one fact have."""

    assert compared == len(durable.compile_conditions(of(And(bounds(">=", parts)))).atoms)


@pytest.mark.parametrize(
    ("exprs", "groups"),
    [
        ([Or(bounds(">=", 16))] * 2, [2]),
        ([Or(bounds(">=", 16))] * 3, [2, 1]),
        ([Or(bounds(">=", 16)), Or(bounds(">=", 17)), DAYS], [1, 2]),
        ([And(bounds(">=", 100))] * 2, [2]),
        ([And(bounds(">=", 100)), And(bounds(">=", 101)), DAYS], [1, 2]),
        ([And(bounds(">=", 200)), DAYS], [1, 1]),
    ],
)
def test_a_ruleset_has_at_most_32_rules_and_200_comparisons(exprs, groups):
    """Conditions are kept in order, as many in each as it has room for."""

    assert groups == [len(group) for group in durable._grouped(of(*exprs))]


@pytest.mark.parametrize(
    ("bound", "days", "number", "filled"),
    [
        (2**53 - 1, 2**53 - 1, 2**53 - 1, 2**53 - 1),
        (-(2**53) + 1, 5, -(2**53) + 1, 5),
        (5, 2**53 - 1, 5, 2**53 - 1),
        (5, 2**53, 5, 6),
        (5, -(2**53), 5, 4),
        (2**53, 5, 0, -1),
        (-(2**53), 5, 0, 1),
        (2**53, 2**53, 0, 0),
        (5, Fraction(11, 2), 5, 6),
        (Fraction(11, 2), 5, 0, -1),
    ],
)
def test_whole_numbers_below_two_to_the_53rd_are_handed_over_themselves(bound, days, number, filled):
    """All others as the side on which they lie: the engine is wrong about large ones, and rounds fractions."""
    (atom,) = durable.compile_conditions(of(Compare(">=", DAYS, Lit(bound)))).atoms

    assert (number, filled) == (atom.number, durable._filled(atom, {"days_away": days}))


def test_many_conditions():
    """More comparisons than one fact has room for are asked in several."""
    asked = of(*(Compare(">=", Term("measure", f"m{n}"), Lit(n % 7)) for n in range(700)))
    given_readings = {f"m{n}": n % 5 for n in range(700)}

    assert Plain().hold(asked, given_readings) == make("durable").hold(asked, given_readings)


def test_no_conditions():
    """Nothing asked, nothing answered."""

    assert make("durable").hold((), {}) == ()


def test_equal_rules_share_one_ruleset():
    """The engine frees nothing, so a second matcher with an equal policy takes nothing more of it."""
    make("durable").hold(of(Compare(">=", DAYS, Lit(4321))), {})
    before = len(durable._rulesets)
    make("durable").hold(of(Compare(">=", DAYS, Lit(4321))), {})

    assert before == len(durable._rulesets)


def test_the_engine_starts_no_thread():
    """Everything happens in the calling thread; the engine's timers are never made."""
    before = threading.active_count()
    make().hold(of(Compare(">=", DAYS, Lit(3))), {"days_away": 3})

    assert before == threading.active_count()


def test_threads_do_not_mix():
    """Two threads that ask one matcher get their own answers."""
    engine, asked, wrong = make("durable"), of(Compare(">=", DAYS, Lit(3)), SPECIAL), []

    def ask(days):
        for _ in range(2000):
            if engine.hold(asked, {"days_away": days}) != (days >= 3, False):
                wrong.append(days)

    threads = [threading.Thread(target=ask, args=(days,)) for days in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


class Broken:
    """An engine that does one thing wrong."""

    class error(Exception):  # noqa: N801  # as the engine's own module calls it
        pass

    def __init__(self, **wrong):
        self.wrong = wrong

    def answer(self, name, right):
        answer = self.wrong.get(name, right)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def create_ruleset(self, name, definition):
        json.loads(definition)
        return self.answer("create", 1)

    def assert_fact(self, handle, fact):
        json.loads(fact)
        return self.answer("assert", (0, 1))

    def start_action_for_state(self, handle, state):
        return self.answer("start", ("{}", '{"c0w0":{"m":{}}}'))

    def complete_and_start_action(self, handle, state):
        return self.answer("complete", None)

    def retract_fact(self, handle, fact):
        return self.answer("retract", (0, 1))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"create": Broken.error("error code: 202")}, "the engine refused a ruleset: error code: 202"),
        ({"assert": (2, 1)}, "the engine answered 2 to a fact"),
        ({"assert": (-1, 1)}, "the engine answered -1 to a fact"),
        ({"assert": Broken.error("error code: 302")}, "the engine failed: error: error code: 302"),
        ({"assert": None}, "the engine failed: TypeError"),
        ({"start": ("{}", '{"c9w0":{"m":{}}}')}, "the engine fired a rule that does not exist"),
        ({"start": ("{}", "what")}, "the engine fired a rule that does not exist"),
        ({"complete": MemoryError("out of memory")}, "the engine failed: MemoryError: out of memory"),
        ({"retract": (2, 1)}, "the engine answered 2 to a retraction"),
        ({"retract": (-1, 1)}, "the engine answered -1 to a retraction"),
    ],
)
def test_what_the_engine_does_wrong_is_a_fault(monkeypatch, wrong, said):
    """No odd answer of the engine becomes an answer of ours, and the next match begins anew."""
    asked = of(Compare(">=", DAYS, Lit(1234)))
    engine = make("durable")
    monkeypatch.setattr(durable, "_rulesets", {})
    monkeypatch.setattr(durable, "_engine", Broken(**wrong))
    with pytest.raises(MatcherFault, match=said):
        engine.hold(asked, {"days_away": 1234})
    monkeypatch.setattr(durable, "_engine", Broken())

    assert engine.hold(asked, {"days_away": 1234}) == (True,)


def test_a_match_that_was_interrupted(monkeypatch):
    """An interrupt in the middle of a match leaves nothing for the next one."""
    asked = of(Compare(">=", DAYS, Lit(77)))
    engine = make("durable")
    assert engine.hold(asked, {"days_away": 77}) == (True,)
    with monkeypatch.context() as patched:
        patched.setattr(durable.Ruleset, "_rule", lambda self, message: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            engine.hold(asked, {"days_away": 78})

    assert (False,) == engine.hold(asked, {"days_away": 76})
    assert (True,) == engine.hold(asked, {"days_away": 78})
