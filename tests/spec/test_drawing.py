"""A case as a picture: which weeks, whose marks, and what stands beside what."""

import pytest

from escalate.spec import verdict
from escalate.spec.drawing import picture

from .world import read

VISIT = "2025-11-03: [{issued: visit}]"


def drawn(folder, body):
    """The picture of the only case of a spec from Monday 2025-11-03."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    (case,), problems = read(folder, f"from: 2025-11-03\ncases:\n  only:\n{lines}")
    assert not problems, problems
    return picture(case, verdict(case))


def cells(week, student=0):
    return [day.cells[student] for day in week]


def test_marks_are_drawn_as_they_are_written(tmp_path):
    """A correction with its arrow, a closed day as no school, a voided mark as none."""
    found = drawn(tmp_path, """
marks: {s1: "A (AP) _ P"}
events:
  2025-11-06 09:00: [{mark: S, date: 2025-11-03}, {calendar: 2025-11-07, kind: closed}, {mark: A, date: 2025-11-05, id: m}]
  2025-11-06 10:00: [{void: m}]
expect: {}
""")

    assert [["A→S", "(AP)", "_", "P", None, None, None]] == [cells(week) for week in found.weeks]


def test_what_differs_only_in_fields_stands_in_one_row(tmp_path):
    """What agrees too, and the date says whether all of it does."""
    found = drawn(tmp_path, f'marks: {{s1: "AP"}}\nexpect:\n  {VISIT.replace("visit", "visit, by: principal, due: 2025-11-05")}\n  2025-11-04: [{{ended: absence}}]')

    assert [
        ("2025-11-03", "{issued: visit, by: principal, due: 2025-11-05}", "{issued: visit, by: teacher, due: 2025-11-04}", False, ("by", "due")),
        ("2025-11-04", "{ended: absence}", "{ended: absence}", True, ()),
    ] == [(row.date, row.expected, row.came, row.agrees, row.differs) for row in found.rows]
    assert [False, True, None] == [day.agrees for day in found.weeks[0][:3]]


@pytest.mark.parametrize(("key", "expected", "came", "differs"), [
    ("2025-11-03 17:30", "17:30 {issued: visit}", "17:30 {issued: visit, by: teacher, due: 2025-11-04}", ()),
    ("2025-11-03 17:00", "17:00 {issued: visit}", "17:30 {issued: visit, by: teacher, due: 2025-11-04}", ("time",)),
])
def test_a_minute_that_is_expected_is_shown(tmp_path, key, expected, came, differs):
    """On both sides."""
    (row,) = drawn(tmp_path, f'marks: {{s1: "A"}}\nexpect: {{{key}: [{{issued: visit}}]}}').rows

    assert (expected, came, differs) == (row.expected, row.came, row.differs)


def test_the_nearest_of_two_stands_beside_a_line(tmp_path):
    """That which differs in fewer fields."""
    found = drawn(tmp_path, """
students: {s1: {}, s2: {}}
marks: {s1: "A", s2: "A"}
expect: {2025-11-03: [{issued: visit, student: s2, by: principal}]}
""")

    assert [("", True, ()), ("{issued: visit, student: s2, by: principal}", False, ("by",))] == sorted((row.expected, "student: s1" in row.came, row.differs) for row in found.rows)


def test_of_many_weeks_those_that_differ_are_drawn(tmp_path):
    """Each with the one before it; the rest is counted."""
    found = drawn(tmp_path, f'marks: {{s1: "AP {"P " * 40} A"}}\nexpect: {{{VISIT}}}')

    assert [7, "2025-12-22", "2025-12-29", None] == [week if isinstance(week, int) else week[0].date.isoformat() for week in found.weeks] + [None]
    assert ["2025-12-31"] == [row.date for row in found.rows]


def test_of_many_students_those_of_whom_something_differs_are_drawn(tmp_path):
    """The others are counted."""
    marks = ", ".join(f'c{n}: "{"A" if n == 8 else "P"}"' for n in range(1, 10))
    found = drawn(tmp_path, f"marks: {{{marks}}}\nexpect: {{}}")

    assert (("c8",), 8, [["A", "_", "_", "_", "_", None, None]]) == (found.students, found.others, [cells(week) for week in found.weeks])


def test_without_marks_there_is_no_calendar(tmp_path):
    """What was expected is there."""
    found = drawn(tmp_path, "students: {s1: {}}\nuntil: 2025-11-05\nexpect: {2025-11-03: [{issued: visit}]}")

    assert ((), ["{issued: visit}"]) == (found.weeks, [row.expected for row in found.rows])
