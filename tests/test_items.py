"""Who acts on an item: holders of a session, of a student, one step up, and who had it before.

School is from Monday 2025-09-01, sessions am (08:00) and pm (14:00), close 17:30; student s1 is of class c1.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.events import Event
from escalate.policy import Actor, Actors, Measure, Role
from escalate.roster import Assignment, Roster, Student
from tests.build import action, count, engine, ladder, marks, outcome, policy, stage

ROLES = {
    "duty": Role("duty", of="session", above="teacher"), "teacher": Role("teacher", of="class", above="principal"), "principal": Role("principal", of="school"), "mentor": Role("mentor", of="student"),
    "student": Role("student", of="student"), "parent": Role("parent", of="student"),
}


def persons(entry: Actor, *held: tuple[str, str, str], measure: Measure | None = None, events: list[Event] | None = None) -> tuple[str, ...]:
    """Who is to make the visit, where these persons hold (role, of)."""
    made = policy(measures={"m": measure or count("A", "school day")}, truancy=ladder(ends="", one=stage("m >= 1", visit="1 day")))
    one = made.ladders["truancy"].stages[0]
    visit = evolve(one.do[0], by=Actors((entry,)))
    rules = evolve(made, roles=ROLES, ladders={"truancy": evolve(made.ladders["truancy"], stages=(evolve(one, do=(visit,)),))})
    roster = Roster((Student("s1", "north", "c1", "7"),), tuple(Assignment(*each) for each in held))
    (item,) = engine(rules, marks("s1", "09-01", "AA") if events is None else events, "09-02", roster=roster).items()
    ((said, found),) = item.persons
    assert f"by {entry.name}" == said
    return found


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("c1/monday/pm", "c1/pm", "c1"), ("c1/monday/pm",)),
        (("c1/pm", "c1"), ("c1/pm",)),
        (("c1/monday/am", "c1/am", "c1/tuesday/pm", "c1"), ("c1",)),
        (("c2/monday/pm",), ()),
    ],
)
def test_the_holder_of_a_session_is_that_of_the_last_that_began(places, expected):
    """On its weekday, on any day, else of the class; a person is named here as what they hold."""

    assert expected == persons(Actor("duty"), *(("duty", place, place) for place in places))


def test_a_session_is_held_from_its_start():
    """The morning's absence is the morning's."""
    held = [("duty", f"c1/{period}", period) for period in ("am", "pm")]

    assert [("am",), ("pm",)] == [persons(Actor("duty"), *held, measure=count("A"), events=marks("s1", "09-01", text)) for text in ("AP", "PA")]


def test_a_role_is_held_for_what_its_level_says():
    """The class, the school, the student."""
    held = [("teacher", "c1", "ann"), ("teacher", "c2", "bob"), ("principal", "north", "eve"), ("mentor", "s1", "max"), ("mentor", "s2", "moe")]

    assert [("ann",), ("eve",), ("max",)] == [persons(Actor(name), *held) for name in ("teacher", "principal", "mentor")]


def test_the_student_and_the_parents_are_nobody_of_the_roster():
    """And no more is a role that the policy does not know."""
    held = [(name, "s1", "ann") for name in ("student", "parent", "stranger")]

    assert [(), (), ()] == [persons(Actor(name), *held) for name in ("student", "parent", "stranger")]


def test_one_step_above_a_role_is_the_role_above_it():
    """Above the highest there is nobody."""
    held = [("teacher", "c1", "ann"), ("principal", "north", "eve")]

    assert [("eve",), ()] == [persons(Actor(name, "above"), *held) for name in ("teacher", "principal")]


def test_one_step_above_the_holder_of_a_session_is_not_that_holder():
    """The chase of a teacher who does not answer goes past the teacher."""
    held = [("duty", "c1/pm", "bob"), ("teacher", "c1", "ann")]

    assert ("ann",) == persons(Actor("duty", "above"), *held)


def test_who_had_an_item_is_who_was_late_with_it():
    """The one that is named, where it is overdue."""
    made = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit=action("1 day", if_overdue={"ask": action("1 day", by="principal")}))))
    one = made.ladders["truancy"].stages[0]
    ask = evolve(one.do[0].if_overdue[0], by=Actors((Actor("visit", "who_had"), Actor("report", "who_had"))))
    stages = (evolve(one, do=(evolve(one.do[0], if_overdue=(ask,)),)),)
    rules = evolve(made, roles=ROLES, ladders={"truancy": evolve(made.ladders["truancy"], stages=stages)})
    roster = Roster((Student("s1", "north", "c1"),), (Assignment("teacher", "c1", "ann"),))

    found = {item.action: item.persons for item in engine(rules, marks("s1", "09-01", "AA"), "09-04", roster=roster).items()}

    assert {"visit": (("by teacher", ("ann",)),), "ask": (("by visit", ("ann",)), ("by report", ()))} == found


@pytest.mark.parametrize(
    ("visited", "expected"), [([], ("ann",)), (outcome("s1", "visit", "09-03 10:00"), ("ann",)), (outcome("s1", "visit", "09-02 10:00"), ())], ids=["overdue", "late", "in-time"],
)
def test_nobody_had_an_item_that_was_never_overdue(visited, expected):
    """It is asked when the item that says so opens."""
    made = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit="1 school day"), two=stage("days_away >= 3", ask=action("1 day", by="principal"))))
    one, two = made.ladders["truancy"].stages
    asked = evolve(two, do=(evolve(two.do[0], about=Actor("visit", "who_had")),))
    rules = evolve(made, roles=ROLES, ladders={"truancy": evolve(made.ladders["truancy"], stages=(one, asked))})
    roster = Roster((Student("s1", "north", "c1"),), (Assignment("teacher", "c1", "ann"),))
    found = {item.action: item.persons for item in engine(rules, [*marks("s1", "09-01", "AA AA AA"), *visited], "09-04", roster=roster).items()}

    assert (("by principal", ()), ("about visit", expected)) == found["ask"]


def test_whom_an_item_is_about_is_resolved_like_who_acts():
    """The homeroom teacher whose conduct the principal looks into."""
    made = policy(truancy=ladder(ends="", one=stage("days_away >= 1", ask=action("1 day", by="principal"))))
    stages = made.ladders["truancy"].stages
    asked = evolve(stages[0], do=(evolve(stages[0].do[0], about=Actor("teacher")),))
    rules = evolve(made, roles=ROLES, ladders={"truancy": evolve(made.ladders["truancy"], stages=(asked,))})
    roster = Roster((Student("s1", "north", "c1", "7"),), (Assignment("principal", "north", "eve"), Assignment("teacher", "c1", "ann")))
    (item,) = engine(rules, marks("s1", "09-01", "AA"), "09-02", roster=roster).items()

    assert item.persons == (("by principal", ("eve",)), ("about teacher", ("ann",)))
