"""The versions of one policy: which is in force, in what order ladders are judged, and what is refused."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from escalate.family import Family, families
from escalate.policy import Parameter, actions
from escalate.source import Refused
from tests.build import action, date, ladder, policy, stage

ONE = {"truancy": ladder(one=stage("days_away >= 1"))}


def test_at_most_one_version_is_in_force_on_a_date():
    """From its start to its end, both counted; in a gap none is."""
    new, old = policy(start="09-10", **ONE), policy(start="09-01", end="09-05", **ONE)
    family = Family([new, old])
    whens = ("08-31", "09-01", "09-05", "09-06", "09-09", "09-10", "12-31")

    assert [None, old, old, None, None, new, new] == [version and version.policy for version in (family.at(date(day)) for day in whens)]
    assert (old, new) == tuple(version.policy for version in family.versions)
    assert (date("09-01").toordinal(), date("09-10").toordinal()) == family.starts


def test_the_close_of_a_date_is_that_of_the_version_in_force_or_the_nearest():
    """Of the last that had begun; before them all of the first."""
    family = Family([policy(start="09-01", end="09-05", closes="17:00", **ONE), policy(start="09-10", closes="18:00", **ONE)])

    assert [17, 17, 17, 17, 18] == [family.closes(date(day)).hour for day in ("08-31", "09-01", "09-05", "09-09", "09-10")]
    assert datetime.time(17, 30) == Family([policy(end="09-05", **ONE)]).closes(date("09-06"))


def test_a_ladder_is_judged_after_those_whose_cases_it_reads():
    """Else in the order in which they are declared; a ladder may read its own."""
    found = policy(
        a=ladder(one=stage("open_case(c)")), b=ladder(one=stage("days_away >= 1 and not open_case(b)")), c=ladder(where="not open_case(d)", one=stage("days_away >= 1")), d=ladder(one=stage("days_away >= 1")),
    )

    assert ("b", "d", "c", "a") == Family([found]).ladders


def test_an_end_may_read_other_ladders_too():
    """It stands after them."""
    found = policy(a=ladder(ends="not open_case(b)", one=stage("days_away >= 1")), b=ladder(one=stage("days_away >= 1")))

    assert ("b", "a") == Family([found]).ladders


def test_ladders_that_read_each_other_are_refused():
    """Those that can be judged are not named."""
    found = policy(a=ladder(one=stage("open_case(b)")), b=ladder(one=stage("open_case(a)")), c=ladder(one=stage("days_away >= 1")))
    with pytest.raises(Refused, match="ladders read each other's open cases: `a`, `b` ") as caught:
        Family([found])

    assert ["open-case-cycle"] == [problem.kind for problem in caught.value.problems]


def test_a_family_is_quiet_where_all_its_ladders_are():
    """In every version."""
    still, loud = policy(start="09-01", end="09-05", **ONE), policy(start="09-06", truancy=ladder(one=stage("days_away >= 0")))

    assert [True, False] == [Family(versions).quiet for versions in ([still], [still, loud])]


@pytest.mark.parametrize(("when", "again", "close", "session"), [
    ("dropped_out", "", False, False), ("dropped_out", "each crossing", False, False), ("dropped_out", "each week", True, False),
    ("dropped_out", "every 5 school days", True, False), ("special", "", True, False), ("missed_today >= 1", "", True, True),
])
def test_a_stage_that_comes_again_by_time_is_judged_at_closes(when, again, close, session):
    """`again` adds them to the clocks of its condition, and so does a flag (J16)."""
    family = Family([policy(a=ladder(one=stage(when, again=again)))])
    (plan,) = family.versions[0].ladders["a"].stages

    assert (close, session, session) == (plan.when.clocks.close, plan.when.clocks.session, "a" in family.opens_at_marks)


def test_policies_are_grouped_by_name():
    """In the order given."""
    found = families([policy(name="b", end="09-05", **ONE), policy(name="a", **ONE), policy(name="b", start="09-06", **ONE)])

    assert [("b", 2), ("a", 1)] == [(name, len(family.versions)) for name, family in found.items()]


def test_what_cannot_be_evaluated_is_refused_all_at_once():
    """Parameters without a value, with their clause where there is one."""
    found = evolve(
        policy(**ONE), parameters={"limit": Parameter("limit", (), required=True, cites=("art. 3",)), "days": Parameter("days", (), required=True), "free": Parameter("free", ())},
    )
    with pytest.raises(Refused) as caught:
        families([policy(name="other", **ONE), found])

    assert [
        ("unset-parameter", "parameter `limit` (art. 3) has no value"),
        ("unset-parameter", "parameter `days` has no value"),
    ] == [(problem.kind, problem.message) for problem in caught.value.problems]
    assert "`set: {limit: ...}`" in caught.value.problems[0].help


def test_a_required_parameter_with_a_value_is_not_refused():
    """The adopter has set it."""
    made = policy(parameters={"limit": 3}, **ONE)
    found = families([evolve(made, parameters={"limit": evolve(made.parameters["limit"], required=True)})])

    assert ["p"] == list(found)


def test_an_action_is_listed_with_all_that_is_chained_to_it():
    """What follows, what each result brings, what comes when it is overdue."""
    made = policy(a=ladder(one=stage("days_away >= 1", visit=action("1 day", then={"report": action(then={"file": action()})}, if_outcome={"met": {"call": action()}}, if_overdue={"ask": action()}), last="1 day")))

    assert ["visit", "report", "file", "call", "ask", "last"] == [one.name for one in actions(made)]
