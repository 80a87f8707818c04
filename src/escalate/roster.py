"""Who the students are, from when to when, and who holds which role."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from .source import Span

Date = datetime.date
DAY = datetime.timedelta(days=1)


@frozen
class Student:
    """One row of the roster: where a student belongs from `start` to `end`, with flags and attributes.

    `fields` holds every further column as text: name, household, village, township, birth_date ...
    """

    id: str
    school: str = ""
    class_: str = ""
    grade: str = ""
    start: Date | None = None
    end: Date | None = None
    fields: Mapping[str, str] = field(factory=dict)
    span: Span | None = field(default=None, eq=False, repr=False)

    def get(self, name: str) -> str:
        """A column by its name in the roster file, empty where the row has none."""
        if name == "class":
            return self.class_
        if name in ("student", "id"):
            return self.id
        if name in ("school", "grade"):
            return str(getattr(self, name))
        return self.fields.get(name, "")


@frozen
class Assignment:
    """A person holds a role for a class, school, village ... (`of`) from `start` to `end`, both counted."""

    role: str
    of: str
    person: str
    start: Date | None = None
    end: Date | None = None
    span: Span | None = field(default=None, eq=False, repr=False)

    def holds(self, date: Date) -> bool:
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)


def posted(held: Iterable[Assignment], edits: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Assignments after edits, in their order: one more each; one that has an end and no start ends what its person holds open there."""
    found = list(held)
    for edit in edits:
        ends = [one for one in found if edit.start is None and edit.end is not None and _holds_open(one, edit)]
        found = [evolve(one, end=edit.end) if one in ends else one for one in found] if ends else [*found, edit]
    return tuple(found)


def _holds_open(held: Assignment, edit: Assignment) -> bool:
    """Whether an assignment is of the same person and post, and not over by the end that an edit gives it."""
    same = (held.role, held.of, held.person) == (edit.role, edit.of, edit.person)
    return same and edit.end is not None and (held.start is None or held.start <= edit.end) and (held.end is None or held.end > edit.end)


@frozen
class Roster:
    """All rows, in file order. A student may have several rows whose dates do not overlap."""

    students: tuple[Student, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    _rows: dict[str, tuple[Student, ...]] = field(factory=dict, init=False, eq=False, repr=False)
    # The dates on which an assignment begins or is over, in order.
    handovers: list[Date] = field(factory=list, init=False, eq=False, repr=False)
    _roles: dict[tuple[str, str], tuple[Assignment, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for row in self.students:
            self._rows[row.id] = (*self._rows.get(row.id, ()), row)
        for held in self.assignments:
            self._roles[held.role, held.of] = (*self._roles.get((held.role, held.of), ()), held)
        dates = {held.start for held in self.assignments} | {held.end and held.end + DAY for held in self.assignments}
        self.handovers.extend(sorted(date for date in dates if date is not None))

    def ids(self) -> tuple[str, ...]:
        """Every student's id, each once, in file order."""
        return tuple(self._rows)

    def rows(self, student: str) -> tuple[Student, ...]:
        """A student's rows in file order; none for one whom the roster does not know."""
        return self._rows.get(student, ())

    def row(self, student: str, date: Date) -> Student | None:
        """The row in force on a date; else the nearest earlier one; else the first."""
        rows = self._rows.get(student)
        if not rows:
            return None
        if len(rows) == 1:
            return rows[0]
        begun = [row for row in rows if row.start is None or row.start <= date]
        return max(begun, key=lambda row: row.start or Date.min) if begun else min(rows, key=lambda row: row.start or Date.min)

    def holders(self, role: str, of: str, date: Date) -> tuple[str, ...]:
        """The persons who hold a role on a date, sorted; empty where it is vacant."""
        return tuple(sorted({held.person for held in self._roles.get((role, of), ()) if held.holds(date)}))
