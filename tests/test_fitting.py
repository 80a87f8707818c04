"""Names that would stand for two things are refused before anything is decided."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from escalate.engine import Engine
from escalate.fitting import unreached
from escalate.readers.roster import parse_roster
from escalate.roster import Assignment, Roster
from escalate.source import Refused, Source
from tests.groups_world import CALENDAR, policy, roster, students

Date = datetime.date
RETURN = "duties: {d: {every: month, each: %s, do: {a: {by: principal, due: 1 week}}}}"
NORTH, SOUTH = students("s1"), students("s2", school="south")


def refused(text: str, *rows, held=()) -> str:
    """What an engine that is not made says."""
    with pytest.raises(Refused) as found:
        Engine(policy(text), CALENDAR, Roster(rows, tuple(held)))
    return str(found.value)


def test_a_class_of_which_something_is_asked_is_one_schools():
    said = refused(RETURN % "class", *NORTH, *SOUTH)

    assert "class `7.1` is one of the schools `north` and `south`" in said
    assert "write `north 7.1` in the roster, the assignments and the events" in said


def test_a_row_without_its_school_is_told_as_that():
    """Guards against a class of two schools, of which one has no name: ` 7.1` would be written for it."""
    text = "student,school,class,grade\ns1,north,7.1,7\ns2,,7.1,7\n"
    found, _ = parse_roster(Source("roster.csv", text))
    with pytest.raises(Refused) as refused:
        Engine(policy(RETURN % "class"), CALENDAR, found)
    [problem] = refused.value.problems

    assert (problem.span.line, problem.help) == (3, "write `north`")


def test_a_class_for_which_a_role_is_held_is_one_schools():
    """Its teacher would be told of the other school's children; without a teacher nobody is."""
    assert "class `7.1`" in refused("", *NORTH, *SOUTH, held=[Assignment("teacher", "7.1", "t1")])
    Engine(policy(""), CALENDAR, Roster((*NORTH, *SOUTH), (Assignment("principal", "north", "p1"),)))


def test_of_a_grade_the_help_is_another():
    """Grades are numbers, and cannot be called otherwise."""
    assert "run each school by itself" in refused(RETURN % "grade", *NORTH, *students("s2", school="south", class_="8.1"))


def test_who_moves_to_a_class_of_the_same_name_takes_it_along():
    """On no date has the name two schools."""
    moved = (evolve(NORTH[0], end=Date(2025, 9, 30)), evolve(NORTH[0], school="south", start=Date(2025, 10, 1)))

    Engine(policy(RETURN % "class"), CALENDAR, Roster(moved))
    assert "class `7.1`" in refused(RETURN % "class", *moved, *students("s3"))


def test_one_school_with_several_classes_is_let_through():
    Engine(policy(RETURN % "class"), CALENDAR, roster())


def test_what_asks_nobody_is_told():
    """The roster has no villages, so no village is asked, by role or by name; of classes it has one."""
    text = "duties: {d: {every: month, each: village, do: {a: {by: clerk, due: 1 week}}}, e: {every: month, each: clerk, do: {a: {by: clerk, due: 1 week}}}}"
    found = list(unreached([policy(f"{text}\ntargets: {{r: {{each: class, count: dropped_out, among: anyone, base: intake, check: term end}}}}")], roster(*students("s1", village=""))))

    assert [problem.message.split(",")[0] for problem in found] == ["duty `d` is for each village", "duty `e` is for each clerk"]
    assert all(problem.warning and problem.span is not None and "village" in problem.help for problem in found)
    assert [] == list(unreached([policy(text)], roster(*students("s1"))))
