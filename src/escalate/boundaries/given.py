"""What a stage asks of a student beside its threshold, as the students and the events of a case."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from ..conditions import Compare, Lit, Term, show
from ..lints.bounds import Bound, Clause
from ..policy import Policy

AT = "07:00"  # before the first session
WITHIN = "09:00"  # within the first session
MOST = 60  # times that something happens
BIRTHDAY = (9, 1)
ANY_MONTH = 28  # a day that every month has


@frozen
class Given:
    """columns: of the student. statuses: that are reported before the first session. outcomes: (item, result) that come once it is asked for.

    repeats: (item, result, times) that are reported a day after the other, whoever asked for it.
    """

    columns: Mapping[str, str] = field(factory=dict)
    statuses: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    repeats: tuple[tuple[str, str, int], ...] = ()


def given(clauses: Iterable[Clause], policy: Policy, first: datetime.date) -> Given:
    """What makes the parts of some clauses true that a student's columns, a status or an outcome can; marks are not looked at."""
    columns: dict[str, str] = {}
    statuses: dict[str, None] = {}
    outcomes: dict[tuple[str, str], None] = {}
    repeats: dict[tuple[str, str, int], None] = {}
    for clause in clauses:
        for part, wanted in sorted(clause.parts, key=repr):
            if not wanted:
                continue
            if isinstance(part, Term):
                if part.kind == "flag":
                    columns[part.name] = "yes"
                elif part.kind in ("status", "became", "ever") and part.name != "enrolled":
                    statuses[part.name] = None
                elif part.kind == "done":
                    outcomes[part.name, str(part.option("result") or "")] = None
            elif isinstance(part, Compare) and part.op == "==" and isinstance(part.left, Term) and isinstance(part.right, Lit):
                text = part.right.value if isinstance(part.right.value, str) else show(part.right.value)
                if part.left.kind == "outcome":
                    outcomes[part.left.name, text] = None
                elif part.left.kind in ("attribute", "grade"):
                    columns[part.left.name or "grade"] = text
        for bound in clause.bounds:
            columns |= _column(bound, clause, first)
            low = bound.sure.low
            if isinstance(bound.what, Term) and bound.what.kind == "times" and low is not None and 1 <= low <= MOST:
                repeats[bound.what.name, str(bound.what.option("result") or ""), int(low)] = None
    asked = {name: value for name, value in columns.items() if name in (*policy.students, "grade", "birth_date")}
    return Given(asked, tuple(statuses), tuple(outcomes), tuple(repeats))


def _column(bound: Bound, clause: Clause, first: datetime.date) -> dict[str, str]:
    """A column that puts what a bound speaks of where all of its clause wants it."""
    what = bound.what
    if not isinstance(what, Term) or what.kind not in ("grade", "age", "age_on", "attribute"):
        return {}
    must = clause.must(what).whole()
    number = must.low if must.low is not None else must.high
    if number is None:
        return {}
    if what.kind in ("age", "age_on"):
        return born(int(number), first, BIRTHDAY)
    return {what.name or "grade": str(number)}


def outcome(name: str, result: str) -> str:
    """The event that an item was done, with a result where there is one."""
    return f"{{outcome: {name}{f', result: {result}' if result else ''}}}"


def born(age: int, first: datetime.date, birthday: tuple[int, int]) -> dict[str, str]:
    """The column of one who is so old on a date; birthday: month and day."""
    year = first.year - ((first.month, first.day) < birthday)
    month, day = birthday
    return {"birth_date": datetime.date(max(1, year - age), month, min(day, ANY_MONTH)).isoformat()}
