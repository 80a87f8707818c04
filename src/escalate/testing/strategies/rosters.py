"""Rosters for a policy: one student first, in columns that its conditions ask for; roles held, vacant, shared or handed over."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from ...policy import Policy, asked
from ...roster import Assignment, Roster, Student
from ...spec import ordinary
from ...times import DAY
from ..matters import Matters, Named, matters
from ..naming import Named as Policies
from ..naming import policies_of
from .calendars import MONDAY

Date = datetime.date
PERSONS = ("ann", "bob")
BIRTHS = ("2013-09-03", "2010-09-04", "2009-08-31")


def rosters(policy: Policies, start: Date = MONDAY) -> st.SearchStrategy[Roster]:
    """One or two students and who holds which role; start: from about when rows and roles change."""
    given = policies_of(policy)
    return of_matters(matters(given), given, start)


@st.composite
def of_matters(draw: st.DrawFn, found: Matters, policies: tuple[Policy, ...], start: Date) -> Roster:
    """The same where it is known what can matter."""
    rows: list[Student] = []
    levels = {part.each for policy in policies for part in asked(policy)} | {role.level for role in found.roles}
    moves = "grade" not in levels  # two schools have grades of one name, and are run apart where somebody acts for a grade
    for name in ("s1", "s2")[: draw(st.sampled_from((1, 1, 1, 2)))]:
        row = draw(_student(name, found))
        rows += draw(_moved(row, start)) if moves and draw(st.integers(0, 7)) == 7 else [row]
    held = [one for role in found.roles for one in draw(_held(role, rows, policies, start))]
    return Roster(tuple(rows), tuple(held))


@st.composite
def _student(draw: st.DrawFn, name: str, found: Matters) -> Student:
    columns = {"grade": draw(st.sampled_from(found.grades)), "birth_date": draw(st.sampled_from(BIRTHS))}
    for column in found.columns:
        value = draw(st.sampled_from(("", *column.values)))
        columns |= {column.name: value} if value else {}
    return ordinary.student(name, columns)


@st.composite
def _moved(draw: st.DrawFn, row: Student, start: Date) -> list[Student]:
    """From one school to the other, where the calendar may have another day off."""
    turn = start + DAY * draw(st.integers(1, 12))
    return [evolve(row, end=turn - DAY), evolve(row, school="south", class_="s-1", start=turn)]


@st.composite
def _held(draw: st.DrawFn, role: Named, rows: Sequence[Student], policies: tuple[Policy, ...], start: Date) -> list[Assignment]:
    """By one person, by nobody, by two, or handed over."""
    found: list[Assignment] = []
    for place in sorted({row.get(ordinary.column_of(role.name, policies)) for row in rows} - {""}):
        how = draw(st.sampled_from(("held", "held", "held", "vacant", "two", "handed")))
        turn = start + DAY * draw(st.integers(0, 10)) if how == "handed" else None
        if how != "vacant":
            found.append(Assignment(role.name, place, PERSONS[0], None, turn - DAY if turn else None))
        if how in ("two", "handed"):
            found.append(Assignment(role.name, place, PERSONS[1], turn))
    return found
