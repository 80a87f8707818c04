"""`escalate simulate`: one policy or two in a school that is made up."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import asdict, frozen

from ..compare import Side, by_week, compare, span_of
from ..compare.load import load_of
from ..days import Calendar
from ..events import Mark, Status
from ..foresight import codes_of
from ..load import load_policy
from ..loading.vocabulary import share
from ..phrases import phrases_for
from ..policy import Policy
from ..readers.calendar import check_close, parse_calendar
from ..readers.rejects import Context
from ..readers.roster import parse_assignments, parse_roster
from ..readers.texts import read_source
from ..registers import registers_of
from ..reports.compared import Compared
from ..reports.grids import notes
from ..reports.problems import print_json
from ..reports.progress import watching
from ..reports.simulated import Simulated, head
from ..reports.table import show
from ..roster import Roster
from ..simulate import (
    Codes,
    Draws,
    Happened,
    Played,
    Rates,
    School,
    assignment_rows,
    assignments_text,
    calendar_text,
    events_of,
    play,
    roster_rows,
    roster_text,
)
from ..simulate.rates import MOST
from ..simulate.reached import reached, reached_by
from ..simulate.unmade import documents_read, facts_read, left_empty
from ..simulate.words import words_for
from ..source import Problem, Refused, Source
from ..times import Instant
from ..writers.events import events_text
from ..writers.fresh import check_fresh, write_fresh
from . import FINE, Misuse
from .compare import as_values
from .run import column_in, moment_of

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


def simulate(paths: Sequence[str], asked: Asked) -> int:
    """Print what comes of a policy in a made-up school, or what of two."""
    policies = _policies(paths)
    school, rates = _school(asked), _rates(asked)
    names = ["outcomes.csv"] if len(paths) == 1 else ["outcomes-a.csv", "outcomes-b.csv"]
    if asked.out:
        check_fresh(asked.out, (*FILES, *names))
    lang = asked.lang or policies[-1].lang
    with watching(sys.stderr, lang) as watch:
        watch.stage("read")
        made = _made(policies, school, rates, asked)
        watch.stage("evaluate", len(policies))
        played = []
        for policy in policies:
            played.append(play(policy, made.calendar, made.roster, made.events, made.until, rates, made.draws))
            watch.step()
    if asked.out:
        outcomes = {name: events_text(one.answers, made.calendar.zone) for name, one in zip(names, played, strict=True)}
        write_fresh(asked.out, {**made.texts, **outcomes})
    sides = [_side(policy, one, made.calendar) for policy, one in zip(policies, played, strict=True)]
    caveats = list(_caveats(policies, made, lang))
    if asked.form == "json":
        print_json(_values(paths, sides, played, made, asked, caveats, lang), sys.stdout)
    else:
        show(_parts(paths, sides, played, made, asked, caveats, lang, names), sys.stdout)
    return FINE


# --- what is asked for --------------------------------------------------------------------------------------


def _policies(paths: Sequence[str]) -> list[Policy]:
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


def _school(asked: Asked) -> School:
    low, dash, high = asked.grades.partition("-")
    grades = (int(low), int(high if dash else low)) if low.isdecimal() and (high.isdecimal() or not dash) else (1, 0)
    if not 1 <= grades[0] <= grades[1] <= 12:
        raise Misuse(f"--grades {asked.grades}: write the first and the last grade, such as 1-6 or 7-9")
    if not 1 <= asked.students <= LARGEST:
        raise Misuse(f"--students {asked.students}: write a number from 1 to {LARGEST}")
    if not 1 <= asked.classes <= asked.students:
        raise Misuse(f"--classes {asked.classes}: write a number from 1 to the number of students, {asked.students}")
    return School(asked.students, asked.classes, grades)


def _rates(asked: Asked) -> Rates:
    if asked.spell < 1:
        raise Misuse(f"--spell {asked.spell}: write the mean length of an absence in school days, 1 or more")
    found = Rates(
        _share("--absence-rate", asked.absence), _share("--unexcused", asked.unexcused), Fraction(asked.spell), _share("--in-time", asked.in_time),
        _share("--late", asked.late),
    )  # fmt: skip
    if found.in_time + found.late > 1:
        raise Misuse(f"--in-time {asked.in_time} and --late {asked.late} are more than all items together")
    if found.absence > MOST:
        raise Misuse(f"--absence-rate {asked.absence}: at most {MOST * 100}% of school days")
    return found


def _share(option: str, text: str) -> Fraction:
    found = share(text)
    if found is None or not 0 <= found <= 1:
        raise Misuse(f"{option} {text}: write a percentage from 0% to 100%, such as 4%")
    return found


# --- the school ---------------------------------------------------------------------------------------------


def _made(policies: Sequence[Policy], school: School, rates: Rates, asked: Asked) -> Made:
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
        raise Misuse(f"--until {asked.until}: the calendar covers {days.first} to {days.last}")
    at_home = {row.school: calendar.of(row.school) for row in roster.students}
    events = tuple(events_of(roster, at_home, _codes(policies), rates, draws, until))
    texts = {"calendar.yaml": source.text, "roster.csv": students, "assignments.csv": assignments, "events.csv": events_text(events, calendar.zone)}
    return Made(school, rates, draws, calendar, roster, events, until, texts)


def _codes(policies: Sequence[Policy]) -> Codes:
    """What is marked: codes that mean the same to all policies."""
    found = {meaning: next(iter(codes_of(policies, meaning)), "") for meaning in ("present", "unexcused", "excused", "late")}
    for meaning in ("present", "unexcused"):
        if not found[meaning]:
            help = "give the policy such a code under `marks:`"
            raise Refused([Problem("no-code", f"no code means `{meaning}` in every policy, so nobody can be marked so", help=help)])
    return Codes(**found)


def _side(policy: Policy, played: Played, calendar: Calendar) -> Side:
    return Side(policy, played.ledger, calendar.zone, registers_of(played.engine), partial(column_in, played.engine))


# --- what is said -------------------------------------------------------------------------------------------


def _percent(share: Fraction, lang: str) -> str:
    return phrases_for(lang).percent(share)


def _about(made: Made, played: Sequence[Played], asked: Asked, lang: str) -> Iterator[str]:
    """What kind of school it is, by its rates, and what came of them."""
    words, rates, zone = words_for(lang), made.rates, made.calendar.zone
    low, high = made.school.grades
    yield words["school"].format(
        students=made.school.students, classes=made.school.classes, low=low, high=high, seed=asked.seed, first=made.calendar.of("").terms[0].start,
        until=f"{zone.local(made.until):%Y-%m-%d %H:%M}",
    )  # fmt: skip
    yield words["rates"].format(
        absence=_percent(rates.absence, lang), unexcused=_percent(rates.unexcused, lang), spell=rates.spell, in_time=_percent(rates.in_time, lang),
        late=_percent(rates.late, lang), never=_percent(1 - rates.in_time - rates.late, lang),
    )  # fmt: skip
    counts = _counts(made, played)
    missed, without = counts["missed"], counts["without_leave"]
    yield words["came"].format(
        absence=_percent(Fraction(missed, max(counts["sessions"], 1)), lang), unexcused=_percent(Fraction(without, max(missed, 1)), lang),
        answers=" / ".join(f"{len(one.answers):,}" for one in played), dropped=counts["dropouts"],
    )  # fmt: skip


def _counts(made: Made, played: Sequence[Played]) -> dict[str, int]:
    """What was made up, the newest mark of each session."""
    policy = played[0].ledger.policies[0]
    newest = {(event.student, event.date, event.session): policy.marks[event.code].meaning for event in made.events if isinstance(event, Mark)}
    meanings = list(newest.values())
    return {
        "sessions": len(meanings), "missed": sum(meaning in ("excused", "unexcused") for meaning in meanings), "without_leave": meanings.count("unexcused"),
        "dropouts": sum(isinstance(event, Status) and event.status == "dropped_out" for event in made.events),
    }  # fmt: skip


def _caveats(policies: Sequence[Policy], made: Made, lang: str) -> Iterator[str]:
    words, joint = words_for(lang), phrases_for(lang).texts["list"]
    yield words["caveat.made-up"]
    unmade = [words["fact"].format(name=name) for policy in policies for name in facts_read(policy)]
    unmade += [words["document"].format(name=name) for policy in policies for name in documents_read(policy)]
    if unmade:
        yield words["caveat.facts"].format(names=joint.join(dict.fromkeys(unmade)))
    empty = dict.fromkeys(name for policy in policies for name in left_empty(policy))
    if empty:
        yield words["caveat.empty"].format(names=joint.join(empty))
    first, last = made.calendar.of("").terms[0].start, made.calendar.zone.date(made.until)
    for policy in policies:
        if not policy.covers(first) or not policy.covers(last):
            name = policy.title.say(lang) or policy.name
            yield words["caveat.in-force"].format(name=name, span=span_of(policy, lang))


def _parts(
    paths: Sequence[str], sides: Sequence[Side], played: Sequence[Played], made: Made, asked: Asked, caveats: Sequence[str], lang: str, names: Sequence[str],
) -> Iterator[Any]:
    framed = sys.stdout.isatty()
    words = words_for(lang)
    if len(sides) == 2:
        yield from (*_about(made, played, asked, lang), "")
        yield from Compared(compare(*sides), (paths[0], paths[1]), lang, everything=asked.everything).parts(framed=framed)
    else:
        [side] = sides
        yield from head(list(_about(made, played, asked, lang)), [side.policy.title.say(lang) or side.policy.name], lang)
        yield ""
        items = side.ledger.items
        yield from Simulated(side.policy, reached(items, side.policy), reached_by(items, side.policy), load_of(side, side), lang).parts(framed=framed)
    yield ""
    yield from notes(words["caveats"], caveats)
    if asked.out:
        yield from ("", words["written"].format(folder=asked.out))
        for path, name in zip(paths, names, strict=True):
            yield words["again"].format(command=_command(path, asked.out, name, made))


def _command(path: str, folder: str, outcomes: str, made: Made) -> str:
    """The run that gives the same again."""
    files = [(f"--{name.partition('.')[0]}", os.path.join(folder, name)) for name in FILES]
    parts = ["escalate", "run", "--policy", path, *(part for pair in files for part in pair), "--events", os.path.join(folder, outcomes)]
    return shlex.join([*parts, "--until", made.calendar.zone.text(made.until), "--out", "term"])


def _values(
    paths: Sequence[str], sides: Sequence[Side], played: Sequence[Played], made: Made, asked: Asked, caveats: Sequence[str], lang: str,
) -> dict[str, object]:
    """A simulation as one document."""
    low, high = made.school.grades
    values: dict[str, object] = {
        "seed": asked.seed, "until": made.calendar.zone.text(made.until),
        "school": {"students": made.school.students, "classes": made.school.classes, "grades": [low, high]},
        "rates": {name: str(rate) for name, rate in asdict(made.rates).items()},
        "made": {**_counts(made, played), "outcomes": [len(one.answers) for one in played]},
        "caveats": list(caveats),
        "policies": [_of(path, side) for path, side in zip(paths, sides, strict=True)],
    }  # fmt: skip
    if len(sides) == 2:
        values["compared"] = as_values(compare(*sides), (paths[0], paths[1]), lang, ())
    return values


def _of(path: str, side: Side) -> dict[str, object]:
    items, load = side.ledger.items, load_of(side, side)
    stages = [{"part": part, "stage": stage, **asdict(found)} for (part, stage), found in reached(items, side.policy).items()]
    weeks = [week.isoformat() for week in load.weeks]
    given = {role: by_week(load.a, role, load.weeks) for role in load.roles}
    return {"file": path, "policy": side.policy.name, "version": side.policy.version, "stages": stages, "load": {"weeks": weeks, "roles": given}}
