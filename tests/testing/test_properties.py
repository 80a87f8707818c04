"""`@timeline_property`: what it says where a property does not hold, fails by itself, names what nobody knows, or had nothing to judge."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable

import pytest
from attrs import evolve

from escalate.load import load_policy
from escalate.policy import Policy
from escalate.source import Source
from escalate.spec import parse_spec
from escalate.spec.comparing import verdict
from escalate.testing import Timeline, UnknownName, is_monotone, raised, timeline_property
from escalate.testing.counterexample import drawing, policy_lines
from escalate.testing.model.seen import World
from escalate.testing.pasting import outcome_of, spec_case
from escalate.testing.properties import NeverAnswered
from tests.build import CAL, ROSTER, action, at, ladder, marks, notice, policy, stage
from tests.testing.faults import POLICY

RULES = load_policy(POLICY)
AWAY = World((RULES,), CAL, ROSTER, tuple(marks("s1", "09-01", "AA AA AA PP")), at("09-05 17:30"))
CHILD = Timeline(AWAY, "s1")


def said(holds: Callable[[Timeline], object], given: Policy = RULES, examples: int = 15) -> str:
    """What is printed of a property that does not hold."""
    with pytest.raises(AssertionError) as found:
        timeline_property(given, examples=examples)(holds)()
    return str(found.value)


@pytest.mark.parametrize(
    ("ask", "help"),
    [
        (lambda child: child.asked("hoomroom_teacher"), "no role of the policy is called `hoomroom_teacher`: did you mean `homeroom_teacher`?"),
        (lambda child: child.told("nobody"), "no role of the policy is called `nobody`: there are homeroom_teacher, principal, village_committee"),
        (lambda child: child.holders("principle", datetime.date(2025, 9, 1)), "did you mean `principal`?"),
        (lambda child: child.asked("principal", "home_visits"), "no action of the policy is called `home_visits`: did you mean `home_visit`?"),
        (lambda child: child.done("nope"), "no action of the policy is called `nope`"),
        (lambda child: child.overdue("nope"), "no action of the policy is called `nope`"),
        (lambda child: child.first("one_dya"), "no stage of the policy is called `one_dya`: did you mean `one_day`?"),
    ],
)  # fmt: skip
def test_a_name_that_no_policy_writes_is_no_answer(ask: Callable[[Timeline], object], help: str) -> None:
    """Misspelt, `assert not child.asked("hoomroom_teacher")` would hold for ever."""
    with pytest.raises(UnknownName, match=help.replace("?", r"\?")):
        ask(CHILD)
    with pytest.raises(UnknownName):
        timeline_property(RULES, examples=3)(ask)()


def test_names_are_keys_paths_and_titles() -> None:
    assert CHILD.asked("Homeroom teacher") == CHILD.asked("homeroom_teacher") != ()
    assert CHILD.asked(name="Home visit") == CHILD.asked(name="home_visit") == CHILD.asked(name="truancy.one_day.home_visit") != ()
    assert datetime.date(2025, 9, 1) == CHILD.first("one_day") == CHILD.first("truancy.one_day")
    assert () == CHILD.asked("parent")  # whom every policy has


def test_a_policy_that_nobody_knows_is_said_to_be_one() -> None:
    with pytest.raises(UnknownName, match=r"no policy called `S00202` comes with escalate, and there is no such file: did you mean `S002-02`\?"):
        timeline_property("S00202", examples=1)(bool)()


def test_what_was_asked_for_and_never_came_is_warned_of() -> None:
    """A property of what never happens holds whatever the policy says."""
    def never(child: Timeline) -> None:
        for told in child.told("parent"):
            assert not told

    with pytest.warns(NeverAnswered, match=r"never held, but nothing ever came of told\('parent'\) in 10 histories") as found:
        timeline_property(RULES, examples=10)(never)()
    assert (__file__, never.__code__.co_firstlineno) == (found[0].filename, found[0].lineno)


def test_what_had_something_to_judge_is_not_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        timeline_property(RULES, examples=15)(lambda child: len(child.asked("homeroom_teacher")) < 100)()


@pytest.mark.parametrize("answer", [False, 0, (), ""])
def test_whatever_is_false_does_not_hold(answer: object) -> None:
    assert f"what was seen: s1: it is {answer!r}" in said(lambda child: answer, examples=1)


def test_a_bare_assert_is_told_by_its_line() -> None:
    def bare(child: Timeline) -> None:
        assert not child.asked("homeroom_teacher")

    assert "what was seen: s1: test_properties.py:" in (text := said(bare)) and ': assert not child.asked("homeroom_teacher")\n' in text
    assert "Item(" not in text and text.startswith("property broken: bare\n  what was seen")


def test_the_message_of_an_assert_goes_first() -> None:
    def with_message(child: Timeline) -> None:
        assert not child.items, f"{len(child.items)} items"

    assert "what was seen: s1: 3 items\n    test_properties.py:" in said(with_message).replace("2 items", "3 items")


def test_a_fault_of_the_property_is_told_with_its_line_and_traceback() -> None:
    def helped(child: Timeline) -> int:
        return child.first("one_day") + 1  # type: ignore[operator]  # the fault

    with pytest.raises(AssertionError, match=r"s1: it raised TypeError: unsupported operand .*\n    test_properties.py:\d+: return child.first") as found:
        timeline_property(RULES, examples=5)(helped)()
    assert isinstance(found.value.__cause__, TypeError)


def test_what_items_come_to_and_what_becomes_of_cases_is_shown_and_pasted() -> None:
    """A property about cancelled items was refuted by what the counterexample did not show."""
    ended = [one.line for one in outcome_of(AWAY).unexpected]
    text = spec_case(AWAY, "away")

    assert any("cancelled: " in line for line in ended) and any(line.startswith("- {ended: truancy") for line in ended)
    assert all(line in text for line in ended)
    assert any("came  {ended: truancy" in line for line in drawing(AWAY))
    cases, problems = parse_spec(Source(str(POLICY.parent / "away.spec.yaml"), f"policy: {POLICY.name}\n{text}\n"))
    assert () == problems and verdict(cases[0]).passed


def test_the_spec_to_paste_names_its_policy() -> None:
    assert f'as a spec, to paste:\n  policy: "{POLICY}"\n  cases:' in said(lambda child: False, examples=1)


def test_the_policys_lines_stand_in_the_order_of_the_text() -> None:
    found = policy_lines([RULES], [item.path for item in reversed(CHILD.items)])
    lines = [int(line.rpartition(": `")[0].rpartition(":")[2]) for line in found]

    assert lines == sorted(lines) and len(lines) > 3


# --- a higher threshold -------------------------------------------------------------------------------


def visiting(days: int, reach: str) -> Policy:
    """A visit where so many days are reached, the number a parameter."""
    return load_policy(Source("p.yaml", f"""
policy: p
extends: standard.yaml
timezone: Asia/Shanghai
parameters: {{visit_days: {{value: {days}}}}}
roles: {{teacher: {{of: class}}}}
ladders: {{truancy: {{stages: {{visit: {{when: days_away >= {reach}, do: {{go: {{by: teacher, due: 1 school day}}}}}}}}, lasts: term}}}}
"""))


def test_a_threshold_that_is_a_parameter_is_raised_too() -> None:
    rules = visiting(2, "visit_days")
    world = evolve(AWAY, policies=(rules,))
    stricter = raised(rules, "visit")

    assert datetime.date(2025, 9, 2) == Timeline(world, "s1").first("visit")
    assert datetime.date(2025, 9, 3) == Timeline(world, "s1").under(stricter).first("visit")
    assert stricter.digest != rules.digest and is_monotone(stricter, "visit") == is_monotone(rules, "visit")


def test_what_is_monotone_can_be_raised() -> None:
    """Arithmetic on a parameter was called fixed, and could not be raised."""
    rules = visiting(1, "visit_days + 1")
    world = evolve(AWAY, policies=(rules,))

    assert is_monotone(rules, "visit")
    assert datetime.date(2025, 9, 2) == Timeline(world, "s1").first("visit")
    assert datetime.date(2025, 9, 3) == Timeline(world, "s1").under(raised(rules, "visit")).first("visit")


def test_what_cannot_be_raised_is_refused() -> None:
    """Compared with itself a policy is never stricter."""
    flagged = policy(truancy=ladder("", lasts="term", one=stage("days_away < 3", visit=action("1 week"), tell=notice())))

    with pytest.raises(ValueError, match="has no number to be reached"):
        raised(flagged, "one")
    for ask in (raised, is_monotone):
        with pytest.raises(UnknownName):
            ask(RULES, "nope")
