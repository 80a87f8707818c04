"""A small school that is made up from a seed, with all that happens in it: what tests of an integrator play."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from ..days import Calendar
from ..foresight import codes_of
from ..policy import Policy
from ..readers.calendar import parse_calendar
from ..readers.roster import parse_assignments, parse_roster
from ..roster import Roster
from ..simulate import Codes, Draws, Rates, School, assignment_rows, assignments_text, calendar_text, events_of, play, roster_rows, roster_text
from ..source import Source
from ..times import DAY
from .model.seen import World
from .naming import Named, policies_of

ORDINARY = "S002-02"
# More is away, and for longer, than in an ordinary school: four weeks of a dozen students have something of all.
RATES = Rates(absence=Fraction(20, 100), unexcused=Fraction(2, 3), spell=Fraction(3), in_time=Fraction(60, 100), late=Fraction(25, 100))


def made_school(
    policy: Named = ORDINARY, *, students: int = 12, weeks: int = 4, seed: int = 1
) -> World:
    """A school of some students for some weeks from 1 September on: `policies`, `calendar`, `roster`, `events` and `until` to evaluate it by.

    policy: a file, the name of one that comes with escalate, or loaded policies. events: marks of absences that last, late rolls, corrections,
    and what came of the items that the newest policy asks for. The same arguments give the same school.
    """
    policies = policies_of(policy)
    newest = max(policies, key=lambda one: one.start or datetime.date.min)
    draws = Draws(seed)
    calendar = _calendar(policies)
    first = calendar.of("").terms[0].start
    roster = _roster(policies, School(students, max(students // 6, 1)), first, draws)
    last = min(first + DAY * (7 * weeks - 1), calendar.of("").last)
    until = calendar.zone.instant(last, max(one.day.closes for one in policies))
    days = {row.school: calendar.of(row.school) for row in roster.students}
    happened = events_of(roster, days, _codes(policies), RATES, draws, until)
    answers = play(newest, calendar, roster, happened, until, RATES, draws).answers
    return World(policies, calendar, roster, tuple(sorted((*happened, *answers), key=lambda event: (event.known, event.id))), until)


def _calendar(policies: Sequence[Policy]) -> Calendar:
    found, _ = parse_calendar(Source("calendar.yaml", calendar_text(policies)))
    assert found is not None
    return found


def _roster(policies: Sequence[Policy], school: School, first: datetime.date, draws: Draws) -> Roster:
    rows, _ = parse_roster(Source("roster.csv", roster_text(roster_rows(policies, school, first, draws))))
    assert rows is not None
    held, _ = parse_assignments(Source("assignments.csv", assignments_text(assignment_rows(policies, rows))))
    return Roster(rows.students, held)


def _codes(policies: Sequence[Policy]) -> Codes:
    """Codes that mean the same to all policies. Raises ValueError where nobody can be marked present or absent."""
    found = {meaning: next(iter(codes_of(policies, meaning)), "") for meaning in ("present", "unexcused", "excused", "late")}
    if not found["present"] or not found["unexcused"]:
        raise ValueError("the policies have no code for `present`, or none for `unexcused`, that means so in each of them")
    return Codes(**found)
