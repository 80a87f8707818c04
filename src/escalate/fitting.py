"""Whether policies, calendar and roster fit one another, before anything is decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

from .days import Calendar
from .messages import noun, say
from .policy import Policy, asked
from .roster import Roster, Student
from .source import Problem, Refused

Date = datetime.date
# The levels that every school has of its own, under names that another school may have too.
OF_A_SCHOOL = ("class", "grade")


def check(policies: Sequence[Policy], calendar: Calendar, roster: Roster) -> None:
    """Refuse policies that do not fit the calendar, and names that would stand for two things or divide an item's id."""
    problems = [Problem("bad-id", say("a student's id holds no `/`: `{student}`", student=student)) for student in roster.ids() if "/" in student]
    levels = {part.each for policy in policies for part in asked(policy)} - {"student"}
    problems += _dividing(levels, policies, roster)
    problems += _of_two_schools(levels, policies, roster)
    for policy in policies:
        problems += _other_calendar(policy, calendar)
    if problems:
        raise Refused(problems)


def _other_calendar(policy: Policy, calendar: Calendar) -> Iterator[Problem]:
    if policy.timezone != calendar.timezone:
        yield Problem(
            "other-timezone",
            say(
                "policy `{name}` is written for `{timezone}`, the calendar for `{timezone2}`", name=policy.name, timezone=policy.timezone,
                timezone2=calendar.timezone,
            ),
        )
    closes, advice = policy.day.closes, say("let `day: closes:` be later than the last session's start")
    for period in calendar.periods:
        if period.start >= closes:
            yield Problem(
                "session-after-close", say("session `{name}` starts at or after the close of the day, {closes:%H:%M}", name=period.name, closes=closes),
                help=advice,
            )


def _dividing(levels: set[str], policies: Sequence[Policy], roster: Roster) -> list[Problem]:
    """Groups of which something is asked, and whose names would not be one part of an item's id."""
    names = {(level, row.get(level)) for level in levels for row in roster.students}
    if not {"person", *(role for policy in policies for role in policy.roles)}.isdisjoint(levels):
        names |= {("person", held.person) for held in roster.assignments}
    divided = [(noun(level), name) for level, name in sorted(names) if "/" in name]
    return [Problem("bad-id", say("the name of a {level} holds no `/`: `{name}`", level=level, name=name)) for level, name in divided]


def _of_two_schools(levels: set[str], policies: Sequence[Policy], roster: Roster) -> Iterator[Problem]:
    """Classes and grades of which something is asked, or for which a role is held, and whose name two schools have at one time."""
    for level in OF_A_SCHOOL:
        rows: dict[str, list[Student]] = {}
        for row in roster.students:
            rows.setdefault(row.get(level), []).append(row)
        roles = {role.name for policy in policies for role in policy.roles.values() if role.of == level}
        held = {one.of for one in roster.assignments if one.role in roles}
        for name in sorted(rows if level in levels else held & set(rows)):
            schools = _together(rows[name]) if name else ()
            if schools and not schools[0]:
                message = say("the row has no `school`, and {level} `{name}` is one of the school `{school}`", level=noun(level), name=name, school=schools[1])
                yield Problem("two-schools", message, next(row.span for row in rows[name] if not row.school), say("write `{school}`", school=schools[1]))
            elif schools:
                beside = say("write `{schools} {name}` in the roster, the assignments and the events", schools=schools[0], name=name)
                help = beside if level == "class" else say("run each school by itself")
                message = say(
                    "{level} `{name}` is one of the schools `{schools}` and `{schools2}`: who holds a role for one would hold it for the other",
                    level=noun(level), name=name, schools=schools[0], schools2=schools[1],
                )
                yield Problem("two-schools", message, rows[name][0].span, help)


def _together(rows: Sequence[Student]) -> tuple[str, ...]:
    """Two schools that have students in some rows on one date, by name."""
    spans: dict[str, list[tuple[Date, Date]]] = {}
    for row in rows:
        spans.setdefault(row.school, []).append((row.start or Date.min, row.end or Date.max))
    for one, other in combinations(sorted(spans), 2):
        if any(first <= end and start <= last for first, last in spans[one] for start, end in spans[other]):
            return one, other
    return ()


def unreached(policies: Sequence[Policy], roster: Roster) -> Iterator[Problem]:
    """Warnings: duties and targets that ask nobody, since the roster names no such group."""
    for policy in policies:
        for part in asked(policy):
            level = policy.roles[part.each].of if part.each in policy.roles else part.each
            if level not in ("student", "person", "session") and not any(row.get(level) for row in roster.students):
                kind = noun("duty" if part.name in policy.duties else "target")
                message = say(
                    "{kind} `{name}` is for each {each}, and no row of the roster has a `{level}`: it asks for nothing", kind=kind, name=part.name,
                    each=noun(part.each), level=noun(level),
                )
                yield Problem("nobody-there", message, part.span, say("give the roster a column `{level}`", level=level), warning=True)
