"""The short way of ordinary marks says what the long way says: what waits, what clashes, what is void, what is cited.

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from attrs import evolve

from escalate.engine import Engine
from escalate.events import AssignmentEdit, Event
from tests.build import CAL, ROSTER, at, correct, count, engine, flag, ladder, marks, policy, snow, stage, void

VISIT = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))


def named(student: str, day: str, text: str, known: str = "") -> list[Event]:
    """Marks with ids of their own."""
    found = marks(student, day, text, known)
    return [evolve(mark, id=f"{student}.{day}.{n}") for n, mark in enumerate(found)]


PRESENT = named("s1", "09-02", "PP")


def begun() -> Engine:
    """An engine that knows the places of 09-02, for whose s1 two ordinary marks of that day wait."""
    found = engine(VISIT, marks("s1", "09-01", "PP"), "09-02 07:00")
    found.feed([*named("s2", "09-02", "PP"), *PRESENT])
    return found


def held(found: Engine) -> list[Event]:
    return list(found.subjects["s1"].history.slots.values())[2:]


def test_ordinary_marks_wait_in_their_slots_until_they_are_visible():
    """Feeding alone shows nothing, and what is ahead stays ahead."""
    found = begun()
    assert (list(found.subjects["s1"].ordinary.values()), held(found)) == (PRESENT, [])

    found.advance(at("09-02 09:00"))
    assert held(found) == PRESENT[:1]

    found.advance(at("09-02 17:30"))
    assert held(found) == PRESENT
    assert [] == found.decisions


def test_a_snapshot_holds_what_waits():
    """Nothing that was fed is forgotten."""
    found = begun()
    later = Engine.resume(found.snapshot(), VISIT, CAL, ROSTER)

    for each in (found, later):
        each.advance(at("09-03"))
    assert held(found) == held(later) == PRESENT


def test_what_waits_may_be_fed_again():
    """A copy under the same id is no second mark."""
    found = begun()
    found.feed([evolve(PRESENT[0], known=PRESENT[0].known + 60), *PRESENT])
    found.advance(at("09-03"))

    assert (held(found), found.reports) == (PRESENT, [])


@pytest.mark.parametrize("sooner", [True, False])
def test_of_two_contents_under_one_id_the_earlier_known_counts_while_one_waits(sooner):
    """The other is reported."""
    found, mark = begun(), PRESENT[0]
    other = evolve(mark, code="L", known=mark.known + (-60 if sooner else 60))
    found.feed([other])
    found.advance(at("09-03"))

    assert [mark if sooner else other] == [report.event for report in found.reports]
    assert {other, PRESENT[1]} == set(held(found)) if sooner else held(found) == PRESENT


def test_what_waits_can_be_void():
    """Before it is visible, and after."""
    for known in ("09-02 07:30", "09-02 15:00"):
        found = begun()
        found.feed(void("s1", str(PRESENT[0].id), known))
        found.advance(at("09-03"))

        assert held(found) == PRESENT[1:]


def test_a_void_that_comes_before_its_mark_keeps_it_off_the_short_way():
    """Also where it comes with an edit of what all share."""
    found = engine(VISIT, marks("s1", "09-01", "PP"), "09-02 07:00")
    found.feed([AssignmentEdit(role="teacher", of="c1", person="ann", known=at("09-02 07:10")), *void("s1", str(PRESENT[0].id), "09-02 07:10")])
    found.advance(at("09-02 07:20"))
    found.feed([*named("s2", "09-02", "PP"), *PRESENT])
    found.advance(at("09-03"))

    assert held(found) == PRESENT[1:]


def test_a_correction_of_what_waits_is_a_version_of_its_mark():
    """The newest wins, in whatever order the two were fed."""
    found = begun()
    found.feed(correct("s1", "09-02", "AA", "09-02 16:00"))
    found.advance(at("09-02 18:00"))

    assert ["opened", "issued"] == [decision.change.what for decision in found.decisions]


def test_a_calendar_that_changes_leaves_what_waits_where_it_was():
    """A closed day is known while its marks wait."""
    found = begun()
    found.feed(snow("09-02", "09-02 08:30"))
    found.advance(at("09-03"))

    assert held(found) == PRESENT


def test_a_record_cites_what_came_with_it_in_whatever_order_it_was_fed():
    """An ordinary mark too."""
    events = [*named("s1", "09-01", "AA", "09-02 08:30"), *named("s1", "09-02", "P_", "09-02 08:30")]
    cited = []
    for order in permutations(events):
        found = Engine(VISIT, CAL, ROSTER)
        found.feed(order)
        cited.append([decision.record["events"] for decision in found.advance(at("09-02 12:00"))])

    assert cited[0][0] == sorted(event.id for event in events)
    assert all(each == cited[0] for each in cited)


def test_a_mark_that_nobody_hears_is_not_judged_before_the_close():
    """Where every condition is judged at closes, a live student is derived once a day."""
    found = engine(VISIT, marks("s1", "09-01", "AA"), "09-02 07:00")
    subject = found.subjects["s1"]
    before = subject.position
    found.feed(marks("s1", "09-02", "AA"))

    found.advance(at("09-02 17:00"))
    assert (subject.position, len(subject.history.slots)) == (before, 4)
    found.advance(at("09-02 17:30"))
    assert subject.position == at("09-02 17:30")


def test_one_of_whom_something_is_void_is_left_alone_like_any_other():
    """What a void names is taken back; no later mark is judged one by one for its sake, and a mark without an id that it names is."""
    found = engine(VISIT, [*named("s1", "09-01", "AP"), *void("s1", "s1.09-01.0", "09-01 09:00")], "09-02 07:00")
    subject = found.subjects["s1"]
    before = subject.position
    found.feed(PRESENT)
    found.advance(at("09-03"))
    assert (subject.position, held(found)) == (before, PRESENT[1:])  # the first of its two slots was void

    found.feed([*void("s1", "2025-09-04.am", "09-03 18:00"), *marks("s1", "09-04", "AA")])
    found.advance(at("09-05"))
    assert [mark.code for mark in subject.history.slots.values()] == ["P", "P", "P", "A"]


def test_presence_of_one_who_is_watched_waits_for_the_close_while_no_mark_could_open_a_case():
    """A ladder of every close watches; the one that hears marks needs an absence."""
    watch = ladder(one=stage("term_week >= 40", visit="1 school day"))
    rules = policy(measures={"missed": count("A", within="day")}, watch=watch, truancy=ladder(one=stage("missed >= 1", call="1 hour")))
    found = engine(rules, marks("s1", "09-01", "PP"), "09-01 18:00")
    subject = found.subjects["s1"]
    assert not subject.calm
    before = subject.position

    found.feed(marks("s1", "09-02", "PP"))
    found.advance(at("09-02 17:00"))
    assert (subject.position, len(subject.history.slots)) == (before, 4)

    found.feed(marks("s1", "09-03", "AP"))
    found.advance(at("09-03 17:00"))
    assert at("09-03 08:10") == found.decisions[0].decided


def test_a_stage_that_hears_marks_fires_at_the_mark():
    """While a case is open too."""
    stages = {"one": stage("days_away >= 1", visit="1 school day"), "two": stage("missed >= 3", call="1 hour")}
    rules = policy(measures={"missed": count("A", within="")}, truancy=ladder(**stages))
    found = engine(rules, marks("s1", "09-01", "AA AA"), "09-02 09:00")

    assert [at("09-01 17:30"), at("09-01 17:30"), at("09-02 08:10")] == [decision.decided for decision in found.decisions]


def test_what_lost_to_another_of_its_id_is_dropped_when_it_comes_again():
    """The same file read twice; also by an engine that went on from a snapshot."""
    events = flag("s1", "special", "yes", "09-01 10:00", id="f") + flag("s1", "special", "no", "09-01 10:00", id="f", seq=1)
    found = engine(VISIT, events, "09-02")
    resumed = Engine.resume(found.snapshot(), VISIT, CAL, ROSTER)

    for each in (found, resumed):
        each.feed(events)
        assert each.advance(at("09-03")) == []


@pytest.mark.parametrize("event", [*void("", "no.such", "09-02 10:00"), *marks("", "09-01", "AA")[:1], *marks("", "09-01", "PP")[:1], *flag("", "special", "yes", "09-01 10:00")])
def test_what_names_nobody_makes_no_child(event: Event) -> None:
    """A void of a shared edit names no student: under a ladder for everybody a child without a name had a case (the testing kit found it)."""
    rules = policy(truancy=ladder(where="anyone", one=stage("days_away < 1 or special", visit="1 day")))
    found = engine(rules, [event], "09-05 18:00")

    assert "" not in found.subjects
    assert [] == [one for one in found.decisions if not one.student]
    assert ["about-nobody"] == [report.kind for report in found.reports if report.event is event]
