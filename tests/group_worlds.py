"""Generated worlds of the second stratum: some pupils in classes and villages, duties, targets and consequences drawn from a menu, written as an author would."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from random import Random

from attrs import evolve

from escalate.days import Calendar, DayPlan
from escalate.events import AssignmentEdit, CalendarEdit, Document, Event, Fact, Flag, Outcome, RosterEdit, Status, Void
from escalate.load import load_policy
from escalate.policy import Action, Policy
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from escalate.testing.model.seen import World
from escalate.testing.strategies.menus import (
    AMONG,
    BASES,
    CHECKS,
    COUNTS,
    ENTRIES,
    EVERY,
    GROUP_DONE,
    GROUP_DUES,
    GROUP_ONLY_IF,
    HOLIDAYS,
    LESS,
    LEVELS,
    LIMITS,
    MEANT,
    ON,
    OWED_BY,
    ROLL_CALLS,
    STARTING,
)  # fmt: skip
from escalate.times import DAY
from tests.build import date
from tests.worlds import CLOCKS, SESSIONS, chain, corrected, marked, one_in, terms

Written = Callable[[Random, str], str]
Date = datetime.date
STARTS = ("2025-09-22", "2025-09-25", "2025-09-29")
FOLLOWED = (4, 5, 6, 7, 8, 12)
HEAD = """
policy: p
extends: standard.yaml
timezone: {zone}
lang: en
{force}
parameters:
  many: [{{from: {turn}, value: 3}}, {{value: 2}}]
  allowed: [{{from: {turn}, value: 40%}}, {{value: 10%}}]
  quota: [{{from: {turn}, value: 2 students}}, {{value: 1 student}}]
  fine: [{{from: {turn}, value: -20 yuan}}, {{value: -50 yuan}}]
  needed: [{{where: open_case(truancy), value: 1}}, {{value: 3}}]
  far: [{{where: poor, value: 0}}, {{value: 2}}]
  deep: [{{where: distance > far, value: 1}}, {{where: missed >= needed, value: 2}}, {{value: 9}}]
  by_grade: [{{where: grade >= 8, value: 40%}}, {{value: 10%}}]
  by_letter: [{{where: received(letter), value: 50%}}, {{value: 0%}}]
students: {{poor: {{title: Poor}}, distance: {{is: number}}}}
roles:
  teacher: {{of: class}}
  principal: {{of: school}}
  clerk: {{of: village}}
  mentor: {{of: student}}
measures:
  talks: {{count: fact(talk), within: term}}
  talk_sum: {{sum: fact(talk), within: {sums}}}
  talk_mean: {{mean: fact(talk), within: {means}}}
  missed: {{count: unexcused, unit: session, within: month}}
  recent: {{count: unexcused, unit: school day, within: 2 school days}}
ladders:
  truancy:
    where: {where}
    stages: {{one: {{when: {when}, do: {{seek: {{by: teacher, due: 1 school day, optional: true}}}}}}}}
    ends: {{when: days_back >= 1}}
"""
# What hangs on parameters that facts, cases and dates turn, on ages and on what slides.
OWED = (
    *OWED_BY, "distance > far", "missed >= needed", "distance >= deep", "distance > 2 or missed >= 1", "not open_case(truancy)", "age >= 13", "days_since(dropped_out) >= 2", 'ever(dropped_out, within="2 days")',
    "school_days_since(term_start) >= 2 and enrolled", 'class_name == "7.1" or poor', "term_week >= 2", "recent >= 1", "days_since(enrolment) >= 3",
)
COUNTED = (*COUNTS, "distance > far", "missed >= needed", "distance >= deep", "age >= 13", "recent >= 1", 'ever(dropped_out, within="2 school days")', "not open_case(truancy)", "days_since(dropped_out) >= 2")
CHOSEN = (*AMONG, "distance > far", "distance < deep", "age < 13", "enrolled and recent < 1")
LEFT = (*LESS, "distance > far", "age >= 13", "missed >= needed")
LIMITED = (*LIMITS, "at_most: by_grade", "at_most: by_letter", "above: by_letter")
TALKS = ("1", "1", "2", "0.5", "-3")
STATUSES = ("transferred_out", "transferred_in", "dropped_out", "dropped_out", "dropped_out", "returned", "graduated", "on_leave")


# --- policies, written ------------------------------------------------------------------------------------

def item(rng: Random, roll: bool, *, deep: bool = True) -> str:
    """One item, in braces. roll: whether it may wait for a roll call."""
    parts = [f"by: {rng.choice(('teacher', 'principal', 'clerk'))}"]
    parts.append(f'due: "{rng.choice(GROUP_DUES)}"')
    said = [("from: event", 6), ("keep: true", 10), ("optional: true", 12), ("times: 2", 10), ("done_by: known", 10)]
    parts += [text for text, n in said if one_in(rng, n)]
    if one_in(rng, 3):
        parts.append(f"done_when: {rng.choice(ROLL_CALLS if roll else GROUP_DONE)}")
    if one_in(rng, 8):
        parts.append(f"if: {rng.choice(GROUP_ONLY_IF)}")
    if one_in(rng, 10):
        parts.append("hold: received(letter)")
    if deep:
        if one_in(rng, 3):
            entered = f", mark: {entry(rng, target=False)}" if one_in(rng, 3) else ""
            parts.append(f"then: {{confirm: {item(rng, roll, deep=False)}{entered}}}")
        if one_in(rng, 3):
            parts.append(f"results: [refused, coming], if_outcome: {{refused: {{order: {item(rng, roll, deep=False)}}}}}")
        parts.append(f"if_overdue: {{chase: {item(rng, roll, deep=False)}, told: {{notify: principal}}}}")
    return f"{{{', '.join(parts)}}}"


def entry(rng: Random, target: bool) -> str:
    """One consequence; only a target counts students."""
    found = [one for one in ENTRIES if target or "per: student" not in one]
    return f"{{entry: {rng.choice(found)}, to: teacher}}"


def duty(rng: Random, rates: list[str]) -> str:
    """One duty, as a block."""
    level = rng.choice(("student", "student", "student", *LEVELS))
    if one_in(rng, 4):
        lines = [f"on: [{', '.join(sorted({rng.choice(ON) for _ in range(rng.choice((1, 2, 3)))}))}]"]
    else:
        every = rng.choice(EVERY)
        lines = [f"every: {every}"]
        if every[0].isdigit() and one_in(rng, 2) or every in ("week", "month") and one_in(rng, 8):
            lines.append(f"starting: {rng.choice(STARTING)}")
    roll = lines[0].startswith("on") or lines[0] in ("every: session", "every: school day")
    where, holidays = rng.choice((*OWED, *(f"rate({name}) > 0%" for name in rates))), rng.choice(HOLIDAYS)
    lines += [f"each: {level}"] + [f"where: {where}"] * bool(where) + [f"in_holidays: {holidays}"] * bool(holidays)
    if one_in(rng, 4):
        lines.append(f"at_least: {rng.choice((2, 2, 3, 'many'))}")
    more = f", told: {{notify: principal, then: {{answer: {item(rng, roll, deep=False)}}}}}" if one_in(rng, 5) else ""
    more += f", mark: {entry(rng, target=False)}" if one_in(rng, 4) else ""
    lines.append(f"do: {{call: {item(rng, roll)}{more}}}")
    return "\n    ".join(lines)


def target(rng: Random) -> str:
    """One target, as a block."""
    lines = [f"each: {rng.choice(LEVELS)}", f"count: {rng.choice(COUNTED)}", f"among: {rng.choice(CHOSEN)}", f"base: {rng.choice(BASES)}", f"check: {rng.choice(CHECKS)}"]
    lines += [text for text in (rng.choice(LIMITED),) if text]
    where, less = rng.choice(MEANT), rng.choice(LEFT)
    lines += [f"where: {where}"] * bool(where) + [f"less: {less}"] * bool(less)
    lines.append(f"if_broken: {{explain: {item(rng, False)}, pay: {entry(rng, target=True)}}}")
    if one_in(rng, 2):
        lines.append(f"if_met: {{praise: {entry(rng, target=True)}, thank: {item(rng, False, deep=False)}}}")
    return "\n    ".join(lines)


def text(rng: Random, turn: Date, zone: str, force: str) -> str:
    """A whole policy."""
    rates = [f"rate_{n}" for n in range(rng.choice((0, 1, 1, 2)))]
    sums, means = rng.choice(("month", "2 weeks", "since call", "since the case opened")), rng.choice(("term", "week"))
    said = HEAD.format(zone=zone, turn=turn, force=force, sums=sums, means=means, where=rng.choice(("enrolled", "enrolled and not poor")), when=rng.choice(("days_away >= 1", "missed_today >= 1")))
    duties = {f"duty_{n}": duty(rng, rates) for n in range(rng.choice((1, 1, 2)))}
    for head, blocks in (("duties", duties), ("targets", {name: target(rng) for name in rates})):
        if blocks:
            said += f"{head}:\n" + "".join(f"  {name}:\n    {block}\n" for name, block in blocks.items())
    return said


@functools.lru_cache(maxsize=256)
def loaded(written: str) -> Policy:
    return load_policy(Source("p.yaml", written), for_evaluation=True)


def as_written(rng: Random, text: str) -> str:
    """The measures as they are."""
    return text


def rules(rng: Random, first: Date, followed: int, zone: str, written: Written = as_written) -> tuple[Policy, ...]:
    """One policy, sometimes in two versions; written: what the text of a version becomes."""
    turn = first + DAY * rng.randrange(1, followed)
    if not one_in(rng, 6):
        return (loaded(written(rng, text(rng, turn, zone, ""))),)
    return tuple(loaded(written(rng, text(rng, turn, zone, f"in_force: {{{when}}}"))) for when in (f"to: {turn - DAY}", f"from: {turn}"))


# --- who there is -------------------------------------------------------------------------------------------

def placed(rng: Random, *schools: str) -> tuple[str, str, str]:
    """A school with one of its own classes and grades."""
    school = rng.choice(schools)
    return school, rng.choice(("na", "na", "nb") if school == "north" else ("sa", "sb")), rng.choice("778" if school == "north" else "9")


def people(rng: Random, first: Date, followed: int) -> Roster:
    """Two to four pupils; some move, come late or leave early; roles are held, handed over, left vacant."""
    rows: list[Student] = []
    for n in range(rng.choice((2, 2, 3, 4))):
        fields = {"village": rng.choice(("east", "west", "west", "")), "poor": rng.choice(("", "", "yes")), "distance": rng.choice(("", "1", "3")), "birth_date": rng.choice(("", "2012-09-25", "2012-09-29"))}
        row = Student(f"s{n + 1}", *placed(rng, "north", "north", "north", "south"), fields=fields)
        turn = first + DAY * rng.randrange(1, followed)
        how = rng.choice(("stays",) * 5 + ("moves", "comes", "leaves", "gap"))
        if how == "moves":
            school, class_, grade = placed(rng, "north", "south")
            rows += [evolve(row, end=turn - DAY), evolve(row, start=turn, school=school, class_=class_, grade=row.grade if school == row.school else grade)]
        elif how == "gap":
            rows += [evolve(row, end=turn - DAY), evolve(row, start=turn + DAY * 2)]
        else:
            rows.append(evolve(row, start=turn) if how == "comes" else evolve(row, end=turn) if how == "leaves" else row)
    held: list[Assignment] = []
    for role, places in (("teacher", ("na", "nb", "sa")), ("clerk", ("east", "west")), ("principal", ("north",)), ("mentor", ("s1", "s2"))):
        for place in places:
            turn = first + DAY * rng.randrange(-2, followed)
            how = rng.choice(("always", "always", "handed", "late", "ends", "vacant", "two"))
            person = rng.choice(("ann", "bob", "cid"))
            if how == "handed":
                held += [Assignment(role, place, person, None, turn - DAY), Assignment(role, place, "dan", turn)]
            elif how == "two":
                held += [Assignment(role, place, "ann"), Assignment(role, place, "bob", turn)]
            elif how != "vacant":
                held.append(Assignment(role, place, person, turn if how == "late" else None, turn if how == "ends" else None))
    return Roster(tuple(rows), tuple(held))


# --- events ---------------------------------------------------------------------------------------------------

def names(roster: Roster, level: str) -> list[str]:
    """Some groups of a level, of which one may be nobody's."""
    found = {"class": ["na", "nb", "sa"], "school": ["north", "south"], "village": ["east", "west"], "grade": ["7", "8", "9"], "teacher": ["ann", "bob", "na"], "clerk": ["ann", "west"]}
    found |= {"mentor": ["ann", "s1"], "person": ["ann", "bob"], "student": list(roster.ids())}
    return found[level]


def asked(rng: Random, versions: tuple[Policy, ...], roster: Roster, cal: Calendar, first: Date, followed: int) -> tuple[str, str, str, str]:
    """Somebody of whom something may be asked: level, name, an action, an item's id."""
    found = [(part, stage) for policy in versions for part in policy.duties.values() for stage in (part.stage,)]
    found += [(part, stage) for policy in versions for part in policy.targets.values() for stage in (part.broken, part.met) if stage.do]
    part, stage = rng.choice(found)
    name, day = rng.choice(names(roster, part.each)), first + DAY * rng.randrange(followed)
    week = (day - DAY * day.weekday()).isoformat()
    period = rng.choice((week, week, day.isoformat(), f"{day:%Y-%m}", f"{day:%Y-%m}", "first", "second", "year", f"{day}.am"))
    number = "" if part in [one for policy in versions for one in policy.targets.values()] else f"/{rng.choice('1112')}"
    ids = [pair for act in stage.do for pair in _chain(f"p/{part.name}/{name}/{period}{number}", act)]
    where, action = rng.choice(ids)
    return part.each, name, action, where


def _chain(above: str, act: Action) -> list[tuple[str, str]]:
    return list(chain(above, act))


def said(rng: Random, versions: tuple[Policy, ...], roster: Roster, cal: Calendar, first: Date, followed: int) -> list[Event]:
    """What is said of students and groups; some of it late, taken back or said again."""
    before = 86400 * rng.choice((0, 0, 0, 0, 0, 0, 3, 20))

    def moment() -> int:
        """Now and then before the calendar begins."""
        return cal.zone.instant(first + DAY * rng.randrange(followed), rng.choice(CLOCKS)) - (before if before and one_in(rng, 2) else 0)

    def late() -> int:
        return 3600 * rng.choice((0, 0, 0, 2, 30, 90))

    found: list[Event] = []
    for n in range(rng.randrange(5)):
        at, key = moment(), rng.choice(("action", "action", "item", "both"))
        level, name, action, where = asked(rng, versions, roster, cal, first, followed)
        who = "item" if level != "student" and key == "item" and one_in(rng, 2) else level
        found.append(Outcome(
            student=name, level=who, at=at, known=at + late(), result=rng.choice(("", "coming", "refused")), done=not one_in(rng, 6), times=2 if one_in(rng, 10) else 1,
            action="" if key == "item" else action, item="" if key == "action" else where, by=rng.choice(("", "", "ann")), id=f"o{n}",
        ))
    makers: tuple[Callable[[str, int, int], Event], ...] = (
        lambda student, at, n: Flag(student=student, flag="poor", value=rng.choice(("yes", "yes", "no")), at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Flag(student=student, flag="distance", value=rng.choice("15"), at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Status(student=student, status=rng.choice(STATUSES), at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Status(student=student, status=rng.choice(STATUSES), at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Document(student=student, document="letter", at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Fact(about=student, fact="talk", value=rng.choice(TALKS), at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: Outcome(student=student, action="call", at=at, known=at + late(), id=f"f{n}"),
        lambda student, at, n: RosterEdit(
            student=student, column=(column := rng.choice(("class", "village", "grade", "school", "poor"))), known=at, id=f"f{n}",
            value=rng.choice({"class": ("na", "nb", "nc"), "village": ("east", "west", ""), "grade": "78", "school": ("north", "south"), "poor": ("yes", "no")}[column]),
            start=rng.choice((None, first + DAY * rng.randrange(followed))),
        ),
    )
    for n in range(rng.randrange(6)):
        found.append(rng.choice(makers)(rng.choice(roster.ids()), moment(), n))
    for n in range(rng.choice((0, 1, 2, 3, 6))):
        level = rng.choice(LEVELS)
        name, at = rng.choice(names(roster, level)), moment() - 86400 * rng.choice((0, 0, 2, 5))
        if one_in(rng, 2):
            level, name, *_ = asked(rng, versions, roster, cal, first, followed)
        if one_in(rng, 3):
            found.append(Document(student=name, level=level, document="letter", at=at, known=at + late(), id=f"d{n}"))
        else:
            found.append(Fact(about=name, level=level, fact="talk", value=rng.choice(TALKS), at=at, known=at + late(), id=f"d{n}"))
    if found and one_in(rng, 3):
        found.append(taken_back(rng, rng.choice(found), late()))
    return found


def taken_back(rng: Random, old: Event, after: int) -> Event:
    """A void of an event, or another word under its id or under none."""
    who, level = getattr(old, "about", "") or old.student, getattr(old, "level", "student")  # type: ignore[union-attr]  # all but edits have a student
    if one_in(rng, 2) and level != "item":
        return Void(student=who, level=level, target=old.id, known=old.known + after, id="void")
    other = {"value": "no"} if isinstance(old, Flag) and old.flag == "poor" else {}
    return evolve(old, known=old.known + after, seq=1, id=rng.choice((old.id, f"{old.id}.again")), **other)


def edits(rng: Random, cal: Calendar, first: Date, followed: int) -> list[Event]:
    """Now and then a day closed or one more day of school, or another teacher."""
    def day() -> Date:
        return first + DAY * rng.randrange(followed + 1)

    found: list[Event] = []
    if one_in(rng, 6):
        known = cal.zone.instant(day(), rng.choice(CLOCKS))
        role, of = rng.choice((("teacher", "na"), ("clerk", "west"), ("mentor", "s1")))
        who, start = rng.choice(("ann", "eve")), rng.choice((None, day()))
        end = cal.zone.date(known) if start is None and role != "mentor" else None  # it ends what that person holds open
        found.append(AssignmentEdit(role=role, of=of, person=who, start=start, end=end, known=known, id="posted"))
    if one_in(rng, 6):
        shut = day()
        plan = rng.choice((DayPlan("closed", ()), DayPlan("make_up", None, 4)))
        found.append(CalendarEdit(date=shut, known=cal.zone.instant(shut, datetime.time(7)) + 3600 * rng.choice((-48, 0, 30)), plan=plan, id="snow"))
    return found


# --- worlds -----------------------------------------------------------------------------------------------------

def world(rng: Random, written: Written = as_written) -> World:
    """Everything that an evaluation is given, and until when it is followed."""
    first = date(rng.choice(STARTS))
    last = first + DAY * (rng.choice(FOLLOWED) - 1)
    followed = (last - first).days + 1
    zone = rng.choice(("Asia/Shanghai",) * 6 + ("Australia/Sydney",))
    cal = terms(first, rng.choice(SESSIONS), rng.choice((1, 2, 4, 7, 9)), rng.choice((0, 3, 3, 8)), rng.choice((0, 0, 4)), zone)
    if len(cal.terms) > 1 and one_in(rng, 2):
        cal = evolve(cal, years={"2024": ("first",), "2025": ("second",)})
    versions, roster = rules(rng, first, followed, zone, written), people(rng, first, followed)
    events = edits(rng, cal, first, followed) + said(rng, versions, roster, cal, first, followed)
    for student in roster.ids():
        if not one_in(rng, 4):
            events += marked(rng, student, cal, last)
    return World(versions, cal, roster, tuple(events), cal.zone.instant(last, datetime.time(23)))


def numbered(number: str) -> World:
    """The world of a number such as `g1/17`."""
    return evolve(world(Random(number)), number=number)  # noqa: S311  # the same number, the same world


__all__ = ["corrected", "numbered", "world"]
