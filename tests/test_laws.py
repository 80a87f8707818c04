"""The laws of an evaluation as properties: over worlds of whole ladders that a school would write, and over nasty ones drawn from a menu."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.events import Event
from escalate.policy import Policy
from escalate.testing import laws
from escalate.testing.model.seen import World
from escalate.testing.playing import played
from tests.build import (
    CAL,
    ROSTER,
    action,
    at,
    count,
    document,
    flag,
    ladder,
    marks,
    notice,
    outcome,
    policy,
    run,
    school_on,
    snow,
    stage,
    status,
    void,
)
from tests.worlds import worlds as nasty_worlds

UNTIL = at("10-10 12:00")
DATES = [f"09-{day:02}" for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)]


# --- policies ------------------------------------------------------------------------------------------

CHAIN = {"then": {"write_up": "1 school day"}, "if_outcome": {"refused": {"order": "3 office days"}}, "if_overdue": {"chase": "1 day", "tell": notice()}}
EVENT = {"counts_from": "event"}
FACTS = {
    "days": ladder(one=stage("days_away >= 1", visit="1 school day"), three=stage("days_away >= 3", report="2 days")),
    "lessons": ladder(ends="total < 1 or days_back >= 2", one=stage("missed_today >= 1", again="each crossing", call="30 minutes", tell=notice())),
    "further": ladder(ends="days_back >= 3", one=stage("total >= 2", again="each further 1", letter="3 school days")),
    "week": ladder(ends="week < 1", one=stage("week >= 2", meet="2 weeks"), two=stage("total >= 3", keep=action("1 week", keep=True))),
    "left": ladder(where="not special", ends=stage("days_back >= 1", back="1 school day"), one=stage("days_away >= 2 or calendar_run >= 4", visit="2 school days")),
}
ITEMS = {
    "chain": ladder(one=stage("days_away >= 1", visit=action("1 school day", **CHAIN)), two=stage("not done(visit)", village=notice())),
    "need": ladder(ends="days_back >= 2", one=stage("days_away >= 1", call="2 hours"), two=stage("days_away >= 2", need="done(call)", report="1 school day")),
    "read": ladder(
        ends='outcome(visit) == "coming" or days_back >= 3', one=stage("missed_today >= 1", visit="2 school days"),
        two=stage('outcome(visit) == "refused"', order="3 days"), three=stage("overdue(visit)", warn=notice()), four=stage("fired(two) and days_away >= 2", letter="1 day"),
    ),
    "month": ladder(ends="", lasts="month", one=stage("days_away >= 1", again="each month", visit="end of month"), two=stage("late(visit)", blame="1 day")),
}
MEASURES = {"week": count("A", "school day", "1 week"), "calendar_run": run("AS", "day")}


def made(ladders: dict[str, object], names: Sequence[str]) -> Policy:
    return policy(measures=MEASURES, **{name: ladders[name] for name in names})  # type: ignore[arg-type]  # sketches


def from_event(sketch: dict) -> dict:
    """A ladder whose deadlines all count from the event."""
    def item(one: object) -> dict:
        return {**(one if isinstance(one, dict) else action(str(one))), **EVENT}

    def step(one: object) -> object:
        return {**one, "do": {name: item(sketch) for name, sketch in one["do"].items()}} if isinstance(one, dict) else one

    return {**sketch, "ends": step(sketch["ends"]), "stages": {name: step(one) for name, one in sketch["stages"].items()}}


ALL = FACTS | ITEMS
rules = st.lists(st.sampled_from(sorted(ALL)), min_size=1, max_size=3, unique=True).map(lambda names: made(ALL, names))
facts_rules = st.lists(st.sampled_from(sorted(FACTS)), min_size=1, max_size=3, unique=True).map(lambda names: made(FACTS, names))

# --- events ----------------------------------------------------------------------------------------------

students = st.sampled_from(("s1", "s2"))
times = st.builds("{} {}".format, st.sampled_from(DATES), st.sampled_from(("07:00", "08:00", "10:00", "14:00", "17:30", "19:00", "23:59:59")))
groups = st.sampled_from(("PP", "AA", "AA", "AA", "AP", "PA", "SS", "AS", "LL", "A_", "__", "--", "A-", "XX"))


@st.composite
def attendance(draw: st.DrawFn, student: str, codes: st.SearchStrategy[str] = groups) -> list[Event]:
    """Ten days of marks, some of them known late."""
    found: list[Event] = []
    for day in DATES:
        known = draw(st.one_of(st.just(""), st.just(""), st.just(""), times.filter(lambda time, day=day: time >= f"{day} 14:00")))
        found += marks(student, day, draw(codes), known)
    return found


@st.composite
def correction(draw: st.DrawFn) -> list[Event]:
    day, known = draw(st.sampled_from(DATES)), draw(times)
    return marks(draw(students), day, draw(groups), max(known, f"{day} 15:00"), seq=draw(st.integers(0, 2)))


@st.composite
def done(draw: st.DrawFn, named: bool = True) -> list[Event]:
    """An outcome of an action, or of an item by an id that may exist, known at once or later."""
    when, known = draw(times), draw(times)
    result = draw(st.sampled_from(("", "refused", "coming")))
    student = draw(students)
    names = st.sampled_from(("visit", "call", "report", "write_up"))
    ids = st.builds("p/{}/{}/{}/one/1/visit/teacher".format, st.just(student), st.sampled_from(sorted(ALL)), st.integers(1, 2))
    return outcome(student, draw(st.one_of(names, ids) if named else names), when, result, max(known, when), done=draw(st.sampled_from((True, True, False))))


@st.composite
def other(draw: st.DrawFn) -> list[Event]:
    """A flag, a status or a document, or the void of an event that may exist."""
    when, known, student = draw(times), draw(times), draw(students)
    known = max(when, known)
    kind = draw(st.sampled_from(("flag", "status", "document", "void")))
    if kind == "flag":
        return flag(student, "special", draw(st.sampled_from(("yes", "no"))), when, known)
    if kind == "status":
        return status(student, draw(st.sampled_from(("transferred_out", "transferred_in", "dropped_out"))), when, known)
    if kind == "document":
        return document(student, "consent", when, known)
    return void(student, f"e{draw(st.integers(0, 40))}", known)


@st.composite
def edit(draw: st.DrawFn) -> list[Event]:
    return draw(st.sampled_from((snow, school_on)))(draw(st.sampled_from((*DATES, "09-06", "09-13"))), draw(times))


def numbered(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(evolve(event, id=f"e{n}") for n, event in enumerate(events))


@st.composite
def small_worlds(draw: st.DrawFn, rules: st.SearchStrategy[Policy] = rules, more: Sequence[st.SearchStrategy[list[Event]]] = ()) -> World:
    events = draw(attendance("s1"))
    if draw(st.booleans()):
        events += draw(attendance("s2"))
    for extra in draw(st.lists(st.one_of(*(more or (correction(), done(), other(), edit()))), max_size=6)):
        events += extra
    return World((draw(rules),), CAL, ROSTER, numbered(events), UNTIL)


def worlds() -> st.SearchStrategy[World]:
    return st.one_of(small_worlds(), nasty_worlds().map(lambda world: evolve(world, until=UNTIL)))


edited_worlds = small_worlds(more=(edit(), edit(), correction()))  # the calendar and the openings move under running deadlines

START = at("08-31 00:00")
law = settings(max_examples=int(os.environ.get("ESCALATE_LAWS", "25")), deadline=None, suppress_health_check=list(HealthCheck))
ASKED_BELOW = (laws.engine_is_model, laws.in_any_steps)  # and the first of worlds by number


@pytest.mark.parametrize("asked", [one for one in laws.LAWS if one not in ASKED_BELOW], ids=lambda one: one.__name__)
@law
@given(world=worlds())
def test_every_law_holds(asked: laws.Law, world: World) -> None:
    asked(world)


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_events_in_any_order_give_the_same_changes(world: World, random) -> None:
    laws.in_any_order(world, [lambda events: random.sample(events, len(events))])


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_duplicates_change_nothing(world: World, random) -> None:
    copies = []
    for event in world.events:
        if random.random() < 0.5:
            later = random.choice((0, 0, 3600, 86400)) if event.id else 0
            copies.append(evolve(event, known=event.known + later, source="again" if event.id else event.source))
    laws.duplicates_change_nothing(world, copies)


@settings(law, max_examples=10)
@given(worlds())
def test_advanced_event_by_event_daily_or_hourly_the_same_changes(world: World) -> None:
    laws.in_any_steps(world)
    laws.in_any_steps(world, [*range(START, UNTIL, 3600)])


@law
@given(worlds(), st.lists(st.integers(START, UNTIL), max_size=8).map(sorted))
def test_fed_at_once_and_advanced_at_any_instants_the_same_changes(world: World, steps: list[int]) -> None:
    laws.in_any_steps(world, steps)


@law
@given(worlds(), st.integers(START, UNTIL))
def test_whenever_it_is_stopped_the_past_stands_and_it_goes_on(world: World, until: int) -> None:
    laws.the_past_stands(world, [until])
    laws.stopped_and_resumed(world, [until])


@law
@given(edited_worlds)
def test_dues_stay_true_while_the_calendar_moves_under_them(world: World) -> None:
    laws.setting_a_due_makes_nobody_late(world)
    laws.overdue_is_said(world)
    laws.due_days_are_held(world)


# --- convergence ---------------------------------------------------------------------------------------------------


@law
@given(small_worlds(facts_rules, (correction(), done(named=False))))
def test_after_the_last_correction_cases_and_items_are_those_of_the_corrected_stream(world: World) -> None:
    laws.converges(world)


event_rules = st.sampled_from(sorted(FACTS)).map(lambda name: made({name: from_event(FACTS[name])}, [name]))


@law
@given(small_worlds(event_rules, (correction(), done(named=False))))
def test_with_deadlines_from_the_event_due_dates_and_statuses_converge_too(world: World) -> None:
    laws.with_deadlines_from_the_event_converges(world)


# --- a law that is broken ------------------------------------------------------------------------------------------


def test_what_breaks_a_law_is_said_with_its_world() -> None:
    """The law by its name, what it guards against, and what was seen."""
    world = World((made(ALL, ["days"]),), CAL, ROSTER, tuple(marks("s1", "09-01", "AA")), UNTIL)
    played(world).decisions.append(played(world).decisions[0])

    with pytest.raises(laws.Broken) as found:
        laws.the_past_stands(world)

    assert found.value.law == "the_past_stands" and "guards against" in found.value.says and found.value.world is world
    assert "2025-09-01 17:30:00 s1 opened case days/1" in found.value.seen
