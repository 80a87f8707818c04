"""Generated worlds, small and nasty: two or three weeks of a pupil or two, under ladders drawn from a menu."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from escalate.days import Calendar, DayPlan
from escalate.events import CalendarEdit, Document, Event, Flag, Mark, Outcome, Status, Void
from escalate.policy import Policy
from escalate.times import DAY
from tests.build import Sketch, action, calendar, count, date, ladder, notice, policy, rate, run, school, stage
from tests.model.seen import World

START, END = "2025-09-22", "2025-10-12"
MEASURES = {
    "week": count("A", "session", "week"), "fortnight": count("A", "school day", "2 weeks"), "long": run("AS", "day"),
    "absence": rate("A", floor=6), "lessons": run("A", "session", neutral="S"),
}
OPENERS = (
    "days_away >= 1", "days_away >= 2", "missed_today >= 1", "total >= 2", "week >= 2", "fortnight >= 2", "long >= 3", "absence >= 25%", "lessons >= 3",
    "days_away >= 1 and not special", "missed_today >= 1 or week >= 4", "times(visit) >= 1", "lessons >= 2 and days_away < 2",
)
LATER = (
    "days_away >= 2", "days_away >= 3", "total >= 3", "not done(visit)", "done(visit)", 'outcome(visit) == "refused"', 'outcome(visit) != "coming"',
    "overdue(visit)", "late(visit)", "fired(one)", "times(visit) >= 2", "days_since(case) >= 4", "school_days_since(visit) >= 2",
    "days_away >= 2 and not done(visit)", "special", "ever(dropped_out)", "became(dropped_out)", 'special and outcome(visit) == "refused"',
    "overdue(report)", "late(visit) and days_away >= 1",
)
ENDS = (
    "days_back >= 1", "days_back >= 1", "days_back >= 2", 'outcome(visit) == "coming"', 'days_back >= 1 or outcome(visit) == "coming"', "fortnight < 1",
    "not special", "",
)
NUMBERED = ("total >= 1", "total >= 2", "days_away >= 1", "week >= 2", "missed_today >= 1")
WHERE = ("enrolled", "enrolled", "anyone", "enrolled and not special", "special")
AGAIN = ("", "", "", "each crossing", "every 2 school days", "each school day", "each month", "each term")
DUES = (
    "1 school day", "1 school day", "3 school days", "", "30 minutes", "2 hours", "2 days", "1 week", "end of day", "end of school day", "end of week",
    "end of month", "end of term", "at 16:00", "2025-10-02", "28th", "10-03", "before the next school day", "at the 3rd total", "before the 3rd total",
    "2 school days after the 2nd total", "at the 3rd week", "1 week after term start", "2 office days", "1 month", "limit",
)
NAMES = ("visit", "visit", "report", "call", "chase", "confirm")
RESULTS = ("", "coming", "refused")
DAYS = ("PP", "PP", "PP", "AA", "AA", "AA", "SS", "AS", "AP", "PA", "LP", "__", "A_", "-A", "XA")


# --- policies -------------------------------------------------------------------------------------------

@st.composite
def actions(draw: st.DrawFn, deep: bool = True) -> Sketch:
    """An item with a few of the things that an item may have."""
    more: Sketch = {}
    rare = st.sampled_from((False, False, False, True))
    if draw(rare):
        more["counts_from"] = draw(st.sampled_from(("event", "event", "start of school day")))
    for key, values in {
        "keep": (True,), "optional": (True,), "times": (2,), "done_by": ("known",), "hold": ("special", "days_back >= 1"), "if_no_school": ("next", "previous"),
        "done_when": ("days_back >= 1", "received(letter)", "times(visit) >= 2"), "only_if": ("not special", "fired(one)", "days_away >= 1"),
    }.items():
        if draw(st.integers(0, 11)) == 11:
            more[key] = draw(st.sampled_from(values))
    if deep:
        if draw(rare):
            more["then"] = {"confirm": draw(actions(False))}
        if draw(rare):
            more["if_overdue"] = {"chase": draw(actions(False)), **({"tell": notice()} if draw(rare) else {})}
        if draw(rare):
            more["if_outcome"] = {"refused": {"order": draw(actions(False))}}
    return action(draw(st.sampled_from(DUES)), **more)


@st.composite
def ladders(draw: st.DrawFn) -> Sketch:
    """A ladder of one to three stages that ends somehow."""
    if draw(st.integers(0, 5)) == 5:
        one = stage(draw(st.sampled_from(NUMBERED)), again="each further 1", visit=draw(actions()))
    else:
        one = stage(draw(st.sampled_from(OPENERS)), again=draw(st.sampled_from(AGAIN)), visit=draw(actions()))
    if draw(st.integers(0, 3)) == 3:
        one["do"]["call"] = draw(actions())  # type: ignore[index]  # a sketch
    stages = {"one": one}
    for name in ("two", "three")[: draw(st.sampled_from((0, 1, 1, 2)))]:
        do: dict[str, str | Sketch] = {}
        if name == "two" or draw(st.booleans()):
            do["report" if name == "two" else "filing"] = draw(actions())
        if draw(st.booleans()) or not do:
            do["told"] = notice()
        if draw(st.integers(0, 7)) == 7:
            do["instead"] = action("1 school day", replaces="one.visit")
        need = draw(st.sampled_from(("", "", "", "done(visit)", "received(letter)")))
        stages[name] = stage(draw(st.sampled_from(LATER)), need, draw(st.sampled_from(AGAIN)), **do)
    ends: str | Sketch = draw(st.sampled_from(ENDS))
    lasts = draw(st.sampled_from(("month", "term"))) if not ends else draw(st.sampled_from(("", "", "", "month", "term")))
    if ends and draw(st.integers(0, 3)) == 3:
        ends = stage(str(ends), back=draw(actions()))
    return ladder(ends, draw(st.sampled_from(WHERE)), lasts, **stages)


@st.composite
def policies(draw: st.DrawFn) -> tuple[Policy, ...]:
    """One policy, sometimes in two versions."""
    names = ("truancy", "lessons")[: draw(st.sampled_from((1, 1, 2)))]
    day = draw(st.sampled_from(("all", "all", "any")))
    parameters = {"limit": [("10-01", "2 school days"), ("", "1 school day")]}
    sketches = {name: draw(ladders()) for name in names}
    if draw(st.integers(0, 3)) < 3:
        return (policy(measures=MEASURES, parameters=parameters, day=day, **sketches),)
    later = {name: draw(ladders()) if draw(st.booleans()) else one for name, one in sketches.items()}
    turn = date(START) + DAY * draw(st.integers(3, 15))
    change = draw(st.sampled_from(("keep", "migrate")))
    return (
        policy(measures=MEASURES, parameters=parameters, day=day, end=(turn - DAY).isoformat(), **sketches),
        policy(measures=MEASURES, parameters=parameters, day=day, start=turn.isoformat(), on_change=change, **later),
    )


# --- worlds -----------------------------------------------------------------------------------------------

@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Three weeks with a closed day and a day made up, in one term or two."""
    closed = date(START) + DAY * draw(st.sampled_from((2, 7, 9, 11)))
    terms = draw(st.sampled_from((
        {"autumn": f"{START}..{END}"}, {"first": f"{START}..2025-10-01", "second": f"2025-10-02..{END}"}, {"first": f"{START}..2025-09-30", "second": f"2025-10-06..{END}"},
    )))
    return calendar(START, closed=[closed.isoformat()], make_up=["2025-09-27"], terms=terms)


@st.composite
def marked(draw: st.DrawFn, student: str, cal: Calendar) -> list[Event]:
    """Two or three weeks of marks, some known late; corrections, duplicates and voids of them."""
    days, found = cal.of(""), []
    until = days.zone.next_midnight(days.last)
    school_days = days.school_days[: draw(st.integers(5, len(days.school_days)))]
    for day in school_days:
        letters, late = draw(st.sampled_from(DAYS)), draw(st.sampled_from((0, 0, 0, 0, 0, 7, 30, 100)))
        for session, letter in zip(days.sessions(day), letters, strict=True):
            if letter != "_":
                known = min(session.start + 600 + late * 3600, until)
                found.append(Mark(student=student, date=day, session=session.period, code=letter, known=known, id=f"{student}.{day}.{session.period}"))
    originals = list(found)
    for n in range(draw(st.integers(0, 3)) if originals else 0):
        old = draw(st.sampled_from(originals))
        known = old.known + 3600 * draw(st.sampled_from((0, 1, 10, 24, 60, 150)))
        how = draw(st.sampled_from(("corrected", "corrected", "corrected", "doubled", "void", "before")))
        if how == "corrected":
            found.append(Mark(student=student, date=old.date, session=old.session, code=draw(st.sampled_from("PAASL-")), known=known, seq=n + 1))
        elif how == "doubled":
            found.append(Mark(student=student, date=old.date, session=old.session, code=old.code, known=known, id=old.id, source="again"))
        elif how == "void":
            found.append(Void(student=student, target=old.id, known=known, id=f"{student}.void.{n}"))
        else:
            found.append(Mark(student=student, date=old.date, session=old.session, code="P", known=known, recorded=old.known - 60, seq=n + 1))
    return found


def moments(cal: Calendar) -> st.SearchStrategy[int]:
    """Instants of school days and evenings; some at a session's start, a close or a midnight."""
    clocks = [datetime.time(*clock) for clock in ((0, 0), (8, 0), (10, 0), (14, 0), (17, 30), (19, 0))]
    return st.builds(lambda n, clock: cal.zone.instant(date(START) + DAY * n, clock), st.integers(0, 18), st.sampled_from(clocks))


@st.composite
def said(draw: st.DrawFn, student: str, cal: Calendar) -> list[Event]:
    """Outcomes, flags, statuses and documents."""
    found: list[Event] = []
    lateness = st.sampled_from((0, 0, 0, 2, 30, 90)).map(lambda hours: hours * 3600)
    for n in range(draw(st.integers(0, 4))):
        at = draw(moments(cal))
        named = draw(st.sampled_from(NAMES))
        parts = ("p", student, draw(st.sampled_from(("truancy", "truancy", "lessons"))), draw(st.sampled_from("112")), {"report": "two"}.get(named, "one"), "1", named, "teacher")
        key = draw(st.sampled_from(("action", "action", "item", "both")))
        found.append(Outcome(
            student=student, at=at, known=at + draw(lateness), result=draw(st.sampled_from(RESULTS)), done=draw(st.integers(0, 5)) < 5, id=f"{student}.o{n}",
            action="" if key == "item" else named, item="" if key == "action" else "/".join(parts),
        ))
    for n in range(draw(st.sampled_from((0, 0, 1, 2)))):
        at = draw(moments(cal))
        found.append(Flag(student=student, flag="special", value=draw(st.sampled_from(("yes", "yes", "no"))), at=at, known=at + draw(lateness), id=f"{student}.f{n}"))
    for n in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
        at = draw(moments(cal))
        word = draw(st.sampled_from(("transferred_out", "transferred_in", "dropped_out", "returned")))
        found.append(Status(student=student, status=word, at=at, known=at + draw(lateness), id=f"{student}.s{n}"))
    if draw(st.integers(0, 2)) == 2:
        at = draw(moments(cal))
        found.append(Document(student=student, document="letter", at=at, known=at + draw(lateness), id=f"{student}.d"))
    events = [one for one in found if not isinstance(one, Document)]
    if events and draw(st.integers(0, 7)) == 7:
        old = draw(st.sampled_from(events))
        found.append(Void(student=student, target=old.id, known=old.known + draw(lateness), id=f"{student}.void"))
    return found


@st.composite
def edits(draw: st.DrawFn, cal: Calendar) -> list[Event]:
    """Now and then a day closed by snow, or one more day of school."""
    if draw(st.integers(0, 3)) < 3:
        return []
    day = date(START) + DAY * draw(st.integers(0, 19))
    plan = draw(st.sampled_from((DayPlan("closed", ()), DayPlan("make_up", None, 4))))
    return [CalendarEdit(date=day, known=cal.zone.instant(day, datetime.time(7)) + 3600 * draw(st.sampled_from((-48, 0, 30))), plan=plan, id="snow")]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Everything that an evaluation is given."""
    cal = draw(calendars())
    students = ("s1", "s2")[: draw(st.sampled_from((1, 1, 1, 2)))]
    events = draw(edits(cal))
    for student in students:
        events += draw(marked(student, cal)) + draw(said(student, cal))
    return World(draw(policies()), cal, school(*students, teacher="ann"), tuple(events))
