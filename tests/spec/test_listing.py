"""Registers that a case expects: every row of them, at a date's close or at an instant, and no other row."""

import pytest

from escalate.spec import verdict
from escalate.spec.drawing import picture
from escalate.spec.telling import text, told

from .world import POLICY, one, read

OWN = POLICY + """
duties:
  weekly: {title: Weekly return, every: week, each: class, do: {weekly_return: {title: Return, by: teacher, due: end of week}}}
targets:
  loss:
    {title: Loss, each: school, count: dropped_out, among: enrolled and not dropped_out, base: school year start, at_most: 10%, check: as it changes}
registers:
  special_list: {title: Special students, each: student, where: enrolled and special, columns: [name, class, special, days_away], readers: [principal]}
"""
GIVEN = """
students: {s1: {special: yes}, s2: {}}
marks: {s1: "AA", s2: "PP"}
until: 2025-11-07
"""


def listed(folder, rows, key="registers", **more):
    """The registers of the only case."""
    return one(folder, f"{GIVEN}{key}:\n{rows}\nexpect: {{}}", **{"policy.yaml": OWN, **more})


def test_a_register_as_it_is_listed_passes(tmp_path):
    """By name and by title; what stands in no register is listed as nothing; a head that is left out is not compared."""
    found = listed(tmp_path, """
  2025-11-04:
    special_list: [{name: s1, class: 1, 特殊: "yes", School days away: 2}]
    Overdue items: []
  2025-11-03 09:00:
    Special students: [{name: s1, School days away: 0}]
""")

    assert found.registers[0].agrees and found.registers[2].agrees, found.text
    assert [("special_list", True), ("Overdue items", True), ("Special students", True)] == [(one.sheet.named, one.agrees) for one in found.registers] or found.text


@pytest.mark.parametrize(("rows", "missing", "unexpected"), [
    ("special_list: []", 0, 1),
    ("special_list: [{name: s1}, {name: s2}]", 1, 0),
    ("special_list: [{name: s1}, {name: s1}]", 1, 0),
    ("special_list: [{name: s1, School days away: 3}]", 1, 1),
    ('special_list: [{name: s1, class: ""}]', 1, 1),
])
def test_a_row_too_many_or_too_few_fails(tmp_path, rows, missing, unexpected):
    """What is missing, and what stands there."""
    found = listed(tmp_path, f"  2025-11-04:\n    {rows}")

    assert (missing, unexpected) == tuple(map(len, (found.registers[0].missing, found.registers[0].unexpected)))
    assert not found.passed and found.counts == (missing, unexpected + len(found.unexpected))


def test_it_is_told_what_stands_there(tmp_path):
    """A row that can be pasted, and beside it what was expected, with the heads that differ."""
    (case,), problems = read(tmp_path, """
from: 2025-11-03
cases:
  only:
    students: {s1: {special: yes}}
    until: 2025-11-03
    registers: {2025-11-03: {special_list: [{name: s1, 特殊: no}], rates: [{target: Loss, counted: 0, heads: 1, percent: 0.00%}]}}
    expect: {}
""", **{"policy.yaml": OWN})
    assert not problems, problems
    found = verdict(case)

    assert "  special_list on 2025-11-03 17:30:\n    expected, and it did not come: {name: s1, 特殊: no}\n" in text(case, found)
    assert '    it came, and was not expected: - {name: s1, class: 1, 特殊: yes, "School days away": 0}' in found.text
    assert [("特殊",), ()] == [row.differs for row in picture(case, found).rows if "special_list" in row.expected or "rates" in row.expected]
    assert any("-special_list: {name: s1, 特殊: no}" in "".join(part for part, _ in line) for line in told(case, found, diff=True))


def test_a_case_of_some_parts_still_has_the_whole_register(tmp_path):
    """`only` cuts what is compared, not what is listed."""
    found = listed(tmp_path, "  2025-11-04:\n    rates: [{target: Loss, counted: 0, heads: 2}]\nonly: absence")

    assert found.registers[0].agrees, found.text


@pytest.mark.parametrize(("rows", "kind", "message"), [
    ("  2025-11-04: {special: []}", "unknown-register", "no register is called `special`"),
    ("  2025-11-04: {special_list: [{named: s1}]}", "unknown-column", "the register `special_list` has no column `named`"),
    ("  2025-11-04: {special_list: [{}]}", "empty-row", "a row of `special_list` says nothing"),
    ("  2025-11-04: {special_list: none}", "not-a-list", "the rows of `special_list` must be a list in [ ]"),
    ("  2025-11-04: {special_list: [s1]}", "not-a-map", "a row of `special_list` must be a map of keys and values"),
    ("  2025-11-04: {special_list: [{name: [s1]}]}", "not-a-text", "`name` must be a single value"),
    ("  2025-11-10: {special_list: []}", "after-until", "this lies after `until`, 2025-11-07, and is not played"),
    ("  tomorrow: {special_list: []}", "bad-date", ""),
    ("  2025-11-04: special_list", "not-a-map", "the registers of a date must be a map of keys and values"),
])
def test_what_cannot_be_meant_has_its_place(tmp_path, rows, kind, message):
    """Each with what could be written."""
    body = "".join(f"    {line}\n" for line in f"{GIVEN}registers:\n{rows}\nexpect: {{}}".strip().split("\n"))
    cases, problems = read(tmp_path, f"from: 2025-11-03\ncases:\n  only:\n{body}", **{"policy.yaml": OWN})

    assert not cases and [kind] == [problem.kind for problem in problems] and problems[0].message.startswith(message), problems
    assert all(problem.span is not None for problem in problems)
