"""The made-up school that a simulation asks for, read from what was written at the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ..days import Calendar
from ..foresight import codes_of
from ..load import load_policy
from ..loading.vocabulary import share
from ..messages import say
from ..policy import Policy
from ..readers.calendar import check_close, parse_calendar
from ..readers.rejects import Context
from ..readers.roster import parse_assignments, parse_roster
from ..readers.texts import read_source
from ..roster import Roster
from ..simulate import (
    Codes,
    Draws,
    Happened,
    Rates,
    School,
    assignment_rows,
    assignments_text,
    calendar_text,
    events_of,
    roster_rows,
    roster_text,
)
from ..simulate.rates import MOST
from ..source import Problem, Refused, Source
from ..times import Instant
from ..writers.events import events_text
from . import Misuse
from .run import moment_of

LARGEST = 20_000  # students
FILES = ("calendar.yaml", "roster.csv", "assignments.csv", "events.csv")


@frozen
class Asked:
    """What is asked of a simulation, as it was written."""

    students: int = 400
    classes: int = 8
    grades: str = "7-9"
    seed: int = 1
    absence: str = "4%"
    unexcused: str = "33%"
    spell: int = 2
    in_time: str = "80%"
    late: str = "15%"
    calendar: str | None = None
    until: str = ""
    out: str = ""
    everything: bool = False
    lang: str = ""
    form: str = "human"


@frozen
class Made:
    """A made-up school, ready to be played. texts: its files, but for the outcomes."""

    school: School
    rates: Rates
    draws: Draws
    calendar: Calendar
    roster: Roster
    events: tuple[Happened, ...]
    until: Instant
    texts: Mapping[str, str]


# --- what is asked for --------------------------------------------------------------------------------------


def policies_of(paths: Sequence[str]) -> list[Policy]:
    """The policies; all that is wrong with them is said at once."""
    found: list[Policy] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(load_policy(path, for_evaluation=True))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(list(dict.fromkeys(problems)))
    return found


def school_of(asked: Asked) -> School:
    """How large the school is."""
    low, dash, high = asked.grades.partition("-")
    grades = (int(low), int(high if dash else low)) if low.isdecimal() and (high.isdecimal() or not dash) else (1, 0)
    if not 1 <= grades[0] <= grades[1] <= 12:
        raise Misuse(say("--grades {grades}: write the first and the last grade, such as 1-6 or 7-9", grades=asked.grades))
    if not 1 <= asked.students <= LARGEST:
        raise Misuse(say("--students {students}: write a number from 1 to {LARGEST}", students=asked.students, LARGEST=LARGEST))
    if not 1 <= asked.classes <= asked.students:
        raise Misuse(say("--classes {classes}: write a number from 1 to the number of students, {students}", classes=asked.classes, students=asked.students))
    return School(asked.students, asked.classes, grades)


def rates_of(asked: Asked) -> Rates:
    """How its people are."""
    if asked.spell < 1:
        raise Misuse(say("--spell {spell}: write the mean length of an absence in school days, 1 or more", spell=asked.spell))
    found = Rates(
        _share("--absence-rate", asked.absence), _share("--unexcused", asked.unexcused), Fraction(asked.spell), _share("--in-time", asked.in_time),
        _share("--late", asked.late),
    )  # fmt: skip
    if found.in_time + found.late > 1:
        raise Misuse(say("--in-time {in_time} and --late {late} are more than all items together", in_time=asked.in_time, late=asked.late))
    if found.absence > MOST:
        raise Misuse(say("--absence-rate {absence}: at most {MOST}% of school days", absence=asked.absence, MOST=MOST * 100))
    return found


def _share(option: str, text: str) -> Fraction:
    found = share(text)
    if found is None or not 0 <= found <= 1:
        raise Misuse(say("{option} {text}: write a percentage from 0% to 100%, such as 4%", option=option, text=text))
    return found


# --- the school ---------------------------------------------------------------------------------------------


def made_of(policies: Sequence[Policy], school: School, rates: Rates, asked: Asked) -> Made:
    """The school with all that happens in it, but for what becomes of the items."""
    draws = Draws(asked.seed)
    source = read_source(asked.calendar) if asked.calendar else Source("calendar.yaml", calendar_text(policies))
    calendar, found = parse_calendar(source)
    if calendar is None:
        raise Refused([problem for problem in found if not problem.warning])
    closing = sorted({problem for policy in policies for problem in check_close(calendar, policy.day.closes, source)}, key=lambda problem: problem.place)
    if closing:
        raise Refused(closing)
    days = calendar.of("")
    students = roster_text(roster_rows(policies, school, days.terms[0].start, draws))
    rows, _ = parse_roster(Source("roster.csv", students))
    roster = rows or Roster()
    assignments = assignments_text(assignment_rows(policies, roster))
    held, _ = parse_assignments(Source("assignments.csv", assignments))
    roster = Roster(roster.students, held)
    context = Context(calendar.zone, calendar, roster, max(policy.day.closes for policy in policies))
    until = moment_of("--until", asked.until, context) if asked.until else context.close(days.terms[0].end)
    if not days.first <= calendar.zone.date(until) <= days.last:
        raise Misuse(say("--until {until}: the calendar covers {first} to {last}", until=asked.until, first=days.first, last=days.last))
    at_home = {row.school: calendar.of(row.school) for row in roster.students}
    events = tuple(events_of(roster, at_home, _codes(policies), rates, draws, until))
    texts = {"calendar.yaml": source.text, "roster.csv": students, "assignments.csv": assignments, "events.csv": events_text(events, calendar.zone)}
    return Made(school, rates, draws, calendar, roster, events, until, texts)


def _codes(policies: Sequence[Policy]) -> Codes:
    """What is marked: codes that mean the same to all policies."""
    found = {meaning: next(iter(codes_of(policies, meaning)), "") for meaning in ("present", "unexcused", "excused", "late")}
    for meaning in ("present", "unexcused"):
        if not found[meaning]:
            help = say("give the policy such a code under `marks:`")
            raise Refused([Problem("no-code", say("no code means `{meaning}` in every policy, so nobody can be marked so", meaning=meaning), help=help)])
    return Codes(**found)
