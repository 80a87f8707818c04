"""Roster cells that a policy cannot read stop the run."""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.load import load_policy
from escalate.policy import Attribute
from escalate.readers import parse_roster
from escalate.readers.cells import empty_cells, unreadable_cells
from escalate.source import Source
from tests.build import ladder, policy, stage

KNOWN = {"poor": Attribute("poor"), "distance": Attribute("distance", type="number"), "since": Attribute("since", type="date"), "care": Attribute("care", type="text")}


def unreadable(when: str, column: str, text: str) -> list[tuple[int, str]]:
    rules = evolve(policy(truancy=ladder(one=stage(when))), students=KNOWN)
    roster, problems = parse_roster(Source("roster.csv", f"student,{column}\ns1,\ns2,{text}\n"))
    assert roster is not None
    assert problems == ()
    found = list(unreadable_cells([rules], roster))
    assert {(problem.kind, problem.warning) for problem in found} <= {("bad-value", False)}
    return [(problem.span.line, problem.help) for problem in found]


@pytest.mark.parametrize(("column", "text", "help"), [
    ("poor", "√", "write yes or no"), ("distance", "5km", "write a number such as 7 or 3.5, without a unit"), ("distance", "1/0", "write a number such as 7 or 3.5, without a unit"), ("since", "去年", "write 2025-09-01"),
    ("grade", "七年级", "write a number such as 7"),
])
def test_a_cell_that_cannot_be_what_its_column_says_stops_the_run(column: str, text: str, help: str) -> None:
    assert unreadable("days_away >= 1 and grade >= 7", column, text) == [(3, help)]


@pytest.mark.parametrize(("column", "text"), [("poor", "是"), ("poor", "没有"), ("poor", "YES"), ("distance", "3.5"), ("since", "2025-09-01"), ("care", "√"), ("hobby", "√"), ("grade", "7")])
def test_a_cell_that_can_is_ordinary(column: str, text: str) -> None:
    assert unreadable("days_away >= 1 and grade >= 7", column, text) == []


@pytest.mark.parametrize("when", ['grade == "七年级"', 'grade in ["七年级", "八年级"]', 'grade not in ("七年级", 8)'])
def test_a_grade_is_any_text_where_it_is_compared_with_texts(when: str) -> None:
    assert unreadable(f"days_away >= 1 and {when}", "grade", "七年级") == []
    assert unreadable(f"days_away >= 1 and {when} and grade >= 7", "grade", "七年级") == [(3, "write a number such as 7")]


def test_a_grade_is_any_text_where_no_condition_asks_for_it() -> None:
    assert unreadable("days_away >= 1", "grade", "七年级") == []


@pytest.mark.parametrize("asked", [
    "duties: {d: {every: month, each: student, where: grade >= 7, do: {a: {by: principal, due: 1 week}}}}",
    "duties: {d: {every: month, each: student, do: {a: {by: principal, due: 1 week, if: grade >= 7}}}}",
    "targets: {t: {each: school, count: grade >= 7, among: enrolled, base: intake, check: term end}}",
    "targets: {t: {each: school, count: dropped_out, among: enrolled, base: [{where: grade >= 7, on: intake}, {on: school year start}], check: term end}}",
    "registers: {r: {where: grade >= 7, columns: [name], kept: 1 year}}",
])
def test_what_is_asked_of_groups_and_in_registers_reads_cells_too(asked: str) -> None:
    """Nobody of 七年级 would be in any of them, in silence."""
    rules = load_policy(Source("p.yaml", f"policy: p\nextends: standard.yaml\nroles: {{principal: {{of: school}}}}\n{asked}\n"))
    roster, _ = parse_roster(Source("roster.csv", "student,grade\ns1,七年级\n"))

    assert [problem.kind for problem in unreadable_cells([rules], roster)] == ["bad-value"]


def test_students_without_an_attribute_that_a_condition_asks_for_are_told_of() -> None:
    """A school without a zone would be inspected by nobody, in silence."""
    text = "policy: p\nextends: standard.yaml\nroles: {principal: {of: school}}\nstudents: {care: {is: text}}\n"
    duty = 'duties: {d: {every: month, each: student, where: care == "full", do: {a: {by: principal, due: 1 week}}}}\n'
    rules = load_policy(Source("p.yaml", text + duty))
    roster, _ = parse_roster(Source("roster.csv", "student,care\n" + "".join(f"s{n},{'full' if n == 1 else ''}\n" for n in range(1, 9))))
    found = list(empty_cells([rules], roster))

    assert [(problem.kind, problem.warning) for problem in found] == [("no-attribute", True)]
    assert found[0].message.startswith("7 of 8 students have no `care`, and a condition asks for it")
    assert found[0].message.endswith("(s2, s3, s4, s5, s6, …)")
    assert [] == list(empty_cells([rules], evolve(roster, students=roster.students[:1])))
