"""Roster cells that a policy asks about and cannot read: a flag that is neither yes nor no, a number or a grade that is none; and those that are empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..conditions import Condition
from ..messages import say
from ..policy import Attribute, Policy, conditions
from ..roster import Roster, Student
from ..source import Problem
from ..terms import readable

SHOWN = 5  # students that are named
HELP = {
    "flag": say("write yes or no"), "number": say("write a number such as 7 or 3.5, without a unit"), "date": say("write 2025-09-01"),
    "grade": say("write a number such as 7"),
}  # fmt: skip
MEANT = {
    "flag": say("is neither yes nor no"), "number": say("is no number"), "date": say("is no date"),
    "grade": say("is no number, and the policy compares it with one"),
}  # fmt: skip


def unreadable_cells(policies: Iterable[Policy], roster: Roster) -> Iterator[Problem]:
    """A problem for each such cell, at its row: left alone it would be false or unknown in silence."""
    kinds: dict[str, str] = {}
    for policy in policies:
        kinds.update((name, attribute.type) for name, attribute in policy.students.items() if attribute.type != "text")
        if any(term.kind == "grade" and term.target != "text" for condition in _asking(policy) for term in condition.terms):
            kinds["grade"] = "grade"
    for row in roster.students:
        for name, kind in kinds.items():
            text = row.get(name).strip()
            if text and not readable(text, "number" if kind == "grade" else kind):
                yield _problem(row, name, text, kind)


def empty_cells(policies: Iterable[Policy], roster: Roster) -> Iterator[Problem]:
    """A warning for each attribute that a condition asks for and that some students have not: for them the condition is unknown, which is not true."""
    wanted: dict[str, Attribute] = {}
    for policy in policies:
        named = {term.name for condition in _asking(policy) for term in condition.terms if term.kind == "attribute"}
        wanted |= {name: policy.students[name] for name in policy.students if name in named}
    students = len(roster.ids())
    for name, attribute in wanted.items():
        without = list(dict.fromkeys(row.id for row in roster.students if not row.get(name).strip()))
        if without:
            shown = ", ".join(without[:SHOWN]) + ", …" * (len(without) > SHOWN)
            message = say(
                "{n} of {students} students have no `{name}`, and a condition asks for it: where it does, nothing is asked for them ({shown})",
                n=len(without), students=students, name=name, shown=shown,
            )
            yield Problem("no-attribute", message, attribute.span, say("fill in the column `{name}` of the roster", name=name), warning=True)


def _asking(policy: Policy) -> Iterator[Condition]:
    """Every condition of a policy, of its registers too."""
    yield from conditions(policy)
    yield from (register.where for register in policy.registers.values() if register.where is not None)


def _problem(row: Student, name: str, text: str, kind: str) -> Problem:
    return Problem("bad-value", say("`{name}` of student `{id}`: `{text}` {MEANT}", name=name, id=row.id, text=text, MEANT=MEANT[kind]), row.span, HELP[kind])
