"""Ed-Fi XML: absences only, as they really come."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from escalate.events import Mark
from escalate.readers import Reject, read_edfi
from escalate.source import Refused

from .support import context, real, roster

SCHOOL = """\
calendar: grand-bend
timezone: America/Chicago
sessions: {day: "08:00-15:00"}
terms: {fall: {from: 2021-08-23, to: 2021-12-17}, spring: {from: 2022-01-04, to: 2022-05-27}}
"""
EVENT = """<StudentSchoolAttendanceEvent><AttendanceEvent><EventDate>{date}</EventDate><AttendanceEventCategory>uri://x#{code}</AttendanceEventCategory>
{more}</AttendanceEvent><StudentReference><StudentUniqueId>{student}</StudentUniqueId></StudentReference></StudentSchoolAttendanceEvent>
"""


def whole(tmp_path, *events, head="<a xmlns='urn:x'>\n", tail="</a>"):
    path = tmp_path / "attendance.xml"
    path.write_text(head + "".join(events) + tail, encoding="utf-8")
    return path


def event(student="s1", date="2021-08-31", code="Unexcused Absence", more=""):
    return EVENT.format(student=student, date=date, code=code, more=more)


def rows(path, **given):
    found = list(read_edfi(path, context(SCHOOL, roster=None), **given))
    return [row for row in found if isinstance(row, Mark)], [row for row in found if isinstance(row, Reject)]


def test_categories_become_codes_and_arrivals_minutes(tmp_path):
    """A late arrival is so many minutes after the session's start."""
    path = whole(
        tmp_path,
        event(),
        event("s2", code="Tardy", more="<ArrivalTime>08:25:00</ArrivalTime>"),
        event("s3", code="Sleeping"),
    )
    marks, rejects = rows(path)

    assert [(mark.student, mark.code, mark.minutes, mark.session) for mark in marks] == [
        ("s1", "A", None, "day"),
        ("s2", "L", 25, "day"),
    ]
    assert [(reject.line, reject.kind) for reject in rejects] == [(6, "unknown-code")]


def test_a_second_mark_of_a_day_is_noted_and_wins(tmp_path):
    """By the number of its line, for nothing else tells them apart."""
    marks, rejects = rows(whole(tmp_path, event(), event(code="Excused Absence")))

    assert [(mark.code, mark.seq) for mark in marks] == [("A", 2), ("S", 4)]
    assert [(reject.line, reject.kind, reject.kept) for reject in rejects] == [(4, "second-mark", True)]


@pytest.mark.parametrize(
    ("head", "tail", "kind"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]>\n<a>', "</a>", "doctype"),
        ('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a>', "</a>", "doctype"),
        ("<a>", "", "not-xml"),
        ("<a>&x;", "</a>", "not-xml"),
        ("", "", "not-xml"),
    ],
)
def test_a_doctype_and_broken_xml_are_refused(tmp_path, head, tail, kind):
    """No entity is ever read."""
    with pytest.raises(Refused) as refused:
        rows(whole(tmp_path, head=head, tail=tail))

    assert refused.value.problems[0].kind == kind


def test_the_sample_of_the_standard():
    """1,917 events of 227 students, with the dirt that is in it."""
    marks, rejects = rows(real("edfi/StudentSchoolAttendance.xml"))

    assert len(marks) == 1917
    assert len({mark.student for mark in marks}) == 227
    assert Counter(mark.code for mark in marks) == {"S": 1077, "A": 773, "L": 66, "E": 1}
    assert all(reject.kept for reject in rejects)
    assert Counter(reject.kind for reject in rejects)["second-mark"] == 1
    sundays = [mark for mark in marks if mark.date == datetime.date(2022, 5, 15)]
    assert len(sundays) == 3


def test_an_event_of_one_section_is_set_aside_and_its_day_is_not_complete(tmp_path):
    """A lesson missed is no day missed, and no day attended either."""
    section = event(code="Tardy").replace("StudentSchoolAttendanceEvent", "StudentSectionAttendanceEvent")
    marks, rejects = rows(whole(tmp_path, section, event(date="2021-09-01")))

    assert (["2021-09-01"], ["section-event"]) == ([str(mark.date) for mark in marks], [reject.kind for reject in rejects])
    assert [("s1", datetime.date(2021, 8, 31), "")] == [reject.unread for reject in rejects]


def test_a_section_event_of_an_id_without_its_zeros_is_of_the_one_student_whom_it_means(tmp_path):
    """Nobody else's day is complete for it."""
    section = event(student="42", code="Tardy").replace("StudentSchoolAttendanceEvent", "StudentSectionAttendanceEvent")
    given = context(SCHOOL, roster=roster("student,class\n0042,7-1\n"))
    (found,) = list(read_edfi(whole(tmp_path, section), given))

    assert ("0042", datetime.date(2021, 8, 31), "") == found.unread
