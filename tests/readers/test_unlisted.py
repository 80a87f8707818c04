"""Sessions that a source of absences does not list: unknown until their day is declared complete."""

from __future__ import annotations

import datetime

from escalate.engine import evaluate_changes
from escalate.events import Fact, Mark
from escalate.readers import declared_presents, imputed_presents, parse_covers
from escalate.roster import Roster, Student
from tests.build import CAL, at, ladder, policy, school, stage, timeline

from .support import calendar

SCHOOL = """\
calendar: grand-bend
timezone: America/Chicago
sessions: {day: "08:00-15:00"}
terms: {fall: {from: 2021-08-23, to: 2021-12-17}, spring: {from: 2022-01-04, to: 2022-05-27}}
"""
CLOSES = datetime.time(17, 30)


def test_a_covered_day_makes_the_unlisted_present():
    """Within the roster's dates, on school days, after the day's close."""
    days = calendar(SCHOOL)
    people = Roster(
        (Student("s1"), Student("s2", start=datetime.date(2021, 8, 31)), Student("s3", end=datetime.date(2021, 8, 30)))
    )
    listed = [Mark(student="s1", date=datetime.date(2021, 8, 31), session="day", code="A", known=0)]
    closes = datetime.time(15, 30)
    made = list(imputed_presents(people, days, listed, parse_covers("2021-08-28..2021-08-31"), code="P", closes=closes))

    assert [(mark.student, mark.date.day) for mark in made] == [("s1", 30), ("s2", 31), ("s3", 30)]
    assert {mark.known for mark in made} == {days.zone.instant(datetime.date(2021, 8, day), closes) for day in (30, 31)}
    late = days.zone.instant(datetime.date(2021, 9, 3), closes)
    assert {
        mark.known
        for mark in imputed_presents(
            people, days, listed, parse_covers("2021-08-31"), code="P", closes=closes, known=late
        )
    } == {late}


def roll(about: str, when: str, known: str, level: str = "class") -> Fact:
    return Fact(about=about, fact="roll complete", level=level, at=at(when), known=at(known))


def test_a_roll_declared_complete_makes_the_unlisted_of_that_class_or_school_present():
    """Known when it was declared and never before the close; of two declarations the first counts."""
    people = Roster((Student("s1", "north", "c1"), Student("s2", "north", "c2"), Student("s3", "south", "c1")))
    listed = [Mark(student="s1", date=datetime.date(2025, 9, 1), session="am", code="A", known=0)]
    facts = [roll("c2", "09-01", "09-02 08:00"), roll("north", "09-01", "09-01 12:00", "school")]
    made = list(declared_presents(people, CAL, listed, facts, code="P", closes=CLOSES))

    assert [(mark.student, mark.session) for mark in made] == [("s1", "pm"), ("s2", "am"), ("s2", "pm")]
    assert {mark.known for mark in made} == {at("09-01")}
    late = declared_presents(people, CAL, listed, [roll("c2", "09-01", "09-02 08:00")], code="P", closes=CLOSES)
    assert {mark.known for mark in late} == {at("09-02 08:00")}


def test_nothing_is_declared_outside_the_calendar_or_for_a_class_that_is_not_there():
    people = school("s1")
    facts = [roll("c9", "09-01", "09-01"), Fact(about="c1", fact="roll complete", level="class", at=0, known=0)]

    assert list(declared_presents(people, CAL, [], facts, code="P", closes=CLOSES)) == []


def test_an_absence_that_comes_after_its_day_was_declared_complete_wins_whenever_it_was_written():
    """A village writes the absence of Monday on Monday and sends it on Thursday; the roll was declared complete on Monday evening."""
    people = school("s1")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
    imputed = list(declared_presents(people, CAL, [], [roll("c1", "09-01", "09-01 19:00")], code="P", closes=CLOSES))
    late = [
        Mark(student="s1", date=datetime.date(2025, 9, 1), session=session, code="A", recorded=at("09-01 09:00"), known=at("09-04 08:00"))
        for session in ("am", "pm")
    ]
    found = timeline(evaluate_changes(rules, CAL, people, [*imputed, *late], at("09-04 09:00")))

    assert found[0] == "09-04 08:00 opened truancy/1 of 09-01 17:30"
