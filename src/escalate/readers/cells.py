"""Roster cells that a policy asks about and cannot read: a flag that is neither yes nor no, a number or a grade that is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..checking.parts import steps
from ..conditions import Condition
from ..loading.inherit import conditions_of
from ..policy import Policy
from ..roster import Roster, Student
from ..source import Problem
from ..terms import readable

HELP = {"flag": "write yes or no", "number": "write a number such as 7 or 3.5, without a unit", "date": "write 2025-09-01", "grade": "write a number such as 7"}
MEANT = {"flag": "is neither yes nor no", "number": "is no number", "date": "is no date", "grade": "is no number, and the policy compares it with one"}


def unreadable_cells(policies: Iterable[Policy], roster: Roster) -> Iterator[Problem]:
    """A problem for each such cell, at its row: left alone it would be false or unknown in silence."""
    kinds: dict[str, str] = {}
    for policy in policies:
        kinds.update((name, attribute.type) for name, attribute in policy.students.items() if attribute.type != "text")
        if any(term.kind == "grade" and term.target != "text" for condition in conditions(policy) for term in condition.terms):
            kinds["grade"] = "grade"
    for row in roster.students:
        for name, kind in kinds.items():
            text = row.get(name).strip()
            if text and not readable(text, "number" if kind == "grade" else kind):
                yield _problem(row, name, text, kind)


def conditions(policy: Policy) -> Iterator[Condition]:
    """Every condition of the ladders, their items and the parameters."""
    for ladder in policy.ladders.values():
        yield ladder.where
        for stage in steps(ladder):
            yield from conditions_of(stage)
    yield from (line.where for parameter in policy.parameters.values() for line in parameter.lines if line.where is not None)


def _problem(row: Student, name: str, text: str, kind: str) -> Problem:
    return Problem("bad-value", f"`{name}` of student `{row.id}`: `{text}` {MEANT[kind]}", row.span, HELP[kind])
