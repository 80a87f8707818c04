"""Roster cells that a policy cannot read stop the run."""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.policy import Attribute
from escalate.readers import parse_roster
from escalate.readers.cells import unreadable_cells
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
