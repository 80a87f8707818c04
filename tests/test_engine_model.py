"""The engine against a brute-force model that derives everything from scratch at every instant."""

from __future__ import annotations

import datetime
import os

import pytest
from attrs import evolve

from escalate.days import DayPlan, Plans
from escalate.engine import Engine
from escalate.family import Family
from escalate.ledger import Case, Item
from escalate.roster import Roster, Student
from escalate.testing.model.beside import of_engine, of_model, verdict
from escalate.testing.model.seen import World
from escalate.testing.model.smaller import parts, smallest
from escalate.testing.model.telling import event_line, world_lines
from tests.build import CAL, action, at, calendar, count, document, ladder, marks, policy, school, stage
from tests.numbers import complaint, numbered

WORLDS = int(os.environ.get("ESCALATE_WORLDS", "1200"))
SHARDS = 8


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_engine_says_what_the_model_says(shard: int) -> None:
    """The same changes in the same order, whatever happens; `make worlds` walks more worlds, of another seed."""
    for n in range(shard, WORLDS, SHARDS):
        said = complaint(f"0/{n}")
        assert not said, f"\n{said}"


@pytest.mark.parametrize("shard", range(SHARDS))
def test_of_groups_too_the_engine_says_what_the_model_says(shard: int) -> None:
    """Duties, targets and consequences of students, classes, villages, posts and persons."""
    for n in range(shard, WORLDS // 8, SHARDS):
        said = complaint(f"g0/{n}")
        assert not said, f"\n{said}"


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_measures_count_the_engine_says_what_the_model_says(shard: int) -> None:
    """Each version has measures of its own: what breaks a run, in which unit and window is drawn."""
    for n in range(shard, WORLDS // 8, SHARDS):
        said = complaint(f"r0/{n}")
        assert not said, f"\n{said}"


@pytest.mark.parametrize("shard", range(2))
def test_a_condition_that_is_left_alone_would_have_come_to_nothing(shard: int) -> None:
    """What asks every condition at every clock of its says the same."""
    for n in range(shard, WORLDS // 8, 2):
        world = numbered(f"s0/{n}")
        [spared, asked] = [Engine(world.policies, world.calendar, world.roster, sparing=sparing) for sparing in (True, False)]
        said = []
        for one in (spared, asked):
            one.feed(world.events)
            said.append([(found.decided, found.student, found.change) for found in one.advance(world.until)])
        assert said[0] == said[1], n


def of_both(*given: object, until: int) -> list[list[tuple[str, str, str]]]:
    """What engine and model say of the items of a written world: what, due and note."""
    world = World(*given, until)  # type: ignore[arg-type]  # the parts of a world, in order
    return [[(what, new.due, new.note) for *_, what, new in ask(world) if isinstance(new, Item)] for ask in (of_engine, of_model)]


@pytest.mark.parametrize(("shut", "due"), [({2: "north", 4: "south"}, "2025-09-05"), ({2: "north", 3: "south"}, "2025-09-05"), ({2: "north", 3: "north"}, "2025-09-04")])
def test_a_deadline_from_the_start_of_a_school_day_is_counted_at_the_school_of_that_day(shut: dict[int, str], due: str) -> None:
    """The chase is issued on the child's last day at North, which is closed; it counts from her first day at South that is held."""
    schools = {name: Plans(days={datetime.date(2025, 9, day): DayPlan("closed", ()) for day in shut if shut[day] == name}) for name in ("north", "south")}
    moved = Roster((Student("s1", "north", "c1", "7", end=datetime.date(2025, 9, 2)), Student("s1", "south", "c1", "7", start=datetime.date(2025, 9, 3))))
    chase = action("before the next school day", counts_from="start of school day")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("2025-09-01", if_overdue={"chase": chase}))))
    for said in of_both((rules,), evolve(CAL, schools=schools), moved, tuple(marks("s1", "09-01", "AA")), until=at("09-02 12:00")):
        assert [found for what, found, _ in said if what == "issued"] == ["2025-09-01", f"{due}T08:00:00+08:00"]


def test_what_counts_from_the_start_of_a_school_day_beyond_the_calendar_is_not_due() -> None:
    week = calendar(weeks=1)
    chase = action("30 minutes", counts_from="start of school day")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("2025-09-07", if_overdue={"chase": chase}))))
    for said in of_both((rules,), week, school("s1"), tuple(marks("s1", "09-01", "AA", cal=week)), until=at("09-09 12:00")):
        assert said == [("issued", "2025-09-07", ""), ("issued", "", "beyond the calendar"), ("overdue", "2025-09-07", "")]


def test_the_week_of_a_deadline_may_be_over_before_the_calendar_begins() -> None:
    """Of August's letter nothing more will come in its week: it is said on the Monday after, not on the first day of school."""
    rules = policy(measures={"in_week": count("A", within="week")}, truancy=ladder(ends="", where="anyone", one=stage("received(letter)", visit=action("at the 3rd in_week"))))
    for said in of_both((rules,), CAL, school("s1"), tuple(document("s1", "letter", "08-20 10:00")), until=at("08-25 00:00")):
        assert said == [("issued", "", "no due yet"), ("cancelled", "", "due never came")]


def test_a_month_of_a_case_may_be_over_before_the_calendar_begins() -> None:
    rules = policy(truancy=ladder(ends="", where="anyone", lasts="month", one=stage("received(letter)", visit="1 school day")))
    world = World((rules,), CAL, school("s1"), tuple(document("s1", "letter", "07-20 10:00")), at("09-03"))
    for ask in (of_engine, of_model):
        assert [(when, what) for when, _, what, new in ask(world) if isinstance(new, Case)] == [
            (at("07-20 10:00"), "opened"), (at("08-01 00:00"), "ended"), (at("09-01"), "opened"),
        ]


def test_every_second_school_day_is_counted_by_the_days_of_the_childs_own_school() -> None:
    """North has no school on the 2nd: its second tile begins on the 4th, where the school's own would have begun on the 3rd."""
    own = evolve(CAL, schools={"north": Plans(days={datetime.date(2025, 9, 2): DayPlan("closed", ())})})
    rules = policy(
        measures={"ever": count("A"), "lately": count("A", within="each 2 school days")},
        truancy=ladder(one=stage("ever >= 1 or lately >= 1", visit="1 school day")),
    )
    world = World((rules,), own, school("s1"), (*marks("s1", "09-01", "AA", cal=own), *marks("s1", "09-03", "PP", cal=own)), at("09-05"))
    for ask in (of_engine, of_model):
        assert [(when, what) for when, _, what, new in ask(world) if isinstance(new, Case)] == [
            (at("09-01 08:10"), "opened"), (at("09-03"), "ended"), (at("09-04"), "opened"),
        ]


@pytest.mark.parametrize(("where", "when"), [
    ("school_days_since(term_start) >= 2", "lately >= 5 or days_away >= 1"), ("days_since(enrolment) >= 2", "lately >= 5 or days_away >= 1"),
    ("anyone", "(lately >= 5 or days_away >= 1) and days_since(enrolment) >= 2"),
])
@pytest.mark.parametrize(("told", "decided"), [("09-02 14:10", "09-03 08:10"), ("09-04 20:00", "09-04 20:00")])
def test_a_child_who_comes_back_on_the_day_from_which_the_ladder_counts_has_a_case_until_the_close(where: str, when: str, told: str, decided: str) -> None:
    """At the first lesson yesterday's absence still counts, and the ladder is for the child now: what the close will say cannot be asked before."""
    rules = policy(measures={"lately": count("A", within="2 days")}, truancy=ladder(where=where, one=stage(when, visit="1 school day")))
    events = (*(evolve(mark, known=at(told)) for mark in marks("s1", "09-02", "AA")), *marks("s1", "09-03", "PP PP"))
    world = World((rules,), CAL, school("s1"), tuple(sorted(events, key=lambda event: event.known)), at("09-08"))
    for ask in (of_engine, of_model):
        found = [(decision, new) for decision, _, _, new in ask(world) if isinstance(new, Case)]
        assert (found[0][0], found[-1][1].opened, found[-1][1].ended) == (at(decided), at("09-03 08:00"), at("09-03"))


WAITING = ladder(where="anyone", one=stage("days_since(term_start) >= 300", visit=""))  # time alone may open it, so that every close is judged
IN_GRADE_8 = Roster((Student("s1", "north", "c1", "7", end=datetime.date(2025, 9, 9)), Student("s1", "north", "c1", "8", start=datetime.date(2025, 9, 10))))


@pytest.mark.parametrize(("versions", "roster"), [
    (({"waiting": WAITING, "end": "2025-09-09"}, {"waiting": WAITING, "here": "anyone", "start": "2025-09-10"}), school("s1")),
    (({"waiting": WAITING, "end": "2025-09-09"}, {"here": "anyone", "start": "2025-09-10"}), school("s1")),
    (({"waiting": WAITING, "here": "grade >= 8"},), IN_GRADE_8),
])
def test_who_is_covered_from_today_on_has_a_case_from_the_first_lesson_and_not_from_the_close(versions: tuple[dict[str, object], ...], roster: Roster) -> None:
    """A version, or another row of the roster, begins while the closes are watched for another ladder's sake."""
    made = [
        {key: ladder(ends="", where=str(value), lasts="term", one=stage("missed_today < 1", greet="")) if key == "here" else value for key, value in one.items()}
        for one in versions
    ]
    world = World(tuple(policy(**one) for one in made), CAL, roster, tuple(marks("s1", "09-09", "PP PP")), at("09-12"))  # type: ignore[arg-type]  # by key
    for ask in (of_engine, of_model):
        assert [when for when, _, _, new in ask(world) if isinstance(new, Case)] == [at("09-10 08:10")]


# --- how a difference is told -------------------------------------------------------------------------------


def test_one_number_is_one_world() -> None:
    assert numbered("0/1") == numbered("0/1") != numbered("0/2")


def test_of_a_world_that_fails_the_smallest_part_that_fails_is_told() -> None:
    """Here it fails where something is overdue: one ladder, one item and the absences that open the case are left of it."""
    def late(world) -> bool:
        return any(what == "overdue" for _, _, what, _ in of_engine(world))

    def plain(world) -> bool:
        return len(world.policies) == 2 and not any(Family([one]).asking for one in world.policies)  # a case that is asked for ties one ladder to another

    number = next(name for name in map("1/{}".format, range(1000)) if plain(numbered(name)) and late(numbered(name)))
    small = smallest(numbered(number), late)
    assert late(small) and not any(late(smaller) for smaller in parts(small))
    assert len(small.policies) == len(small.policies[0].ladders) == 1 and len(small.events) <= 4
    assert len(world_lines(small)) <= 10
    assert not verdict(small)
    assert "Mark known" in event_line(small.events[0], small.calendar.zone)


@pytest.mark.parametrize(("start", "opened"), [("", "09-03 17:30"), ("2025-09-02", "09-04 17:30")])
def test_who_has_been_there_always_is_enrolled_since_the_calendar_begins(start: str, opened: str) -> None:
    """Days since enrolment have a value for a child whose row has no first date: unknown would lose it."""
    roster = Roster((Student("s1", "north", "c1", "7", start=datetime.date.fromisoformat(start) if start else None),))
    rules = policy(truancy=ladder(one=stage("days_since(enrolment) >= 2 and days_away >= 1", visit="1 school day")))
    for ask in (of_engine, of_model):
        world = World((rules,), CAL, roster, tuple(marks("s1", "09-02", "AA AA AA")), at("09-05"))
        assert next(when for when, *_ in ask(world)) == at(opened)
