"""How sessions make units: the day rule, halves, and which codes stand in a unit (docs/semantics.md, M1-M5)."""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import frozen

from ..days import Session
from ..events import Mark
from ..history import History
from ..policy import DayRule, Measure, Policy
from ..times import Instant

Date = datetime.date
Cell = tuple[Session, "Mark | None"]
TIMED = ("hour", "minute")
SESSIONS = ("session", *TIMED)  # units of one session each


@frozen
class Codes:
    """The local codes of a policy by what they mean."""

    attended: frozenset[str]
    absent: frozenset[str]
    unknown: frozenset[str]
    not_expected: frozenset[str]

    @classmethod
    def of(cls, policy: Policy) -> Codes:
        def meaning(*names: str) -> frozenset[str]:
            return frozenset(code for code, mark in policy.marks.items() if mark.meaning in names)

        return cls(meaning("present", "late", "left_early"), meaning("excused", "unexcused"), meaning("unknown"), meaning("not_expected"))


@frozen
class View:
    """What a measure sees: the marks of one history whose session starts at or before `at`.

    today: the last date whose close is at or before `at`. since: only units that start (sessions) or
    close (days) after this instant count, as `ends` sees runs.
    """

    history: History
    policy: Policy
    codes: Codes
    at: Instant
    today: Date
    date: Date
    since: Instant | None = None

    def cells(self, date: Date) -> list[Cell]:
        """The sessions of a date that have started, each with its mark."""
        history, at = self.history, self.at
        found = [(session, history.marked(session)) for session in history.sessions(date) if session.start <= at]
        return found if self.since is None else [cell for cell in found if cell[0].start > self.since]

    def whole(self, date: Date) -> list[Cell]:
        """The sessions of a closed date, each with its mark."""
        return [(session, self.history.marked(session)) for session in self.history.sessions(date)]


def code_of(cell: Cell) -> str:
    """The code of a cell, empty where there is no mark."""
    return "" if cell[1] is None else cell[1].code


def of_set(cells: list[Cell], codes: frozenset[str], rule: DayRule, not_expected: frozenset[str]) -> bool:
    """Whether the sessions marked with these codes alone make the unit one of the set (M1)."""
    count = expected = 0
    for cell in cells:
        code = code_of(cell)
        count += code in codes
        expected += code not in not_expected
    if not count:
        return False
    if rule.kind == "all":
        return count == expected
    if rule.kind == "sessions":
        return count >= rule.amount
    return rule.kind == "any" or count >= rule.amount * expected


def counts(measure: Measure, view: View, cells: list[Cell]) -> bool:
    """Whether a unit is one of the counted set: a session by its code, anything longer by the day rule."""
    if measure.unit in SESSIONS:
        return code_of(cells[0]) in measure.counted
    return of_set(cells, measure.counted, rule_of(measure, view.policy), view.codes.not_expected)


def minutes_of(view: View, cell: Cell) -> int:
    """The minutes of a counted session: the mark's, else its length where it is an absence (M7)."""
    session, mark = cell
    if mark is not None and mark.minutes is not None:
        return mark.minutes
    return session.minutes if code_of(cell) in view.codes.absent else 0


def in_unit(measure: Measure, view: View, minutes: int) -> Fraction:
    """Minutes in the measure's unit: hours are lessons where the policy says how long one is (M7)."""
    return Fraction(minutes, view.policy.day.lesson_hour if measure.unit == "hour" else 1)


def rule_of(measure: Measure, policy: Policy) -> DayRule:
    """When a day counts as absent for a measure: by its own rule, else by the policy's."""
    return measure.day or policy.day.absent_when


def picked(measure: Measure, cells: list[Cell]) -> list[Cell]:
    """The cells that a measure looks at: all, or the first of the day."""
    return cells[:1] if measure.sessions == "first" else cells


def halves(measure: Measure, view: View, date: Date) -> list[list[Cell]]:
    """The half days of a date that have begun, before noon and from noon on (M5), whole: a session still to come has no mark."""
    cells = picked(measure, [(session, view.history.marked(session) if session.start <= view.at else None) for session in view.history.sessions(date)])
    noon = view.history.zone.instant(date, datetime.time(12))
    split = [cell for cell in cells if cell[0].start < noon], [cell for cell in cells if cell[0].start >= noon]
    return [half for half in split if half and half[0][0].start <= view.at and (view.since is None or half[0][0].start > view.since)]
