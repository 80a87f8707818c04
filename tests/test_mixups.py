"""A file of one kind where another belongs is one problem, which says what it is and what takes it."""

import pytest

from escalate.load import check_policy
from escalate.mixups import misplaced
from escalate.readers.calendar import parse_calendar
from escalate.readers.mapping import parse_mapping
from escalate.readers.roster import parse_assignments, parse_roster
from escalate.source import Source
from escalate.spec.reading import parse_spec

FILES = {
    "policy": ("p.yaml", "# who\n\npolicy: p\nladders: {}\n"),
    "spec": ("p.spec.yaml", "policy: p.yaml\ncases: {}\n"),
    "calendar": ("c.yaml", "校历: c\n时区: Asia/Shanghai\n学期: {}\n"),
    "mapping": ("m.yaml", "format: csv\ncolumns: {student: id}\n"),
    "roster": ("r.csv", 'student,"name",class\ns1,甲,7-1\n'),
    "assignments": ("a.csv", "role;of;person\n"),
    "events": ("e.csv", "student,date,session,code\ns1,2025-11-03,am,A\n"),
    "table": ("t.csv", "学号,日期\n1,2\n"),
}
READERS = {
    "policy": check_policy, "spec": parse_spec, "calendar": parse_calendar, "mapping": parse_mapping, "roster": parse_roster, "assignments": parse_assignments,
}  # fmt: skip


@pytest.mark.parametrize(("found", "wanted"), [(found, wanted) for found in FILES for wanted in READERS if found != wanted])
def test_a_file_of_another_kind_is_one_problem(found, wanted):
    """It is not read as what it is not; a table whose columns tell nothing is read by whoever reads tables."""
    problems = READERS[wanted](Source(*FILES[found]))[1]

    if found != "table" or wanted not in ("roster", "assignments"):
        assert [(f"not-{wanted}", True)] == [(problem.kind.replace("-a-", "-"), "`escalate " in problem.help) for problem in problems]
        assert "not a" in problems[0].message


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("p.spec.yaml", "policy: p\nextends: standard.yaml\n", "policy"),
        ("part.yaml", "students:\n  averse: {flag: true}\n", "policy"),
        ("c.yaml", "calendar: c\ntimezone: UTC\nmarks: {}\n", "calendar"),
        ("r.yaml", "students: {}\nassignments: []\n", "assignments"),
        ("e.csv", "student,code\n", "roster"),
        ("e.csv", "id,type,student,at,role,person\n", "events"),
        ("e.jsonl", '{"type": "mark"}\n', "events"),
        ("c.yaml", "", "calendar"),
    ],
)
def test_what_may_be_of_the_kind_that_is_wanted_is_read_as_that(path, text, wanted):
    """Then what is wrong with it is said."""
    assert misplaced(Source(path, text), wanted) is None


def test_the_place_is_the_first_line_that_says_something():
    problem = misplaced(Source(*FILES["policy"]), "calendar")

    assert ("this is a policy, not a calendar", 3) == (problem.message, problem.span.line)


def test_a_keyword_is_said_in_the_language_of_the_file():
    """Who writes `校历` is told of `校历`."""
    assert "a spec names it as its `校历`" in check_policy(Source(*FILES["calendar"]))[1][0].help
