"""Assignments by which nobody is found are said at their rows."""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.policy import Role, Text
from escalate.readers import parse_assignments, parse_roster
from escalate.readers.posts import strange_posts
from escalate.roster import Roster
from escalate.source import Source
from tests.build import ladder, policy, stage

ROSTER = "student,class,village\ns1,7-1,大河村\ns2,7/2,\n"
ROLES = {"homeroom_teacher": Role("homeroom_teacher", of="class"), "told_next": Role("told_next", Text((("zh", "校长"), ("en", "Principal")))), "subject_teacher": Role("subject_teacher", of="session"), "cadre": Role("cadre", of="village")}


def strange(row: str) -> list[tuple[int, str, str]]:
    students, _ = parse_roster(Source("roster.csv", ROSTER))
    held, problems = parse_assignments(Source("assignments.csv", f"role,of,person\nhomeroom_teacher,7-1,p0\n{row}\n"))
    assert students is not None
    assert problems == ()
    rules = evolve(policy(truancy=ladder(one=stage("days_away >= 1"))), roles=ROLES)
    found = list(strange_posts([rules], Roster(students.students, held)))
    assert all(problem.warning for problem in found)
    return [(problem.span.line, problem.kind, problem.help) for problem in found]


@pytest.mark.parametrize("row", ["班主任,7-1,p1", "homeroom_teacher,7/2,p1", "subject_teacher,7-1/monday/am,p1", "subject_teacher,7/2/am,p1", "subject_teacher,7-1,p1", "cadre,大河村,p1"])
def test_a_post_that_the_roster_knows_is_ordinary(row: str) -> None:
    assert strange(row) == []


@pytest.mark.parametrize(("row", "kind", "help"), [
    ("homeroom_teachers,7-1,p1", "unknown-role", "did you mean `homeroom_teacher`?"),
    ("校长,北小,p1", "unknown-role", "did you mean `told_next`?"),
    ("homeroom_teacher,7.1,p1", "unknown-place", "did you mean `7-1`?"),
    ("homeroom_teacher,7-1/am,p1", "unknown-place", "did you mean `7-1`?"),
    ("cadre,大河,p1", "unknown-place", "did you mean `大河村`?"),
])
def test_a_post_by_which_nobody_is_found_is_said_at_its_row(row: str, kind: str, help: str) -> None:
    assert strange(row) == [(3, kind, help)]
