"""Who acts on an item: holders of a session, of a student, one step up, and who had it before.

School is from Monday 2025-09-01, sessions am (08:00) and pm (14:00), close 17:30; student s1 is of class c1.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.events import Event
from escalate.load import load_policy
from escalate.policy import Actor, Actors, Measure, Policy, Role
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from tests.build import action, count, date, engine, ladder, late, marks, outcome, policy, stage

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
    assert f"by {entry.key}" == said
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


def test_the_role_and_the_one_above_it_are_told_apart():
    """Both answer for one item, each under a name of its own."""
    rules = load_policy(Source("p.yaml", ASKED.replace("VISIT", "optional: true").replace("CALL", "to: [ht, {above: ht}]").replace("by: ht", "by: [ht, {above: ht}]")), for_evaluation=True)
    (call,) = (item for item in engine(rules, marks("s1", "09-01", "AA"), "09-02", roster=PAIR).items() if item.action == "call")

    assert (("by ht", ("ann",)), ("by above ht", ("eve",)), ("to ht", ("ann",)), ("to above ht", ("eve",))) == call.persons


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

    assert {"visit": (("by teacher", ("ann",)),), "ask": (("by who_had visit", ("ann",)), ("by who_had report", ()))} == found


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

    assert (("by principal", ()), ("about who_had visit", expected)) == found["ask"]


ASKED = """\
policy: p
extends: standard.yaml
roles:
  pr: {of: school}
  ht: {of: class, above: pr}
ladders:
  truancy:
    stages:
      one:
        when: days_away >= 1
        do:
          visit: {by: {each: [pr, ht]}, due: 1 day, keep: true, VISIT}
          call: {by: ht, due: 1 day, CALL}
      two: {when: late(visit) and days_away >= 3, do: {look: {by: {who_had: visit}, due: 1 day}}}
    ends: {when: days_back >= 1}
"""
PAIR = Roster((Student("s1", "north", "c1"),), (Assignment("pr", "north", "eve"), Assignment("ht", "c1", "ann")))


def asked(visit: str = "optional: false", call: str = "optional: true", roster: Roster = PAIR, until: str = "09-06", events: str = "AA AA AA") -> dict[str, tuple[str, ...]]:
    """Who was asked, by the item's id without its stage, and by what it is."""
    rules = load_policy(Source("p.yaml", ASKED.replace("VISIT", visit).replace("CALL", call)), for_evaluation=True)
    items = engine(rules, marks("s1", "09-01", events), until, roster=roster).items()
    return {item.id.split("/", 6)[6]: found for item in items if item.action in ("why", "tell", "look") for who, found in item.persons if who == "by who_had visit"}


def test_who_had_an_item_below_it_is_who_had_that_one():
    """Both fell overdue at one instant, and each is asked about their own, however far below."""
    found = asked("if_overdue: {why: {by: {who_had: visit}, due: 1 day, if_overdue: {tell: {by: {who_had: visit}, due: 9 days}}}}", events="AA")

    assert {
        "visit/pr/eve/overdue/why/visit": ("eve",), "visit/pr/eve/overdue/why/visit/overdue/tell/visit": ("eve",),
        "visit/ht/ann/overdue/why/visit": ("ann",), "visit/ht/ann/overdue/why/visit/overdue/tell/visit": ("ann",),
    } == found


def test_who_had_items_that_fell_overdue_together_are_all_who_had_one():
    """Each person once, in the order of the items' ids; also one that is looked at after who asks."""
    both = Roster(PAIR.students, (Assignment("pr", "north", "eve"), Assignment("ht", "c1", "eve"), Assignment("ht", "c1", "ann")))

    assert {"look/visit": ("ann", "eve")} == asked()
    assert {"look/visit": ("ann", "eve")} == asked(roster=both)
    assert {"call/ht/overdue/why/visit": ("ann", "eve")} == asked(call="if_overdue: {why: {by: {who_had: visit}, due: 9 days}}", until="09-03", events="AA AA")


def test_whom_an_item_is_about_is_resolved_like_who_acts():
    """The homeroom teacher whose conduct the principal looks into."""
    made = policy(truancy=ladder(ends="", one=stage("days_away >= 1", ask=action("1 day", by="principal"))))
    stages = made.ladders["truancy"].stages
    asked = evolve(stages[0], do=(evolve(stages[0].do[0], about=Actor("teacher")),))
    rules = evolve(made, roles=ROLES, ladders={"truancy": evolve(made.ladders["truancy"], stages=(asked,))})
    roster = Roster((Student("s1", "north", "c1", "7"),), (Assignment("principal", "north", "eve"), Assignment("teacher", "c1", "ann")))
    (item,) = engine(rules, marks("s1", "09-01", "AA"), "09-02", roster=roster).items()

    assert item.persons == (("by principal", ("eve",)), ("about teacher", ("ann",)))


# --- over time ------------------------------------------------------------------------------------------

WRITTEN = """\
policy: p
extends: standard.yaml
in_force: {{{force}}}
roles:
  {role}: {{title: T, of: {level}}}
ladders:
  truancy:
    stages:
      one: {{when: missed_today >= 1}}
      two: {{when: days_away >= {n}, do: {{visit: {{by: {by}, due: 3 days, keep: true{more}}}}}}}
    ends: {{when: days_back >= 1}}
"""


def written(force: str = "from: 2025-09-01", role: str = "t", level: str = "class", n: int = 1, by: str = "t", more: str = "") -> Policy:
    return load_policy(Source("p.yaml", WRITTEN.format(force=force, role=role, level=level, n=n, by=by, more=more)), for_evaluation=True)


def held(*rows: tuple[str, str, str, str, str]) -> Roster:
    """Who holds (role, of, person) from and to which dates."""
    students = (Student("s1", "north", "c1", "7", fields={"village": "v1"}),)
    return Roster(students, tuple(Assignment(role, of, person, date(start) if start else None, date(end) if end else None) for role, of, person, start, end in rows))


@pytest.mark.parametrize(("new", "persons"), [(written("from: 2025-09-03", role="t2", by="t2"), ("ann",)), (written("from: 2025-09-03", level="village"), ("ann",))])
def test_a_case_finds_its_people_by_the_roles_of_its_own_version(new, persons):
    """The newer one names the role otherwise, or holds it for villages."""
    for by in ("t", "{each: t}"):
        old = written("from: 2025-09-01, to: 2025-09-02", n=3, by=by)
        roster = held(("t", "c1", "ann", "", ""), ("t", "v1", "vil", "", ""), ("t2", "c1", "bob", "", ""))
        (item,) = engine([old, new], marks("s1", "09-01", "AA AA AA"), "09-04", roster=roster).items()
        assert (("by t", persons),) == item.persons


def test_who_had_what_each_made_has_it_under_another_number_of_the_case():
    """Ann was asked; that the case turns out to be the first one, and cat has the class now, asks nobody anew."""
    roster = held(("t", "c1", "ann", "", "09-04"), ("t", "c1", "cat", "09-05", ""))
    events = marks("s1", "09-01", "A- __ PP") + late("s1", "09-04", "AA", "09-04 15:00") + late("s1", "09-03", "--", "09-05 09:00")
    (item,) = engine(written(by="{each: t}"), events, "09-06", roster=roster).items()

    assert ("p/s1/truancy/1/two/1/visit/t/ann", "2025-09-07", (("by t", ("ann",)),)) == (item.id, item.due, item.persons)
    assert item.replaces == "p/s1/truancy/2/two/1/visit/t/ann"


def test_who_had_an_item_is_who_held_it_when_it_fell_due_though_it_was_handed_on():
    """It was overdue in cat's hands; dan came later."""
    more = ", reassign: true, if_overdue: {ask: {by: {who_had: visit}, reassign: true, due: 9 days}}"
    roster = held(("t", "c1", "ann", "", "09-03"), ("t", "c1", "cat", "09-04", "09-04"), ("t", "c1", "dan", "09-05", ""))
    found = engine(written(by="t", more=more), marks("s1", "09-01", "AA"), "09-08", roster=roster)

    assert {"visit": ("dan",), "ask": ("cat",)} == {item.action: item.persons[0][1] for item in found.items()}
