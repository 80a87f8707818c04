"""`assert_lawful` over policies that come with escalate, what it prints, and the spec that it gives to paste."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from escalate import policies
from escalate.events import Mark
from escalate.load import load_policy
from escalate.policy import Policy
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from escalate.spec import parse_spec
from escalate.spec.comparing import verdict
from escalate.testing import assert_lawful, histories, is_monotone, raised
from escalate.testing.broken import Broken, hold
from escalate.testing.counterexample import counterexample
from escalate.testing.lawful import Drawn
from escalate.testing.laws import engine_is_model
from escalate.testing.matters import matters
from escalate.testing.model.seen import World
from escalate.testing.pasting import spec_case
from escalate.testing.playing import decided
from tests.build import action, at, calendar, date, ladder, notice, policy, school, stage

VISITS = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day"), three=stage("days_away >= 3", tell=notice())))
quick = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))


@pytest.mark.parametrize("name", ["CN-SH", "S001-01"])
def test_the_laws_hold_of_policies_that_come_with_escalate(name: str) -> None:
    """`make laws` asks them of every one."""
    assert_lawful(policies.versions(name, adopted=True), examples=3)


def test_the_laws_hold_of_a_small_policy() -> None:
    assert_lawful(VISITS, examples=15)


def test_an_item_that_follows_its_role_is_no_difference_from_the_model() -> None:
    """A generated policy had one: at the first handover the engine moves it to the next holder, and the model reads no persons."""
    rules = policy(truancy=ladder("", lasts="term", one=stage("days_away >= 1", visit=action("1 week", reassign=True))))
    marked = Mark(student="s1", date=date("09-01"), session="am", code="A", known=at("09-01 08:00"))
    roster = Roster((Student("s1", "north", "c1", "7"),), (Assignment("teacher", "c1", "ann", None, date("09-03")), Assignment("teacher", "c1", "bob", date("09-04"))))
    world = World((rules,), calendar(sessions="am 08:00-11:40"), roster, (marked,), at("09-05"))

    assert "moved" in [one.change.what for one in decided(world)]
    engine_is_model(world)


@pytest.mark.parametrize("entry", ["2 * step", "fine", "2 * fine", "fine + fine", "share * 2", "-1 points", "8 / step - 1"])
def test_arithmetic_in_an_entry_is_the_same_in_the_model(entry: str) -> None:
    """A generated policy had `2 * step`: the model read a word in it."""
    rules = load_policy(Source("p.yaml", f"""
policy: p
extends: standard.yaml
timezone: Asia/Shanghai
parameters: {{step: {{value: 2}}, fine: {{value: -20 yuan}}, share: {{value: -2%}}}}
roles: {{teacher: {{of: class}}}}
ladders: {{truancy: {{stages: {{one: {{when: days_away >= 1, do: {{points: {{entry: {entry}, to: teacher}}}}}}}}, lasts: term}}}}
"""))
    marked = Mark(student="s1", date=date("09-01"), session="am", code="A", known=at("09-01 08:00"))
    world = World((rules,), calendar(sessions="am 08:00-11:40"), school("s1"), (marked,), at("09-02"))

    assert "done" in [one.change.what for one in decided(world)]
    engine_is_model(world)


def nobody_is_told(world: World) -> None:
    """Nobody is ever told anything. It guards against nothing, and cannot hold."""
    told = [one for one in decided(world) if one.change.what == "done" and one.record["subject"].endswith("/tell/village")]
    hold(nobody_is_told, not told, world, "somebody was", "truancy.three.tell")


def test_what_does_not_hold_is_told_by_its_shortest_history() -> None:
    """Three days of absence and nothing else: the law, the marks as a teacher reads them, what came, and a spec."""
    with pytest.raises(AssertionError) as found:
        assert_lawful(VISITS, examples=60, laws=[nobody_is_told])

    said = str(found.value)
    assert said.startswith("law broken: nobody_is_told\n  Nobody is ever told anything.")
    assert "when days_away >= 3" in said and "as a spec, to paste:" in said
    marks = next(line for line in said.splitlines() if line.lstrip().startswith("s1: {2025") or line.lstrip().startswith("s2: {2025"))
    assert 3 == marks.count(': "A"') and marks.count(': "') <= 5


def test_what_a_law_raises_is_told_as_one_that_is_broken() -> None:
    """Never a traceback of the kit."""
    def fails(world: World) -> None:
        """It fails."""
        raise ZeroDivisionError("of nothing")

    with pytest.raises(AssertionError, match="it raised ZeroDivisionError: of nothing"):
        assert_lawful(VISITS, examples=1, laws=[fails])


S002 = policies.versions("S002-02", adopted=True)


@quick
@given(histories(S002).map(Drawn))
def test_the_spec_to_paste_plays_what_happened(drawn: Drawn) -> None:
    """It passes as it stands, also where rows of the roster and holders of roles change; it says so where it fails since an event is odd."""
    text = f"policy: adopted.yaml\n{spec_case(drawn.world, 'a history')}\n"
    cases, problems = parse_spec(Source("policies/S002-02/pasted.spec.yaml", text))

    assert () == problems
    found = [verdict(case) for case in cases]
    assert [((), ())] == [(one.missing, one.unexpected) for one in found]
    assert found[0].passed or "# it fails, since" in text


def test_what_is_known_after_the_end_is_not_pasted() -> None:
    """A correction that came at the midnight after: a spec refuses what it does not play."""
    marks = [Mark(student="s1", date=date("09-01"), session="am", code="A", known=when, seq=n) for n, when in enumerate((at("09-01 08:00"), at("09-02 00:00")))]
    text = spec_case(World((VISITS,), calendar(sessions="am 08:00-11:40"), school("s1"), tuple(marks), at("09-02 00:00") - 1), "a history")

    assert "2025-09-02" not in text.partition("until:")[2].partition("expect:")[0] and 's1: {2025-09-01: "A"}' in text


def test_what_matters_is_around_each_threshold() -> None:
    """N-1, N and N+1 of each, codes of each meaning, and what may be done."""
    found = matters((VISITS,))

    assert (1, 2, 3, 4) == found.lengths
    assert {"P", "A", "S", "L", "-"} <= set(found.codes) and found.codes[0] == "P"
    assert ["visit"] == [one.name for one in found.outcomes]


def raised_condition(rules: Policy) -> str:
    return rules.ladders["truancy"].stages[1].when.text


def test_a_raised_threshold_and_which_stages_are_monotone() -> None:
    """Absence without leave alone brings them nearer."""
    assert "days_away >= 3 (raised by 1)" == raised_condition(raised(VISITS, "three"))
    assert is_monotone(VISITS) and not is_monotone(policy(truancy=ladder(one=stage("days_away >= 1 and not special", visit="1 school day"))))


def test_a_broken_law_says_what_it_guards_against() -> None:
    world = World((VISITS,), None, None, ())  # type: ignore[arg-type]  # nothing is played

    with pytest.raises(Broken) as found:
        hold(nobody_is_told, False, world, "somebody was")

    assert "nobody_is_told: somebody was" == str(found.value)
    assert "It guards against nothing, and cannot hold." in found.value.says
    assert counterexample(found.value).startswith("law broken: nobody_is_told")
