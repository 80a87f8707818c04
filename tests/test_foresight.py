"""What comes next is what the engine decides once it comes."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings

from escalate.days import DayPlan, Plans
from escalate.engine import Engine
from escalate.foresight import COURSES, what_next
from escalate.roster import Roster, Student
from escalate.testing.model.seen import World
from tests.build import CAL, ROSTER, at, date, flag, ladder, marks, policy, snow, stage
from tests.groups_world import CALENDAR, engine, roster
from tests.groups_world import policy as written
from tests.worlds import worlds

VISIT = policy(truancy=ladder(one=stage("days_away >= 2", visit="3 school days"), two=stage("days_away >= 4", report="1 school day")))


def comes(events, until, rules=(VISIT,), cal=CAL, student="s1", who=ROSTER):
    """Course by course: when, and what is decided."""
    return {
        one.course: [(f"{cal.zone.local(change.decided):%m-%d %H:%M}", change.change.what) for change in one.decisions]
        for one in what_next(rules, cal, who, events, student, at(until))
    }


def test_the_second_day_asks_for_the_visit_unless_the_child_is_back():
    """Without a word nothing comes; a day off does not count."""
    events = [*marks("s1", "09-01", "AA"), *marks("s2", "09-01", "AA AA")]

    assert {"away": [("09-02 17:30", "opened"), ("09-02 17:30", "issued")], "back": [], "silence": []} == comes(events, "09-01")
    assert [("09-03 17:30", "opened"), ("09-03 17:30", "issued")] == comes([*events, *snow("09-02", "09-01 12:00")], "09-01")["away"]


def test_in_an_open_case_the_next_stage_the_end_or_what_falls_overdue():
    events = marks("s1", "09-01", "AA AA")

    assert {"away": [("09-04 17:30", "issued")], "back": [("09-03 17:30", "ended"), ("09-03 17:30", "cancelled")], "silence": [("09-06 00:00", "overdue")]} == comes(events, "09-02")


def test_what_is_known_later_and_what_is_said_of_others_does_not_count():
    events = marks("s1", "09-01", "AA AA")

    assert comes(events, "09-01") == comes([*events[:2], *marks("s2", "09-02", "AA")], "09-01")


def test_in_the_middle_of_a_day_only_the_sessions_to_come_are_supposed():
    """Present in the morning is not absent on that day, whatever the afternoon brings."""
    assert [("09-03 17:30", "opened"), ("09-03 17:30", "issued")] == comes(marks("s1", "09-01", "P_"), "09-01 12:00")["away"]


def test_without_a_code_nothing_can_be_supposed():
    """A policy that knows no unexcused absence."""
    rules = evolve(VISIT, marks={code: mark for code, mark in VISIT.marks.items() if mark.meaning != "unexcused"})
    found = {one.course: one.missing for one in what_next([rules], CAL, ROSTER, [], "s1", at("09-01"))}

    assert {"away": True, "back": False, "silence": False} == found


def test_a_duty_of_the_students_comes_too_and_one_of_the_classs_does_not():
    text = "duties: {d: {every: week, each: student, do: {visit: {by: teacher, due: end of week}}}, e: {every: week, each: class, do: {list: {by: teacher, due: end of week}}}}"
    rules = written(text)
    found = next(iter(what_next([rules], CALENDAR, roster(), [], "s1", engine(text, until="09-05").watermark)))

    assert [("issued", "p/d/s1/2025-09-08/1/visit/teacher"), ("overdue", "p/d/s1/2025-09-01/1/visit/teacher")] == [
        (one.change.what, one.change.new.id) for one in found.decisions
    ]


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_silence_is_what_an_engine_decides_that_hears_nothing_more(world: World):
    """On whatever world: the first instant after now, with all that is decided at it."""
    middle = world.until - 2 * 86400
    given_ = [event for event in world.events if event.known <= middle]
    student = world.roster.ids()[0]
    made = Engine(list(world.policies), world.calendar, world.roster)
    made.feed(given_)
    made.advance(middle)
    last = world.calendar.of(world.roster.row(student, world.calendar.of("").last).school).last
    later = [one for one in made.advance(world.calendar.zone.next_midnight(last)) if one.student == student]
    found = {one.course: one for one in what_next(world.policies, world.calendar, world.roster, given_, student, middle)}

    assert list(COURSES) == list(found)
    assert [one.change for one in later if one.decided == later[0].decided] == [one.change for one in found["silence"].decisions]


def test_who_moves_later_goes_to_the_school_of_the_day():
    """The other school is closed on Tuesday; the child goes there next week."""
    cal = evolve(CAL, schools={"south": Plans({date("09-02"): DayPlan("closed", ())})})
    row = Student("s1", "north", "c1", "7")
    moving = Roster((evolve(row, end=date("09-07")), evolve(row, school="south", start=date("09-08"))))

    assert ("09-02 17:30", "opened") == comes(marks("s1", "09-01", "AA"), "09-01", cal=cal, who=moving)["away"][0]


def test_a_flag_is_heard_of():
    """A child who is left out has no next."""
    rules = policy(truancy=ladder(where="enrolled and not special", one=stage("days_away >= 1", visit="1 school day")))

    assert [] == comes([*flag("s1", "special", "yes", "09-01 08:00"), *marks("s1", "09-01", "PP")], "09-01", rules=(rules,))["away"]
