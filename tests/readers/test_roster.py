"""Rosters and assignments: rows, dates, and where what is wrong is said to be."""

from __future__ import annotations

import datetime

import pytest

from escalate.readers import parse_assignments, parse_roster, read_roster
from escalate.roster import Assignment, Student
from escalate.source import Refused, Source


def problems(text, name="roster.csv"):
    return [(p.span.line, p.span.col, p.kind) for p in parse_roster(Source(name, text))[1]]


def students(text, name="roster.csv"):
    found, said = parse_roster(Source(name, text))
    assert said == ()
    return found.students


def test_columns_that_we_do_not_know_are_kept():
    """Attributes are whatever a school writes."""
    found = students('student,name,class,from,to,远近\ns1,"甲, 乙",7-1,2025-09-01,2026-01-23,3.5\n')

    expected = Student(
        "s1", "", "7-1", "", datetime.date(2025, 9, 1), datetime.date(2026, 1, 23), {"name": "甲, 乙", "远近": "3.5"}
    )
    assert found == (expected,)


def test_yaml_says_the_same():
    """A map by student, or a list of rows for one who moved."""
    text = """\
students:
  s1: {name: 甲, class: 7-1, from: 2025-09-01}
  s2:
    - {class: 7-1, to: 2025-11-09}
    - {class: 7-2, from: 2025-11-10}
assignments:
  - {role: homeroom_teacher, of: 7-1, person: p1}
"""
    found, said = parse_roster(Source("roster.yaml", text))

    assert said == ()
    assert [(row.id, row.class_) for row in found.students] == [("s1", "7-1"), ("s2", "7-1"), ("s2", "7-2")]
    assert found.assignments == (Assignment("homeroom_teacher", "7-1", "p1"),)


def test_a_roster_of_chinese_headings_is_told_all_that_they_may_be():
    """Not the missing one alone: who renames it meets the others next."""
    [problem] = parse_roster(Source("roster.csv", "学号,姓名,学校,班级,备注\ns1,甲,北小,一班,\n"))[1]

    assert problem.help == "rename `学号` to `student`, `姓名` to `name`, `学校` to `school`, `班级` to `class`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name\n甲\n", [(1, 1, "missing-column")]),
        ("student;name\ns1;甲\n", [(1, 1, "missing-column")]),
        ("student,name,name\ns1,甲,乙\n", [(1, 14, "repeated-column")]),
        ("student,name\n,甲\n", [(2, 1, "missing-field")]),
        ("student,from\ns1,2025-9-1\n", [(2, 4, "bad-date")]),
        ("student,birth_date\ns1,1/9/2012\n", [(2, 4, "ambiguous-date")]),
        ("student,from,to\ns1,2025-09-02,2025-09-01\n", [(2, 15, "bad-dates")]),
        ("student,name\ns1\n", [(2, 1, "wrong-columns")]),
        ('student,name\ns1,"甲\ns2,乙\n', [(2, 4, "bad-quote")]),
        ("student,name\ns1,甲\ns1,乙\n", [(3, 1, "overlap")]),
        ("student,to,from\ns1,2025-10-01,\ns1,,2025-10-01\n", [(3, 1, "overlap")]),
        ("student,to,from\ns1,2025-10-01,\ns1,,2025-10-02\n", []),
        ("", [(1, 1, "empty-file")]),
        ("student,班级\ns1,一班\n", [(1, 9, "likely-column")]),
        ("student,class,班级\ns1,7-1,一班\n", []),
        ("student,name\n", [(1, 1, "empty-roster")]),
        ("student,from\ns1,9/1/2025\n", [(2, 4, "ambiguous-date")]),
        ("student,from\ns1,2025/13/1\n", [(2, 4, "bad-date")]),
    ],
)
def test_a_problem_has_its_place(text, expected):
    """Line and column of the cell that is wrong."""
    assert problems(text) == expected


def test_dates_with_the_year_first_are_read_as_spreadsheets_save_them():
    """Of a row, of a birth and of an assignment; kept as every other date is."""
    (student,) = students("student,from,birth_date\ns1,2025/9/1,2012/10/3\n")
    held, _ = parse_assignments(Source("assignments.csv", "role,of,person,from,to\nteacher,7-1,t1,2025/9/1,2026/1/3\n"))

    assert (datetime.date(2025, 9, 1), {"birth_date": "2012-10-03"}) == (student.start, student.fields)
    assert [(datetime.date(2025, 9, 1), datetime.date(2026, 1, 3))] == [(one.start, one.end) for one in held]


def test_assignments_are_read_and_checked():
    """A person holds a role for a class from one date to another."""
    held, said = parse_assignments(
        Source(
            "a.csv",
            "role,of,person,from,to\nprincipal,north,p1,2025-09-01,\nprincipal,north,p1,,\nprincipal,north,p2,,\n",
        )
    )

    assert [row.person for row in held] == ["p1", "p1", "p2"]
    assert [(p.span.line, p.kind) for p in said] == [(3, "overlap")]


def test_a_byte_order_mark_is_dropped_and_names_are_composed(tmp_path):
    """What Excel writes, and a name that a Mac wrote."""
    path = tmp_path / "roster.csv"
    path.write_bytes("\ufeffstudent,name\ns1,Re\u0301ne\n".encode())

    assert read_roster(path).students[0].get("name") == "Réne"


@pytest.mark.parametrize(("encoding", "help"), [("gb18030", "GBK"), ("utf-16", "UTF-8")])
def test_other_encodings_are_refused_with_help(tmp_path, encoding, help):
    """The file that a Chinese Excel saves as CSV."""
    path = tmp_path / "roster.csv"
    path.write_bytes("student,name\ns1,甲乙丙\n".encode(encoding))

    with pytest.raises(Refused) as refused:
        read_roster(path)

    assert refused.value.problems[0].kind == "not-utf8"
    assert help in refused.value.problems[0].help


def test_an_id_that_would_be_two_parts_of_an_items_id_is_a_problem():
    """Its items would be taken for another child's."""
    found, problems = parse_roster(Source("roster.csv", "student,class\na/b,7-1\n"))

    assert (None, [("bad-id", 2, 1)]) == (found, [(problem.kind, problem.span.line, problem.span.col) for problem in problems])


def test_what_a_missing_column_of_a_roster_is_helped_by_is_no_mapping():
    """There is none for rosters."""
    [problem] = parse_roster(Source("roster.csv", "序号,name\ns1,甲\n"))[1]
    assert problem.help == "name the column that holds it `student`, or add one"
