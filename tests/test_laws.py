"""The laws of an evaluation as properties: over worlds of whole ladders that a school would write, and over nasty ones drawn from a menu."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Sequence

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.cases import overlap
from escalate.engine import Engine, evaluate_changes
from escalate.events import SHARED, Event, Mark, about, precedence
from escalate.ledger import GONE, Case, Change, Item, State
from escalate.policy import Policy
from escalate.testing.model.seen import World
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
    return World((draw(rules),), CAL, ROSTER, numbered(events))


def worlds() -> st.SearchStrategy[World]:
    return st.one_of(small_worlds(), nasty_worlds())


edited_worlds = small_worlds(more=(edit(), edit(), correction()))  # the calendar and the openings move under running deadlines

# --- evaluating ------------------------------------------------------------------------------------------

Changes = list[tuple[int, str, Change]]


def evaluated(world: World, until: int = UNTIL) -> Changes:
    return evaluate_changes(world.policies, world.calendar, world.roster, world.events, until)


def ended(world: World, until: int = UNTIL) -> Engine:
    engine = Engine(world.policies, world.calendar, world.roster)
    engine.feed(world.events)
    engine.advance(until)
    return engine


def states(world: World) -> Iterable[State]:
    return (state for by_policy in ended(world).states().values() for state in by_policy.values())


def fed(world: World, batches: Iterable[tuple[Iterable[Event], int]]) -> Changes:
    """The changes of an engine that takes batches of events, each before an instant to advance to."""
    engine, found = Engine(world.policies, world.calendar, world.roster), []
    for events, to in batches:
        engine.feed(events)
        found += engine.advance(to)
    return [(one.decided, one.student, one.change) for one in found]


def stepwise(world: World, steps: Sequence[int]) -> Changes:
    """Events fed when they are known, and an advance at each step."""
    left, batches = sorted(world.events, key=lambda event: event.known), []
    for step in steps:
        batches.append(([event for event in left if event.known <= step], step))
        left = [event for event in left if event.known > step]
    return fed(world, batches)


START = at("08-31 00:00")
law = settings(max_examples=int(os.environ.get("ESCALATE_LAWS", "25")), deadline=None, suppress_health_check=list(HealthCheck))


# --- 1 and 2: pure, and fed any way ---------------------------------------------------------------------


@law
@given(worlds())
def test_the_same_inputs_give_the_same_changes(world: World) -> None:
    assert evaluated(world) == evaluated(world)


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_events_in_any_order_give_the_same_changes(world: World, random) -> None:
    expected = evaluated(world)
    assert evaluated(evolve(world, events=tuple(random.sample(world.events, len(world.events))))) == expected


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_duplicates_change_nothing(world: World, random) -> None:
    copies = []
    for event in world.events:
        if random.random() < 0.5:
            later = random.choice((0, 0, 3600, 86400)) if event.id else 0
            copies.append(evolve(event, known=event.known + later, source="again" if event.id else event.source))
    assert evaluated(evolve(world, events=(*world.events, *copies))) == evaluated(world)
    assert evaluated(evolve(world, events=(*copies, *world.events))) == evaluated(world)


@law
@given(worlds())
def test_a_copy_of_an_absorbed_event_is_dropped_whenever_it_comes(world: World) -> None:
    engine = ended(world)
    engine.feed(world.events)
    assert engine.advance(UNTIL + 86400 * 7) == ended(world).advance(UNTIL + 86400 * 7)


@settings(law, max_examples=10)
@given(worlds())
def test_advanced_daily_or_hourly_the_same_changes(world: World) -> None:
    expected = evaluated(world)
    for pace in (86400, 3600):
        assert stepwise(world, [*range(START, UNTIL, pace), UNTIL]) == expected


@law
@given(worlds())
def test_advanced_event_by_event_the_same_changes(world: World) -> None:
    expected = evaluated(world)
    assert stepwise(world, [*sorted({event.known for event in world.events if event.known < UNTIL}), UNTIL]) == expected


@law
@given(worlds(), st.lists(st.integers(START, UNTIL), max_size=8).map(sorted))
def test_fed_at_once_and_advanced_at_any_instants_the_same_changes(world: World, steps: list[int]) -> None:
    assert fed(world, [(world.events, START), *(((), step) for step in steps), ((), UNTIL)]) == evaluated(world)


# --- 3: no later fact changes the past ----------------------------------------------------------------------


@law
@given(worlds(), st.integers(START, UNTIL))
def test_the_changes_until_an_instant_are_the_prefix_of_those_until_a_later_one(world: World, until: int) -> None:
    found = evaluated(world)
    assert evaluated(world, until) == [one for one in found if one[0] <= until]


# --- 5: unknown is not absent ---------------------------------------------------------------------------------


@law
@given(attendance("s1"), rules)
def test_an_unknown_mark_is_as_no_mark(events: list[Event], rules: Policy) -> None:
    world = World((rules,), CAL, ROSTER, tuple(events))
    without = tuple(event for event in events if not (isinstance(event, Mark) and event.code == "-"))
    assert evaluated(evolve(world, events=without)) == evaluated(world)


# --- 7 and 18: cases and stages ---------------------------------------------------------------------------


@law
@given(worlds())
def test_a_stage_without_again_fires_at_most_once_a_case(world: World) -> None:
    again = {stage.path for rules in world.policies for ladder in rules.ladders.values() for stage in ladder.stages if stage.again}
    for state in states(world):
        seen = set()
        for item in state.items.values():
            key = item.ladder, item.case, item.path, item.actor
            if item.status not in GONE and f"{item.ladder}.{item.stage}" not in again:
                assert key not in seen
                seen.add(key)


@law
@given(worlds())
def test_a_case_ends_after_it_opened(world: World) -> None:
    for _, _, change in evaluated(world):
        if isinstance(change.new, Case) and change.new.ended is not None:
            assert change.new.ended > change.new.opened


@law
@given(worlds())
def test_live_cases_of_a_ladder_never_overlap(world: World) -> None:
    for state in states(world):
        live = [case for case in state.cases.values() if case.fate == "live"]
        for one in live:
            for other_ in live:
                assert one is other_ or one.ladder != other_.ladder or not overlap(one.opened, one.ended, other_.opened, other_.ended)


# --- 15: silence ----------------------------------------------------------------------------------------------


@law
@given(worlds())
def test_nothing_is_written_twice(world: World) -> None:
    engine = ended(world)
    before = engine.states()
    assert engine.advance(UNTIL) == [] and engine.advance(UNTIL - 3600) == []
    assert engine.states() == before


@law
@given(worlds())
def test_every_instant_that_writes_has_a_fact_a_close_or_a_due(world: World) -> None:
    zone = world.calendar.zone
    visible = {event.known for event in world.events}
    visible |= {getattr(event, "at", 0) for event in world.events}
    visible |= {world.calendar.of("").mark_at(event.date, event.session) for event in world.events if isinstance(event, Mark)}
    dues = set()
    for decided, _, change in evaluated(world):
        if isinstance(change.new, Item):
            dues |= {change.new.late_from, change.new.opened + 1}
        local = zone.local(decided)
        close = local.time() in {rules.day.closes for rules in world.policies}
        midnight = local.time() == datetime.time(0)  # periods, versions and windows begin and end
        assert decided in visible or decided in dues or close or midnight


@law
@given(worlds())
def test_a_change_changes_something(world: World) -> None:
    for _, _, change in evaluated(world):
        assert change.fields and change.old != change.new


# --- 16: nobody is blamed for what nobody knew --------------------------------------------------------------------


@law
@given(worlds())
def test_no_item_is_overdue_before_it_was_issued(world: World) -> None:
    issued: dict[str, int] = {}
    for decided, _, change in evaluated(world):
        new = change.new
        if isinstance(new, Item):
            assert new.opened <= decided
            assert new.overdue_at is None or new.opened < new.overdue_at <= decided
            assert new.status != "overdue" or issued.get(new.id, decided) < decided or new.replaces
            issued.setdefault(new.id, decided)


@law
@given(edited_worlds)
def test_a_deadline_counted_from_knowing_is_never_late_in_the_instant_that_sets_it(world: World) -> None:
    for decided, _, change in evaluated(world):
        new, moved = change.new, {name for name, _, _ in change.fields}
        was_late = isinstance(change.old, Item) and change.old.overdue_at is not None  # overdue, or cancelled after that
        if isinstance(new, Item) and not was_late and new.late_from is not None and "late_from" in moved and new.status in ("open", "overdue"):
            assert new.late_from > decided


@law
@given(edited_worlds)
def test_an_open_item_past_its_due_is_overdue(world: World) -> None:
    for state in states(world):
        for item in state.items.values():
            assert item.status != "open" or item.late_from is None or item.late_from > UNTIL


# --- 17: ids are for ever -----------------------------------------------------------------------------------------


@law
@given(worlds())
def test_a_case_number_moves_only_to_an_interval_that_overlaps_its_last(world: World) -> None:
    for _, _, change in evaluated(world):
        if isinstance(change.old, Case) and isinstance(change.new, Case):
            assert overlap(change.old.opened, change.old.ended, change.new.opened, change.new.ended)


@law
@given(worlds())
def test_an_id_always_names_one_stage_action_and_actor_and_nothing_is_forgotten(world: World) -> None:
    names: dict[str, tuple[str, ...]] = {}
    for _, _, change in evaluated(world):
        if isinstance(change.new, Item):
            key = change.new.policy, change.new.path, change.new.actor, change.new.occurrence
            assert names.setdefault(change.new.id, key) == key
    standing = {name for state in states(world) for name in (*state.items, *state.aliases)}
    assert set(names) == standing


@law
@given(worlds())
def test_every_old_name_leads_to_an_item(world: World) -> None:
    for state in states(world):
        for name in state.aliases:
            steps = 0
            while name in state.aliases and steps <= len(state.aliases):
                name, steps = state.aliases[name], steps + 1
            assert name in state.items and steps <= len(state.aliases)


@law
@given(worlds())
def test_folding_the_changes_gives_what_stands(world: World) -> None:
    folded: dict[object, object] = {}
    for _, student, change in evaluated(world):
        new = change.new
        if isinstance(new, Item):
            folded.pop(new.replaces, None)
            folded[new.id] = new
        else:
            folded[student, new.key] = new
    expected: dict[object, object] = {}
    for student, by_policy in ended(world).states().items():
        for state in by_policy.values():
            expected |= {**state.items, **{(student, key): case for key, case in state.cases.items()}}
    assert folded == expected


# --- 12: students are independent ------------------------------------------------------------------------------------


@law
@given(worlds())
def test_one_students_events_never_change_anothers_items(world: World) -> None:
    alone = tuple(event for event in world.events if isinstance(event, SHARED) or about(event) == "s1")
    expected = [one for one in evaluated(world) if one[1] == "s1"]
    assert [one for one in evaluated(evolve(world, events=alone)) if one[1] == "s1"] == expected


# --- convergence ---------------------------------------------------------------------------------------------------


def corrected(world: World) -> World:
    """The stream as it would have been, had each fact been known when it happened."""
    best: dict[object, Event] = {}
    for event in world.events:
        key: object = (about(event), event.date, event.session) if isinstance(event, Mark) else event.id
        if key not in best or precedence(best[key]) < precedence(event):
            best[key] = event
    days = world.calendar.of("north")

    def happened(event: Event) -> int:
        return days.mark_at(event.date, event.session) if isinstance(event, Mark) else event.at  # type: ignore[return-value,union-attr]  # in the calendar

    return evolve(world, events=tuple(evolve(event, known=happened(event), recorded=None) for event in best.values()))


def standing_cases(world: World) -> set[tuple[object, ...]]:
    return {
        (student, case.ladder, case.opened, case.ended) for student, by_policy in ended(world).states().items()
        for state in by_policy.values() for case in state.cases.values() if case.fate == "live"
    }


def standing_items(world: World, *more: Callable[[Item], object], keep: Callable[[Item], bool] = lambda item: True) -> set[tuple[object, ...]]:
    return {
        (item.id.split("/")[1], item.path, item.actor, item.occurrence, item.effective, *(part(item) for part in more))
        for state in states(world) for item in state.items.values() if item.status not in GONE and not item.parent and keep(item)
    }


@law
@given(small_worlds(facts_rules, (correction(), done(named=False))))
def test_after_the_last_correction_cases_and_items_are_those_of_the_corrected_stream(world: World) -> None:
    assert standing_cases(world) == standing_cases(corrected(world))
    assert standing_items(world) == standing_items(corrected(world))


event_rules = st.sampled_from(sorted(FACTS)).map(lambda name: made({name: from_event(FACTS[name])}, [name]))


def end_status(item: Item) -> str:
    """What was learnt too late is lapsed where it would have been cancelled."""
    return "cancelled" if item.status == "lapsed" else item.status


def owed(item: Item) -> bool:
    """Not a notice: one that was learnt too late is told to nobody, and that cannot converge."""
    return item.action != "tell"


@law
@given(small_worlds(event_rules, (correction(), done(named=False))))
def test_with_deadlines_from_the_event_due_dates_and_statuses_converge_too(world: World) -> None:
    one, other_ = (standing_items(each, lambda item: item.due, end_status, keep=owed) for each in (world, corrected(world)))
    assert one == other_

