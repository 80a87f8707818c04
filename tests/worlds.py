"""Generated worlds, small and nasty: a week or two of a pupil under ladders drawn from a menu, and now and then three weeks of two pupils."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from attrs import evolve
from hypothesis import strategies as st

from escalate.days import Calendar, DayPlan, Plans
from escalate.events import AssignmentEdit, CalendarEdit, Document, Event, Fact, Flag, Mark, Outcome, RosterEdit, Status, Void
from escalate.load import load_policy
from escalate.policy import Action, After, Measure, Policy, Stage
from escalate.roster import Roster
from escalate.source import Source
from escalate.testing.model.seen import World
from escalate.testing.strategies import defined
from escalate.testing.strategies.menus import AGAIN, COVERED, DONE, DUES, ENDS, FURTHER, HOLDS, LATER, NEEDS, NUMBERED, ONLY_IF, OPENERS, OTHERS
from escalate.testing.strategies.yaml import Quoted, value, written
from escalate.times import DAY
from tests.build import CODES, Sketch, action, calendar, count, date, ladder, notice, policy, school, stage

Date = datetime.date
Measures = Callable[[Random], dict[str, Measure]]
STARTS = ("2025-09-22", "2025-09-22", "2025-09-25", "2025-09-29")  # a week from the last one crosses a month
END = "2025-10-12"
FOLLOWED = (4, 4, 5, 5, 5, 5, 6, 7, 7, 12)
# Of a class whose teacher writes A, S, L and so on: the codes of `tests/build.py`.
MEASURES = dict(load_policy(Source("menus.yaml", written({
    "policy": "menus", "timezone": "Asia/Shanghai", "marks": {Quoted(code): meaning for code, meaning in CODES.items()},
    "parameters": {name: value(text) for name, text in defined.PARAMETERS.items() if name == "enough"},
    "measures": {name: value(text) for name, text in defined.MEASURES.items()},
    "ladders": {"truancy": value("{stages: {one: {when: days_away >= 1, do: {visit: {notify: parent}}}}, lasts: term}")},
}))).measures)
PARAMETERS: dict[str, object] = {
    "by_home": {'home == "far"': 1, "special and level >= enough": 2, "": 3}, "by_case": {"open_case(truancy)": 4, 'home == "far"': 0, "": 2},
    "span": [("10-01", 9), ("09-26", 3), ("", 1)], "by_level": {"level >= by_home": 5, "": 1},
    "limit": [("10-01", "2 school days"), ("", "1 school day")], "later_on": [("09-25", "1.5 hours")], "enough": [("09-25", "2")], "nth": [("09-24", "2"), ("", "3")],
}
MEASURES |= {
    "spanned": count("A", "session", within="span days"), "spanned_week": count("A", "school day", within="by_level school days"),
    "school_week": count("A", "session", within="each 1 school weeks"),
}
MORE: dict[str, tuple[object, ...]] = {
    "counts_from": ("event", "event", "start of school day"), "keep": (True,), "optional": (True,), "times": (2,), "done_by": ("known",),
    "hold": HOLDS, "if_no_school": ("next", "previous"), "if_in_break": (After(Fraction(1), "school_day"),),
    "done_when": DONE, "only_if": ONLY_IF,
}
SESSIONS = (*("am 08:00-11:40, pm 14:00-17:00",) * 3, *("am 08:00-11:40",) * 6, "am 08:00-08:40, one 09:00-09:40, pm 14:00-14:40")
RESULTS = ("", "coming", "refused")
# No absence opens these: a fact does, a row of the roster, presence, time, or a version that asks for less.
WITHOUT_ABSENCE = (
    "special", "level >= 2", "level >= 1 and not special", "received(letter)", "grade >= 8", "dropped_out", "ever(dropped_out)", "special or level >= 3",
    "level >= enough", "not special", "days_back >= 2", "days_back >= 2 and level < 2", "term_week >= 2", "days_since(term_start) >= 2", "this_week < 1",
    "school_days_since(term_start) >= 2 and received(letter)", "total >= 2 or level >= 2", "days_away >= 1 and level >= 1", "days_away >= 1 and term_week >= 2",
    "total >= level", 'home == "far" or days_away >= 2', "days_since(enrolment) >= 2 and total < 2",
)
# A `where` that turns by a fact that is no clock of it, or by time alone.
TURNING = (
    "level >= 1", "enrolled and level <= 2", "received(letter)", "not received(letter)", "term_week >= 2", "days_since(term_start) >= 2", "times(visit) < 1",
    "talks < 1", 'not ever(dropped_out, within="2 days")', "school_days_since(term_start) >= 2 and enrolled", "rolling < 3", "days_away < 3",
)
# Of a ladder beside truancy, which asks for its case itself or by a parameter.
BESIDE = ("not open_case(truancy)", "not open_case(truancy)", "this_week < by_case", "level < by_case", "enrolled and not open_case(truancy)", "level <= 2 or open_case(truancy)")
# What is joined by `and`, `or` and `not` to what no menu says whole.
PARTS = (
    "special", "level >= 1", "level < 3", "level >= by_home", 'home == "far"', "received(letter)", "dropped_out", "ever(dropped_out)", "became(dropped_out)", "grade >= 8", 'class_name == "c1"',
    "age >= 13", "age < 13", "age_on(term_start) < 13", "term_week >= 2", "days_since(term_start) >= 2", "school_days_since(term_start) >= 3", "days_since(enrolment) >= 3",
    "days_since(dropped_out) >= 2", 'ever(dropped_out, within="2 days")', 'ever(dropped_out, within="2 school days")', "times(visit) >= 1", 'times(visit, within="2 days") >= 1',
    "days_away >= 1", "total >= 1", "total >= enough", "total >= by_home", "this_week >= 2", "missed_today >= 1", "rolling >= 2", "tile >= 1", "halves >= 1", "ever_away >= 2",
    "spanned >= 2", "spanned_week >= 1", "talks >= 1", "days_back >= 2", "fortnight >= 1", "missed_time >= 20%", "lates >= 1", "this_week + missed_today >= 3", "total >= level", "school_week >= 1",
)
# Rows that begin or end: of another class, grade or age, or after a gap.
ROWS: tuple[tuple[dict[str, object], dict[str, object]], ...] = (
    ({"grade": "8"}, {}), ({}, {"grade": "8"}), ({"class_": "c2"}, {}), ({"fields": {"birth_date": "2012-09-25"}}, {"fields": {"birth_date": "2013-03-01"}}), ({}, {"fields": {"level": "3"}}),
    ({"fields": {"home": "far", "birth_date": "2012-09-25"}}, {"fields": {"special": "yes"}}), ({"fields": {"level": "1"}}, {}),
)
ABSENCES = ("__", "__", "__", "AA", "A_")  # of a school that writes down nothing else
OFTEN = ("AA", "AA", "AA", "AA", "AP", "PA", "SA", "PP", "A_", "LA")
DAYS = ("PP", "PP", "PP", "PP", "AA", "AA", "AA", "AA", "AA", "SS", "AS", "AP", "AL", "PA", "LP", "__", "A_", "-A", "XA")
ZONES = (*("Asia/Shanghai",) * 8, "Pacific/Auckland", "Australia/Sydney")  # the clocks of the last two change on 09-28 and 10-05
CLOCKS = tuple(datetime.time(*clock) for clock in ((0, 0), (8, 0), (10, 0), (14, 0), (17, 30), (19, 0)))


def one_in(rng: Random, n: int) -> bool:
    """True one time in n."""
    return not rng.randrange(n)


# --- policies -------------------------------------------------------------------------------------------

def item(rng: Random, *, deep: bool = True, free: bool = False) -> Sketch:
    """An item with a few of the things that an item may have."""
    more: Sketch = {key: rng.choice(values) for key, values in MORE.items() if one_in(rng, 5 if key == "counts_from" else 12)}
    if free:
        more |= {key: joined(rng) for key in ("hold", "done_when", "only_if") if key in more and one_in(rng, 2)}
    if deep:
        if one_in(rng, 4):
            more["then"] = {"confirm": item(rng, deep=False)}
        if one_in(rng, 4):
            more["if_overdue"] = {"chase": item(rng, deep=False), **({"tell": notice()} if one_in(rng, 4) else {})}
        if one_in(rng, 4):
            more["if_outcome"] = {"refused": {"order": item(rng, deep=False)}}
    return action(rng.choice(DUES), **more)


def steps(rng: Random, name: str, *, alone: bool, free: bool = False) -> Sketch:
    """A ladder of one to three stages that ends somehow; what stands beside another may ask for its case.

    free: what ends a case, what an item waits for and what later stages ask may be joined of parts too, and whom the ladder covers often is.
    """
    openers = OPENERS if alone or not one_in(rng, 3) else OTHERS
    if one_in(rng, 6):
        one = stage(rng.choice(NUMBERED), again=rng.choice(FURTHER), visit=item(rng, free=free))
    else:
        some = WITHOUT_ABSENCE if one_in(rng, 6) else openers if name == "lessons" else OPENERS
        when = joined(rng) if one_in(rng, 4) else rng.choice(some)
        one = stage(when, again=rng.choice(AGAIN), visit=item(rng, free=free))
    if one_in(rng, 4):
        one["do"]["call"] = item(rng, free=free)  # type: ignore[index]  # a sketch
    stages = {"one": one}
    for key in ("two", "three")[: rng.choice((0, 1, 1, 2))]:
        stages[key] = later(rng, key, free=free)
    ends: str | Sketch = joined(rng) if free and one_in(rng, 3) else rng.choice(ENDS)
    lasts = rng.choice(("", "", "", "month", "term") if ends else ("month", "term"))
    if ends and one_in(rng, 4):
        ends = stage(str(ends), back=item(rng))
    where = rng.choice(TURNING if one_in(rng, 6) else COVERED)
    if not alone and name == "lessons" and one_in(rng, 3):
        where = rng.choice(BESIDE)
    return ladder(ends, joined(rng) if one_in(rng, 2 if free else 8) else where, lasts, **stages)


def joined(rng: Random) -> str:
    """A condition of two or three parts, of which one may be turned round."""
    parts = [f"not ({one})" if one_in(rng, 6) else one for one in rng.sample(PARTS, rng.choice((1, 2, 2, 3)))]
    if len(parts) == 3 and one_in(rng, 2):
        return f"{parts[0]} and ({parts[1]} or {parts[2]})"
    return rng.choice((" and ", " or ")).join(parts)


def later(rng: Random, name: str, *, free: bool = False) -> Sketch:
    """A stage of an open case."""
    do: dict[str, str | Sketch] = {}
    if name == "two" or one_in(rng, 2):
        do["report" if name == "two" else "filing"] = item(rng)
    if one_in(rng, 2) or not do:
        do["told"] = notice(then={"answer": item(rng, deep=False)}) if one_in(rng, 4) else notice()
    if one_in(rng, 8):
        do["instead"] = action("1 school day", replaces="one.visit")
    if one_in(rng, 12):
        return stage(rng.choice(NUMBERED), rng.choice(NEEDS), rng.choice(FURTHER), **do)
    when = joined(rng) if free and one_in(rng, 4) else rng.choice(LATER)
    return stage(when, joined(rng) if free and one_in(rng, 4) else rng.choice(NEEDS), rng.choice(AGAIN), **do)


def menu(rng: Random) -> dict[str, Measure]:
    """The measures of the menus, as they are."""
    return MEASURES


def rules(rng: Random, first: Date, followed: int, ladders: int, name: str, timezone: str, measures: Measures = menu) -> tuple[Policy, ...]:
    """One policy, sometimes in two versions; measures: those of one version."""
    names = ("truancy", "lessons")[:ladders]
    make = functools.partial(policy, name=name, timezone=timezone, parameters=PARAMETERS, day=rng.choice(("all", "all", "any")))
    free = measures is not menu
    sketches = {name: steps(rng, name, alone=ladders == 1, free=free) for name in names}
    if not one_in(rng, 5):
        return (make(measures=measures(rng), **sketches),)
    after = {name: steps(rng, name, alone=ladders == 1, free=free) if one_in(rng, 2) else one for name, one in sketches.items()}
    turn, change = first + DAY * rng.randrange(1, followed - 1), rng.choice(("keep", "migrate"))
    gap = DAY * rng.choice((0, 0, 0, 0, 1, 2))
    older, newer = measures(rng), measures(rng)
    return (make(measures=older, end=(turn - DAY - gap).isoformat(), **sketches), make(measures=newer, start=turn.isoformat(), on_change=change, **after))


def item_ids(rng: Random, versions: tuple[Policy, ...], student: str) -> list[tuple[str, str]]:
    """The ids that items of a policy may get, with the names of their actions; some never come to be."""
    found: list[tuple[str, str]] = []
    rules = rng.choice(versions)
    for one in rules.ladders.values():
        for step in (*one.stages, *([one.ends] if one.ends else [])):
            for act in step.do:
                found += chain(f"{rules.name}/{student}/{one.name}/{numbers(rng, step)}", act)
    return found


def numbers(rng: Random, step: Stage) -> str:
    """Case, stage and occurrence."""
    if step.again and step.again.kind == "each" and step.again.unit != "school_day":
        return f"2025-09/{step.name}/2025-09" if step.again.unit == "month" else f"first/{step.name}/first"
    return f"{rng.choice('1112')}/{step.name}/{rng.choice('1112') if step.again else '1'}"


def chain(above: str, act: Action) -> Iterator[tuple[str, str]]:
    """The ids of an item and of all that is chained to it."""
    own = f"{above}/{act.name}/{(act.by if act.by.entries else act.notify).key}"
    yield own, act.name
    for link, actions in (("then", act.then), ("overdue", act.if_overdue), *((f"on/{result}", some) for result, some in act.if_outcome)):
        for one in actions:
            yield from chain(f"{own}/{link}", one)


# --- events ---------------------------------------------------------------------------------------------

@functools.cache
def terms(first: Date, sessions: str, closed: int, turn: int, gap: int, timezone: str) -> Calendar:
    """Up to three weeks with a closed day and a day made up, in one term or two, with a break between them or not; another day closed in the south."""
    saturday = first + DAY * (5 - first.weekday())
    spans = {"first": f"{first}..{END}"}
    if turn:
        spans = {"first": f"{first}..{first + DAY * turn}", "second": f"{first + DAY * (turn + gap + 1)}..{END}"}
    made = calendar(
        first.isoformat(), sessions=sessions, closed=[(first + DAY * closed).isoformat()], make_up=[saturday.isoformat()], terms=spans, timezone=timezone,
    )
    return evolve(made, schools={"south": Plans({first + DAY * 3: DayPlan("closed", ())})})


def marked(rng: Random, student: str, cal: Calendar, last: Date) -> list[Event]:
    """Marks of every school day, some known late; corrections, duplicates and voids of them."""
    days, found = cal.of(""), []
    until, habit = days.zone.next_midnight(days.last), rng.choice((*(DAYS, DAYS, OFTEN) * 4, ABSENCES, ("__",)))
    for day in days.school_days:
        letters, late = rng.choice(habit) + rng.choice("AP" if habit in (DAYS, OFTEN) else "_"), rng.choice((0, 0, 0, 0, 0, 7, 30, 100))
        if day > last:
            break
        for session, letter in zip(days.sessions(day), letters, strict=False):
            if letter != "_":
                known = min(session.start + 600 + late * 3600, until)
                minutes = rng.choice((None, 15, 40)) if letter == "L" else None
                name = f"{student}.{day}.{session.period}"
                found.append(Mark(student=student, date=day, session=session.period, code=letter, minutes=minutes, known=known, id=name))
    originals = list(found)
    for n in range(rng.randrange(5) if originals else 0):
        found.append(corrected(rng, rng.choice(originals), n))
    return found


def corrected(rng: Random, old: Mark, n: int) -> Event:
    """A later word about a mark."""
    known = old.known + 3600 * rng.choice((0, 1, 10, 24, 60, 150))
    how = rng.choice(("corrected", "corrected", "corrected", "doubled", "void", "before"))
    if how == "doubled":
        return evolve(old, known=known, source="again")
    if how == "void":
        target = rng.choice((old.id, old.id, f"{old.date}.{old.session}", f"{old.date}.{old.session}#2"))
        return Void(student=old.student, target=target, known=known, id=f"{old.student}.void.{n}")
    if how == "before":
        return evolve(old, code="P", known=known, recorded=old.known - 60, seq=n + 1, id="")
    return evolve(old, code=rng.choice("PPAASL-"), known=known, seq=n + 1, id="")


def said(rng: Random, student: str, cal: Calendar, first: Date, followed: int, versions: tuple[Policy, ...]) -> list[Event]:
    """Outcomes, flags, statuses and documents; some are taken back or said again."""
    before = 86400 * rng.choice((0, 0, 0, 0, 0, 0, 3, 20))

    def moment() -> int:
        """Now and then before the calendar begins."""
        return cal.zone.instant(first + DAY * rng.randrange(followed), rng.choice(CLOCKS)) - (before if before and one_in(rng, 2) else 0)

    def lateness() -> int:
        return 3600 * rng.choice((0, 0, 0, 2, 30, 90))

    found: list[Event] = []
    for n in range(rng.randrange(5)):
        at, key = moment(), rng.choice(("action", "action", "item", "both"))
        name, named = rng.choice(item_ids(rng, versions, student))
        found.append(Outcome(
            student=student, at=at, known=at + lateness(), result=rng.choice(RESULTS), done=not one_in(rng, 6), times=2 if one_in(rng, 10) else 1,
            action="" if key == "item" else named, item="" if key == "action" else name, id=f"{student}.o{n}",
        ))
    covered = any(one.where.text == "special" for rules in versions for one in rules.ladders.values())
    for n in range(rng.choice((1, 2)) if covered else rng.choice((0, 0, 1, 1, 2))):
        at = moment()
        found.append(Flag(student=student, flag="special", value=rng.choice(("yes", "yes", "no")), at=at, known=at + lateness(), id=f"{student}.f{n}"))
    ladders = [one for rules in versions for one in rules.ladders.values()]
    if one_in(rng, 6) or any(term.name == "level" for one in ladders for asked in (one.where, *(step.when for step in one.stages)) for term in asked.terms):
        for n in range(rng.choice((1, 1, 2))):
            at = moment()
            found.append(Flag(student=student, flag="level", value=rng.choice("0123"), at=at, known=at + lateness(), id=f"{student}.l{n}"))
    if one_in(rng, 6):
        at = moment()
        found.append(Flag(student=student, flag="home", value=rng.choice(("far", "near")), at=at, known=at + lateness(), id=f"{student}.h"))
    for n in range(rng.choice((0, 0, 0, 0, 1, 2))):
        at, word = moment(), rng.choice(("transferred_out", "transferred_in", "dropped_out", "returned"))
        found.append(Status(student=student, status=word, at=at, known=at + lateness(), id=f"{student}.s{n}"))
    for n in range(rng.choice((0, 0, 0, 1, 2))):
        at = moment()
        found.append(Fact(about=student, fact="talk", value=rng.choice("123"), at=at, known=at + lateness(), id=f"{student}.t{n}"))
    if found and one_in(rng, 5):
        found.append(taken_back(rng, student, rng.choice(found), lateness()))
    if one_in(rng, 8):
        start = rng.choice((None, first + DAY * rng.randrange(followed)))
        column, value = rng.choice((("grade", rng.choice("678")), ("grade", "8"), ("class", "c2"), ("home", "far"), ("level", "3"), ("birth_date", "2012-09-25")))
        found.append(RosterEdit(student=student, column=column, value=value, start=start, known=moment(), id=f"{student}.r"))
    if one_in(rng, 3):
        at = moment()
        found.append(Document(student=student, document="letter", at=at, known=at + lateness(), id=f"{student}.d"))
    return found


def taken_back(rng: Random, student: str, old: Event, after: int) -> Event:
    """A void of an event, or another word under its id or under none."""
    if one_in(rng, 2):
        return Void(student=student, target=old.id, known=old.known + after, id=f"{student}.void")
    other = {"result": rng.choice(RESULTS)} if isinstance(old, Outcome) else {"value": "no"} if isinstance(old, Flag) else {}
    return evolve(old, known=old.known + after, seq=1, id=rng.choice((old.id, f"{old.id}.again")), **other)


def moving(rng: Random, students: tuple[str, ...], first: Date, followed: int) -> Roster:
    """The students of one class; now and then one has come from another school, or goes there, or has another row, perhaps after a gap."""
    roster = school(*students, teacher="ann")
    gone, turn = roster.students[0], first + DAY * rng.randrange(1, followed)
    if one_in(rng, 6):
        before, after = rng.choice(ROWS)
        here, there = evolve(gone, **before), evolve(gone, **after)  # type: ignore[arg-type]  # each key of ROWS is a field of Student, with a value of its type
        gap = DAY * rng.choice((0, 0, 0, 2))
        rows = rng.choice(((evolve(here, end=turn - DAY - gap), evolve(there, start=turn)), (evolve(here, start=turn),), (evolve(here, end=turn),), (here,)))
        return Roster((*rows, *roster.students[1:]), roster.assignments)
    if not one_in(rng, 12):
        return roster
    here, there = (gone, evolve(gone, school="south", class_="d1")) if one_in(rng, 2) else (evolve(gone, school="south", class_="d1"), gone)
    return Roster((evolve(here, end=turn - DAY), evolve(there, start=turn), *roster.students[1:]), roster.assignments)


def edits(rng: Random, cal: Calendar, first: Date, followed: int) -> list[Event]:
    """Now and then a day closed by snow, one more day of school, or another teacher, which moves nothing."""
    if one_in(rng, 8):
        known = cal.zone.instant(first + DAY * rng.randrange(followed), rng.choice(CLOCKS))
        return [AssignmentEdit(role="teacher", of="c1", person="bob", known=known, id="posted")]
    if not one_in(rng, 5):
        return []
    day = first + DAY * rng.randrange(followed + 1)
    plan = rng.choice((DayPlan("closed", ()), DayPlan("make_up", None, 4)))
    return [CalendarEdit(date=day, known=cal.zone.instant(day, datetime.time(7)) + 3600 * rng.choice((-48, 0, 30)), plan=plan, id="snow")]


# --- worlds -----------------------------------------------------------------------------------------------

def world(rng: Random, measures: Measures = menu) -> World:
    """Everything that an evaluation is given, and until when it is followed."""
    big = one_in(rng, 50)
    first = date(STARTS[0] if big else rng.choice(STARTS))
    last = date(END) if big else first + DAY * (rng.choice(FOLLOWED) - 1)
    followed = (last - first).days + 1
    zone = rng.choice(ZONES)
    cal = terms(first, rng.choice(SESSIONS), rng.choice((1, 2, 4, 7, 9)), rng.choice((0, 0, 3, 8)), rng.choice((0, 0, 4)), zone)
    students = ("s1", "s2")[: 2 if one_in(rng, 2 if big else 16) else 1]
    versions = rules(rng, first, followed, 2 if one_in(rng, 2 if big else 8) else 1, "p", zone, measures)
    if one_in(rng, 20):
        versions += rules(rng, first, followed, 1, "q", zone, measures)
    events = edits(rng, cal, first, followed)
    for student in students:
        events += marked(rng, student, cal, last) + said(rng, student, cal, first, followed, versions)
    return World(versions, cal, moving(rng, students, first, followed), tuple(events), cal.zone.instant(last, datetime.time(23)))


def numbered(number: str) -> World:
    """The world of a number such as `1/17`."""
    return evolve(world(Random(number)), number=number)  # noqa: S311  # the same number, the same world


def worlds() -> st.SearchStrategy[World]:
    """The same as a strategy. Hypothesis shrinks the number only: what a world's draws mean hangs on those before."""
    return st.integers(0, 2**32 - 1).map("law/{}".format).map(numbered)
